"""A period's accepted answers: what every figure is made from.

Of a form of shorter periods they are those of all of them, joined by `over_time`; of a form of longer periods the
stocks of the latest one that has ended and has come.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from infodesk.model.expression import When
from infodesk.model.figure import Figure
from infodesk.model.finding import Finding
from infodesk.model.form import Form
from infodesk.model.item import Item, OverTime
from infodesk.model.period import Period, parse_period
from infodesk.model.submission import Part, Stored
from infodesk.model.unit import Unit
from infodesk.stats.check import Checked, check
from infodesk.stats.desk import Desk
from infodesk.stats.frozen import Frozen, frozen_figures
from infodesk.store.relations import relations
from infodesk.store.spans import complete_parts
from infodesk.store.submissions import periods
from infodesk.store.sums import Record, records

Number = Fraction | float


@dataclass(frozen=True)
class Accepted:
    """The records, and which parts of which units may be counted.

    `sources` are, form by form, the checked periods that its numbers come from.
    """

    desk: Desk
    period: Period
    checked: Checked
    records: Mapping[tuple[str, str], Mapping[str, Record]]  # (form, unit) → row
    owed: Mapping[tuple[str, str], tuple[str, ...]]  # (form, section) → units
    parts: frozenset[Part]
    sources: Mapping[str, tuple[Checked, ...]]
    frozen: Frozen | None  # what was sealed, if the period is closed
    past: "Past"

    def expected(self, form: str, section: str, scope: Unit) -> list[str]:
        """The units within a scope that owe a section."""
        tree = self.desk.definitions.units
        owing = self.owed.get((form, section), ())
        return [unit for unit in owing if scope.id in tree.with_ancestors(unit)]

    def official(self, figure: Figure) -> Figure:
        """A figure computed from these records; of a closed period, the one that was sealed."""
        return figure if self.frozen is None else self.frozen.official(figure)

    def is_accepted(self, form: str, section: str, unit: str) -> bool:
        """Whether a unit's part came and has no open error, in every period it is taken from."""
        return Part(form, section, unit) in self.parts

    def rows(self, form: str, unit: str) -> Mapping[str, Record]:
        """A unit's records of a form by their row (empty where it has but one)."""
        return self.records.get((form, unit), {})

    def answer(self, item: Item, form: str, unit: str, row: str | None = None) -> Number | None:
        """One unit's answer (all its records added up, or that of one row), if it is not blank."""
        records = self.rows(form, unit).values()
        asked = [r for r in records if row in (None, r.row)]
        answers = [number(item, r.answers.get(item.id)) for r in asked]
        known = [answer for answer in answers if answer is not None]
        if not known or (len(answers) > 1 and not item.adds_up):
            return None
        return added(known)

    def findings(self, forms: Iterable[str]) -> Iterator[Finding]:
        """The findings about these forms in all periods that their numbers come from."""
        for form in forms:
            for checked in self.sources.get(form, ()):
                yield from (f for f in checked.findings if f.identity.form == form)


def number(item: Item, stored: Stored) -> Number | None:
    """A stored answer as a number; nothing for a blank or a text."""
    if isinstance(stored, float):
        return stored
    return Fraction(stored, 10**item.scale) if isinstance(stored, int) else None


def accepted(desk: Desk, period: Period) -> Accepted:
    """Check a period, and what it takes numbers from; gather what is accepted."""
    return Past(desk).of(period)


