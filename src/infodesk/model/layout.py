"""Layouts: where a foreign table, which nobody made for us, holds a form's items."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class LeaveOut:
    """Rows that are not data: those whose cell under `column` holds `text` (empty: is blank)."""

    column: str
    text: str


@dataclass(frozen=True)
class Layout:
    """A sheet by its name, header rows (counted from 1, last one just above the data), and where things are.

    `columns` maps item ids to header paths, the texts of the header rows joined by ` / `
    (`Available / General & Acute`); the key items are mapped like the others. `totals` is the row that
    holds the file's own totals: it is compared and never stored.
    """

    sheet: str
    header_rows: tuple[int, ...]
    columns: tuple[tuple[str, str], ...]
    leave_out: tuple[LeaveOut, ...] = ()
    totals: LeaveOut | None = None
    blank: tuple[str, ...] = ()
    unknown_columns: Literal["report", "ignore"] = "report"
