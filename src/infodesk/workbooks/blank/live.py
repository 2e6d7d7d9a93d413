"""Cells that compute: a formula, and the value our own evaluation gives it, which phones show."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from infodesk.expr.evaluate import Known, Unknown, evaluate
from infodesk.expr.excel import (
    Drawn,
    NotInWorkbookError,
    Source,
    condition_formula,
    number_formula,
    text_formula,
)
from infodesk.expr.sentence import Sides, comparisons, main_comparison, main_part, sides
from infodesk.model.calendar import Calendar
from infodesk.model.expression import (
    Aggregate,
    Compare,
    Node,
    PeriodFact,
    Total,
    UnitKind,
    Value,
    When,
)
from infodesk.model.item import Item
from infodesk.model.period import Period
from infodesk.model.submission import Stored
from infodesk.text.language import Language
from infodesk.text.message import Message
from infodesk.workbooks.blank.plan import Plan, simple
from infodesk.workbooks.marks import TICK


@dataclass(frozen=True)
class Live:
    """A formula with its `=`, and its value now."""

    formula: str
    value: str | float


@dataclass(frozen=True)
class Spot:
    """Where an answer stands: its cell as other sheets write it, and the tick that makes blanks 0."""

    cell: str
    nil: str | None = None


@dataclass(frozen=True)
class Sheets:
    """Where every answer of a workbook stands, and how totals over it are written."""

    spots: Mapping[tuple[str, str, str], Spot]
    previous: Mapping[tuple[str, str, str], str]
    columns: Mapping[
        tuple[str, str], tuple[str, int]
    ]  # (form, item) → range over all units, how many


class RecordFacts:
    """What a workbook says of one unit's record (or, for totals, of all of them)."""

    def __init__(self, plan: Plan, unit: str, kind: str) -> None:
        self._plan = plan
        self._unit = unit
        self._kind = kind

    def value(self, value: Value) -> Known | None:
        """An answer, a blank of a section ticked as nil, or the value of the period before."""
        key = (value.form, self._unit, value.id)
        if value.when is When.PREVIOUS:
            return known(value.item, self._plan.previous.get(key))
        return answer_of(self._plan, value, self._unit)

    def aggregate(self, aggregate: Aggregate) -> Known | None:
        """A total over the units of this workbook."""
        assert isinstance(aggregate, Total), "only totals are drawn"
        inner = simple(aggregate.of)
        assert inner is not None, "only plain totals are drawn"
        value, blank_is_zero = inner
        form = self._plan.definitions.form_by_id[value.form]
        section = form.section_of(value.id).id
        units = [p.unit for p in self._plan.parts if (p.form, p.section) == (form.id, section)]
        answers = [answer_of(self._plan, value, unit) for unit in units]
        if not blank_is_zero and None in answers:
            return None
        return sum((Fraction(answer) for answer in answers if answer is not None), Fraction(0))

    def period_fact(self, fact: PeriodFact) -> Known:
        """Days, working days, first and last day."""
        found = period_value(fact, self._plan.period, self._plan.definitions.calendar)
        return Fraction(found) if isinstance(found, int) else found

    def unit_kind(self) -> str:
        """The unit's kind."""
        return self._kind


def answer_of(plan: Plan, value: Value, unit: str) -> Known | None:
    """What is filled in for an item, 0 for a blank that was ticked as nil."""
    key = (value.form, unit, value.id)
    found = known(value.item, effective(plan, key))
    if found is not None:
        return found
    form = plan.definitions.form_by_id[value.form]
    ticked = {(part.form, part.section, part.unit) for part in plan.answers.nil}
    return Fraction(0) if (form.id, form.section_of(value.id).id, unit) in ticked else None


def effective(plan: Plan, key: tuple[str, str, str]) -> Stored:
    """The answer of a cell; where it opens with the period before, that value or its correction."""
    item = plan.definitions.form_by_id[key[0]].by_id[key[2]]
    correction = plan.answers.corrections.get(key)
    if correction is not None:
        return correction.value
    if key in plan.answers.values or item.opens_with is None:
        return plan.answers.values.get(key)
    return plan.previous.get((key[0], key[1], item.opens_with))


def known(item: Item, stored: Stored) -> Known | None:
    """A stored answer as expressions speak of it."""
    if isinstance(stored, int):
        return Fraction(stored, 10**item.scale)
    return stored


def period_value(fact: PeriodFact, period: Period, calendar: Calendar) -> int | str:
    """A fact of the period."""
    match fact.name:
        case "days":
            return period.days
        case "workdays":
            return calendar.workdays_in(period)
        case "start":
            return period.start.isoformat()
        case "end":
            return period.last_day.isoformat()


