"""Calendar periods: months, quarters, halves and years, as half-open ranges of days."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from infodesk.errors import InfodeskError
from infodesk.text.folding import fold
from infodesk.text.message import Message, Title


class Frequency(StrEnum):
    """How often a form is due; also the kind of a period."""

    MONTH = "month"
    QUARTER = "quarter"
    HALF = "half"
    YEAR = "year"

    @property
    def months(self) -> int:
        """How many months one period has."""
        return {"month": 1, "quarter": 3, "half": 6, "year": 12}[self.value]


@dataclass(frozen=True, order=True)
class Period:
    """One calendar period. `start` is its first day; `end` is the day after its last."""

    start: date
    frequency: Frequency

    @property
    def end(self) -> date:
        """The first day that is no longer in the period."""
        return shift(self.start, self.frequency.months)

    @property
    def last_day(self) -> date:
        """The last day in the period."""
        return self.end - timedelta(days=1)

    @property
    def days(self) -> int:
        """How many calendar days it has."""
        return (self.end - self.start).days

    def next(self) -> "Period":
        """The period that begins when this one ends."""
        return Period(self.end, self.frequency)

    def previous(self) -> "Period":
        """The period that ends when this one begins."""
        return Period(shift(self.start, -self.frequency.months), self.frequency)

    def year_before(self) -> "Period":
        """The same period of the year before."""
        return Period(self.start.replace(year=self.start.year - 1), self.frequency)

    def parts(self, frequency: Frequency) -> Iterator["Period"]:
        """The shorter (or equal) periods that tile this one, in order."""
        part = Period(self.start, frequency)
        while part.start < self.end:
            yield part
            part = part.next()

    def contains(self, day: date) -> bool:
        """Whether `day` is in the period."""
        return self.start <= day < self.end

    def __str__(self) -> str:
        year, number = self.start.year, (self.start.month - 1) // self.frequency.months + 1
        match self.frequency:
            case Frequency.MONTH:
                return f"{year}-{number:02}"
            case Frequency.QUARTER:
                return f"{year}-Q{number}"
            case Frequency.HALF:
                return f"{year}-H{number}"
            case Frequency.YEAR:
                return f"{year}"

    @property
    def title(self) -> Title:
        """The period as people write it: 2026年9月, September 2026."""
        year, number = self.start.year, (self.start.month - 1) // self.frequency.months + 1
        match self.frequency:
            case Frequency.MONTH:
                return Title(f"{year}年{number}月", f"{_MONTHS[number - 1]} {year}")
            case Frequency.QUARTER:
                return Title(f"{year}年第{'一二三四'[number - 1]}季度", f"Q{number} {year}")
            case Frequency.HALF:
                return Title(f"{year}年{'上下'[number - 1]}半年", f"H{number} {year}")
            case Frequency.YEAR:
                return Title(f"{year}年", f"{year}")


_YEARS = range(1900, 2200)  # of the calendar, so that every period has one before and one after it
_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def period_of(day: date, frequency: Frequency) -> Period:
    """The period of that kind that `day` lies in."""
    month = (day.month - 1) // frequency.months * frequency.months + 1
    return Period(date(day.year, month, 1), frequency)


def parse_period(text: str, today: date) -> Period:
    """Read `2026-09`, `202609`, `2026年9月`, `9月`, `上月`, `2026Q3`, `2026-H1`, `2026` and the like.

    `today` decides what 上月 (last month), 本月 (this month) and a month without a year mean: the
    latest such month that has begun. Anything else raises InfodeskError.
    """
    folded = fold(text).upper().replace(" ", "")
    for pattern, build in _READERS:
        found = re.fullmatch(pattern, folded)
        if found:
            try:
                return build(found, today)
            except ValueError:
                break
    raise InfodeskError(
        Message("{text} is not a period", text=repr(text)),
        Message(
            "write a month as 2026-09, a quarter as 2026-Q3, a half as 2026-H1, a year as 2026"
        ),
    )


def shift(day: date, months: int) -> date:
    """The first of the month so many months later (earlier, if negative)."""
    index = day.year * 12 + day.month - 1 + months
    return date(index // 12, index % 12 + 1, 1)


def _numbered(year: int, number: int, frequency: Frequency) -> Period:
    if year not in _YEARS or not 1 <= number <= 12 // frequency.months:
        raise ValueError
    return Period(date(year, (number - 1) * frequency.months + 1, 1), frequency)


def _reader(frequency: Frequency) -> "Callable[[re.Match[str], date], Period]":
    return lambda found, _today: _numbered(int(found[1]), _number(found[2]), frequency)


def _number(text: str) -> int:
    return "一二三四".index(text) + 1 if text in "一二三四" else int(text)


def _month_without_year(found: re.Match[str], today: date) -> Period:
    period = _numbered(today.year, int(found[1]), Frequency.MONTH)
    return period if period.start <= today else period.year_before()


_READERS: tuple[tuple[str, Callable[[re.Match[str], date], Period]], ...] = (
    (r"(\d{4})[-/.年]?(\d{2})月?", _reader(Frequency.MONTH)),
    (r"(\d{4})[-/.年](\d{1,2})月?", _reader(Frequency.MONTH)),
    (r"(\d{4})年?-?Q([1-4])", _reader(Frequency.QUARTER)),
    (r"(\d{4})年第?([一二三四1-4])季度?", _reader(Frequency.QUARTER)),
    (r"(\d{4})年?-?H([12])", _reader(Frequency.HALF)),
    (r"(\d{4})年?上半年()", lambda f, _: _numbered(int(f[1]), 1, Frequency.HALF)),
    (r"(\d{4})年?下半年()", lambda f, _: _numbered(int(f[1]), 2, Frequency.HALF)),
    (r"(\d{4})年?()", lambda f, _: _numbered(int(f[1]), 1, Frequency.YEAR)),
    (r"(\d{1,2})月", _month_without_year),
    (r"上个?月", lambda _, today: period_of(today, Frequency.MONTH).previous()),
    (r"(?:本|这个?)月", lambda _, today: period_of(today, Frequency.MONTH)),
)
