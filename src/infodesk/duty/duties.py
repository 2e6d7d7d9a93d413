"""Duties: what the schedules expected, and what became of it."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import TypeVar

from infodesk.duty.facts import entry_facts
from infodesk.duty.room import DutyRoom
from infodesk.duty.slots import MARGIN, Window, windows
from infodesk.duty.write import slot_text
from infodesk.expr.evaluate import evaluate
from infodesk.model.entry import Duty, DutyState, Entry, Key, Kind, Slot
from infodesk.model.expression import Node
from infodesk.model.item import Type
from infodesk.model.logbook import Logbook
from infodesk.model.schedule import Schedule
from infodesk.store.book_views import VOID
from infodesk.store.entries import entries

T = TypeVar("T")
LONG_AGO = date(1970, 1, 1)


@dataclass(frozen=True)
class _Planned:
    """The days looked at, and what of a schedule is the same for every subject: the windows that its rule gives (none
    if they depend on what was done), and when something happened that it waits for."""

    days: tuple[date, date]
    windows: tuple[Window, ...]
    events: tuple[datetime, ...]


@dataclass(frozen=True)
class _Done:
    """What was written in a book: by time, void ones left out; and what was skipped."""

    entries: tuple[Entry, ...]
    skips: dict[tuple[str, str], str]

    def of(self, schedule: Schedule, about: str | None, subject: str) -> list[Entry]:
        """The entries that may do a schedule's duties about a subject."""
        return [
            each
            for each in self.entries
            if each.first.schedule == schedule.id
            or (schedule.when is not None and not each.first.schedule)
            if about is None or each.answers.get(Key(about)) == subject
        ]


def duties(
    room: DutyRoom, start: date, end: date, books: Iterable[Logbook] = ()
) -> tuple[Duty, ...]:
    """The duties of days from `start`, before `end` (by the rule, wherever they were moved), by time."""
    chosen = tuple(books) or room.definitions.logbooks
    found = [duty for book in chosen for duty in duties_of(room, book, start, end)]
    return tuple(sorted(found, key=_order))


def _order(duty: Duty) -> tuple[datetime, str, str, str]:
    return (duty.slot.planned, duty.book, duty.slot.schedule, duty.slot.subject)


def duties_of(room: DutyRoom, book: Logbook, start: date, end: date) -> Iterator[Duty]:
    """The duties of one logbook."""
    if not book.schedules:
        return
    done = _done(room, book, start)
    for schedule in book.schedules:
        planned = _planned(room, schedule, (start, end))
        for subject in _subjects(room, schedule):
            yield from _of_schedule(room, book, schedule, subject, planned, done)


def _subjects(room: DutyRoom, schedule: Schedule) -> tuple[str, ...]:
    if schedule.each is None:
        return ("",)
    return tuple(
        asset.id for asset in room.definitions.assets.of_kind(schedule.each, room.now.date())
    )


def _done(room: DutyRoom, book: Logbook, start: date) -> _Done:
    """What was written since the longest window that may reach into the days looked at began."""
    begun = None
    if all(schedule.counts_from == "planned" for schedule in book.schedules):
        begun = datetime.combine(start - MARGIN, time(), room.definitions.settings.zone)
    found = [each for each in entries(room.store, book.id, begun) if each.last.state != VOID]
    skips = {
        (each.first.schedule, each.first.slot): each.id
        for each in found
        if each.first.kind is Kind.SKIP
    }
    return _Done(tuple(each for each in found if each.first.kind is Kind.ENTRY), skips)


def _does(room: DutyRoom, book: Logbook, when: Node, each: Entry) -> bool:
    """Whether an entry is one of those that do a duty."""
    return evaluate(when, entry_facts(room, book, each)) is True


def about_asset(book: Logbook) -> str | None:
    """The field that tells which asset an entry is about."""
    return next((name for name in book.about if book.field_by_id[name].type is Type.ASSET), None)


def _planned(room: DutyRoom, schedule: Schedule, days: tuple[date, date]) -> _Planned:
    found: tuple[Window, ...] = ()
    if schedule.counts_from == "planned":
        found = windows(schedule, room.definitions.calendar, room.definitions.settings.zone, *days)
    return _Planned(days, found, tuple(_events(room, schedule, days)))


