"""Entries as a list, one entry with its lines, and the answers of views."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from infodesk.cli.show.summary import summary
from infodesk.cli.show.written import (
    answer_text,
    breach_text,
    key_name,
    line_json,
    state_title,
)
from infodesk.cli.terminal import new_table
from infodesk.cli.workspace import Office
from infodesk.duty.attach import is_unchanged
from infodesk.duty.look import view_values
from infodesk.duty.words import value_words
from infodesk.errors import InfodeskError
from infodesk.model.entry import Entry, Key, Line
from infodesk.model.item import Item, Type
from infodesk.model.logbook import Logbook, View
from infodesk.store.book_views import ask_view
from infodesk.text.folding import key
from infodesk.text.message import Message

KINDS = {
    "entry": Message("entered"),
    "amendment": Message("amended"),
    "move": Message("moved on"),
    "signature": Message("signed"),
    "skip": Message("skipped"),
}


def show_entries(found: Office, listed: Sequence[Entry]) -> None:
    """A table: number, when, who, state, level, and what the logbook says is its summary."""
    tell = found.terminal.language
    if not listed:
        found.terminal.result(tell("No entries"))
        return
    table = new_table(
        tell("Entry"), tell("When"), tell("Who"), tell("State"), tell("Level"), tell("What")
    )
    for each in listed:
        book = found.definitions.logbook_by_id[each.first.book]
        table.add_row(
            each.id,
            f"{each.first.occurred_at:%Y-%m-%d %H:%M}",
            found.room.person_name(each.first.person),
            tell.tell(state_title(book, each.last.state)),
            level_text(found, each),
            summary(found, book, each),
        )
    found.terminal.table(table)


def level_text(found: Office, each: Entry) -> str:
    """Its level, and whether it was recorded late."""
    tell = found.terminal.language
    marks = [tell.tell(each.last.level.label)]
    if each.first.is_late:
        marks.append(tell("recorded late"))
    return " ".join(marks)


def show_entry(found: Office, entry: Entry) -> None:
    """What an entry says now, then its lines, oldest first."""
    tell, terminal = found.terminal.language, found.terminal
    book = found.room.book_of(entry)
    terminal.result(
        tell(
            "{id} {book}: {state}, {level}",
            id=entry.id,
            book=book.title,
            state=state_title(book, entry.last.state),
            level=level_text(found, entry),
        )
    )
    table = new_table(tell("Question"), tell("Answer"))
    for each in sorted(entry.answers, key=lambda k: _order(book, k)):
        field = book.field_by_id.get(each.field)
        text = entry.answers[each]
        measured = tell(" (measured)") if each in entry.last.measured else ""
        shown = answer_text(found, field, text) if field else text
        if field is not None and field.type is Type.FILE:
            shown = "\n".join(_attached(found, part) for part in text.split("\n"))
        table.add_row(key_name(found, book, each), shown + measured)
    terminal.table(table)
    for breach in entry.last.breaches:
        terminal.result(breach_text(found, book, breach))
    _show_lines(found, book, entry)


def _attached(found: Office, part: str) -> str:
    """An attachment by its path, and whether it is still what it was."""
    tell = found.terminal.language
    path, is_same = part.partition("#sha256=")[0], is_unchanged(found.room.folder, part)
    if is_same:
        return path
    return (
        tell("{path} (changed)", path=path)
        if is_same is False
        else tell("{path} (not here)", path=path)
    )


def _order(book: Logbook, each: Key) -> tuple[int, str]:
    ids = list(book.field_by_id)
    return (ids.index(each.field) if each.field in ids else len(ids), each.asset)


def _show_lines(found: Office, book: Logbook, entry: Entry) -> None:
    tell = found.terminal.language
    table = new_table(tell("Line"), tell("Recorded"), tell("Who"), tell("What"), tell("Why"))
    for line in entry.lines:
        who = found.room.person_name(line.person)
        if line.second:
            who = f"{who} + {found.room.person_name(line.second)}"
        table.add_row(
            line.id,
            f"{line.recorded_at:%Y-%m-%d %H:%M}",
            who,
            _what(found, book, line),
            line.reason,
        )
    found.terminal.table(table)


def _what(found: Office, book: Logbook, line: Line) -> str:
    tell = found.terminal.language
    words = tell.tell(KINDS[line.kind.value])
    move = book.lifecycle.move_by_id.get(line.what)
    post = found.definitions.people.post_by_id.get(line.what)
    named = move.title if move else post.title if post else line.what
    return f"{words} {tell.tell(named)}".rstrip()


def entry_json(each: Entry) -> dict[str, object]:
    """An entry as it stands now."""
    return line_json(each.first) | {
        "state": each.last.state,
        "level": each.last.level.value,
        "answers": {str(k): value for k, value in each.answers.items()},
        "findings": line_json(each.last)["findings"],
        "last_line": each.last.id,
    }


def list_views(found: Office, book: Logbook, *, as_json: bool) -> None:
    """The views of a logbook and what each asks for."""
    tell = found.terminal.language
    if as_json:
        views = [
            {"id": v.id, "title": tell.tell(v.title), "parameters": list(v.asks)}
            for v in book.views
        ]
        found.terminal.json({"views": views})
        return
    table = new_table(tell("View"), tell("Title"), tell("Asks for"))
    for each in book.views:
        table.add_row(each.id, tell.tell(each.title), " ".join(each.asks))
    found.terminal.table(table)


def show_view(
    found: Office,
    book: Logbook,
    name: str,
    values: tuple[str, ...],
    *,
    as_json: bool,
    to: Path | None = None,
) -> None:
    """The answer of a view as a table, as JSON, or in a file to print."""
    view = _view(book, name)
    if to is not None:
        found = _for_paper(found)
    asked = ask_view(found.desk.store, view, view_values(found.room, view, values))
    if as_json:
        named = [dict(zip(asked.columns, row, strict=True)) for row in asked.rows]
        found.terminal.json({"view": view.id, "rows": named})
        return
    tell = found.terminal.language
    items = [book.column_by_id.get(column) for column in asked.columns]
    heads = [_heading(found, name, item) for name, item in zip(asked.columns, items, strict=True)]
    rows = [
        [tell.tell(value_words(found.room, *each)) for each in zip(items, row, strict=True)]
        for row in asked.rows
    ]
    if to is not None:
        from infodesk.cli.show.view_file import put_view

        put_view(found, book, view, (heads, rows), to)
        return
    table = new_table(*heads)
    for row in rows:
        table.add_row(*row)
    found.terminal.table(table)


def _for_paper(found: Office) -> Office:
    """The same, in the language of the workspace's files."""
    spoken = found.terminal.workspace_language(found.definitions.settings.language)
    return replace(found, terminal=replace(found.terminal, language=spoken))


def _heading(found: Office, name: str, item: Item | None) -> str:
    """What a column is called, with its unit."""
    if item is None:
        return name
    label = found.terminal.language.tell(item.label)
    return f"{label} ({item.unit})" if item.unit and item.is_numeric else label


def _view(book: Logbook, name: str) -> View:
    wanted = key(name.replace("-", "_"))
    for each in book.views:
        if wanted in map(key, (each.id, each.title.zh, each.title.en)):
            return each
    raise InfodeskError(
        Message("logbook {book} has no view {name}", book=book.title, name=repr(name)),
        Message("it has {names}", names=[each.id for each in book.views] or ["-"]),
    )
