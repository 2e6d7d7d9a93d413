"""The times at which a schedule wants something, and the windows that tile the time between them."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta, tzinfo
from itertools import pairwise

from dateutil.rrule import rrulestr

from infodesk.model.calendar import Calendar
from infodesk.model.schedule import Recurrence, Schedule

MARGIN = timedelta(days=400)  # a year and more, so that every rule has a slot before and after


@dataclass(frozen=True)
class Window:
    """One slot: its moment by the rule and as it was moved, and the half-open time it covers.

    What is done from `opens` until `until` is done in time, what is done before `closes` is late. The windows
    of a schedule cover the time without gap or overlap. A waived one falls on a week off.
    """

    nominal: datetime
    planned: datetime
    opens: datetime
    until: datetime
    closes: datetime
    is_waived: bool = False


def windows(
    schedule: Schedule, calendar: Calendar, zone: tzinfo, start: date, end: date
) -> tuple[Window, ...]:
    """The windows whose moment by the rule falls on a day from `start`, before `end`."""
    first = max(schedule.start, start - MARGIN)
    nominal = list(_nominal(schedule, calendar, zone, first, end + MARGIN))
    bare = [_window(schedule, calendar, moment) for moment in nominal]
    tiled = _tiled(bare)
    return tuple(each for each in tiled if start <= each.nominal.date() < end)


def _nominal(
    schedule: Schedule, calendar: Calendar, zone: tzinfo, first: date, last: date
) -> Iterator[datetime]:
    last = min(last, schedule.until or last)
    found = {
        moment
        for recurrence in schedule.recurrences
        for day in _days(recurrence, schedule.start, first, last)
        if _counts(recurrence, calendar, day)
        for moment in (datetime.combine(day, at, zone) for at in recurrence.at)
    }
    yield from sorted(found)


def _days(recurrence: Recurrence, start: date, first: date, last: date) -> Iterator[date]:
    begin = datetime.combine(start, time())
    rule = rrulestr(recurrence.rule, dtstart=begin)
    lower, upper = datetime.combine(first, time()), datetime.combine(last, time())
    for moment in rule.between(lower, upper, inc=True):
        yield moment.date()


def _counts(recurrence: Recurrence, calendar: Calendar, day: date) -> bool:
    return recurrence.on == "every" or calendar.is_workday(day) == (recurrence.on == "workdays")


def _window(schedule: Schedule, calendar: Calendar, nominal: datetime) -> Window:
    day = shifted(schedule, calendar, nominal.date())
    planned = nominal if day is None else datetime.combine(day, nominal.timetz())
    opens = min(schedule.opens.before(nominal, calendar), planned)
    until = max(schedule.grace.after(planned, calendar), planned)
    return Window(nominal, planned, opens, until, until, is_waived=day is None)


def shifted(schedule: Schedule, calendar: Calendar, day: date) -> date | None:
    """The day to which a day of the rule moves; nothing if it is waived (the whole week is off)."""
    if calendar.is_workday(day) or schedule.shift == "none":
        return day
    if schedule.shift != "same_week":
        return calendar.roll(day, schedule.shift)
    monday = day - timedelta(days=day.weekday())
    week = [monday + timedelta(days=n) for n in range(7)]
    before = [each for each in week if each < day and calendar.is_workday(each)]
    after = [each for each in week if each > day and calendar.is_workday(each)]
    return before[-1] if before else next(iter(after), None)


def _tiled(bare: list[Window]) -> Iterator[Window]:
    """Each window opens where it asks to, but not before the one before it is over, and closes where the
    next one opens."""
    if not bare:
        return
    opens = [bare[0].opens]
    for earlier, later in pairwise(bare):
        least = max(later.opens, earlier.until)
        opens.append(max(min(least, later.planned), opens[-1]))
    closes = [*opens[1:], max(bare[-1].until, opens[-1])]
    for each, opening, closing in zip(bare, opens, closes, strict=True):
        until = max(opening, min(each.until, closing))
        yield replace(each, opens=opening, until=until, closes=closing)
