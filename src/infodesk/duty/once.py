"""What is recorded one time only: a backup run that its tool reports again, a label that is in the register."""

from infodesk.duty.judge import Draft, Judged, Problem
from infodesk.duty.names import find_key
from infodesk.duty.room import DutyRoom
from infodesk.model.entry import Entry, Key
from infodesk.store.entries import entry_saying
from infodesk.text.message import Message


def recorded_already(room: DutyRoom, draft: Draft, judged: Judged) -> Entry | None:
    """The entry about the same thing, where the logbook says what makes it the same (`once:`) and all of that is known."""
    named = {name: judged.answers.get(Key(name), "") for name in draft.book.once}
    if not named or not all(named.values()):
        return None
    return entry_saying(room.store, draft.book.id, named)


def says_nothing_new(room: DutyRoom, draft: Draft, judged: Judged, entry: Entry) -> bool:
    """Whether everything that was given stands in the entry already."""
    keys = (find_key(room, draft.book, name) for name in draft.given)
    known = [key for key in keys if isinstance(key, Key)]
    return all(judged.answers.get(key) == entry.answers.get(key) for key in known)


def other_answers(entry: Entry) -> Problem:
    """Why a second entry about the same thing is refused."""
    return Problem(
        Message(
            "it is recorded already as {entry}, with other answers: correct that one with infodesk log amend {entry}",
            entry=entry.id,
        )
    )
