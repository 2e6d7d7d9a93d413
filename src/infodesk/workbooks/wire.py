"""What the process that reads and the one that asked say to each other: lines of JSON, and bytes.

Nothing that comes from the other side is ever run: no pickles.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from datetime import date, datetime, time, timedelta
from typing import Any

from infodesk.text.message import Message
from infodesk.workbooks.grid import Book, CellValue, Origin, Sheet
from infodesk.workbooks.unreadable import UnreadableError

Line = dict[str, Any]  # keys with a $ are values that JSON has not
ROWS_A_LINE = 200


def line(value: Line) -> bytes:
    """One line."""
    text = json.dumps(value, ensure_ascii=False, default=_packed, separators=(",", ":"))
    return text.encode("utf-8", "surrogatepass") + b"\n"


def unline(raw: bytes) -> Line:
    """What a line says. ValueError if it is cut or none."""
    found = json.loads(raw.decode("utf-8", "surrogatepass"), object_hook=_unpacked)
    if not isinstance(found, dict):
        raise ValueError("not a line of ours")  # noqa: TRY004  # as for a cut one
    return found


def _packed(value: object) -> Line:
    match value:
        case datetime():
            return {"$datetime": value.isoformat()}
        case date():
            return {"$date": value.isoformat()}
        case time():
            return {"$time": value.isoformat()}
        case timedelta():
            return {"$timedelta": [value.days, value.seconds, value.microseconds]}
        case Message():
            return {"template": value.template, "values": dict(value.values)}
        case _:
            return {"template": "{value}", "values": {"value": str(value)}}


def _unpacked(found: Line) -> object:
    match found:
        case {"$datetime": str(text)}:
            return datetime.fromisoformat(text)
        case {"$date": str(text)}:
            return date.fromisoformat(text)
        case {"$time": str(text)}:
            return time.fromisoformat(text)
        case {"$timedelta": [int(days), int(seconds), int(microseconds)]}:
            return timedelta(days, seconds, microseconds)
        case {"template": str(template), "values": dict(values)}:
            return Message(template, **values)
        case _:
            return found


def book_lines(book: Book) -> Iterator[bytes]:
    """A book: a line for each sheet, its rows some at a time, then the end."""
    for sheet in book.sheets:
        yield line({"sheet": _head(sheet)})
        for first in range(0, len(sheet.rows), ROWS_A_LINE):
            yield line({"rows": sheet.rows[first : first + ROWS_A_LINE]})
    names = [[*where, text] for where, text in book.names.items()]
    yield line({"book": {"names": names, "origin": asdict(book.origin)}})


def _head(sheet: Sheet) -> Line:
    return {
        "name": sheet.name,
        "visible": sheet.is_visible,
        "errors": [[*place, text] for place, text in sheet.errors.items()],
        "unsaved": sorted(sheet.unsaved),
        "formulas": None if sheet.formulas is None else sorted(sheet.formulas),
        "hidden": sorted(sheet.hidden_rows),
        "merges": sheet.merges,
    }


class BookIn:
    """A book coming in line by line. Texts that repeat are kept once."""

    def __init__(self) -> None:
        self._sheets: list[tuple[Line, list[tuple[CellValue, ...]]]] = []
        self._texts: dict[str, str] = {}

    def take(self, found: Line) -> Book | None:
        """Take a line in; the book, once it is whole."""
        if "sheet" in found:
            self._sheets.append((found["sheet"], []))
        elif "rows" in found:
            self._sheets[-1][1].extend(self._row(row) for row in found["rows"])
        else:
            return self._book(found["book"])
        return None

    def _row(self, row: list[CellValue]) -> tuple[CellValue, ...]:
        kept = self._texts
        return tuple(kept.setdefault(v, v) if type(v) is str else v for v in row)

    def _book(self, told: Line) -> Book:
        sheets = tuple(_sheet(head, tuple(rows)) for head, rows in self._sheets)
        names = {(sheet, name): text for sheet, name, text in told["names"]}
        origin: Line = told["origin"]
        return Book(sheets, names, Origin(**{**origin, "doubts": tuple(origin["doubts"])}))


def _sheet(head: Line, rows: tuple[tuple[CellValue, ...], ...]) -> Sheet:
    formulas = head["formulas"]
    return Sheet(
        head["name"],
        rows,
        head["visible"],
        {(row, column): text for row, column, text in head["errors"]},
        _places(head["unsaved"]),
        None if formulas is None else _places(formulas),
        frozenset(head["hidden"]),
        tuple((top, left, bottom, right) for top, left, bottom, right in head["merges"]),
    )


def _places(found: list[list[int]]) -> frozenset[tuple[int, int]]:
    return frozenset((row, column) for row, column in found)


def refusal(error: UnreadableError) -> Line:
    """Why something was refused."""
    return {"refused": error.message, "hint": error.hint}


def refused(found: Mapping[str, Any]) -> UnreadableError:
    """The same as an error again."""
    return UnreadableError(found["refused"], found["hint"])
