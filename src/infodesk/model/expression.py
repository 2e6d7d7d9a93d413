"""The tree of a checked expression: every name resolved, every type right.

`expr` builds these trees from text and turns them into SQL, Excel, values and sentences.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, fields
from decimal import Decimal
from enum import StrEnum
from typing import Literal

from infodesk.model.item import Item

CompareSign = Literal["=", "<>", "<", "<=", ">", ">="]
ArithmeticSign = Literal["+", "-", "*", "/"]
FunctionName = Literal["abs", "round", "coalesce", "least", "greatest"]
EntryFunctionName = Literal[
    "is_given",
    "number_of",
    "dew_point",
    "minutes",
    "working_minutes",
    "waiting_minutes",
    "waiting_working_minutes",
    "days_between",
    "median_of",
    "repeats",
]


class When(StrEnum):
    """Which period a value is taken from."""

    NOW = "now"
    PREVIOUS = "previous"
    YEAR_BEFORE = "year_before"


@dataclass(frozen=True)
class Number:
    """A number as it was written."""

    value: Decimal


@dataclass(frozen=True)
class Text:
    """A text in quotes: a code, a kind, a date."""

    value: str


@dataclass(frozen=True)
class Truth:
    """`true` or `false`."""

    value: bool


@dataclass(frozen=True)
class Value:
    """What a record says of an item: this record, or that of another form with the same unit."""

    form: str
    id: str
    when: When = When.NOW
    item: Item = field(compare=False, repr=False, kw_only=True)


@dataclass(frozen=True)
class PeriodFact:
    """Calendar days or working days in the period; its first and its last day."""

    name: Literal["days", "workdays", "start", "end"]


@dataclass(frozen=True)
class UnitKind:
    """The kind of the record's unit."""


@dataclass(frozen=True)
class Total:
    """The sum of `of` over the records of `form` for which `where` holds."""

    form: str
    of: "Node"
    where: "Node | None" = None


@dataclass(frozen=True)
class Count:
    """How many records of `form` there are, or for how many of them `where` holds."""

    form: str
    where: "Node | None" = None


@dataclass(frozen=True)
class IsUnique:
    """Whether no two records of the form hold the same value."""

    value: Value


@dataclass(frozen=True)
class IsBlank:
    """Whether the record says nothing of an item: true or false, never unknown."""

    of: Value


@dataclass(frozen=True)
class HoldsIdNumber:
    """Whether a text holds the 18 digits of an identity number: true or false, never unknown."""

    of: Value


@dataclass(frozen=True)
class Year:
    """The year of a date."""

    of: "Node"


@dataclass(frozen=True)
class Arithmetic:
    """Two numbers added, subtracted, multiplied or divided."""

    sign: ArithmeticSign
    left: "Node"
    right: "Node"


@dataclass(frozen=True)
class Negative:
    """A number with its sign turned."""

    of: "Node"


@dataclass(frozen=True)
class Function:
    """One of the functions of numbers."""

    name: FunctionName
    arguments: tuple["Node", ...]


@dataclass(frozen=True)
class Case:
    """The value of the first branch whose condition is true, else `otherwise` (unknown if none)."""

    branches: tuple[tuple["Node", "Node"], ...]
    otherwise: "Node | None" = None


@dataclass(frozen=True)
class Compare:
    """Two values compared."""

    sign: CompareSign
    left: "Node"
    right: "Node"


@dataclass(frozen=True)
class Between:
    """Whether a value lies between two others, both included."""

    value: "Node"
    low: "Node"
    high: "Node"


@dataclass(frozen=True)
class In:
    """Whether a value is one of several."""

    value: "Node"
    options: tuple["Node", ...]


@dataclass(frozen=True)
class All:
    """`and`: every part holds."""

    parts: tuple["Node", ...]


@dataclass(frozen=True)
class Any:
    """`or`: at least one part holds."""

    parts: tuple["Node", ...]


@dataclass(frozen=True)
class Not:
    """The part does not hold."""

    of: "Node"


@dataclass(frozen=True)
class OfEntry:
    """A function that only entries of logbooks have."""

    name: EntryFunctionName
    arguments: tuple["Node", ...]


Aggregate = Total | Count | IsUnique
Node = (
    Number | Text | Truth | Value | PeriodFact | UnitKind | Aggregate | IsBlank | HoldsIdNumber | Year
    | Arithmetic | Negative | Function | Case | Compare | Between | In | All | Any | Not
    | OfEntry
)  # fmt: skip


def children(node: Node) -> tuple[Node, ...]:
    """The nodes directly beneath, in the order they are written."""
    return tuple(_nodes_in(getattr(node, part.name) for part in fields(node)))


def _nodes_in(parts: Iterable[object]) -> Iterator[Node]:
    for part in parts:
        if isinstance(part, Node):
            yield part
        elif isinstance(part, tuple):
            yield from _nodes_in(part)


def walk(node: Node) -> Iterator[Node]:
    """The node and all beneath it."""
    yield node
    for child in children(node):
        yield from walk(child)


def record_values(node: Node) -> tuple[Value, ...]:
    """The values taken from the record itself: those not inside a total, a count or `is_unique`."""
    found: dict[Value, None] = {}
    _collect_values(node, found)
    return tuple(found)


def aggregates(node: Node) -> tuple[Aggregate, ...]:
    """The totals, counts and uniqueness tests in it, each once."""
    found = dict.fromkeys(n for n in walk(node) if isinstance(n, Total | Count | IsUnique))
    return tuple(found)


def all_values(node: Node) -> tuple[Value, ...]:
    """Every value in it, inside totals or not, each once."""
    return tuple(dict.fromkeys(n for n in walk(node) if isinstance(n, Value)))


def is_about_records(node: Node) -> bool:
    """Whether it is asked of each record, and not once of the whole hospital."""
    if isinstance(node, Value | UnitKind):
        return True
    if isinstance(node, Total | Count | IsUnique):
        return False
    return any(is_about_records(child) for child in children(node))


def _collect_values(node: Node, found: dict[Value, None]) -> None:
    if isinstance(node, Value):
        found[node] = None
    elif not isinstance(node, Total | Count | IsUnique):
        for child in children(node):
            _collect_values(child, found)
