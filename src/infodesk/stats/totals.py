"""The totals that an indicator is made of, over the units that may be counted."""

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
from infodesk.model.unit import Unit
from infodesk.stats.accepted import Accepted, added
from infodesk.stats.look import period_facts
from infodesk.store.rules import PeriodFacts


class Totals:
    """Facts for an indicator's formula, within a scope.

    Of each form only those units count of which every section that the indicator needs is accepted: a
    numerator never has more units than its denominator.
    """

    def __init__(self, found: Accepted, indicator: Indicator, scope: Unit) -> None:
        self._found, self._scope = found, scope
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

    def value(self, _value: Value) -> Known | None:
        """An indicator has no record of its own."""
        return None

    def aggregate(self, aggregate: Aggregate) -> Known | None:
        """A total over the units that count."""
        if isinstance(aggregate, IsUnique):
            return None
        if isinstance(aggregate, Count):
            return Fraction(len(self._units.get(aggregate.form, [])))
        units = self._units.get(aggregate.form, [])
        terms = [
            evaluate(aggregate.of, UnitFacts(self._found, unit, self._facts)) for unit in units
        ]
        known = [term for term in terms if isinstance(term, Fraction | float)]
        return added(known) if known else None

    def period_fact(self, fact: PeriodFact) -> Known:
        """Days and working days of the period."""
        return self._facts.known(fact)

    def unit_kind(self) -> str:
        """The kind of the scope."""
        return self._scope.kind


class UnitFacts:
    """One unit's accepted answers."""

    def __init__(self, found: Accepted, unit: str, facts: PeriodFacts) -> None:
        self._found, self._unit, self._facts = found, unit, facts

    def value(self, value: Value) -> Known | None:
        """The unit's answer."""
        return self._found.answer(value.item, value.form, self._unit)

    def aggregate(self, _aggregate: Aggregate) -> Known | None:
        """No totals within a total."""
        return None

    def period_fact(self, fact: PeriodFact) -> Known:
        """The same as outside the total."""
        return self._facts.known(fact)

    def unit_kind(self) -> str:
        """The unit's kind."""
        return self._found.desk.definitions.units.by_id[self._unit].kind
