"""Lengths of time as people set them: `60 min`, `2 d 16 h`, `5 workdays`, `8 working hours`, `end of week`."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Literal

from infodesk.model.calendar import Calendar
from infodesk.model.period import Frequency, period_of
from infodesk.text.folding import fold

Edge = Literal["day", "week", "month", "quarter", "half", "year"]

_EDGES: tuple[Edge, ...] = ("day", "week", "month", "quarter", "half", "year")
_UNITS = {"min": 1, "h": 60, "d": 24 * 60, "w": 7 * 24 * 60}
_PART = re.compile(r"(\d{1,4}) ?(min|h|d|w|workdays?|working hours?)(?= |$)")
USAGE = "60 min, 2 d 16 h, 5 workdays, 8 working hours, end of week"


@dataclass(frozen=True)
class Length:
    """So much time. Parts of several kinds are added one after the other, the edge of a period last.

    `minutes` are of the clock; `working_minutes` count within the hospital's working hours; `edge` goes on
    to the end of the day, week (Sunday 24:00), month, quarter, half or year (or back to its start).
    """

    minutes: int = 0
    workdays: int = 0
    working_minutes: int = 0
    edge: Edge | None = None
    text: str = ""

    def after(self, moment: datetime, calendar: Calendar) -> datetime:
        """The moment so much later."""
        moment = _later(moment, self.minutes)
        if self.workdays:
            moment = _on(moment, calendar.add_workdays(moment.date(), self.workdays))
        if self.working_minutes:
            moment = calendar.add_working_minutes(moment, self.working_minutes)
        return moment if self.edge is None else _on(moment, _edges(moment.date(), self.edge)[1], 0)

    def put_off(
        self, moment: datetime, pause: tuple[datetime, datetime], calendar: Calendar
    ) -> datetime:
        """The end of it, `moment`, after a pause that began before: later by what the pause took, counted in
        its own kind of time. The edge of a period stays one."""
        start, end = pause
        if self.working_minutes:
            return calendar.add_working_minutes(moment, calendar.working_minutes(start, end))
        if self.workdays:
            days = calendar.workdays_between(start.date(), end.date())
            return _on(moment, calendar.add_workdays(moment.date(), days))
        later = moment + (end - start)
        if self.edge is None:
            return later
        return _on(later, _edges((later - timedelta(minutes=1)).date(), self.edge)[1], 0)

    def before(self, moment: datetime, calendar: Calendar) -> datetime:
        """The moment so much earlier; working hours count as minutes of the clock."""
        moment = _later(moment, -self.minutes - self.working_minutes)
        if self.workdays:
            moment = _on(moment, calendar.add_workdays(moment.date(), -self.workdays))
        return moment if self.edge is None else _on(moment, _edges(moment.date(), self.edge)[0], 0)


def parse_length(text: str) -> Length | None:
    """The length a text means, or nothing. `start of week` and `end of week` are the same length."""
    folded = fold(text).lower()
    found = re.fullmatch(r"(?:(?:start|end) of )?(\w+)", folded)
    if found and found[1] in _EDGES:
        return Length(edge=next(edge for edge in _EDGES if edge == found[1]), text=folded)
    parts = _PART.findall(folded)
    if not parts or _PART.sub("", folded).strip():
        return None
    sums = {"min": 0, "workday": 0, "working": 0}
    for number, unit in parts:
        kind = "workday" if unit.startswith("workday") else unit.split()[0]
        size = 60 if kind == "working" else _UNITS.get(kind, 1)
        sums[kind if kind in sums else "min"] += int(number) * size
    return Length(sums["min"], sums["workday"], sums["working"], text=folded)


def _later(moment: datetime, minutes: int) -> datetime:
    """So many minutes of the clock later; the wall clock of a zone without summer time."""
    return moment + timedelta(minutes=minutes)


def _on(moment: datetime, day: date, hour: int | None = None) -> datetime:
    at = moment.timetz() if hour is None else time(hour, tzinfo=moment.tzinfo)
    return datetime.combine(day, at)


def _edges(day: date, edge: Edge) -> tuple[date, date]:
    """The first day of the period around a day, and the day after its last."""
    if edge == "day":
        return day, day + timedelta(days=1)
    if edge == "week":
        monday = day - timedelta(days=day.weekday())
        return monday, monday + timedelta(days=7)
    period = period_of(day, Frequency(edge))
    return period.start, period.end
