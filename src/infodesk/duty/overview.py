"""All logbooks at a glance, and what needs somebody."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from infodesk.duty.duties import duties
from infodesk.duty.room import DutyRoom
from infodesk.duty.standing import Standing, standing
from infodesk.duty.troubles import Trouble, troubles
from infodesk.model.entry import Duty, DutyState
from infodesk.model.logbook import Logbook
from infodesk.store.entries import count_entries

RECENT = timedelta(days=7)
YEAR = timedelta(days=370)  # before and after today: no duty may be done for longer
OPEN = (DutyState.DUE, DutyState.MISSED)


@dataclass(frozen=True)
class BookLine:
    """A logbook, how many entries it has, and its next duty that is not done."""

    book: Logbook
    entries: int
    due: Duty | None


@dataclass(frozen=True)
class DueList:
    """Duties by time, entries that are not finished, and what else is not as it should be."""

    duties: tuple[Duty, ...]
    standing: tuple[Standing, ...]
    troubles: tuple[Trouble, ...] = ()

    @property
    def needs_somebody(self) -> bool:
        """Whether anything was missed, has stood too long, or is not as it should be."""
        missed = any(duty.state is DutyState.MISSED for duty in self.duties)
        return missed or bool(self.troubles) or any(each.is_overdue for each in self.standing)


def overview(room: DutyRoom) -> tuple[BookLine, ...]:
    """A line for each logbook, in the order of the definitions."""
    counts = count_entries(room.store)
    return tuple(
        BookLine(book, counts.get(book.id, 0), _next(room, book))
        for book in room.definitions.logbooks
    )


def _next(room: DutyRoom, book: Logbook) -> Duty | None:
    today = room.now.date()
    found = duties(room, today - RECENT, today + timedelta(days=400), (book,))
    return next((duty for duty in found if duty.state is DutyState.DUE), None)


def due_in(
    room: DutyRoom,
    books: Iterable[Logbook],
    start: datetime | None,
    end: datetime | None,
    *,
    with_done: bool,
) -> DueList:
    """Duties planned in a time (of the last week up to the end of today if none is given), and what stands open."""
    chosen = tuple(books)
    if not chosen:
        return DueList((), ())
    found = duties_now(room, chosen)
    if start is not None or end is not None:
        today = room.now.date()
        first = start.date() if start else today - RECENT
        last = end.date() if end else today + timedelta(days=1)
        found = duties(room, first, last, chosen)
    shown = [duty for duty in found if with_done or duty.state in OPEN]
    return DueList(tuple(shown), tuple(standing(room, chosen)), tuple(troubles(room, chosen)))


def duties_now(room: DutyRoom, books: tuple[Logbook, ...]) -> tuple[Duty, ...]:
    """The duties planned in the last week and today; and those planned earlier or later whose time is now: the
    month's round on the tenth."""
    today = room.now.date()
    found = duties(room, today - YEAR, today + YEAR, books)
    return tuple(d for d in found if _is_recent(d, today) or _is_open(d, room.now))


def _is_recent(duty: Duty, today: date) -> bool:
    return today - RECENT <= duty.slot.planned.date() <= today


def _is_open(duty: Duty, now: datetime) -> bool:
    return duty.state is DutyState.DUE and duty.opens <= now
