"""What stands open: entries and their deadlines, days that come near, signatures that are missing."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from infodesk.duty.facts import entry_facts
from infodesk.duty.pauses import Pause, pauses, within
from infodesk.duty.room import DutyRoom
from infodesk.expr.evaluate import evaluate
from infodesk.model.entry import Entry, Key, Kind
from infodesk.model.lifecycle import Deadline, State
from infodesk.model.logbook import Field, Logbook, Sign
from infodesk.store.book_views import VOID
from infodesk.store.entries import entries, entry, open_entries, unsigned_entries

NEAR = timedelta(days=30)  # before the end of its time an entry in force is spoken of


@dataclass(frozen=True)
class Standing:
    """An entry that is not finished: its state, until when that may last, and whether it has lasted longer."""

    book: str
    entry: Entry
    state: State
    until: datetime | None
    is_overdue: bool


@dataclass(frozen=True)
class Expiring:
    """A day in an entry that comes near, or is past."""

    book: str
    entry: Entry
    field: Field
    on: datetime
    is_past: bool


@dataclass(frozen=True)
class Unsigned:
    """A signature that an entry still needs."""

    book: str
    entry: Entry
    sign: Sign
    until: datetime | None
    is_overdue: bool


def standing(room: DutyRoom, books: Iterable[Logbook] = ()) -> Iterator[Standing]:
    """The entries that are in no final state, oldest first in each logbook."""
    for book in tuple(books) or room.definitions.logbooks:
        for each in open_entries(room.store, book):
            state = book.lifecycle.state_by_id[each.last.state]
            until = _until(room, book, each, state)
            is_overdue = until is not None and until < room.now
            if is_overdue or not state.is_steady:
                yield Standing(book.id, each, state, until, is_overdue)


def ending(room: DutyRoom, books: Iterable[Logbook] = ()) -> Iterator[Standing]:
    """Entries merely in force whose time comes near: a medium to be read again, a goal to be reached."""
    for book in tuple(books) or room.definitions.logbooks:
        told = {field.id for field in book.fields if field.expires is not None}
        for each in open_entries(room.store, book):
            state = book.lifecycle.state_by_id[each.last.state]
            if not state.is_steady or any(limit.until in told for limit in state.deadlines):
                continue
            until = _until(room, book, each, state)
            if until is not None and room.now <= until <= room.now + NEAR:
                yield Standing(book.id, each, state, until, is_overdue=False)


def under_way(room: DutyRoom, names: Iterable[str]) -> tuple[str, ...]:
    """The numbers of the open entries of some logbooks; what is merely in force is not under way."""
    books = [book for name in names if (book := room.definitions.logbook_by_id.get(name))]
    found = standing(room, books) if books else ()
    return tuple(each.entry.id for each in found if not each.state.is_steady)


def expiring(room: DutyRoom, books: Iterable[Logbook] = ()) -> Iterator[Expiring]:
    """The days that come near. Of entries about the same only the latest counts."""
    for book in tuple(books) or room.definitions.logbooks:
        fields = [field for field in book.fields if field.expires is not None]
        for each in _latest(room, book) if fields else ():
            for field in fields:
                on = _end_of(room, each.answers.get(Key(field.id), ""))
                if on is None or field.expires is None:
                    continue
                if field.expires.before(on, room.definitions.calendar) <= room.now:
                    yield Expiring(book.id, each, field, on, on < room.now)


def unsigned(room: DutyRoom, books: Iterable[Logbook] = ()) -> Iterator[Unsigned]:
    """The signatures that are missing; the recorder signs by writing."""
    for book in tuple(books) or room.definitions.logbooks:
        for sign in book.signs:
            if sign.post == "recorder":
                continue
            for each in unsigned_entries(room.store, book.id, sign.post):
                until = None
                if sign.within is not None:
                    until = sign.within.after(each.first.recorded_at, room.definitions.calendar)
                yield Unsigned(book.id, each, sign, until, until is not None and until < room.now)


def _written(room: DutyRoom, book: Logbook) -> Iterator[Entry]:
    for each in entries(room.store, book.id):
        if each.first.kind is Kind.ENTRY and each.last.state != VOID:
            yield each


def _latest(room: DutyRoom, book: Logbook) -> Iterator[Entry]:
    found: dict[tuple[str, ...], Entry] = {}
    for each in _written(room, book):
        state = book.lifecycle.state_by_id.get(each.last.state)
        if state is not None and state.is_final and len(book.lifecycle.states) > 1:
            continue
        same = tuple(each.answers.get(Key(name), "") for name in book.about) or (each.id,)
        found[same] = each
    yield from found.values()


def _until(room: DutyRoom, book: Logbook, each: Entry, state: State) -> datetime | None:
    facts = entry_facts(room, book, each)
    found = [d for d in state.deadlines if d.when is None or evaluate(d.when, facts) is True]
    if not found:
        return None
    whole = entry(room.store, each.id) or each
    waited = () if state.is_waiting else pauses(book, whole, room.now)
    ends = (_reached(room, whole, d, waited) for d in (found if state.is_soonest else found[:1]))
    return min((end for end in ends if end is not None), default=None)


def _reached(
    room: DutyRoom, whole: Entry, deadline: Deadline, waited: tuple[Pause, ...]
) -> datetime | None:
    """When a deadline is reached: put off by the time in which the entry waited before it."""
    length = deadline.within
    if length is None:
        return _end_of(room, whole.answers.get(Key(deadline.until or ""), ""))
    since = _entered(whole)
    if deadline.since is not None:
        given = whole.answers.get(Key(deadline.since), "")
        since = _told(room, given) or whole.first.occurred_at
    calendar = room.definitions.calendar
    until = length.after(since, calendar)
    for pause in within(waited, since, room.now):
        if pause[0] < until:
            until = length.put_off(until, pause, calendar)
    return until


def _entered(whole: Entry) -> datetime:
    """When an entry came into its state: by its last move, else when it happened."""
    moves = [line for line in whole.lines if line.kind is Kind.MOVE]
    return moves[-1].occurred_at if moves else whole.first.occurred_at


def _told(room: DutyRoom, text: str) -> datetime | None:
    """A moment, or the last minute of a day: what is counted from a day begins when it is over."""
    if not text:
        return None
    found = datetime.fromisoformat(text).replace(tzinfo=room.definitions.settings.zone)
    return found if "T" in text else found + timedelta(days=1, minutes=-1)


def _end_of(room: DutyRoom, text: str) -> datetime | None:
    """A moment, or the end of a day."""
    found = _told(room, text)
    return found if found is None or "T" in text else found + timedelta(minutes=1)
