"""What needs somebody today, in both halves of the department: a line each, with the command for it."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import groupby
from typing import Literal, get_args

from infodesk.duty.overview import OPEN, duties_now
from infodesk.duty.room import DutyRoom
from infodesk.duty.standing import Standing, ending, expiring, standing, unsigned
from infodesk.duty.troubles import command, troubles, words
from infodesk.duty.words import clock
from infodesk.model.entry import Duty, DutyState
from infodesk.model.limit import Level
from infodesk.stats.desk import Desk
from infodesk.stats.status import StatusRow, status
from infodesk.store.integrity import first_altered
from infodesk.text.message import Message

Kind = Literal[
    "alarm", "missed", "overdue", "late", "warn", "due", "open", "expiring", "unsigned", "later"
]
ORDER: tuple[Kind, ...] = get_args(Kind)
EACH = 2  # entries of a logbook in one state that have a line of their own
SOON = timedelta(days=7)  # before its deadline a form is spoken of
# A duty that may be done for so long is spoken of so long before its end; before that it is there, and can wait.
LAST_DAYS = (
    (timedelta(days=3), timedelta(days=3)),
    (timedelta(days=9), timedelta(days=3)),
    (timedelta(days=32), timedelta(days=7)),
    (timedelta(days=93), timedelta(days=14)),
    (timedelta(days=185), timedelta(days=21)),
    (timedelta.max, timedelta(days=30)),
)


@dataclass(frozen=True)
class Line:
    """Something to do: how it stands, what it is, and the command that shows or does it."""

    kind: Kind
    what: Message
    command: str


def today(desk: Desk, room: DutyRoom) -> tuple[Line, ...]:
    """Everything that needs somebody, what alarms, is missed and overdue first; what can wait last."""
    lines = [
        *_altered(desk),
        *_forms(desk),
        *_troubles(room),
        *_duties(room),
        *_standing(room),
        *_expiring(room),
        *_ending(room),
        *_unsigned(room),
    ]
    return tuple(sorted(lines, key=lambda line: ORDER.index(line.kind)))


def needs_somebody(lines: Iterable[Line]) -> bool:
    """Whether anything cannot wait."""
    return any(line.kind != "later" for line in lines)


def _altered(desk: Desk) -> Iterator[Line]:
    """What other hands did to the book of record stands above all."""
    found = first_altered(desk.store)
    if found is not None:
        yield Line("alarm", found, "infodesk audit verify")


def _troubles(room: DutyRoom) -> Iterator[Line]:
    """What was found; many of one logbook and level share a line."""
    found = sorted(troubles(room), key=lambda t: (t.book, t.level))
    for (name, level), group in groupby(found, key=lambda t: (t.book, t.level)):
        mine = list(group)
        kind: Kind = "alarm" if level is Level.ALARM else "warn"
        if len(mine) <= EACH:
            yield from (Line(kind, words(room, each), command(room, each)) for each in mine)
        else:
            book = room.definitions.logbook_by_id[name]
            message = Message(
                "{n} findings, the last: {what}", n=len(mine), what=words(room, mine[-1])
            )
            yield Line(kind, message, f"infodesk log due {book.short}")


def _duties(room: DutyRoom) -> Iterator[Line]:
    found = [d for d in duties_now(room, room.definitions.logbooks) if d.state in OPEN]
    ordered = sorted(found, key=lambda d: (d.book, d.slot.schedule, d.state, d.slot.planned))
    for (_, _, state), group in groupby(ordered, lambda d: (d.book, d.slot.schedule, d.state)):
        mine = list(group)
        yield _missed_line(room, mine) if state is DutyState.MISSED else _due_line(room, mine)


def _missed_line(room: DutyRoom, group: list[Duty]) -> Line:
    book = room.definitions.logbook_by_id[group[0].book]
    message = Message(
        "{schedule}: {n} missed in a week, the last {at} ({book})",
        schedule=book.schedule_by_id[group[0].slot.schedule].title, book=book.title, n=len(group),
        at=clock(group[-1].slot.planned, room.now),
    )  # fmt: skip
    return Line("missed", message, f"infodesk log due {book.short}")


def _due_line(room: DutyRoom, group: list[Duty]) -> Line:
    """What may be done now; each device that it is due for is named."""
    first = group[0]
    book, schedule = room.definitions.logbook_by_id[first.book], first.slot.schedule
    subjects = [duty.slot.subject for duty in group if duty.slot.subject]
    message = Message(
        "{schedule}: until {until} ({where})",
        schedule=book.schedule_by_id[schedule].title,
        until=clock(first.until, room.now), where=[book.title, *subjects],
    )  # fmt: skip
    kind: Kind = "later" if can_wait(first, room.now) else "due"
    if first.slot.subject or any(each.together for each in book.groups):
        return Line(kind, message, f"infodesk inspect {book.short}:{schedule}")
    return Line(kind, message, f"infodesk log add {book.short} --for {schedule}")


def can_wait(duty: Duty, now: datetime) -> bool:
    """Whether a duty is not in its last days yet, how many these are following from how long it may be done."""
    lasts = duty.until - duty.opens
    last_days = next(days for longest, days in LAST_DAYS if lasts <= longest)
    return duty.until - now > last_days


def _standing(room: DutyRoom) -> Iterator[Line]:
    """Open entries, oldest first; many of one logbook in the same state share a line."""
    found = sorted(standing(room), key=lambda s: (s.book, s.is_overdue, s.state.id))
    for _, group in groupby(found, key=lambda s: (s.book, s.is_overdue, s.state.id)):
        entries = list(group)
        if len(entries) <= EACH:
            yield from (_standing_line(room, each) for each in entries)
        else:
            yield _standing_lines(room, entries)


def _standing_line(room: DutyRoom, each: Standing) -> Line:
    book = room.definitions.logbook_by_id[each.book]
    named = {"book": book.title, "entry": each.entry.id, "state": each.state.title}
    message = Message("{state}: {book} {entry}", **named)
    if each.until is not None:
        message = Message(
            "{state}, until {until}: {book} {entry}", **named, until=clock(each.until, room.now)
        )
    kind: Kind = "overdue" if each.is_overdue else "open"
    return Line(kind, message, f"infodesk log show {each.entry.id}")


def _standing_lines(room: DutyRoom, entries: list[Standing]) -> Line:
    first = entries[0]
    book = room.definitions.logbook_by_id[first.book]
    message = Message(
        "{n} are {state}: {book}, the oldest {entry}",
        book=book.title, n=len(entries), state=first.state.title, entry=first.entry.id,
    )  # fmt: skip
    kind: Kind = "overdue" if first.is_overdue else "open"
    return Line(kind, message, f"infodesk log list {book.short} --state {first.state.id}")


def _expiring(room: DutyRoom) -> Iterator[Line]:
    for each in expiring(room):
        book = room.definitions.logbook_by_id[each.book]
        message = Message(
            "{field} {day}: {book} {entry}", book=book.title, entry=each.entry.id, field=each.field.label,
            day=f"{each.on - timedelta(minutes=1):%Y-%m-%d}",
        )  # fmt: skip
        yield Line(
            "overdue" if each.is_past else "expiring", message, f"infodesk log show {each.entry.id}"
        )


def _ending(room: DutyRoom) -> Iterator[Line]:
    for each in ending(room):
        yield replace(_standing_line(room, each), kind="expiring")


def _unsigned(room: DutyRoom) -> Iterator[Line]:
    late = [each for each in unsigned(room) if each.is_overdue]
    for (book, post), count in Counter((each.book, each.sign.post) for each in late).items():
        wanted = room.definitions.logbook_by_id[book]
        who = room.definitions.people.post_by_id[post].title
        message = Message(
            "{n} wait for the signature of the {post}: {book}",
            book=wanted.title,
            n=count,
            post=who,
        )
        yield Line("unsigned", message, f"infodesk log sign {wanted.short} --post {post}")


def _forms(desk: Desk) -> Iterator[Line]:
    found = status(desk, desk.open_period())
    waiting = [row for row in found.rows if row.state in ("missing", "returned")]
    by_form = sorted(waiting, key=lambda row: (row.part.form, row.due))
    for form, group in groupby(by_form, key=lambda row: row.part.form):
        rows = list(group)
        if rows[0].due - desk.now <= SOON:
            yield _form_line(desk, form, rows)


def _form_line(desk: Desk, form: str, rows: list[StatusRow]) -> Line:
    senders = {row.sender for row in rows}
    period = desk.open_period()
    message = Message(
        "{n} senders have not reported {form} {period}, due {due}", form=desk.definitions.form_by_id[form].title,
        period=period, n=len(senders), due=clock(rows[0].due, desk.now),
    )  # fmt: skip
    is_late = rows[0].due < desk.now
    return Line(
        "late" if is_late else "due", message, f"infodesk stats status -p {period} --form {form}"
    )
