"""Entries by what is asked of them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from infodesk.duty.read_answer import read_day
from infodesk.duty.room import DutyRoom
from infodesk.errors import InfodeskError
from infodesk.model.entry import Entry, Kind
from infodesk.model.item import Type
from infodesk.model.limit import Level
from infodesk.model.logbook import Logbook, View
from infodesk.model.period import parse_period
from infodesk.store.book_views import VOID
from infodesk.store.entries import entries
from infodesk.text.folding import key
from infodesk.text.message import Message

_DAYS = ("from", "to")


@dataclass(frozen=True)
class Wanted:
    """Which entries: in a time (half open), of a person, about an asset, in a state, of a level at least."""

    start: datetime | None = None
    end: datetime | None = None
    person: str | None = None
    asset: str | None = None
    state: str | None = None
    level: Level = Level.NORMAL
    with_void: bool = False


def look(room: DutyRoom, books: Iterable[Logbook], wanted: Wanted) -> Iterator[Entry]:
    """The entries wanted, oldest first in each logbook. InfodeskError for a state that none of them has."""
    chosen = tuple(books)
    states = {book.id: _state(book, wanted.state) for book in chosen} if wanted.state else {}
    if states and not any(states.values()):
        raise _no_state(chosen, wanted.state or "")
    for book in chosen:
        state = states.get(book.id)
        if states and state is None:
            continue
        for each in entries(room.store, book.id, wanted.start, wanted.end):
            if each.first.kind is Kind.ENTRY and _is_wanted(room, book, each, wanted, state):
                yield each


def _is_wanted(
    room: DutyRoom, book: Logbook, each: Entry, wanted: Wanted, state: str | None
) -> bool:
    if each.last.state == VOID and not wanted.with_void:
        return False
    if state is not None and each.last.state != state:
        return False
    if each.last.level.rank < wanted.level.rank:
        return False
    if wanted.person is not None and not _names(room, book, each, wanted.person, Type.PERSON):
        return False
    return wanted.asset is None or _names(room, book, each, wanted.asset, Type.ASSET)


def _names(room: DutyRoom, book: Logbook, each: Entry, name: str, kind: Type) -> bool:
    """Whether an entry names a person or an asset: in a field of that type, as recorder, or as the one asked of."""
    people, assets = room.definitions.people, room.definitions.assets
    known = people.find(name) if kind is Type.PERSON else assets.find(name)
    wanted = key(known.id if known else name)
    fields = {field.id for field in book.fields if field.type is kind}
    named = [
        part for k, text in each.answers.items() if k.field in fields for part in text.split("\n")
    ]
    if kind is Type.PERSON:
        named.append(each.first.person)
    else:
        named += [k.asset for k in each.answers if k.asset]
    return wanted in map(key, named)


def _state(book: Logbook, name: str) -> str | None:
    found = (
        state.id
        for state in book.lifecycle.states
        if key(name) in map(key, (state.id, state.title.zh, state.title.en))
    )
    return next(found, None)


def _no_state(books: tuple[Logbook, ...], name: str) -> InfodeskError:
    if len(books) > 1:
        return InfodeskError(Message("no logbook has a state {name}", name=repr(name)))
    known = [state.id for state in books[0].lifecycle.states]
    return InfodeskError(
        Message("logbook {book} has no state {name}", book=books[0].title, name=repr(name)),
        Message("it has {names}", names=known),
    )


def view_values(room: DutyRoom, view: View, given: tuple[str, ...]) -> dict[str, str]:
    """The parameters of a view with the values given, in their order, and the clock's; assets, units and people by
    any of their names. A period (2026-09, 2026Q3) stands for its first and its last day."""
    given = _from_and_to(room, view, given)
    if len(given) != len(view.asks):
        raise InfodeskError(
            Message("the view asks for {names}", names=list(view.asks) or ["-"]),
            Message("write the values after its name"),
        )
    clock = {"today": f"{room.now:%Y-%m-%d}", "now": f"{room.now:%Y-%m-%dT%H:%M}"}
    return clock | {
        name: _value(room, name, text) for name, text in zip(view.asks, given, strict=True)
    }


def _from_and_to(room: DutyRoom, view: View, given: tuple[str, ...]) -> tuple[str, ...]:
    if view.asks != _DAYS or len(given) != 1:
        return given
    try:
        period = parse_period(given[0], room.now.date())
    except InfodeskError:
        return given
    return period.start.isoformat(), period.last_day.isoformat()


def _value(room: DutyRoom, name: str, text: str) -> str:
    """What a view is given: of `from` and `to` a day, of `month` a month, else a text."""
    if name in _DAYS:
        day = read_day(text, room.now.date())
        if day is None:
            raise InfodeskError(
                Message("a day is expected, like 2026-09-30, not {value}", value=repr(text))
            )
        return day.isoformat()
    return str(parse_period(text, room.now.date())) if name == "month" else _known(room, text)


def _known(room: DutyRoom, text: str) -> str:
    found = room.definitions.assets.find(text) or room.definitions.units.find(text)
    person = room.definitions.people.find(text)
    return found.id if found else person.id if person else text
