"""Entries as a file for others."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from infodesk.cli.show.entries import entry_json
from infodesk.cli.show.written import answer_text, key_name, state_title
from infodesk.cli.workspace import Office
from infodesk.duty.levels import reading
from infodesk.errors import InfodeskError
from infodesk.model.entry import Entry, Key
from infodesk.model.item import Secrecy
from infodesk.model.logbook import Logbook
from infodesk.model.masking import HIDDEN
from infodesk.render.place import place
from infodesk.render.write_csv import csv_of_rows
from infodesk.render.write_list import list_xlsx
from infodesk.text.message import Message

BOM = "\ufeff"  # Excel takes a CSV for UTF-8 only with it


@dataclass(frozen=True)
class _Sheet:
    headings: list[str]
    rows: list[list[object]]


def exported(
    found: Office, book: Logbook, listed: Sequence[Entry], form: str, *, reveal: bool
) -> bytes:
    """The entries as csv, json or xlsx; what is personal or confidential masked, unless it is to be revealed."""
    match form:
        case "json":
            whole = {
                "logbook": book.id,
                "class": secrecy_of(book, reveal=reveal).value,
                "entries": [_json(found, book, each, reveal=reveal) for each in listed],
            }
            return (json.dumps(whole, ensure_ascii=False, indent=2) + "\n").encode()
        case "csv":
            sheet = _sheet(found, book, listed, reveal=reveal)
            return csv_of_rows(sheet.headings, sheet.rows)
        case "xlsx":
            sheet = _sheet(found, book, listed, reveal=reveal)
            sheet = _without_blanks(sheet)
            return list_xlsx(found.terminal.language.tell(book.title), sheet.headings, sheet.rows)
        case _:
            raise InfodeskError(
                Message("there is no format {name}", name=repr(form)),
                Message("write csv, json or xlsx"),
            )


def secrecy_of(book: Logbook, *, reveal: bool) -> Secrecy:
    """The class of an export: that of the most secret thing that stands in it whole."""
    return book.secrecy if reveal else Secrecy.INTERNAL


def put(found: Office, name: str, content: bytes, form: str, to: Path | None) -> None:
    """Into the file named; else to the terminal, a spreadsheet into a file of the name given."""
    if to is None and form != "xlsx":
        found.terminal.result(content.decode().removeprefix(BOM).rstrip("\r\n"))
        return
    path = found.terminal.folder / (to or Path(f"{name}.{form}"))
    path.parent.mkdir(parents=True, exist_ok=True)
    place(path, content)
    found.terminal.result(found.terminal.shown(path))


def file_name(found: Office, book: Logbook, *, reveal: bool) -> str:
    """`用户账户登记_机密`: the logbook, and the class of what is in the file."""
    tell = found.terminal.language.tell
    return f"{tell(book.title)}_{tell(secrecy_of(book, reveal=reveal).label)}"


def _json(found: Office, book: Logbook, each: Entry, *, reveal: bool) -> dict[str, object]:
    """An entry as `log list --json` shows it, its hidden answers masked, where they were found wanting too."""
    shown = entry_json(each)
    if reveal:
        return shown
    hidden = {
        str(key): _text(found, book, key, text)
        for key, text in each.answers.items()
        if _is_hidden(book, key)
    }
    findings = [
        finding | {"value": HIDDEN} if finding["field"] in hidden and finding["value"] else finding
        for finding in cast(list[dict[str, object]], shown["findings"])
    ]
    return shown | {
        "answers": cast(dict[str, str], shown["answers"]) | hidden,
        "findings": findings,
    }


def _is_hidden(book: Logbook, key: Key) -> bool:
    field = book.field_by_id.get(key.field)
    return field is not None and field.secrecy.is_hidden


def _text(found: Office, book: Logbook, key: Key, answer: str) -> str:
    """A hidden answer with its mask on, part by part; a confidential one as its mark."""
    field = book.field_by_id[key.field]
    if field.secrecy is Secrecy.CONFIDENTIAL:
        return found.terminal.language.tell(field.secrecy.label)
    shown = (field.as_shown(answer_text(found, field, part)) for part in answer.split("\n"))
    return "\n".join(each or "" for each in shown)


def _sheet(found: Office, book: Logbook, listed: Sequence[Entry], *, reveal: bool) -> _Sheet:
    tell = found.terminal.language
    keys = _keys(book, listed)
    heads = [
        tell("Entry"),
        tell("When"),
        tell("Recorded"),
        tell("Who"),
        tell("State"),
        tell("Level"),
        tell("Recorded late"),
    ]
    heads += [_heading(found, book, key) for key in keys]
    return _Sheet(heads, [_row(found, book, each, keys, reveal=reveal) for each in listed])


def _without_blanks(sheet: _Sheet) -> _Sheet:
    """The columns in which something stands: what a person reads and prints. A csv keeps all, for programs."""
    if not sheet.rows:
        return sheet
    used = [n for n in range(len(sheet.headings)) if any(row[n] != "" for row in sheet.rows)]
    return _Sheet([sheet.headings[n] for n in used], [[row[n] for n in used] for row in sheet.rows])


def _keys(book: Logbook, listed: Sequence[Entry]) -> list[Key]:
    """The questions that were answered, in the order of the book, device after device; blank ones of the book too."""
    given = dict.fromkeys(key for each in listed for key in each.answers)
    found = []
    for field in book.fields:
        mine = [key for key in given if key.field == field.id]
        found += mine or ([] if field.each else [Key(field.id)])
    return found


def _heading(found: Office, book: Logbook, key: Key) -> str:
    unit = book.field_by_id[key.field].unit
    name = key_name(found, book, key)
    return f"{name} ({unit})" if unit else name


def _row(
    found: Office, book: Logbook, each: Entry, keys: Sequence[Key], *, reveal: bool
) -> list[object]:
    tell = found.terminal.language
    row: list[object] = [
        each.id,
        f"{each.first.occurred_at:%Y-%m-%d %H:%M}",
        f"{each.first.recorded_at:%Y-%m-%d %H:%M}",
        found.room.person_name(each.first.person),
        tell.tell(state_title(book, each.last.state)),
        tell.tell(each.last.level.label),
        tell("yes") if each.first.is_late else "",
    ]
    return row + [_value(found, book, each, key, reveal=reveal) for key in keys]


def _value(found: Office, book: Logbook, each: Entry, key: Key, *, reveal: bool) -> object:
    answer = each.answers.get(key)
    field = book.field_by_id[key.field]
    if answer is None:
        return ""
    if field.secrecy.is_hidden and not reveal:
        return _text(found, book, key, answer)
    number = reading(field, answer) if field.is_numeric else None
    return number if number is not None else answer_text(found, field, answer)
