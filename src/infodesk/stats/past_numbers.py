"""A form's numbers in a period and in those before it, for the rules that compare a unit with its own past."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from infodesk.model.calendar import Calendar
from infodesk.model.form import Form
from infodesk.model.item import Item, OverTime, Secrecy
from infodesk.model.period import Period
from infodesk.model.unit import Unit
from infodesk.store.store import Store
from infodesk.store.values import values_of

Record = Mapping[str, Fraction]  # item → number, blanks left out


@dataclass(frozen=True)
class PastNumbers:
    """Numbers by period and (unit, row). Nobody's own numbers are among them."""

    form: Form
    period: Period
    items: tuple[Item, ...]
    values: Mapping[str, Mapping[tuple[str, str], Record]]

    @property
    def flows(self) -> tuple[Item, ...]:
        """The items that grow with the days of a period."""
        return tuple(item for item in self.items if item.over_time is OverTime.SUM)

    def records(self) -> Iterator[tuple[tuple[str, str], Record]]:
        """The records of the period."""
        yield from self.values[str(self.period)].items()

    def of(self, period: Period, key: tuple[str, str]) -> Record:
        """What a record said in another period."""
        return self.values[str(period)].get(key, {})

    def by_unit(self, period: Period) -> dict[str, dict[str, Fraction]]:
        """The records of a unit added up."""
        found: dict[str, dict[str, Fraction]] = {}
        for (unit, _row), record in self.values[str(period)].items():
            sums = found.setdefault(unit, {})
            for name, number in record.items():
                sums[name] = sums.get(name, Fraction(0)) + number
        return found

    def days(self, period: Period, calendar: Calendar, unit: Unit) -> int:
        """What a unit's mean of a day divides by: working days where the form says so and the unit closes on others."""
        counts_workdays = self.form.daily == "workdays" and not unit.every_day
        return calendar.workdays_in(period) if counts_workdays else period.days


def before(period: Period, count: int) -> tuple[Period, ...]:
    """So many periods before one, the latest first."""
    found = [period.previous()]
    while len(found) < count:
        found.append(found[-1].previous())
    return tuple(found)


def past_numbers(store: Store, form: Form, period: Period, count: int) -> PastNumbers:
    """The numbers of a period, of `count` periods before it, and of the year before."""
    items = tuple(
        item for item in form.items() if item.is_numeric and item.secrecy is not Secrecy.PERSONAL
    )
    periods = dict.fromkeys((period, *before(period, count), period.year_before()))
    by_id = {item.id: item for item in items}
    stored = values_of(store, form, items, periods) if items else {str(p): {} for p in periods}
    values = {
        name: {
            key: {item: _exact(by_id[item], number) for item, number in record.items()}
            for key, record in found.items()
        }
        for name, found in stored.items()
    }
    return PastNumbers(form, period, items, values)


def _exact(item: Item, stored: int | float) -> Fraction:
    return Fraction(repr(stored)) if isinstance(stored, float) else Fraction(stored, 10**item.scale)
