"""What makes one ask twice about a number: a slip of the finger, a reading copied from yesterday, a trend."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from statistics import StatisticsError, correlation, linear_regression, median

from infodesk.model.limit import Limits
from infodesk.model.logbook import Field
from infodesk.text.message import Message

LOOKED_AT = 3  # earlier readings a new one is held against
FAR, NEAR = Decimal("0.5"), Decimal("0.2")  # of their median: what is odd, and what would not be
LEAST, LONGEST, AHEAD = 5, timedelta(days=30), 30  # readings, days back and days ahead of a trend
STRAIGHT = 0.8  # the correlation from which readings count as a trend


@dataclass(frozen=True)
class Past:
    """An earlier reading."""

    at: datetime
    value: Decimal


@dataclass(frozen=True)
class Doubt:
    """Why a number is asked about again, and the number that may have been meant."""

    message: Message
    meant: Decimal | None = None


def doubt(field: Field, limits: Limits, value: Decimal, past: Sequence[Past]) -> Doubt | None:
    """What is odd about a number after the earlier ones (the latest first), if anything."""
    meant = _meant(limits, value, past)
    before = [f"{each.value:f}" for each in past[: LOOKED_AT - 1]]
    if meant is not None:
        return Doubt(
            Message(
                "{value} after {before}: did you mean {meant}?",
                value=f"{value:f}",
                before=before[::-1],
                meant=f"{meant:f}",
            ),
            meant,
        )
    if limits.possible is not None and not limits.possible.holds(value):
        return Doubt(
            Message(
                "{value} {unit} can hardly be; what did it show?",
                value=f"{value:f}",
                unit=field.unit,
            )
        )
    return _identical(field, value, past)


def _meant(limits: Limits, value: Decimal, past: Sequence[Past]) -> Decimal | None:
    """The number with the point in its place, if the typed one is far from the last ones and that one near."""
    if not past:
        return None
    usual = median(each.value for each in past[:LOOKED_AT])
    if abs(value - usual) <= FAR * abs(usual):
        return None
    shifted = [value.scaleb(n).normalize() for n in (1, 2, -1, -2)] + [-value]
    near = [each for each in shifted if abs(each - usual) <= NEAR * abs(usual)]
    can_be = [each for each in near if limits.possible is None or limits.possible.holds(each)]
    return min(can_be, key=lambda each: abs(each - usual), default=None)


def _identical(field: Field, value: Decimal, past: Sequence[Past]) -> Doubt | None:
    times = field.identical - 1
    last = [each.value for each in past[:times]]
    if times < 1 or len(last) < times or set(last) != {value}:
        return None
    return Doubt(
        Message(
            "{value} {n} times in a row: was it read just now?", value=f"{value:f}", n=times + 1
        )
    )


def trend(limits: Limits, now: Past, past: Sequence[Past]) -> Message | None:
    """In how many days a straight line through the last month's readings leaves the limits; nothing if it does not.

    Ordinary least squares over time; fewer than 5 readings, or a correlation below 0.8, are no trend.
    """
    recent = [each for each in past if now.at - each.at <= LONGEST]
    points = [now, *recent]
    if len(points) < LEAST:
        return None
    days = [(each.at - now.at).total_seconds() / 86400 for each in points]
    values = [float(each.value) for each in points]
    try:
        straight = abs(correlation(days, values))
    except StatisticsError:  # all the same
        return None
    if straight < STRAIGHT:
        return None
    line = linear_regression(days, values)
    for bound, is_upper in _bounds(limits):
        ahead = (float(bound) - line.intercept) / line.slope
        is_towards = (line.slope > 0) == is_upper
        if is_towards and 0 < ahead <= AHEAD:
            return _told(bound, round(ahead), line.slope, is_upper=is_upper)
    return None


def _told(bound: Decimal, days: int, slope: float, *, is_upper: bool) -> Message:
    named = {"bound": f"{bound:f}", "n": max(1, days), "rate": f"{abs(slope):.2g}"}
    if is_upper:
        return Message("rising by {rate} a day: above {bound} in about {n} days", **named)
    return Message("falling by {rate} a day: below {bound} in about {n} days", **named)


def _bounds(limits: Limits) -> Iterator[tuple[Decimal, bool]]:
    """The ends of what is normal, then those where the alarm begins: (where, whether the upper one)."""
    for band, is_normal in ((limits.normal, True), (limits.alarm, False)):
        if band is None or band.inside != is_normal:
            continue
        if band.high is not None:
            yield band.high, True
        if band.low is not None:
            yield band.low, False
