"""What an expression becomes before it is written for a machine: whole numbers, and three truth values.

Exact numbers are integers at a known scale; a quotient is two of them and is never divided out. So every
comparison is one of integers, which SQLite and a spreadsheet both make exactly up to 2**53 - 1. Whatever
could grow beyond that is wrapped in `Bounded`, and is unknown when it does.
"""

from dataclasses import dataclass
from typing import Literal

from infodesk.model.expression import Aggregate, CompareSign, PeriodFact, UnitKind, Value

LIMIT = 2**53 - 1


@dataclass(frozen=True)
class Whole:
    """A constant integer."""

    value: int


@dataclass(frozen=True)
class Load:
    """A stored number: a scaled integer if the item is exact, else a real. Unknown if blank."""

    source: Value | Aggregate | PeriodFact
    scale: int = 0


@dataclass(frozen=True)
class Calculate:
    """Two numbers added, subtracted or multiplied; `/` is for reals only."""

    sign: Literal["+", "-", "*", "/"]
    left: "Num"
    right: "Num"


@dataclass(frozen=True)
class Minus:
    """A number with its sign turned."""

    of: "Num"


@dataclass(frozen=True)
class Absolute:
    """A number without its sign."""

    of: "Num"


@dataclass(frozen=True)
class WholeQuotient:
    """How often `right` goes into `left`, both integers, left ≥ 0 and right > 0; unknown if right is 0."""

    left: "Num"
    right: "Num"


@dataclass(frozen=True)
class YearOf:
    """The first four digits of a date."""

    of: "LoadText | Words"


@dataclass(frozen=True)
class RoundReal:
    """A real rounded half away from zero."""

    of: "Num"
    decimals: int


@dataclass(frozen=True)
class Choose:
    """`then` if the condition is true, else (also if it is unknown) `otherwise`."""

    condition: "Bool"
    then: "Num"
    otherwise: "Num | None"


@dataclass(frozen=True)
class OrElse:
    """`first`, or `second` where that is unknown."""

    first: "Num"
    second: "Num"


@dataclass(frozen=True)
class Bounded:
    """The number, unknown if it is beyond LIMIT."""

    of: "Num"


@dataclass(frozen=True)
class IfNonzero:
    """`of`, unknown where `test` is 0."""

    test: "Num"
    of: "Num"


@dataclass(frozen=True)
class NumbersCompare:
    """Two numbers compared."""

    sign: CompareSign
    left: "Num"
    right: "Num"


@dataclass(frozen=True)
class LoadText:
    """A stored text, date or the unit's kind. Unknown if blank."""

    source: Value | UnitKind | PeriodFact


@dataclass(frozen=True)
class Words:
    """A constant text."""

    value: str


@dataclass(frozen=True)
class TextsCompare:
    """Two texts (ISO dates among them) compared."""

    sign: CompareSign
    left: "LoadText | Words"
    right: "LoadText | Words"


@dataclass(frozen=True)
class Stored:
    """A stored yes or no, or the outcome of a uniqueness test."""

    source: Value | Aggregate


@dataclass(frozen=True)
class Constant:
    """True or false."""

    value: bool


@dataclass(frozen=True)
class And:
    """The least of several truth values (false < unknown < true)."""

    parts: tuple["Bool", ...]


@dataclass(frozen=True)
class Or:
    """The greatest of several truth values."""

    parts: tuple["Bool", ...]


@dataclass(frozen=True)
class Negated:
    """True for false, false for true, unknown for unknown."""

    of: "Bool"


@dataclass(frozen=True)
class IsKnown:
    """Whether a number or an answer is known: true or false, never unknown."""

    of: "Num | Value"


@dataclass(frozen=True)
class HoldsDigits:
    """Whether a text holds an identity number; false if it is blank."""

    of: Value


Num = (
    Whole | Load | Calculate | Minus | Absolute | WholeQuotient
    | RoundReal | Choose | OrElse | Bounded | IfNonzero | YearOf
)  # fmt: skip
Bool = (
    NumbersCompare | TextsCompare | Stored | Constant | And | Or | Negated | IsKnown | HoldsDigits
)
