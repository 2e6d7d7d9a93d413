"""The hospital's working days: weekends, public holidays and the weekends worked instead."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from infodesk.model.period import Period

Roll = Literal["next", "prev", "none"]

# Days off in every year whose arrangement is not yet announced: 1 January, 1-2 May, 1-3 October.
_FIXED = frozenset({(1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3)})


@dataclass(frozen=True)
class Calendar:
    """Announced holidays and make-up working days; `years` are those announced."""

    holidays: frozenset[date] = frozenset()
    workdays: frozenset[date] = frozenset()
    years: frozenset[int] = frozenset()
    unusual: frozenset[Period] = frozenset()  # months that are compared with no other

    def is_workday(self, day: date) -> bool:
        """Whether offices work that day. A year not announced: Monday to Friday but for fixed days."""
        if day in self.workdays:
            return True
        if day in self.holidays:
            return False
        if day.year not in self.years and (day.month, day.day) in _FIXED:
            return False
        return day.weekday() < 5

    def is_unusual(self, period: Period) -> bool:
        """Whether any month of it is unlike others: Spring Festival, and the month after."""
        return any(period.start <= month.start < period.end for month in self.unusual)

    def workdays_in(self, period: Period) -> int:
        """How many working days the period has."""
        days = (period.start + timedelta(days=n) for n in range(period.days))
        return sum(map(self.is_workday, days))

    def roll(self, day: date, roll: Roll) -> date:
        """`day` itself if it is worked, else the next (or previous) working day."""
        if roll == "none" or self.is_workday(day):
            return day
        return next(self._from(day, 1 if roll == "next" else -1))

    def add_workdays(self, day: date, count: int) -> date:
        """The day `count` working days after `day` (before it, if negative)."""
        days = self._from(day, 1 if count > 0 else -1)
        for _ in range(abs(count)):
            day = next(days)
        return day

    def workdays_between(self, earlier: date, later: date) -> int:
        """Working days after `earlier`, up to and with `later`; 0 if `later` is not later."""
        days = (earlier + timedelta(days=n) for n in range(1, (later - earlier).days + 1))
        return sum(map(self.is_workday, days))

    def _from(self, day: date, step: int) -> Iterator[date]:
        while True:
            day += timedelta(days=step)
            if self.is_workday(day):
                yield day
