"""A workbook as it was read: sheets of values, with what stands behind the values."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

CellValue = str | float | bool | date | datetime | time | timedelta
Address = tuple[int, int]  # row and column, from 0
Area = tuple[int, int, int, int]  # first row and column, last row and column, from 0


@dataclass(frozen=True)
class Sheet:
    """One sheet. `rows` is rectangular; a blank cell is an empty text.

    `errors` are the cells that show an error (`#REF!`), `unsaved` those whose formula has no stored value:
    both look blank in `rows`. `formulas` are the cells that hold a formula, nothing where the format does not
    tell; `merges` are merged areas, whose value stands in the first cell.
    """

    name: str
    rows: tuple[tuple[CellValue, ...], ...]
    is_visible: bool = True
    errors: Mapping[Address, str] = field(default_factory=dict)
    unsaved: frozenset[Address] = frozenset()
    formulas: frozenset[Address] | None = None
    hidden_rows: frozenset[int] = frozenset()
    merges: tuple[Area, ...] = ()

    def at(self, row: int, column: int) -> CellValue:
        """The value of a cell; blank outside the sheet."""
        if 0 <= row < len(self.rows) and 0 <= column < len(self.rows[row]):
            return self.rows[row][column]
        return ""

    def text(self, row: int, column: int) -> str:
        """The value of a cell as text, ends stripped; whole numbers without a point."""
        return as_text(self.at(row, column))

    def texts(self) -> Iterator[tuple[int, int, str]]:
        """Row, column and text of every cell that holds a text."""
        for row, values in enumerate(self.rows):
            for column, value in enumerate(values):
                if isinstance(value, str) and value.strip():
                    yield row, column, value.strip()


@dataclass(frozen=True)
class Origin:
    """What the file is: a kind of `kinds.KINDS`, the program that made it, how its text is encoded.

    `doubts` are words on what a reader should look at (`stats.remarks` says them).
    """

    kind: str = "xlsx"
    program: str = ""
    encoding: str = ""
    doubts: tuple[str, ...] = ()
    is_named_so: bool = True
    was_locked: bool = False


@dataclass(frozen=True)
class Book:
    """A workbook: its sheets in order, and the texts that names hold ((sheet, name), sheet None: all)."""

    sheets: tuple[Sheet, ...]
    names: Mapping[tuple[str | None, str], str] = field(default_factory=dict)
    origin: Origin = Origin()

    def name(self, sheet: str, name: str) -> str | None:
        """The text a name of a sheet holds."""
        return self.names.get((sheet, name))


def as_text(value: CellValue) -> str:
    """A value as a person would write it."""
    match value:
        case bool():
            return "TRUE" if value else "FALSE"
        case float():
            return f"{value:.15g}"
        case datetime():
            return value.date().isoformat() if value.time() == time(0) else str(value)
        case str():
            return value.strip()
        case _:
            return str(value)


def address(sheet: str, row: int, column: int) -> str:
    """A cell as people find it: 病房工作情况月报!C12."""
    return f"{sheet}!{place(row, column)}"


def place(row: int, column: int) -> str:
    """A cell without its sheet: C12."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return f"{letters}{row + 1}"