def _of_schedule(
    room: DutyRoom, book: Logbook, schedule: Schedule, subject: str, planned: _Planned, done: _Done
) -> Iterator[Duty]:
    mine = done.of(schedule, about_asset(book) if schedule.each else None, subject)
    if schedule.when is not None:
        mine = [each for each in mine if _does(room, book, schedule.when, each)]
    moments = [each.first.occurred_at for each in mine]
    for window in _windows(room, schedule, planned, mine):
        happened = _within(planned.events, planned.events, window)
        if schedule.after is not None and not happened:
            continue
        until = window.until
        if happened:
            until = min(
                max(until, schedule.grace.after(happened[-1], room.definitions.calendar)),
                window.closes,
            )
        slot = Slot(schedule.id, window.planned, subject)
        did = _within(mine, moments, window)
        did = [e for e in did if not happened or e.first.occurred_at >= happened[-1]]
        skipped = done.skips.get((schedule.id, slot_text(slot)))
        state, entry = _state(room, window, until, did[0] if did else None, skipped)
        if state is DutyState.MISSED and until <= _begun(room):
            continue
        yield Duty(
            book.id, slot, window.opens, until, window.closes, state, entry, window.is_waived
        )


def _begun(room: DutyRoom) -> datetime:
    """When the first day began on which logbooks expect entries: what was over by then was never expected, also of a
    schedule that counts its weeks or quarters from an earlier day."""
    settings = room.definitions.settings
    return datetime.combine(settings.logbooks_since or LONG_AGO, time(), settings.zone)


def _within(things: Sequence[T], moments: Sequence[datetime], window: Window) -> Sequence[T]:
    """Of things in the order of their moments, those within a window."""
    return things[bisect_left(moments, window.opens) : bisect_left(moments, window.closes)]


def _state(
    room: DutyRoom, window: Window, until: datetime, entry: Entry | None, skipped: str | None
) -> tuple[DutyState, str | None]:
    if entry is not None:
        in_time = entry.first.occurred_at <= until and _in_same_shift(entry, until)
        return (DutyState.DONE if in_time else DutyState.LATE), entry.id
    if skipped is not None or window.is_waived:
        return DutyState.SKIPPED, skipped
    return (DutyState.DUE if room.now <= until else DutyState.MISSED), None


def _in_same_shift(entry: Entry, until: datetime) -> bool:
    """Whether it was written down while the duty still was in time, or on the day it was done: from a sheet."""
    done, recorded = entry.first.occurred_at, entry.first.recorded_at
    same_day = recorded.astimezone(done.tzinfo).date() == done.date()
    return not entry.first.is_late and (recorded <= until or same_day)


def _events(room: DutyRoom, schedule: Schedule, days: tuple[date, date]) -> list[datetime]:
    """When something happened in the logbook that the schedule waits for."""
    if schedule.after is None:
        return []
    zone = room.definitions.settings.zone
    begun, ended = (
        datetime.combine(day, time(), zone) for day in (days[0] - MARGIN, days[1] + MARGIN)
    )
    found = (e for e in entries(room.store, schedule.after, begun, ended) if e.last.state != VOID)
    return [each.first.occurred_at for each in found if each.first.kind is Kind.ENTRY]


def _windows(
    room: DutyRoom, schedule: Schedule, planned: _Planned, mine: list[Entry]
) -> Iterator[Window]:
    yield from planned.windows
    if schedule.counts_from == "done":
        first, end = planned.days
        for window in _from_done(room, schedule, mine):
            if first <= window.nominal.date() < end:
                yield window


def _from_done(room: DutyRoom, schedule: Schedule, mine: list[Entry]) -> Iterator[Window]:
    """The first slot of the rule, and after each entry the first one that the rule gives from its day on."""
    calendar, zone = room.definitions.calendar, room.definitions.settings.zone
    horizon = room.now.date() + MARGIN
    closings = [entry.first.occurred_at + timedelta(minutes=1) for entry in mine]
    first = windows(schedule, calendar, zone, schedule.start, horizon)[:1]
    for number, window in enumerate((*first, *(None for _ in mine))):
        found = window or _next(room, schedule, mine[number - 1].first.occurred_at.date(), horizon)
        if found is None:
            return
        opens = closings[number - 1] if number else found.opens
        closes = closings[number] if number < len(mine) else datetime.combine(horizon, time(), zone)
        yield replace(found, opens=min(opens, closes), closes=closes)


def _next(room: DutyRoom, schedule: Schedule, day: date, horizon: date) -> Window | None:
    """The slot after a day on which the duty was done, by the rule counted from that day."""
    calendar, zone = room.definitions.calendar, room.definitions.settings.zone
    later = replace(schedule, start=day)
    found = windows(later, calendar, zone, day + timedelta(days=1), horizon)
    return found[0] if found else None
