"""Which schedule an entry belongs to, and which duty is meant."""

from datetime import datetime, timedelta

from infodesk.duty.duties import duties_of
from infodesk.duty.room import DutyRoom
from infodesk.errors import InfodeskError
from infodesk.model.entry import Duty, DutyState
from infodesk.model.logbook import Logbook
from infodesk.text.message import Message

_AROUND = timedelta(days=400)


def schedule_for(room: DutyRoom, book: Logbook, name: str | None, at: datetime) -> str:
    """The schedule named; else the one whose time it is and that is not done, else the first; none if there is none.

    A schedule that says which entries do its duty is never guessed: what they say tells.
    """
    if name is not None:
        return room.schedule(book, name).id
    guessed = [each.id for each in book.schedules if each.when is None]
    if len(guessed) < 2:
        return guessed[0] if guessed else ""
    day = at.date()
    near = duties_of(room, book, day - timedelta(days=7), day + timedelta(days=8))
    open_now = [
        d
        for d in near
        if d.slot.schedule in guessed and d.opens <= at < d.closes and d.entry is None
    ]
    short = sorted(open_now, key=lambda duty: (at > duty.until, duty.closes - duty.opens))
    return short[0].slot.schedule if short else guessed[0]


def duty_at(
    room: DutyRoom, book: Logbook, schedule: str, at: datetime | None, subject: str = ""
) -> Duty:
    """The duty planned at a moment (or on its day); without a moment the earliest that is not done."""
    found = room.schedule(book, schedule)
    day = (at or room.now).date()
    span = (day, day + timedelta(days=1)) if at else (day - _AROUND, day + _AROUND)
    mine = [
        duty
        for duty in duties_of(room, book, span[0] - timedelta(days=7), span[1] + timedelta(days=7))
        if duty.slot.schedule == found.id and duty.slot.subject == subject
    ]
    if at is None:
        wanted = [
            d for d in mine if d.state in (DutyState.DUE, DutyState.MISSED) and d.opens <= room.now
        ]
    else:
        wanted = [d for d in mine if d.slot.planned == at] or [
            d for d in mine if d.slot.planned.date() == day
        ]
    if not wanted:
        raise InfodeskError(
            Message("no duty of {schedule} is open then", schedule=found.title),
            Message("list them with: infodesk log due {book}", book=book.id),
        )
    return wanted[-1] if at is None else wanted[0]
