"""How the year goes: growth, seasons, working days and the Spring Festival, all measured against September 2026."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from infodesk.demo.september import PERIOD
from infodesk.model.calendar import Calendar
from infodesk.model.period import Period

# What is known of the months before: the comparison vectors, and the revenue beside them.
GIVEN: Mapping[str, Mapping[str, int]] = {
    "2026-08": {
        "pts_begin": 248, "discharges": 842, "bed_days_occupied": 8166, "bed_days_discharged": 7620,
        "rev_medical": 16250000,
    },
    "2026-07": {
        "pts_begin": 245, "discharges": 858, "bed_days_occupied": 7390, "bed_days_discharged": 7650,
    },
    "2025-09": {
        "discharges": 815, "bed_days_occupied": 7419, "bed_days_discharged": 7587,
        "rev_medical": 15600000,
    },
}  # fmt: skip

# How busy a day is against an ordinary working day.
CLINIC = {
    "work": 1.0,
    "weekend": 0.45,
    "holiday": 0.30,
    "festival": 0.15,
    "eve": 0.80,
    "after": 1.12,
}
ELECTIVE = {
    "work": 1.0,
    "weekend": 0.60,
    "holiday": 0.40,
    "festival": 0.15,
    "eve": 0.45,
    "after": 1.15,
}
EMERGENCY = {
    "work": 1.0,
    "weekend": 1.1,
    "holiday": 1.2,
    "festival": 1.15,
    "eve": 1.0,
    "after": 1.0,
}

# The part of a kind of ward's admissions that is planned, and that stays away on holidays.
PLANNED = {"MED": 0.40, "SUR": 0.80, "OB": 0.20, "PED": 0.20, "ICU": 0.10}

# January to December against September: colds in winter, operations in the summer holidays, births in autumn.
SEASON = {
    "MED": (1.08, 1.05, 1.04, 1.01, 0.98, 0.96, 0.97, 0.97, 1.00, 1.01, 1.04, 1.06),
    "SUR": (0.97, 0.98, 1.03, 1.02, 1.00, 1.00, 1.05, 1.05, 1.00, 0.99, 0.99, 0.97),
    "OB": (0.97, 0.94, 0.95, 0.94, 0.95, 0.95, 0.96, 0.97, 1.00, 1.03, 1.02, 0.99),
    "PED": (1.08, 1.00, 1.04, 1.02, 1.00, 0.97, 0.95, 0.93, 1.00, 1.05, 1.10, 1.13),
    "ICU": (1.08, 1.04, 1.02, 1.00, 1.00, 1.00, 1.00, 1.00, 1.00, 1.00, 1.02, 1.06),
}
DISCHARGES_GROWTH = 0.063  # within the year up to September 2026
WEEK_BEFORE = 7  # days before the festival on which people no longer come unless they must
WEEKS_AFTER = 24  # days after it on which they come with what they put off


@dataclass(frozen=True)
class Course:
    """One month of the year that ends with September 2026; factors are against September 2026."""

    period: Period
    calendar: Calendar

    @property
    def given(self) -> Mapping[str, int]:
        """What is known of the month."""
        return GIVEN.get(str(self.period), {})

    @property
    def ago(self) -> float:
        """How many years before September 2026."""
        months = (PERIOD.start.year - self.period.start.year) * 12
        return (months + PERIOD.start.month - self.period.start.month) / 12

    def growth(self, in_a_year: float) -> float:
        """How far a growing number had come, if it grew so much within the year."""
        return 1 - in_a_year * self.ago

    @cached_property
    def clinic(self) -> float:
        """How much the clinics are open and wanted."""
        return self._load(CLINIC)

    @cached_property
    def emergency(self) -> float:
        """How many emergencies the days bring."""
        return self._load(EMERGENCY)

    @cached_property
    def elective(self) -> float:
        """How many people come for what was planned."""
        return self._load(ELECTIVE)

    def season(self, kind: str) -> float:
        """The season of a kind of ward."""
        return SEASON[kind][self.period.start.month - 1]

    def ward(self, kind: str) -> float:
        """How many patients a kind of ward gets: planned, unplanned, season and growth."""
        days = PLANNED[kind] * self.elective + (1 - PLANNED[kind]) * self.emergency
        return days * self.season(kind) * self.growth(DISCHARGES_GROWTH)

    @property
    def ends_before_holiday(self) -> bool:
        """Whether the day after the month is a holiday: whoever can, goes home."""
        return self.period.end in self.calendar.holidays

    def _load(self, weights: Mapping[str, float]) -> float:
        return _sum(self.calendar, self.period, weights) / _sum(self.calendar, PERIOD, weights)


def _sum(calendar: Calendar, period: Period, weights: Mapping[str, float]) -> float:
    days = (period.start + timedelta(days=n) for n in range(period.days))
    return sum(_weight(calendar, day, weights) for day in days)


def _weight(calendar: Calendar, day: date, weights: Mapping[str, float]) -> float:
    kind = _kind(calendar, day)
    weight = weights[kind]
    if kind == "festival":
        return weight
    if any(_is_festival(calendar, near) for near in _after(day, WEEK_BEFORE)):
        return weight * weights["eve"]
    if any(_is_festival(calendar, near) for near in _after(day, -WEEKS_AFTER)):
        return weight * weights["after"]
    return weight


def _kind(calendar: Calendar, day: date) -> str:
    if _is_festival(calendar, day):
        return "festival"
    if day in calendar.holidays:
        return "holiday"
    return "work" if calendar.is_workday(day) else "weekend"


def _is_festival(calendar: Calendar, day: date) -> bool:
    """Spring Festival: the holidays between 20 January and the end of February."""
    return day in calendar.holidays and (1, 20) <= (day.month, day.day) < (3, 1)


def _after(day: date, days: int) -> Iterator[date]:
    """The days that follow (go before, if negative)."""
    step = 1 if days > 0 else -1
    return (day + timedelta(days=n * step) for n in range(1, abs(days) + 1))
