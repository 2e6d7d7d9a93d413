"""Schedules: when a logbook wants an entry."""

from dataclasses import dataclass
from datetime import date, time
from typing import Literal

from infodesk.model.expression import Node
from infodesk.model.length import Length
from infodesk.text.message import Title

Days = Literal["every", "workdays", "days_off"]
Shift = Literal["none", "next", "prev", "same_week"]


@dataclass(frozen=True)
class Recurrence:
    """An iCalendar rule without times (RFC 5545: FREQ=WEEKLY;BYDAY=FR), the times of day, and which of
    the days it names count by the hospital's calendar."""

    rule: str
    at: tuple[time, ...]
    on: Days = "every"


@dataclass(frozen=True)
class Schedule:
    """What is expected, and when.

    `opens` is how long before its moment a duty may be done, `grace` until when after it it counts as done
    in time. `shift` moves a day that is not worked: to the next or previous working day, or within the
    week (the last working day before it, else the first after it, else it is waived: 假期免).
    `counts_from` is `done` if the next duty follows from when the last was done. `after` names the logbook
    that must have had an entry for the duty to be due; the duty must then follow that entry.
    `each` is a kind of asset: one duty for each. `when` says which entries of the logbook do the duty, where
    it also has entries that nobody expects. `asks` are the groups asked, all if none is named; `gives` is what
    an entry of it says without being asked.
    """

    id: str
    title: Title
    recurrences: tuple[Recurrence, ...]
    start: date
    grace: Length
    opens: Length
    shift: Shift = "none"
    counts_from: Literal["planned", "done"] = "planned"
    after: str | None = None
    each: str | None = None
    asks: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    until: date | None = None
    source: str = ""
    when: Node | None = None
    gives: tuple[tuple[str, str], ...] = ()
