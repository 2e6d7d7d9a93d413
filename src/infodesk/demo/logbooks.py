"""Three months in the demo hospital's logbooks: for every logbook there is, from its definition alone.

Seeded by what each entry is, so that the same definitions give the same entries. Most duties are done in time;
a few are late, skipped or missed, and what `happenings` tells comes on top.
"""

from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from heapq import heapify, heappop, heappush
from random import Random

from infodesk.demo.happenings import HAPPENINGS, Fate, Happening
from infodesk.demo.lives import live
from infodesk.demo.plausible import demanded, fill_in
from infodesk.duty.duties import about_asset, duties
from infodesk.duty.judge import Draft
from infodesk.duty.room import DutyRoom
from infodesk.duty.write import add, find_entry, skip
from infodesk.model.actor import Actor
from infodesk.model.entry import Duty, Slot
from infodesk.model.logbook import Logbook

FIRST = date(2026, 7, 1)
END = date(2026, 10, 1)
EVENTS = 3  # entries a month of a logbook that waits for events
SKIPPED = "示例：当日停电检修"


@dataclass(frozen=True, order=True)
class _Act:
    """Something that is written at a moment; `number` keeps those of one moment in their order."""

    at: datetime
    number: int
    book: Logbook = field(compare=False)
    slot: Slot | None = field(default=None, compare=False)
    given: Mapping[str, str] = field(default_factory=dict, compare=False)
    fate: Fate = field(default="done", compare=False)
    moves: tuple[str, ...] | None = field(default=None, compare=False)


def write_logbooks(room: DutyRoom) -> int:
    """Write the three months, up to the room's moment, into an empty store, in one transaction; how many entries
    there are then."""
    expected = list(_duties(room))
    acts = [*expected, *_events(room, {act.book.id for act in expected})]
    acts = [replace(act, number=number) for number, act in enumerate(sorted(acts))]
    heapify(acts)
    written, followed = 0, set[tuple[str, date]]()
    with room.store.writing():
        while acts:
            act = heappop(acts)
            if act.at >= room.now:
                break
            written += _write(room, act)
            for book in _that_follow(room, act.book):
                if (book.id, act.at.date()) not in followed:
                    followed.add((book.id, act.at.date()))
                    heappush(acts, _follow(book, act))
    return written


def _duties(room: DutyRoom) -> Iterator[_Act]:
    """What the schedules expect in the three months."""
    end = _moment(room, END)
    there = replace(room, actor=Actor("demo", "", end))
    happened = {(h.book, h.schedule, h.at, h.subject): h for h in HAPPENINGS}
    for number, duty in enumerate(duties(there, date(FIRST.year, 1, 1), END)):
        book = room.definitions.logbook_by_id[duty.book]
        key = (
            duty.book,
            duty.slot.schedule,
            duty.slot.planned,
            duty.slot.subject,
        )
        act = _of_duty(room, book, duty, happened.get(key))
        if act is not None and act.at < end:
            yield replace(act, number=number)


def _of_duty(room: DutyRoom, book: Logbook, duty: Duty, told: Happening | None) -> _Act | None:
    """When and how a duty is done; nothing if it is missed, waived or over before the three months begin."""
    random = Random(f"{book.id} {duty.slot.schedule} {duty.slot.planned} {duty.slot.subject}")
    fate = _fate(random) if told is None else told.fate
    first, end = _moment(room, FIRST), _moment(room, END)
    begins = max(duty.slot.planned, first)
    if duty.is_waived or duty.until < first or fate == "missed":
        return None
    if fate == "late":
        at = duty.until + timedelta(minutes=random.randint(5, 50))
        return None if at >= duty.closes else _Act(at, 0, book, duty.slot, fate=fate)
    span = max(timedelta(), min(duty.until, end) - begins)
    at = begins + min(span, timedelta(days=10)) * random.random() * 0.6
    at = at.replace(second=0, microsecond=0)
    return _Act(max(at, begins), 0, book, duty.slot, {} if told is None else told.given, fate)


def _fate(random: Random) -> Fate:
    drawn = random.random()
    if drawn < 0.015:
        return "missed"
    if drawn < 0.03:
        return "late"
    return "skipped" if drawn < 0.035 else "done"


def _events(room: DutyRoom, expected: Container[str]) -> Iterator[_Act]:
    """Entries of logbooks of which nothing is expected in this time, a few a month; and what is told of them."""
    number = 100_000
    for book in room.definitions.logbooks:
        follows = any(schedule.after for schedule in book.schedules)
        for at in () if book.id in expected or follows else _working_moments(room, book):
            number += 1
            yield _Act(at, number, book)
    for told in HAPPENINGS:
        book_told = room.definitions.logbook_by_id.get(told.book)
        if not told.schedule and book_told is not None:
            yield _Act(told.at, number + 1, book_told, given=told.given, moves=told.moves)


def _working_moments(room: DutyRoom, book: Logbook) -> Iterator[datetime]:
    """A few moments of working days in each month."""
    random = Random(book.id)
    days = [FIRST + timedelta(days=n) for n in range((END - FIRST).days)]
    for month in (7, 8, 9):
        worked = [d for d in days if d.month == month and room.definitions.calendar.is_workday(d)]
        for day in random.sample(worked, EVENTS):
            yield _moment(room, day) + timedelta(minutes=random.randint(8 * 60 + 30, 16 * 60))


def _that_follow(room: DutyRoom, book: Logbook) -> Iterator[Logbook]:
    for each in room.definitions.logbooks:
        if any(schedule.after == book.id for schedule in each.schedules):
            yield each


def _follow(book: Logbook, act: _Act) -> _Act:
    """The entry that an entry of another logbook asks for, in the evening of the same day."""
    schedule = next(each for each in book.schedules if each.after == act.book.id)
    at = max(act.at + timedelta(minutes=20), act.at.replace(hour=17, minute=40))
    return _Act(at, act.number, book, Slot(schedule.id, at))


def _moment(room: DutyRoom, day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=room.definitions.settings.zone)


def _write(room: DutyRoom, act: _Act) -> bool:
    """Write it, and let the entry live on; whether an entry was written."""
    random = Random(f"{act.book.id} {act.slot} {act.at}")
    officers = room.definitions.people.holders(("duty_officer",), act.at.date())
    who = random.choice(officers or room.definitions.people.people).id
    there = replace(room, actor=Actor("demo", who, act.at + timedelta(minutes=3)))
    if act.fate == "skipped" and act.slot is not None:
        skip(there, act.book, act.slot, SKIPPED)
        return False
    draft, judged = fill_in(there, _draft(act), random)
    if not judged.is_sound:
        return False
    line = add(there, draft).line
    if line is None:
        return False
    live(room, find_entry(there, line.id), act.moves, random)
    return True


def _draft(act: _Act) -> Draft:
    if act.slot is None:
        return Draft(act.book, act.given, act.at)
    schedule = act.book.schedule_by_id[act.slot.schedule]
    asked = demanded(schedule.when)
    given = {name: text for name, text in asked.items() if name in act.book.field_by_id}
    about = about_asset(act.book)
    if about is not None and act.slot.subject:
        given[about] = act.slot.subject
    return Draft(act.book, {**given, **act.given}, act.at, act.slot.schedule)
