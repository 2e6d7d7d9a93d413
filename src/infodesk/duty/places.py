"""Which duty a round does: where it is kept while it is walked."""

from datetime import datetime, timedelta

from infodesk.duty.duties import duties_of
from infodesk.duty.room import DutyRoom
from infodesk.duty.write import slot_text
from infodesk.errors import InfodeskError
from infodesk.model.entry import Duty, Entry
from infodesk.model.logbook import Logbook
from infodesk.model.round import Place
from infodesk.text.message import Message

NEAR, FAR = timedelta(days=10), timedelta(days=400)


def duties_at(room: DutyRoom, book: Logbook, schedule: str, at: datetime) -> tuple[Duty, ...]:
    """The duties of a schedule whose time a moment lies in, done or not: one, or one of each device."""
    for around in (NEAR, FAR):
        near = duties_of(room, book, at.date() - around, at.date() + around)
        mine = [d for d in near if d.slot.schedule == schedule and d.opens <= at < d.closes]
        if mine:
            return tuple(mine)
    return ()


def duty_now(
    room: DutyRoom, book: Logbook, schedule: str, at: datetime, subject: str = ""
) -> Duty | None:
    """The duty of a schedule (about a device) whose time a moment lies in, done or not."""
    mine = duties_at(room, book, schedule, at) if schedule else ()
    return next((duty for duty in mine if duty.slot.subject == subject), None)


def place_of(
    room: DutyRoom, book: Logbook, schedule: str, at: datetime, about: Entry | str = ""
) -> Place:
    """Where a round begun at a moment belongs: to the duty of that time (about a device); one that is done begins
    another one. A re-inspection belongs to the entry that is inspected again."""
    if isinstance(about, Entry):
        return Place(book.id, "", about.id)
    duty = duty_now(room, book, schedule, at, about)
    if duty is None:
        return Place(book.id, schedule, f"{at:%Y-%m-%d} {about}".rstrip())
    return Place(book.id, schedule, f"{slot_text(duty.slot)} {duty.entry or ''}".rstrip())


def check_happened(room: DutyRoom, walked: datetime | None) -> None:
    """InfodeskError if a room is said to be walked at a time that has not come."""
    if walked is not None and walked > room.now:
        raise InfodeskError(
            Message("it has not happened yet: {at}", at=f"{walked:%Y-%m-%d %H:%M}"),
            Message("write the day too: {example}", example='--at "2026-09-30 17:30"'),
        )
