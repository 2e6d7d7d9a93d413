"""A table as CSV: UTF-8 with a byte order mark, so that spreadsheet programs show Chinese."""

import csv
import io

from infodesk.render.document import Cell, Table

_FORMULAS = ("=", "+", "-", "@", "\t")


def csv_of(table: Table, *, byte_order_mark: bool = True) -> bytes:
    """Headings and rows; numbers without separators, and nothing that a program takes for a formula."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([column.heading for column in table.columns])
    for row in table.rows:
        writer.writerow([_field(cell) for cell in table.padded(row)])
    return text.getvalue().encode("utf-8-sig" if byte_order_mark else "utf-8")


def _field(cell: Cell) -> str:
    """A number without its unit, which stands in a column of its own; a text as it stands."""
    if cell.number is not None:
        return f"{cell.number:f}"
    return f"'{cell.text}" if cell.text.startswith(_FORMULAS) else cell.text
