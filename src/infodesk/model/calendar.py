"""The hospital's working days: weekends, public holidays and the weekends worked instead."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Literal

from infodesk.model.period import Period

Roll = Literal["next", "prev", "none"]

# Days off in every year whose arrangement is not yet announced: 1 January, 1-2 May, 1-3 October.
_FIXED = frozenset({(1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3)})

# 08:00-12:00 and 14:00-17:30, unless the settings say otherwise.
WORKING_HOURS = ((time(8), time(12)), (time(14), time(17, 30)))


@dataclass(frozen=True)
class Calendar:
    """Announced holidays and make-up working days; `years` are those announced.

    `hours` are the working hours of a working day, in order and without overlap.
    """

    holidays: frozenset[date] = frozenset()
    workdays: frozenset[date] = frozenset()
    years: frozenset[int] = frozenset()
    hours: tuple[tuple[time, time], ...] = WORKING_HOURS
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

    def working_minutes(self, start: datetime, end: datetime) -> int:
        """Minutes of working hours from `start` to `end`, both in the hospital's zone; 0 if none."""
        minutes, day = 0, start.date()
        while day <= end.date():
            for opening, closing in self._hours_of(day, start):
                within = min(closing, end) - max(opening, start)
                minutes += max(0, int(within.total_seconds() // 60))
            day += timedelta(days=1)
        return minutes

    def add_working_minutes(self, start: datetime, minutes: int) -> datetime:
        """The moment at which so many minutes of working hours have passed since `start`."""
        day = start.date()
        while True:
            for opening, closing in self._hours_of(day, start):
                begun = max(opening, start)
                there = int((closing - begun).total_seconds() // 60)
                if there >= minutes:
                    return begun + timedelta(minutes=minutes)
                minutes -= max(0, there)
            day += timedelta(days=1)

    def _hours_of(self, day: date, like: datetime) -> Iterator[tuple[datetime, datetime]]:
        if self.is_workday(day):
            for opening, closing in self.hours:
                yield (
                    datetime.combine(day, opening, like.tzinfo),
                    datetime.combine(day, closing, like.tzinfo),
                )

    def _from(self, day: date, step: int) -> Iterator[date]:
        while True:
            day += timedelta(days=step)
            if self.is_workday(day):
                yield day
