"""Who may take which part, and that one person does not take two that belong to two."""

from infodesk.duty.room import DutyRoom
from infodesk.errors import RefusedError
from infodesk.model.entry import Entry, Key, Kind
from infodesk.text.message import Message, Title


def check_may(room: DutyRoom, posts: tuple[str, ...], what: Title) -> None:
    """RefusedError if the writer holds none of the posts that may do it, and somebody else does."""
    people = room.definitions.people
    holders = people.holders(posts, room.now.date())
    if not posts or not holders or room.writer in {person.id for person in holders}:
        return
    raise RefusedError(
        Message("{what} is for {names}", what=what, names=[person.name for person in holders]),
        Message("say who does it with {option}", option="--by"),
    )


def check_here(room: DutyRoom) -> None:
    """RefusedError if the writer has left: nobody writes in the name of somebody who is gone."""
    found = room.definitions.people.find(room.writer)
    if found is not None and found.until is not None and found.until < room.now.date():
        raise RefusedError(
            Message("{name} left on {day}", name=found.name, day=found.until.isoformat()),
            Message("say who does it with {option}", option="--by"),
        )


def check_other(
    room: DutyRoom, entry: Entry, other_than: tuple[str, ...], second: str
) -> tuple[Message, ...]:
    """A warning if the writer took one of these parts already; RefusedError without a second signature.

    Nobody is locked out: where one person holds several posts, somebody else signs as well.
    """
    taken = {_taker(entry, part) for part in other_than}
    if room.writer not in taken:
        return ()
    found = room.definitions.people.find(second)
    other = found.id if found else second
    if not other or other == room.writer:
        raise RefusedError(
            Message("{name} has taken part in this already", name=room.person_name(room.writer)),
            Message("somebody else signs as well: {option}", option="--second NAME"),
        )
    return (
        Message(
            "{name} has taken two parts that belong to two people; {second} signs as well",
            name=room.person_name(room.writer),
            second=room.person_name(other),
        ),
    )


def _taker(entry: Entry, part: str) -> str:
    """Who took a part: added the entry, took a move (the last time), or is named in a field."""
    if part in ("add", "recorder"):
        return entry.first.person
    moves = [line for line in entry.lines if line.kind is Kind.MOVE and line.what == part]
    return moves[-1].person if moves else entry.answers.get(Key(part), "")