class Places:
    """Where the sources of a rule stand, seen from one unit's record."""

    def __init__(self, plan: Plan, sheets: Sheets, unit: str, kind: str) -> None:
        self._plan, self._sheets, self._unit, self._kind = plan, sheets, unit, kind

    def __call__(self, source: Source) -> Drawn:
        match source:
            case Value():
                return self._value(source)
            case PeriodFact():
                found = period_value(source, self._plan.period, self._plan.definitions.calendar)
                return Drawn(str(found) if isinstance(found, int) else text_formula(found))
            case UnitKind():
                return Drawn(text_formula(self._kind))
            case Total():
                return self._total(source)
            case _:
                raise NotInWorkbookError

    def _value(self, value: Value) -> Drawn:
        key = (value.form, self._unit, value.id)
        if value.when is When.PREVIOUS:
            if key not in self._sheets.previous:
                raise NotInWorkbookError
            cell = self._sheets.previous[key]
            return Drawn(cell, (cell,))
        if key not in self._sheets.spots:
            raise NotInWorkbookError
        spot = self._sheets.spots[key]
        if spot.nil is None:
            return Drawn(spot.cell, (spot.cell,))
        ticked = f"{spot.nil}={text_formula(TICK)}"
        return Drawn(
            f"IF({ticked},N({spot.cell}),{spot.cell})",
            tests=(f"OR({ticked},ISNUMBER({spot.cell}))",),
        )

    def _total(self, total: Total) -> Drawn:
        inner = simple(total.of)
        if inner is None or (total.form, inner[0].id) not in self._sheets.columns:
            raise NotInWorkbookError
        cells, count = self._sheets.columns[total.form, inner[0].id]
        tests = () if inner[1] else (f"COUNT({cells})={count}",)
        return Drawn(f"SUM({cells})", tests=tests)


@dataclass(frozen=True)
class LiveRule:
    """A rule in the workbook: 1, 0 or 0.5, and the two sides it compares."""

    result: Live
    left: Live | None
    right: Live | None


def live_rule(check: Node, places: Places, facts: RecordFacts) -> LiveRule:
    """The formulas of a rule with their values; NotInWorkbookError if the workbook lacks a number of it."""
    formula = condition_formula(check, places)
    pairs = _side_formulas(check, places)
    value = evaluate(check, facts)
    result = Live("=" + formula, 0.5 if isinstance(value, Unknown) else float(value))
    if pairs is None:
        return LiveRule(result, None, None)
    found = sides(check, facts)
    left, right = _shown_sides(found)
    return LiveRule(result, Live(pairs[0], left), Live(pairs[1], right))


def _side_formulas(check: Node, places: Places) -> tuple[str, str] | None:
    """Formulas of both sides; of several comparisons joined by `and`, of the first that fails."""
    main = main_comparison(check)
    if main is None:
        return None
    left, right = _pair(main, places)
    found = comparisons(main_part(check))
    for each in reversed(found if len(found) > 1 else ()):
        broken = f"{condition_formula(each, places)}=0"
        first, second = _pair(each, places)
        left, right = f"IF({broken},{first},{left})", f"IF({broken},{second},{right})"
    return f"={left}", f"={right}"


def _pair(comparison: Compare, places: Places) -> tuple[str, str]:
    """Formulas of both sides, blank until both are known."""
    left, right = (number_formula(side, places) for side in (comparison.left, comparison.right))
    known = Drawn(
        "",
        tuple(dict.fromkeys((*left.cells, *right.cells))),
        tuple(dict.fromkeys((*left.tests, *right.tests))),
    ).known
    texts = [f"ROUND({s.text},4)" if "/" in s.text else s.text for s in (left, right)]
    if known:
        texts = [f'IFERROR(IF({known},{text},""),"")' for text in texts]
    return texts[0], texts[1]


def _shown_sides(found: Sides | None) -> tuple[str | float, str | float]:
    if found is not None:
        return float(found.left), float(found.right)
    return "", ""


def spoken(language: Language, message: Message, cells: Mapping[str, str]) -> str:
    """A message as a formula without `=`; `cells` are the pieces of formula for its values."""
    marker = "\x00"
    marked = Message(message.template, **{name: f"{marker}{name}{marker}" for name in cells})
    parts = language.tell(marked).split(marker)
    pieces = [cells[part] if n % 2 else text_formula(part) for n, part in enumerate(parts)]
    return "&".join(piece for piece in pieces if piece != '""')


def number_of(value: Decimal | Fraction | float) -> str:
    """A number as `&` in a formula would write it."""
    return f"{float(value):.15g}"