@dataclass(frozen=True)
class Past:
    """Periods looked up, long or short, each checked and added up once; kept as long as one command or report runs."""

    desk: Desk
    _found: dict[Period, Accepted] = field(default_factory=dict, repr=False)
    _checked: dict[Period, Checked] = field(default_factory=dict, repr=False)

    def of(self, period: Period) -> Accepted:
        """A period; a longer one is made of its months, and of what is due for just it."""
        if period not in self._found:
            self._found[period] = self._look_up(period)
        return self._found[period]

    def is_known(self, period: Period) -> bool:
        """Whether the store holds anything of it."""
        shorter = map(str, self.desk.shorter_periods(period))
        if not {str(period), *shorter} & set(periods(self.desk.store)):
            return False
        found = self.of(period)
        return bool(found.checked.submissions) or any(span.accepted for span in found.checked.spans)

    def _look_up(self, period: Period) -> Accepted:
        desk, known = self.desk, self._checked
        checked = check(desk, period, known)
        found = _Gathered({}, {}, set(), {})
        forms = desk.definitions.forms
        lasting = [form for form in forms if form.frequency.months > period.months]
        _gather(desk, checked, [form for form in forms if form not in lasting], found, known)
        for form in lasting:
            latest = _latest(desk, form, period)
            if latest is not None:
                _gather(desk, check(desk, latest, known), [form], found, known, stocks_only=True)
        return Accepted(
            desk,
            period,
            checked,
            found.records,
            found.owed,
            frozenset(found.parts),
            found.sources,
            frozen_figures(desk.store, period),
            self,
        )


@dataclass
class _Gathered:
    records: dict[tuple[str, str], dict[str, Record]]
    owed: dict[tuple[str, str], tuple[str, ...]]
    parts: set[Part]
    sources: dict[str, tuple[Checked, ...]]


def _latest(desk: Desk, form: Form, period: Period) -> Period | None:
    """The latest period of a form that ends with this period or before, and of which anything came."""
    came = [parse_period(name, period.start) for name in periods(desk.store)]
    ended = [p for p in came if p.frequency is form.frequency and p.end <= period.end]
    return max(ended, default=None)


def _gather(
    desk: Desk,
    checked: Checked,
    forms: Sequence[Form],
    found: _Gathered,
    known: Mapping[Period, Checked],
    *,
    stocks_only: bool = False,
) -> None:
    """Add what one checked period says of these forms."""
    own = [obligation.part for obligation in checked.obligations]
    order = desk.definitions.units.by_id
    shorter = sorted(
        {part for span in checked.spans for part in span.owed}, key=lambda p: order[p.unit].order
    )
    accepted_parts = checked.accepted | complete_parts(checked.spans)
    by_id, spans = desk.definitions.form_by_id, {When.NOW: checked.spans}
    for form in forms:
        parts = own if form.frequency.months == checked.period.months else shorter
        mine = [part for part in dict.fromkeys(parts) if part.form == form.id]
        for section in form.sections:
            units = tuple(part.unit for part in mine if part.section == section.id)
            found.owed[form.id, section.id] = units
        found.parts |= accepted_parts.intersection(mine)
        found.sources[form.id] = tuple(_sources(checked, form, known))
    with (
        desk.store.reading(),
        relations(desk.store, checked.period, by_id, own, spans) as tables,
    ):
        for form in forms:
            for record in records(desk.store, tables, form):
                kept = _stocks(form, record) if stocks_only else record
                found.records.setdefault((form.id, record.unit), {})[record.row] = kept


def _sources(checked: Checked, form: Form, known: Mapping[Period, Checked]) -> Iterator[Checked]:
    if form.frequency.months == checked.period.months:
        yield checked
        return
    for span in checked.spans:
        if span.period.frequency is form.frequency and span.period in known:
            yield known[span.period]


def _stocks(form: Form, record: Record) -> Record:
    """A record of a longer period, without its flows: those are not of the shorter one."""
    names = {item.id for item in form.items() if item.over_time is OverTime.LAST}
    answers = {name: value for name, value in record.answers.items() if name in names}
    return Record(record.unit, record.row, answers, record.sections)


def added(numbers: Iterable[Number]) -> Number:
    """A sum: exact, unless a measured real is among the numbers."""
    numbers = list(numbers)
    if any(isinstance(number, float) for number in numbers):
        return sum(float(number) for number in numbers)
    return sum((Fraction(number) for number in numbers), Fraction(0))
