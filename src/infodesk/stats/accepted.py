"""A period's accepted answers, added up per unit: what every figure is made from."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from infodesk.model.figure import Figure
from infodesk.model.item import Item
from infodesk.model.period import Period
from infodesk.model.submission import Part
from infodesk.model.unit import Unit
from infodesk.stats.check import Checked, check
from infodesk.stats.desk import Desk
from infodesk.stats.frozen import Frozen, frozen_figures
from infodesk.store.relations import relations
from infodesk.store.sums import UnitSums, unit_sums


@dataclass(frozen=True)
class Accepted:
    """The sums, and which parts of which units may be counted."""

    desk: Desk
    period: Period
    checked: Checked
    sums: Mapping[tuple[str, str], UnitSums]  # (form, unit)
    frozen: Frozen | None = None  # what was sealed, if the period is closed

    def expected(self, form: str, section: str, scope: Unit) -> list[str]:
        """The units within a scope that owe a section."""
        return [
            o.part.unit
            for o in self.checked.obligations
            if (o.part.form, o.part.section) == (form, section) and self._within(o.part.unit, scope)
        ]

    def official(self, figure: Figure) -> Figure:
        """A figure computed from these sums; of a closed period, the one that was sealed."""
        return figure if self.frozen is None else self.frozen.official(figure)

    def _within(self, unit: str, scope: Unit) -> bool:
        return scope.id in self.desk.definitions.units.with_ancestors(unit)

    def is_accepted(self, form: str, section: str, unit: str) -> bool:
        """Whether a unit's part came and has no open error."""
        return Part(form, section, unit) in self.checked.accepted

    def answer(self, item: Item, form: str, unit: str) -> Fraction | float | None:
        """One unit's answer (all its records added up), if it is not blank."""
        found = self.sums.get((form, unit))
        stored = None if found is None else found.sums.get(item.id)
        if stored is None:
            return None
        return stored if isinstance(stored, float) else Fraction(stored, 10**item.scale)


def accepted(desk: Desk, period: Period) -> Accepted:
    """Check a period and add up what is accepted."""
    checked = check(desk, period)
    sums: dict[tuple[str, str], UnitSums] = {}
    forms = desk.definitions.form_by_id
    owed = [obligation.part for obligation in checked.obligations]
    with desk.store.reading(), relations(desk.store, period, forms, owed) as tables:
        for form in desk.definitions.forms_due(period):
            for found in unit_sums(desk.store, tables, form):
                sums[form.id, found.unit] = found
    return Accepted(desk, period, checked, sums, frozen_figures(desk.store, period))


def added(numbers: Iterable[Fraction | float]) -> Fraction | float:
    """A sum: exact, unless a measured real is among the numbers."""
    numbers = list(numbers)
    if any(isinstance(number, float) for number in numbers):
        return sum(float(number) for number in numbers)
    return sum((Fraction(number) for number in numbers), Fraction(0))
