"""What is not as it should be, though no duty was missed: the latest entry is not normal, or a view finds something."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta

from infodesk.duty.look import view_values
from infodesk.duty.room import DutyRoom
from infodesk.duty.words import value_words
from infodesk.model.entry import Breach, Entry, Key, Kind
from infodesk.model.item import Type
from infodesk.model.limit import Level
from infodesk.model.logbook import Logbook, View
from infodesk.store.book_views import VOID, ask_view
from infodesk.store.entries import entries
from infodesk.text.message import Message

_NAMED = (Type.DATE, Type.MOMENT, Type.YES_NO)  # what is told with its name, as numbers are
RECENT = timedelta(days=31)  # an entry older than this is no longer how things stand


@dataclass(frozen=True)
class Trouble:
    """Something found in a logbook: by a `view` (the `row` it found, column by column), else in an `entry`."""

    book: str
    level: Level
    view: View | None = None
    row: tuple[tuple[str, object], ...] = ()
    entry: Entry | None = None


def troubles(room: DutyRoom, books: Iterable[Logbook] = ()) -> Iterator[Trouble]:
    """Everything found, logbook by logbook: what views find, then entries."""
    for book in tuple(books) or room.definitions.logbooks:
        yield from _found_by_views(room, book)
        yield from _not_normal(room, book)


def _found_by_views(room: DutyRoom, book: Logbook) -> Iterator[Trouble]:
    for view in book.views:
        if view.finds is None:
            continue
        asked = ask_view(room.store, view, view_values(room, view, ()))
        for row in asked.rows:
            yield Trouble(book.id, view.finds, view, tuple(zip(asked.columns, row, strict=True)))


def _not_normal(room: DutyRoom, book: Logbook) -> Iterator[Trouble]:
    """The latest entries of each schedule about the same that warn or alarm; open ones stand on a list of their own."""
    latest: dict[tuple[str, ...], Entry] = {}
    for each in entries(room.store, book.id, room.now - RECENT, room.now + timedelta(minutes=1)):
        if each.first.kind is Kind.ENTRY and each.last.state != VOID:
            about = (each.answers.get(Key(name), "") for name in book.about)
            latest[each.first.schedule, *about] = each
    for each in latest.values():
        state = book.lifecycle.state_by_id.get(each.last.state)
        if each.last.level is not Level.NORMAL and (state is None or state.is_final):
            yield Trouble(book.id, each.last.level, entry=each)


def words(room: DutyRoom, trouble: Trouble) -> Message:
    """What was found, in one sentence."""
    book = room.definitions.logbook_by_id[trouble.book]
    if trouble.view is not None:
        values = [_told(room, book, *each) for each in trouble.row if each[1] is not None]
        return Message(
            "{view}: {values} ({book})", book=book.title, view=trouble.view.title, values=values
        )
    assert trouble.entry is not None, "a view found it, or an entry is it"
    said = trouble.entry.last.breaches
    what = [_breach(book, breach) for breach in said if breach.level is trouble.level]
    return Message(
        "{what} ({book} {entry})", book=book.title, entry=trouble.entry.id, what=what or ["-"]
    )


def command(room: DutyRoom, trouble: Trouble) -> str:
    """What shows more of it."""
    if trouble.entry is not None:
        return f"infodesk log show {trouble.entry.id}"
    assert trouble.view is not None, "a view found it, or an entry is it"
    return (
        f"infodesk log view {room.definitions.logbook_by_id[trouble.book].short} {trouble.view.id}"
    )


def _told(room: DutyRoom, book: Logbook, column: str, value: object) -> object:
    """`间隔 49.9 h`; a device, a person, a number of an entry, what a code means speak for themselves."""
    item = book.column_by_id.get(column)
    words = value_words(room, item, value)
    if item is None or not (item.is_numeric or item.type in _NAMED):
        return words
    unit = f" {item.unit}" if item.unit and item.is_numeric else ""
    return Message("{label} {value}{unit}", label=item.label, value=words, unit=unit)


def _breach(book: Logbook, breach: Breach) -> Message:
    check = next((each for each in book.checks if breach.check and each.id == breach.check), None)
    if check is not None:
        return Message("{check}", check=check.message)
    field = book.field_by_id.get(breach.key.field)
    if field is None:
        return Message(
            "{where}{field} {value}", where="", field=str(breach.key), value=breach.value
        )
    code = next((each.title for each in field.codes if each.id == breach.value), breach.value)
    where = f"{breach.key.asset} " if breach.key.asset else ""
    return Message("{where}{field} {value}", where=where, field=field.label, value=code)
