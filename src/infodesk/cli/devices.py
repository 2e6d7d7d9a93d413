"""Of which devices a checklist is walked: those that are due, one after the other, each with an entry of its own."""

from contextlib import suppress
from datetime import datetime

from infodesk.cli.typed import Back, Skip, all_in, numbers_in, typed
from infodesk.cli.workspace import Office
from infodesk.duty.places import duties_at
from infodesk.duty.words import clock
from infodesk.errors import InfodeskError
from infodesk.model.entry import Duty, DutyState
from infodesk.model.logbook import Logbook
from infodesk.text.message import Message


def devices(
    found: Office, checklist: tuple[Logbook, str], at: datetime, named: str, *, asks: bool
) -> tuple[str, ...]:
    """The devices to walk at a moment: the one named, else what is due, of which a person chooses.

    One empty name for a schedule that is not of each device; nothing if nothing is due.
    """
    book, name = checklist
    schedule = book.schedule_by_id.get(name)
    if schedule is None or schedule.each is None:
        if named:
            title = schedule.title if schedule else book.title
            raise InfodeskError(Message("{schedule} is not of each device", schedule=title))
        return ("",)
    if named:
        return (_named(found, schedule.each, named),)
    due = [duty for duty in duties_at(found.room, book, name, at) if _is_open(duty)]
    return _chosen(found, book, due) if asks and due else tuple(d.slot.subject for d in due)


def _is_open(duty: Duty) -> bool:
    return duty.state in (DutyState.DUE, DutyState.MISSED)


def _named(found: Office, kind: str, name: str) -> str:
    assets = found.definitions.assets
    asset = assets.find(name)
    if asset is None or asset.kind != kind:
        known = [each.id for each in assets.of_kind(kind, found.room.now.date())]
        raise InfodeskError(
            Message("there is no {value} here, only {codes}", value=repr(name), codes=known)
        )
    return asset.id


def _chosen(found: Office, book: Logbook, due: list[Duty]) -> tuple[str, ...]:
    """All that is due, in turn, or those whose numbers are typed."""
    terminal, tell = found.terminal, found.terminal.language
    schedule = book.schedule_by_id[due[0].slot.schedule]
    until = tell("in time until {until}", until=clock(due[0].until, found.room.now))
    terminal.tell(f"{tell.tell(book.title)} · {tell.tell(schedule.title)}  {until}")
    for n, duty in enumerate(due, 1):
        asset = found.definitions.assets.by_id[duty.slot.subject]
        terminal.tell(f"{n:>4} {tell.tell(asset.title)}")
    while len(due) > 1:
        with suppress(Back, Skip):
            said = typed(terminal, tell("Which of them? Enter: all in turn, or their numbers > "))
            numbers = numbers_in(said)
            if numbers is None or not all_in(numbers, due):
                continue
            return tuple(due[n - 1].slot.subject for n in numbers or range(1, len(due) + 1))
    return tuple(duty.slot.subject for duty in due)
