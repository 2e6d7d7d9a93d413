"""The tables that a layout describes on a sheet: where each begins and ends, and the columns under its header paths."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from infodesk.errors import InfodeskError
from infodesk.model.layout import ANY_PERIOD, JOINT, Layout, RowMark
from infodesk.model.period import Period
from infodesk.text.folding import key, nearest
from infodesk.text.message import Message
from infodesk.workbooks.grid import Address, Sheet, address
from infodesk.workbooks.period_names import period_named

_NUMBERED = re.compile(r"(.*\S)\s*#(\d+)")
Paths = tuple[tuple[str, int], ...]  # header path, column; in the order of the columns


@dataclass(frozen=True)
class Table:
    """One table on a sheet. Rows and columns from 0; `top` is what the layout's row 1 is."""

    sheet: Sheet
    layout: Layout
    top: int
    headers: tuple[int, ...]
    left: int
    right: int  # the first column after it
    end: int  # the first row after it

    @property
    def first(self) -> int:
        """The first row under the header."""
        return max(self.headers) + 1

    @cached_property
    def paths(self) -> Paths:
        """Every header path with its column.

        A text stands for the blank cells to its right, up to the next text in its row or above it; a cell
        merged downwards ends its path early.
        """
        found: list[tuple[str, int]] = []
        above = ["" for _ in self.headers]
        for column in range(self.left, self.right):
            texts = [self.sheet.text(row, column) for row in self.headers]
            for level, words in enumerate(texts):
                if words:
                    above[level] = words
                    above[level + 1 :] = [""] * (len(texts) - level - 1)
            if any(texts):
                own = max(level for level, words in enumerate(texts) if words)
                found.append((JOINT.join(filter(None, above[: own + 1])), column))
        return tuple(found)

    @cached_property
    def _columns(self) -> dict[str, list[int]]:
        """Folded header path → its columns."""
        found: dict[str, list[int]] = {}
        for name, column in self.paths:
            found.setdefault(key(name), []).append(column)
        return found

    def column_of(self, path: str) -> int:
        """The column of a header path. InfodeskError if there is none, or several."""
        columns = self._columns.get(key(path), [])
        numbered = _NUMBERED.fullmatch(path)
        if not columns and numbered:
            same = self._columns.get(key(numbered[1]), [])
            columns = same[int(numbered[2]) - 1 : int(numbered[2])]
        if len(columns) > 1:
            raise self._twice(path, columns)
        if not columns:
            raise self._missing(path)
        return columns[0]

    def _twice(self, path: str, columns: list[int]) -> InfodeskError:
        cells = [address(self.sheet.name, max(self.headers), column) for column in columns]
        return InfodeskError(
            Message("column {path} stands several times: {cells}", path=repr(path), cells=cells),
            Message("say which one is meant: {path}", path=repr(f"{path} #2")),
        )

    def _missing(self, path: str) -> InfodeskError:
        near = nearest(path, [name for name, _ in self.paths])
        hint = Message("the nearest is {near}; see layout: in the form", near=near)
        message = Message("sheet {sheet} has no column {path}", sheet=self.sheet.name, path=repr(path))  # fmt: skip
        return InfodeskError(message, hint if near else None)

    def is_marked(self, row: int, mark: RowMark) -> bool:
        """Whether a row is told by what stands in one of its columns."""
        words = key(self.sheet.text(row, self.column_of(mark.column)))
        return words.startswith(key(mark.starts)) if mark.starts else words == key(mark.text)

    def is_header_again(self, row: int) -> bool:
        """Whether a row repeats the header, as pages do."""
        header = max(self.headers)
        columns = range(self.left, self.right)
        return all(self.sheet.text(row, c) == self.sheet.text(header, c) for c in columns) and any(
            self.sheet.text(header, c) for c in columns
        )

    def periods(self, today: Period) -> dict[Period, str]:
        """The periods that its header paths name where the layout has {period}, and how each is written."""
        found: dict[Period, str] = {}
        patterns = [_pattern(path) for _, path in self.layout.columns if ANY_PERIOD in path]
        for name, _ in self.paths:
            for pattern in patterns:
                match = pattern.fullmatch(key(name))
                period = None if match is None else period_named([match[1]], today)
                if match is not None and period is not None:
                    found.setdefault(period, match[1])
        return found


def _pattern(path: str) -> re.Pattern[str]:
    before, _, after = path.partition(ANY_PERIOD)
    return re.compile(re.escape(key(before)) + "(.+?)" + re.escape(key(after)))


def tables(sheet: Sheet, layout: Layout) -> list[Table]:
    """The tables of a layout on a sheet: one, or one for every place where the corner stands."""
    width = max((len(row) for row in sheet.rows), default=0)
    if not layout.corner:
        headers = tuple(row - 1 for row in layout.header_rows)
        return [Table(sheet, layout, 0, headers, 0, width, len(sheet.rows))]
    corners = list(_corners(sheet, layout))
    return [_table(sheet, layout, corner, corners) for corner in corners]


def has_corner(sheet: Sheet, layout: Layout) -> bool:
    """Whether a sheet holds the corner of a layout."""
    return next(_corners(sheet, layout), None) is not None


def _corners(sheet: Sheet, layout: Layout) -> Iterator[Address]:
    """The cells where the corner's texts stand side by side, blank cells between them passed over."""
    wanted = [key(text) for text in layout.corner]
    for row, column, text in sheet.texts():
        if wanted and key(text) == wanted[0]:
            beside = [key(sheet.text(row, c)) for c in range(column, len(sheet.rows[row]))]
            if [words for words in beside if words][: len(wanted)] == wanted:
                yield row, column


def _table(sheet: Sheet, layout: Layout, corner: Address, corners: list[Address]) -> Table:
    """A table from its corner to the next corner beside it or the first column without a header, and downwards
    to the next corner."""
    row, left = corner
    headers = tuple(row + number - 1 for number in layout.header_rows)
    width = len(sheet.rows[row])
    beside = [c for r, c in corners if r == row and c > left]
    blank = (c for c in range(left, width) if not any(sheet.text(r, c) for r in headers))
    right = min([width, *beside])
    right = _after_gap(sheet, headers, left, right, list(blank))
    below = [r for r, c in corners if r > row and left <= c < right]
    return Table(sheet, layout, row, headers, left, right, min([len(sheet.rows), *below]))


def _after_gap(
    sheet: Sheet, headers: tuple[int, ...], left: int, right: int, blank: list[int]
) -> int:
    """The first column without a header that no merged header reaches into: blank in the data too."""
    for column in blank:
        if left < column < right:
            data = range(max(headers) + 1, len(sheet.rows))
            if not any(sheet.text(row, column) for row in data):
                return column
    return right
