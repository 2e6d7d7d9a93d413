"""The totals that an indicator is made of, over the records that may be counted."""

from collections.abc import Iterator
from fractions import Fraction

from infodesk.expr.evaluate import Known, evaluate
from infodesk.model.expression import (
    Aggregate,
    Count,
    IsUnique,
    PeriodFact,
    Value,
    aggregates,
    all_values,
)
from infodesk.model.indicator import Indicator
from infodesk.model.item import Type
from infodesk.model.unit import Unit
from infodesk.stats.accepted import Accepted, added, number
from infodesk.stats.look import period_facts
from infodesk.store.rules import PeriodFacts
from infodesk.store.sums import Record


class Totals:
    """Facts for an indicator's formula, within a scope; of one row, if it is named.

    Of each form only those units count of which every section that the indicator needs is accepted: a
    numerator never has more units than its denominator.
    """

    def __init__(
        self, found: Accepted, indicator: Indicator, scope: Unit, row: str | None = None
    ) -> None:
        self._found, self._scope, self._row = found, scope, row
        self._units: dict[str, list[str]] = {}
        self.parts: list[tuple[str, str, str]] = []
        self.received = self.expected = 0
        for form, sections in self._sections(indicator).items():
            self._count(form, sections)
        self._facts = period_facts(found.desk.definitions.calendar, found.period)

    def _sections(self, indicator: Indicator) -> dict[str, set[str]]:
        needed: dict[str, set[str]] = {}
        for node in aggregates(indicator.formula):
            for value in all_values(node):
                form = self._found.desk.definitions.form_by_id[value.form]
                if value.id not in {item.id for item in form.key}:
                    needed.setdefault(form.id, set()).add(form.section_of(value.id).id)
        return needed

    def _count(self, form: str, sections: set[str]) -> None:
        owing = {section: self._found.expected(form, section, self._scope) for section in sections}
        units = list(dict.fromkeys(unit for found in owing.values() for unit in found))
        complete = [unit for unit in units if self._is_complete(form, unit, owing)]
        self._units[form] = complete
        self.received += len(complete)
        self.expected += len(units)
        self.parts += [(form, section, unit) for section, us in owing.items() for unit in us]

    def _is_complete(self, form: str, unit: str, owing: dict[str, list[str]]) -> bool:
        return all(
            self._found.is_accepted(form, section, unit)
            for section, units in owing.items()
            if unit in units
        )

    def rows(self) -> list[str]:
        """The rows (devices, diseases) of the forms it is about, in order."""
        records = (record for form in self._units for record in self._records(form))
        return sorted({record.row for record in records if record.row})

    def _records(self, form: str) -> Iterator[Record]:
        for unit in self._units.get(form, []):
            for row, record in self._found.rows(form, unit).items():
                if self._row in (None, row):
                    yield record

    def value(self, _value: Value) -> Known | None:
        """An indicator has no record of its own."""
        return None

    def aggregate(self, aggregate: Aggregate) -> Known | None:
        """A total over the records that count."""
        if isinstance(aggregate, IsUnique):
            return None
        counted = [RecordFacts(self._found, r, self._facts) for r in self._records(aggregate.form)]
        if aggregate.where is not None:
            counted = [facts for facts in counted if evaluate(aggregate.where, facts) is True]
        if isinstance(aggregate, Count):
            return Fraction(len(counted))
        terms = [evaluate(aggregate.of, facts) for facts in counted]
        known = [term for term in terms if isinstance(term, Fraction | float)]
        return added(known) if known else None

    def period_fact(self, fact: PeriodFact) -> Known:
        """Days and working days of the period."""
        return self._facts.known(fact)

    def unit_kind(self) -> str:
        """The kind of the scope."""
        return self._scope.kind


class RecordFacts:
    """One record's accepted answers."""

    def __init__(self, found: Accepted, record: Record, facts: PeriodFacts) -> None:
        self._found, self._record, self._facts = found, record, facts

    def value(self, value: Value) -> Known | None:
        """The record's answer; of its key, the unit or the row."""
        form = self._found.desk.definitions.form_by_id[value.form]
        if value.id in {item.id for item in form.key}:
            return self._record.unit if value.item.type is Type.UNIT else self._record.row
        stored = self._record.answers.get(value.id)
        if isinstance(stored, str):
            return stored
        return bool(stored) if value.item.type is Type.YES_NO else number(value.item, stored)

    def aggregate(self, _aggregate: Aggregate) -> Known | None:
        """No totals within a total."""
        return None

    def period_fact(self, fact: PeriodFact) -> Known:
        """The same as outside the total."""
        return self._facts.known(fact)

    def unit_kind(self) -> str:
        """The unit's kind."""
        return self._found.desk.definitions.units.by_id[self._record.unit].kind
