"""Tables that leave the house: which of their cells must not be printed, so that nobody can work out a small count.

A count of persons is guarded if it is confidential, or of the rows of a form (diseases, specialties). With it go the
counts that rules add up with it, and the rates made from it.
"""

from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from infodesk.errors import InfodeskError
from infodesk.model.definitions import Definitions
from infodesk.model.expression import Arithmetic, Compare, Node, Value, all_values, record_values
from infodesk.model.figure import Figure
from infodesk.model.form import Form
from infodesk.model.indicator import Indicator
from infodesk.model.item import Item, Secrecy, Type, highest
from infodesk.stats.measure import Measure
from infodesk.stats.small_numbers import (
    THRESHOLD,
    Counts,
    Hidden,
    Key,
    Mark,
    hides_rate,
    suppress,
)
from infodesk.text.message import Message

PERSONS = ("人", "人次", "例")
Lines = Mapping[str, Mapping[str, Figure]]  # line of the table → measure → figure


@dataclass(frozen=True)
class Guarded:
    """The cells of a table that are not printed: (line, measure) → what stands there instead."""

    cells: Hidden

    def text(self, line: str, measure: str) -> str | None:
        """`<5` for a small count, `*` for what would give one away."""
        mark = self.cells.get((line, measure))
        if mark is None:
            return None
        return f"<{THRESHOLD}" if mark is Mark.SMALL else "*"

    @property
    def note(self) -> Message | None:
        """What was hidden, how often, and why."""
        if not self.cells:
            return None
        small = sum(mark is Mark.SMALL for mark in self.cells.values())
        return Message(
            "Not shown to protect individuals: {small} counts from 1 to {most} (<{k}), and {others} numbers "
            "from which they could be worked out (*)",
            small=small, most=THRESHOLD - 1, k=THRESHOLD, others=len(self.cells) - small,
        )  # fmt: skip


def is_guarded(definitions: Definitions, measure: Measure) -> bool:
    """Whether a measure is a count of persons that may be too small to be told, or a rate made from one."""
    return bool(_inputs(definitions, measure))


def inputs(definitions: Definitions, measures: Iterable[Measure]) -> list[Measure]:
    """The items whose counts decide what may be printed of these measures, those that add up with them among them.

    InfodeskError where two sums overlap, or subtract: what they give away cannot be told then.
    """
    measures = list(measures)
    needed = {i.name: i for measure in measures for i in _inputs(definitions, measure)}
    shown = {each.name for each in measures} | set(needed)
    for total, parts in _sums(definitions, needed, shown).items():
        needed |= {each.name: each for each in measures if each.name in (total, *parts)}
    return list(needed.values())


def guard(
    definitions: Definitions, measures: Iterable[Measure], lines: Lines, total: str
) -> Guarded:
    """What must not be printed of a table; `lines` hold the figures of `inputs` too, `total` is the line that adds up."""
    measures = list(measures)
    names = {each.name for each in inputs(definitions, measures)}
    if not names:
        return Guarded({})
    values = {(line, name): _count(lines[line][name]) for line in lines for name in names}
    hidden = suppress(Counts(values, _sums(definitions, names, names), total))
    shown = {each.name for each in measures}
    cells = {key: mark for key, mark in hidden.items() if key[1] in shown}
    for measure in measures:
        if isinstance(measure.of, Indicator):
            made_of = {each.name for each in _inputs(definitions, measure)}
            cells |= dict.fromkeys(_hidden_rates(measure.name, made_of, lines, hidden), Mark.OTHER)
    return Guarded(cells)


def _hidden_rates(rate: str, made_of: set[str], lines: Lines, hidden: Hidden) -> Iterator[Key]:
    """The lines in which a rate is of few, over few, or would give a hidden count away."""
    for line, figures in lines.items():
        if made_of and (_hides(figures[rate]) or any((line, name) in hidden for name in made_of)):
            yield line, rate


def _hides(figure: Figure) -> bool:
    top, bottom = figure.numerator, figure.denominator
    if figure.value is None or top is None or bottom is None:
        return False
    return hides_rate(int(top), int(bottom))


def _count(figure: Figure) -> int:
    return int(figure.value or Decimal(0))


def class_outside(definitions: Definitions, measure: Measure) -> Secrecy:
    """The class of a measure once small counts are hidden: a confidential count of persons is public then."""
    return highest(
        Secrecy.PUBLIC if _is_small_count(form, item) and item.secrecy.is_hidden else item.secrecy
        for form, item in _made_of(definitions, measure)
    )


def _inputs(definitions: Definitions, measure: Measure) -> list[Measure]:
    made_of = _made_of(definitions, measure)
    return [Measure((form, item)) for form, item in made_of if _is_small_count(form, item)]


def _made_of(definitions: Definitions, measure: Measure) -> list[tuple[Form, Item]]:
    if not isinstance(measure.of, Indicator):
        return [measure.of]
    values = all_values(measure.of.formula)
    return [(definitions.form_by_id[value.form], value.item) for value in values]


def _is_small_count(form: Form, item: Item) -> bool:
    is_count = item.type is Type.INTEGER and item.unit in PERSONS
    return is_count and (item.secrecy.is_hidden or form.has_rows)


def _sums(
    definitions: Definitions, names: Iterable[str], shown: Container[str]
) -> dict[str, tuple[str, ...]]:
    """The equations of rules that speak of these items and of shown ones only: a total and its parts."""
    wanted, found = set(names), dict[str, tuple[str, ...]]()
    for rule in definitions.rules:
        terms = [_name(value) for value in record_values(rule.check)]
        is_equation = isinstance(rule.check, Compare) and rule.check.sign == "="
        if not (is_equation and wanted & set(terms) and all(name in shown for name in terms)):
            continue
        equation = _equation(rule.check)
        taken = {part for others in found.values() for part in others}
        if equation is None or equation[0] in found or taken & set(equation[1]):
            raise InfodeskError(
                Message("{rule} says too much about {items}: their table cannot be protected",
                    rule=rule.id, items=terms),
                Message("leave one of them out of a report that leaves the house"),
            )  # fmt: skip
        found[equation[0]] = equation[1]
    return found


def _equation(check: Node) -> tuple[str, tuple[str, ...]] | None:
    """`a + b + c = t`, either way round, of items of one form."""
    match check:
        case Compare("=", Value() as total, Arithmetic("+") as parts):
            pass
        case Compare("=", Arithmetic("+") as parts, Value() as total):
            pass
        case _:
            return None
    terms = list(_terms(parts))
    if any(term is None for term in terms):
        return None
    return _name(total), tuple(_name(term) for term in terms if term is not None)


def _terms(node: Node) -> Iterator[Value | None]:
    match node:
        case Arithmetic("+", left, right):
            yield from _terms(left)
            yield from _terms(right)
        case Value():
            yield node
        case _:
            yield None


def _name(value: Value) -> str:
    return f"{value.form}.{value.id}"
