"""What needs somebody today, in both halves of the department: a line each, with the command for it."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from itertools import groupby
from typing import Literal, get_args

from infodesk.duty.overview import OPEN, duties_now
from infodesk.duty.room import DutyRoom
from infodesk.duty.standing import Standing, expiring, standing, unsigned
from infodesk.duty.troubles import command, troubles, words
from infodesk.duty.words import clock
from infodesk.model.entry import Duty, DutyState
from infodesk.model.limit import Level
from infodesk.stats.desk import Desk
from infodesk.stats.status import StatusRow, status
from infodesk.text.message import Message

Kind = Literal["alarm", "missed", "overdue", "late", "warn", "due", "open", "expiring", "unsigned"]
ORDER: tuple[Kind, ...] = get_args(Kind)
EACH = 2  # entries of a logbook in one state that have a line of their own
SOON = timedelta(days=7)  # before its deadline a form is spoken of


@dataclass(frozen=True)
class Line:
    """Something to do: how it stands, what it is, and the command that shows or does it."""

    kind: Kind
    what: Message
    command: str


def today(desk: Desk, room: DutyRoom) -> tuple[Line, ...]:
    """Everything that needs somebody, what alarms, is missed and overdue first."""
    lines = [
        *_forms(desk),
        *_troubles(room),
        *_duties(room),
        *_standing(room),
        *_expiring(room),
        *_unsigned(room),
    ]
    return tuple(sorted(lines, key=lambda line: ORDER.index(line.kind)))


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
                "{book}: {n} findings, the last: {what}",
                book=book.title,
                n=len(mine),
                what=words(room, mine[-1]),
            )
            yield Line(kind, message, f"infodesk log due {book.short}")


def _duties(room: DutyRoom) -> Iterator[Line]:
    found = [d for d in duties_now(room, room.definitions.logbooks) if d.state in OPEN]
    ordered = sorted(found, key=lambda d: (d.book, d.slot.schedule, d.state, d.slot.planned))
    for (book, schedule, state), group in groupby(
        ordered, lambda d: (d.book, d.slot.schedule, d.state)
    ):
        yield _duty_line(room, book, schedule, state, list(group))


def _duty_line(
    room: DutyRoom, book: str, schedule: str, state: DutyState, group: list[Duty]
) -> Line:
    titles = room.definitions.logbook_by_id[book]
    named = {"book": titles.title, "schedule": titles.schedule_by_id[schedule].title}
    if state is DutyState.MISSED:
        last = clock(group[-1].slot.planned, room.now)
        message = Message(
            "{book}, {schedule}: {n} in a week, the last {at}",
            **named,
            n=len(group),
            at=last,
        )
        return Line("missed", message, f"infodesk log due {titles.short}")
    subjects = [duty.slot.subject for duty in group if duty.slot.subject]
    until = clock(group[0].until, room.now)
    message = Message("{book}, {schedule}: until {until}", **named, until=until)
    if subjects:
        message = Message("{message} ({names})", message=message, names=subjects)
    if any(each.together for each in titles.groups):
        return Line("due", message, f"infodesk inspect {titles.short}:{schedule}")
    return Line("due", message, f"infodesk log add {titles.short} --for {schedule}")


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
    message = Message("{book} {entry}: {state}", **named)
    if each.until is not None:
        message = Message(
            "{book} {entry}: {state}, until {until}", **named, until=clock(each.until, room.now)
        )
    kind: Kind = "overdue" if each.is_overdue else "open"
    return Line(kind, message, f"infodesk log show {each.entry.id}")


def _standing_lines(room: DutyRoom, entries: list[Standing]) -> Line:
    first = entries[0]
    book = room.definitions.logbook_by_id[first.book]
    message = Message(
        "{book}: {n} are {state}, the oldest {entry}",
        book=book.title, n=len(entries), state=first.state.title, entry=first.entry.id,
    )  # fmt: skip
    kind: Kind = "overdue" if first.is_overdue else "open"
    return Line(kind, message, f"infodesk log list {book.short} --state {first.state.id}")


def _expiring(room: DutyRoom) -> Iterator[Line]:
    for each in expiring(room):
        book = room.definitions.logbook_by_id[each.book]
        message = Message(
            "{book} {entry}: {field} {day}", book=book.title, entry=each.entry.id, field=each.field.label,
            day=f"{each.on - timedelta(minutes=1):%Y-%m-%d}",
        )  # fmt: skip
        yield Line(
            "overdue" if each.is_past else "expiring", message, f"infodesk log show {each.entry.id}"
        )


def _unsigned(room: DutyRoom) -> Iterator[Line]:
    late = [each for each in unsigned(room) if each.is_overdue]
    for (book, post), count in Counter((each.book, each.sign.post) for each in late).items():
        wanted = room.definitions.logbook_by_id[book]
        who = room.definitions.people.post_by_id[post].title
        message = Message(
            "{book}: {n} entries wait for the signature of the {post}",
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
        "{form} {period}: {n} senders have not reported, due {due}", form=desk.definitions.form_by_id[form].title,
        period=period, n=len(senders), due=clock(rows[0].due, desk.now),
    )  # fmt: skip
    is_late = rows[0].due < desk.now
    return Line(
        "late" if is_late else "due", message, f"infodesk stats status -p {period} --form {form}"
    )
