"""A logbook's entries as views that any SQLite browser shows, and the questions in SQL put to them."""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from infodesk.errors import InfodeskError, StoreError
from infodesk.expr.sql import identifier, literal
from infodesk.model.item import NUMERIC, Item, Type
from infodesk.model.lifecycle import WRITTEN
from infodesk.model.logbook import Field, Logbook, View
from infodesk.store.store import Store
from infodesk.text.message import Message

# What every view of a logbook shows beside its fields.
COLUMNS = (
    "id",
    "occurred_at",
    "recorded_at",
    "recorder",
    "schedule",
    "state",
    "level",
    "late",
    "amended",
)
VOID = "void"

# A view may take about a minute and 100,000 rows; the longest of the starter hospital takes a thousandth of that.
MOST_ROWS = 100_000
STRIDE = 1_000_000  # instructions of SQLite's machine, some 10 ms
MOST_STRIDES = 3_000

_SHOWN = (
    "id, occurred_local AS occurred_at, recorded_local AS recorded_at, recorder, schedule, state, level, "
    "julianday(recorded_at) - julianday(occurred_at) > 1 AS late, amended"
)
_READS = frozenset(
    {sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_FUNCTION, sqlite3.SQLITE_RECURSIVE}
)


@dataclass(frozen=True)
class Asked:
    """What a view answers."""

    columns: tuple[str, ...]
    rows: tuple[tuple[object, ...], ...]


def each_view(book: str) -> str:
    """The view of what is asked of each asset: a row for every entry and asset."""
    return f"{book}_each"


def book_views(book: Logbook) -> Iterator[str]:
    """The statements that make a logbook's views. Void entries are in neither of them."""
    single = [field for field in book.fields if not field.each]
    columns = [f"{_value(field, _extract(field.id))} AS {identifier(field.id)}" for field in single]
    yield (
        f"CREATE VIEW {identifier(book.id)} AS SELECT {', '.join([_SHOWN, *columns])} "
        f"FROM current_entry WHERE book = {literal(book.id)} AND state <> {literal(VOID)}"
    )
    many = [field for field in book.fields if field.each]
    if many:
        yield _each_view(book, many)


def _each_view(book: Logbook, fields: list[Field]) -> str:
    columns = [
        f"max(CASE WHEN a.key LIKE {literal(field.id + '@%')} THEN {_value(field, 'a.value')} END) "
        f"AS {identifier(field.id)}"
        for field in fields
    ]
    return (
        f"CREATE VIEW {identifier(each_view(book.id))} AS SELECT c.id, c.occurred_local AS occurred_at, "
        f"c.schedule, substr(a.key, instr(a.key, '@') + 1) AS asset, {', '.join(columns)} "
        "FROM current_entry AS c, json_each(c.answers) AS a "
        f"WHERE c.book = {literal(book.id)} AND c.state <> {literal(VOID)} AND instr(a.key, '@') > 0 "
        "GROUP BY c.id, asset"
    )


def _extract(field: str) -> str:
    path = literal(f'$."{field}"')
    return f"json_extract(answers, {path})"


def _value(item: Item, text: str) -> str:
    if item.type is Type.INTEGER:
        return f"CAST({text} AS INTEGER)"
    if item.type in NUMERIC:
        return f"CAST({text} AS REAL)"
    return f"({text} = 'true')" if item.type is Type.YES_NO else text


def ask_view(store: Store, view: View, values: Mapping[str, str]) -> Asked:
    """The answer to a view; InfodeskError if it is no single SELECT, names what is not there, or never ends."""
    with store.reading(), _reading_only(store.connection), _bounded(store.connection):
        try:
            cursor = store.connection.execute(view.sql, dict(values))
            rows = tuple(cursor.fetchmany(MOST_ROWS + 1))
        except sqlite3.Error as error:
            if "malformed JSON" in str(error):  # in a column that only we write
                raise StoreError(
                    Message("an entry cannot be read: somebody altered it"),
                    Message("keep the file as it is and look what else: infodesk audit verify"),
                ) from error
            raise _failed(view, _complaint(error)) from error
    if len(rows) > MOST_ROWS:
        raise _failed(view, Message("the view has more than {n} rows", n=MOST_ROWS))
    return Asked(tuple(column[0] for column in cursor.description), rows)


def check_states(store: Store, book: Logbook) -> None:
    """InfodeskError if entries stand in a state that the logbook no longer has: they could go nowhere, unseen."""
    if book.lifecycle is WRITTEN:
        return
    known = {*book.lifecycle.state_by_id, *WRITTEN.state_by_id, VOID}
    query = "SELECT state, count(*) FROM current_entry WHERE book = ? GROUP BY state"
    for state, count in store.connection.execute(query, (book.id,)).fetchall():
        if state not in known:
            raise InfodeskError(
                Message(
                    "{n} entries of logbook {book} are {state}, a state it no longer has",
                    n=count, book=book.id, state=state,
                ),
                Message("keep the state with its id; its title and the moves from it may change"),
            )  # fmt: skip


def _failed(view: View, problem: Message) -> InfodeskError:
    return InfodeskError(Message("view {view}: {problem}", view=view.id, problem=problem))


def check_view(store: Store, view: View) -> Message | None:
    """What is wrong with a view's SQL, if anything: it is prepared, not run."""
    with _reading_only(store.connection):
        try:
            store.connection.execute(f"EXPLAIN {view.sql}", dict.fromkeys(view.parameters, ""))
        except (sqlite3.Error, sqlite3.Warning) as error:
            return _complaint(error)
    return None


def view_mistakes(store: Store, books: Iterable[Logbook]) -> Iterator[tuple[str, str, Message]]:
    """Logbook, view, and what is wrong with its SQL, tried on the tables there are."""
    for book in books:
        for view in book.views:
            problem = check_view(store, view)
            if problem is not None:
                yield book.id, view.id, problem


def _complaint(error: Exception) -> Message:
    text = str(error)
    if text == "interrupted":
        return Message("the view takes too long: it may never end")
    if "not authorized" in text or "one statement" in text or "prohibited" in text:
        return Message("a view is one SELECT, and changes nothing")
    return Message("the SQL of the view cannot be run: {reason}", reason=text)


@contextmanager
def _bounded(connection: sqlite3.Connection) -> Iterator[None]:
    """Stop what never ends: a recursion without a limit, tables joined without a condition."""
    strides = iter(range(MOST_STRIDES))
    connection.set_progress_handler(lambda: next(strides, None) is None, STRIDE)
    try:
        yield
    finally:
        connection.set_progress_handler(None, 0)


@contextmanager
def _reading_only(connection: sqlite3.Connection) -> Iterator[None]:
    def allowed(action: int, *_what: object) -> int:
        return sqlite3.SQLITE_OK if action in _READS else sqlite3.SQLITE_DENY

    # A table of a function declares its columns when it is first met: before the authorizer, which refuses that.
    connection.execute("SELECT 1 FROM json_each('[]')").fetchall()
    connection.set_authorizer(allowed)
    try:
        yield
    finally:
        connection.set_authorizer(None)
