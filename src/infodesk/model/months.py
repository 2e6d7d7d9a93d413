"""Several periods in a row taken as one: January to September."""

from dataclasses import dataclass
from datetime import date

from infodesk.model.period import Frequency, Period, shift
from infodesk.text.message import Title


@dataclass(frozen=True, order=True)
class Months(Period):
    """The months from `start` on, `months` of them; nothing is due for a span, it only adds up."""

    months: int = 1

    @property
    def end(self) -> date:
        """The first day that is no longer in it."""
        return shift(self.start, self.months)

    def previous(self) -> "Months":
        """As many months before it."""
        return Months(shift(self.start, -self.months), self.frequency, self.months)

    def next(self) -> "Months":
        """As many months after it."""
        return Months(self.end, self.frequency, self.months)

    def year_before(self) -> "Months":
        """The same months of the year before."""
        return Months(shift(self.start, -12), self.frequency, self.months)

    def __str__(self) -> str:
        last = Period(shift(self.start, self.months - 1), Frequency.MONTH)
        return f"{Period(self.start, Frequency.MONTH)}..{last}"

    @property
    def title(self) -> Title:
        """2026年1—9月, January to September 2026."""
        first = Period(self.start, Frequency.MONTH)
        last = Period(shift(self.start, self.months - 1), Frequency.MONTH)
        if first == last:
            return first.title
        zh = f"{self.start.year}年{self.start.month}—{last.start.month}月"
        return Title(zh, f"{first.title.en.split()[0]} to {last.title.en}")


def year_to_date(period: Period) -> Months:
    """From January to the end of the period."""
    first = date(period.start.year, 1, 1)
    return Months(first, Frequency.MONTH, period.start.month - 1 + period.frequency.months)
