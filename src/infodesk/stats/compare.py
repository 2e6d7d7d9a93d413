"""Figures against earlier ones: 同比, 环比, 日均环比 and 累计同比, by the one set of rules of all reports."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from infodesk.expr.evaluate import round_half_up
from infodesk.model.figure import Figure
from infodesk.model.indicator import Indicator
from infodesk.model.months import year_to_date
from infodesk.model.period import Frequency, Period
from infodesk.model.unit import Unit
from infodesk.stats.accepted import Accepted, Past
from infodesk.stats.change import DECIMALS, Change, change_between
from infodesk.stats.lineage import as_now
from infodesk.stats.measure import Measure

TREND = 13  # periods: a year and the one it began with


class Against(StrEnum):
    """What a figure is compared with."""

    PREVIOUS = "previous"  # 环比
    DAILY = "daily"  # 日均环比: means of a day, where the two periods are not equally long
    LAST_YEAR = "last_year"  # 同比
    CUMULATIVE = "cumulative"  # 累计同比: January to the period's end


@dataclass(frozen=True)
class Comparison:
    """A figure beside an earlier one; for `daily` the two are means of a day, not rounded."""

    against: Against
    now: Figure
    base: Figure
    change: Change


@dataclass(frozen=True)
class Compared:
    """A measure of a unit: its figure, its comparisons, and the periods up to it (nothing: not in the store)."""

    measure: Measure
    figure: Figure
    comparisons: tuple[Comparison, ...]
    trend: tuple[tuple[Period, Figure | None], ...]


@dataclass(frozen=True)
class Comparisons:
    """What was compared of a unit or the hospital in a period."""

    period: Period
    unit: Unit
    figures: tuple[Compared, ...]

    @property
    def is_complete(self) -> bool:
        """Whether everything that is owed is counted in the period's own figures."""
        return all(each.figure.received == each.figure.expected for each in self.figures)


def change(measure: Measure, now: Figure, base: Figure) -> Change:
    """How a figure moved against another of the same measure."""
    return change_between(now, base, is_points=measure.is_percent, is_money=measure.is_money)


def compare(
    past: Past,
    period: Period,
    scope: Unit,
    measures: Iterable[Measure],
    against: Iterable[Against] = tuple(Against),
) -> Comparisons:
    """Compare measures of a unit or the hospital, each with its trend."""
    comparer, wanted = Comparer(past, period, scope), tuple(against)
    compared = (
        Compared(
            measure,
            comparer.figure(measure, period),
            comparer.comparisons(measure, wanted),
            comparer.trend(measure),
        )
        for measure in measures
    )
    return Comparisons(period, scope, tuple(compared))


class Comparer:
    """A scope's figures of any period, its units put together as they are in the period asked for."""

    def __init__(self, past: Past, period: Period, scope: Unit) -> None:
        self._past, self._period, self._scope = past, period, scope
        self._found: dict[Period, Accepted | None] = {}

    def figure(self, measure: Measure, period: Period) -> Figure:
        """The figure of a period; one without a value where units were split since."""
        found = self._as_now(period)
        return (
            _no_figure(measure, period, self._scope)
            if found is None
            else measure.figure(found, self._scope)
        )

    def trend(self, measure: Measure) -> tuple[tuple[Period, Figure | None], ...]:
        """The last periods up to this one; no figure for those the store holds nothing of."""
        periods = trend_periods(self._period)
        known = (self.figure(measure, p) if self._past.is_known(p) else None for p in periods)
        return tuple(zip(periods, known, strict=True))

    def comparisons(self, measure: Measure, against: Iterable[Against]) -> tuple[Comparison, ...]:
        """The figure beside the earlier ones; `daily` where the period before is not equally long."""
        wanted = set(against)
        found = (self._comparison(measure, each) for each in Against if each in wanted)
        return tuple(each for each in found if each is not None)

    def _comparison(self, measure: Measure, against: Against) -> Comparison | None:
        period = self._period
        match against:
            case Against.PREVIOUS:
                return self._against(measure, against, period, period.previous())
            case Against.DAILY:
                return self._daily(measure)
            case Against.LAST_YEAR:
                return self._against(measure, against, period, period.year_before())
            case Against.CUMULATIVE if period.frequency is Frequency.YEAR:
                return None  # it is the year itself
            case Against.CUMULATIVE:
                months = year_to_date(period)
                return self._against(measure, against, months, months.year_before())

    def _against(
        self, measure: Measure, against: Against, period: Period, earlier: Period
    ) -> Comparison:
        now, base = self.figure(measure, period), self.figure(measure, earlier)
        if self._as_now(period) is None or self._as_now(earlier) is None:
            return Comparison(against, now, base, Change(why="reorganised"))
        return Comparison(against, now, base, change(measure, now, base))

    def _daily(self, measure: Measure) -> Comparison | None:
        whole = self._against(measure, Against.DAILY, self._period, self._period.previous())
        now, base = (self._days(measure, each.period) for each in (whole.now, whole.base))
        if not measure.is_flow or now == base or not (now and base):
            return None
        if whole.change.why == "reorganised":
            return whole
        means = _mean(whole.now, now), _mean(whole.base, base)
        return Comparison(Against.DAILY, *means, change(measure, *means))

    def _days(self, measure: Measure, period: Period) -> int:
        """What a mean of a day divides by: calendar days, or working days where the form says so."""
        calendar = self._past.desk.definitions.calendar
        closes = measure.counts_workdays and not self._scope.every_day
        return calendar.workdays_in(period) if closes else period.days

    def _as_now(self, period: Period) -> Accepted | None:
        if period not in self._found:
            self._found[period] = as_now(self._past.of(period), self._scope, self._period)
        return self._found[period]


def _mean(figure: Figure, days: int) -> Figure:
    if figure.exact is None:
        return figure
    exact = figure.exact / days
    return replace(figure, exact=exact, value=round_half_up(exact, DECIMALS))


def trend_periods(period: Period) -> tuple[Period, ...]:
    """The thirteen periods that end with this one, oldest first."""
    found = [period]
    while len(found) < TREND:
        found.append(found[-1].previous())
    return tuple(reversed(found))


def _no_figure(measure: Measure, period: Period, scope: Unit) -> Figure:
    if isinstance(measure.of, Indicator):
        return Figure(measure.of.id, "indicator", period, scope.id)
    form, item = measure.of
    return Figure(item.id, "item", period, scope.id, form.id)
