"""A page of HTML with a table, as systems export it and call it .xls."""

import codecs
import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

from infodesk.text.message import Message
from infodesk.workbooks.formats.delimited import plain_value
from infodesk.workbooks.formats.encoding import decode
from infodesk.workbooks.grid import Area, CellValue, Sheet
from infodesk.workbooks.limits import Limits
from infodesk.workbooks.unreadable import UnreadableError, damaged, too_far

_CHARSET = re.compile(rb"""charset\s*=\s*["']?\s*([A-Za-z0-9_-]+)""", re.IGNORECASE)
_SHEET_NAME = re.compile(r"<x:Name>([^<]{1,31})</x:Name>", re.IGNORECASE)
_AS_TEXT = re.compile(r"mso-number-format\s*:\s*[\"']?\\?@", re.IGNORECASE)
_HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_GENERATOR = re.compile(r'<meta\s+name="?generator"?\s+content="([^"<>]{1,80})"', re.IGNORECASE)


def read_html(content: bytes, name: str, limits: Limits) -> tuple[Sheet, str, str]:
    """The sheet of a page (its tables one under the other), its encoding, and the program that made it."""
    text, encoding = _text(content)
    page = _Page(limits)
    page.feed(text)
    page.close()
    if page.open_tables:
        raise damaged(Message("a table has no end"))
    if not page.rows:
        raise UnreadableError(Message("a page of HTML without a table"))
    named, made = _SHEET_NAME.search(text), _GENERATOR.search(text)
    return page.sheet(named[1] if named else name), encoding, made[1] if made else ""


def _text(content: bytes) -> tuple[str, str]:
    """The text as the page says it is encoded, else as it shows itself."""
    said = _CHARSET.search(content[:4096])
    codec = said[1].decode("ascii").lower() if said else ""
    codec = "gb18030" if codec in ("gb2312", "gbk", "gb18030") else codec
    try:
        known = codecs.lookup(codec).name if codec and b"\0" not in content[:64] else ""
        if known in ("utf-8", "gb18030") and not content.startswith(codecs.BOM_UTF8):
            return content.decode(known), known.upper()
    except (LookupError, UnicodeDecodeError):
        pass  # it says what it is not; what it is shows itself
    decoded = decode(content)
    return decoded.text, decoded.encoding


@dataclass
class _Cell:
    """A cell while its text comes in."""

    as_text: bool
    columns: int
    rows: int
    parts: list[str] = field(default_factory=list)

    def value(self) -> CellValue:
        text = re.sub(r"[ \t\r\n\xa0]+", " ", "".join(self.parts)).strip()
        return text if self.as_text else plain_value(text)


class _Page(HTMLParser):
    """Lays the cells of the tables out, spans and all."""

    def __init__(self, limits: Limits) -> None:
        super().__init__(convert_charrefs=True)
        self.rows: list[dict[int, CellValue]] = []
        self.merges: list[Area] = []
        self.hidden: set[int] = set()
        self.open_tables = 0
        self._limits, self._cell, self._column, self._width = limits, _Cell(False, 1, 1), 0, 0  # noqa: FBT003
        self._in_cell = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A table, a row or a cell begins."""
        attributes = {name: value or "" for name, value in attrs}
        match tag:
            case "table":
                self._start_table()
            case "tr" if self.open_tables:
                self._end_cell()
                self._start_row(attributes)
            case "td" | "th" if self.open_tables:
                self._end_cell()
                self._start_cell(attributes)
            case "br" if self._in_cell:
                self._cell.parts.append(" ")

    def handle_endtag(self, tag: str) -> None:
        """A table, a row or a cell ends."""
        if tag in ("td", "th", "tr", "table"):
            self._end_cell()
        if tag == "table":
            self.open_tables = max(self.open_tables - 1, 0)

    def handle_data(self, data: str) -> None:
        """Text, of which only what stands in cells counts."""
        if self._in_cell:
            self._cell.parts.append(data)

    def _start_table(self) -> None:
        if self.open_tables:
            raise UnreadableError(
                Message("a page of HTML with tables inside tables"),
                Message("open it in Excel or WPS, save it as .xlsx, and collect that"),
            )
        self.open_tables += 1

    def _start_row(self, attributes: dict[str, str]) -> None:
        self.rows.append({})
        self._column = 0
        if _HIDDEN.search(attributes.get("style", "")):
            self.hidden.add(len(self.rows) - 1)

    def _start_cell(self, attributes: dict[str, str]) -> None:
        if not self.rows:
            self._start_row({})
        as_text = "x:str" in attributes or bool(_AS_TEXT.search(attributes.get("style", "")))
        columns, rows = (_span(attributes.get(name, "1")) for name in ("colspan", "rowspan"))
        self._cell, self._in_cell = _Cell(as_text, columns, rows), True

    def _end_cell(self) -> None:
        if not self._in_cell:
            return
        self._in_cell = False
        row = len(self.rows) - 1
        while self._covered(row, self._column):
            self._column += 1
        cell = self._cell
        self.rows[row][self._column] = cell.value()
        if cell.columns > 1 or cell.rows > 1:
            area = (row, self._column, row + cell.rows - 1, self._column + cell.columns - 1)
            self.merges.append(area)
        self._column += cell.columns
        self._width = max(self._width, self._column)
        if self._width * len(self.rows) > self._limits.cells:
            raise too_far(len(self.rows), self._width)

    def _covered(self, row: int, column: int) -> bool:
        return any(
            first < row <= last and left <= column <= right
            for first, left, last, right in self.merges[-500:]
        )

    def sheet(self, name: str) -> Sheet:
        """What was laid out."""
        rows = tuple(
            tuple(row.get(column, "") for column in range(self._width)) for row in self.rows
        )
        return Sheet(name, rows, hidden_rows=frozenset(self.hidden), merges=tuple(self.merges))


def _span(text: str) -> int:
    digits = text.strip()
    return max(int(digits), 1) if digits.isdigit() and len(digits) < 6 else 1
