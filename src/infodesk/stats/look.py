"""One look at a period: what is owed, what came, and what the periods before it hold."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from infodesk.expr.evaluate import Known
from infodesk.model.calendar import Calendar
from infodesk.model.definitions import Definitions
from infodesk.model.exemption import Exemption
from infodesk.model.expression import Aggregate, PeriodFact, UnitKind, Value, When
from infodesk.model.form import Form
from infodesk.model.period import Period
from infodesk.model.submission import Part, Submission
from infodesk.stats.desk import Desk, Obligation
from infodesk.store.relations import period_for
from infodesk.store.rules import NotPassed, PeriodFacts
from infodesk.store.spans import Span, Spans, waiting
from infodesk.store.submissions import current


@dataclass(frozen=True)
class Look:
    """The latest versions of a period and of the periods its rules look back to."""

    definitions: Definitions
    period: Period
    obligations: tuple[Obligation, ...]
    submissions: Mapping[Part, Submission]
    earlier: Mapping[When, Mapping[Part, Submission]]
    facts: PeriodFacts
    spans: Spans = field(default_factory=dict)

    def awaited(self, form: Form, part: Part, when: When = When.NOW) -> tuple[Period, ...] | None:
        """The shorter periods whose part is not accepted yet; nothing if the form is of this period."""
        if form.frequency.months >= self.period.months:
            return None
        return waiting(self.spans_of(form, when), part)

    def spans_of(self, form: Form, when: When = When.NOW) -> tuple[Span, ...]:
        """The shorter periods of a form, within this period or an earlier one."""
        found = self.spans.get(when, ())
        return tuple(span for span in found if span.period.frequency is form.frequency)

    @property
    def owed_within(self) -> Iterator[Part]:
        """The parts that are owed in the shorter periods, more than once if in several."""
        return (part for span in self.spans.get(When.NOW, ()) for part in span.owed)

    def exemption(self, rule: str, unit: str) -> Exemption | None:
        """What exempts a unit from a rule in this period."""
        found = self.definitions.settings.exemptions
        return next((each for each in found if each.covers(rule, unit, self.period)), None)

    @property
    def owed(self) -> frozenset[Part]:
        """The parts that are owed."""
        return frozenset(obligation.part for obligation in self.obligations)

    def part_of(self, value: Value, unit: str) -> Part | None:
        """The part that holds a value of a unit's record; nothing for an item of the key."""
        form = self.definitions.form_by_id[value.form]
        if value.id in {item.id for item in form.key}:
            return None
        return Part(form.id, form.section_of(value.id).id, unit)

    def submission_of(self, value: Value, unit: str) -> Submission | None:
        """The version that a value comes from."""
        part = self.part_of(value, unit)
        if part is None:
            return None
        found = self.submissions if value.when is When.NOW else self.earlier[value.when]
        return found.get(part)


def look_at(desk: Desk, period: Period, spans: Spans | None = None) -> Look:
    """Look at a period; inside `store.reading()`, so that all of it is one state."""
    facts = period_facts(desk.definitions.calendar, period)
    earlier = {
        when: current(desk.store, period_for(period, when))
        for when in (When.PREVIOUS, When.YEAR_BEFORE)
    }
    now = current(desk.store, period)
    return Look(
        desk.definitions, period, desk.obligations(period), now, earlier, facts, spans or {}
    )


def period_facts(calendar: Calendar, period: Period) -> PeriodFacts:
    """What `days()` and the like mean in a period."""
    return PeriodFacts(
        period.days,
        calendar.workdays_in(period),
        period.start.isoformat(),
        period.last_day.isoformat(),
    )


class Operands:
    """The facts of one record, as the store's query returned them."""

    def __init__(self, row: NotPassed, facts: PeriodFacts) -> None:
        self._row, self._facts = row, facts

    def value(self, value: Value) -> Known | None:
        """An item's value."""
        return self._row.operands.get(value)

    def aggregate(self, aggregate: Aggregate) -> Known | None:
        """A total's value."""
        return self._row.operands.get(aggregate)

    def period_fact(self, fact: PeriodFact) -> Known:
        """A fact of the period."""
        return self._facts.known(fact)

    def unit_kind(self) -> str:
        """The unit's kind."""
        return str(self._row.operands.get(UnitKind()) or "")
