"""A table as CSV: UTF-8 with a byte order mark, so that spreadsheet programs show Chinese."""

import csv
import io
from collections.abc import Iterable, Sequence

from infodesk.render.document import Cell, Table

_FORMULAS = ("=", "+", "-", "@", "\t")


def csv_of(table: Table, *, byte_order_mark: bool = True) -> bytes:
    """Headings and rows; numbers without separators, and nothing that a program takes for a formula."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([_words(column.heading) for column in table.columns])
    for row in table.rows:
        writer.writerow([_field(cell) for cell in table.padded(row)])
    return text.getvalue().encode("utf-8-sig" if byte_order_mark else "utf-8")


def csv_of_rows(headings: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """A plain list likewise, with a byte order mark: numbers as numbers, texts never a formula."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    for row in (headings, *rows):
        writer.writerow([_words(each) if isinstance(each, str) else each for each in row])
    return text.getvalue().encode("utf-8-sig")


def _field(cell: Cell) -> str:
    """A number without its unit, which stands in a column of its own; a text as it stands."""
    if cell.number is not None:
        return f"{cell.number:f}"
    return _words(cell.text)


def _words(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULAS) else text
