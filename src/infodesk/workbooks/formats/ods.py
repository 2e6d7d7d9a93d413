"""What stands behind the values of an .ods, from its content.xml (OpenDocument 1.3, part 3, 9)."""

import re
import zipfile

from infodesk.text.message import Message
from infodesk.workbooks.formats.overlay import ERROR_TEXTS, Names, Overlay
from infodesk.workbooks.formats.xml_parts import Handler, local, parse
from infodesk.workbooks.limits import Limits
from infodesk.workbooks.unreadable import damaged, too_far

_CONSTANT = re.compile(r'(?:of:)?=?"((?:[^"]|"")*)"')
_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?")
_ERROR = re.compile(r"Err:\d{3}")  # how LibreOffice writes errors that Excel has not


def look_into(archive: zipfile.ZipFile, limits: Limits) -> tuple[dict[str, Overlay], Names]:
    """The overlays by sheet, and the names that hold texts."""
    content = _Content(limits)
    with archive.open("content.xml") as part:
        parse(part, content)
    if not content.overlays:
        raise damaged(Message("it has no sheet"))
    return content.overlays, content.names


class _Content(Handler):
    """Walks the tables, counting what is repeated."""

    def __init__(self, limits: Limits) -> None:
        self.overlays: dict[str, Overlay] = {}
        self.names: Names = {}
        self._limits = limits
        self._sheet: str | None = None
        self._overlay = Overlay()
        self._row = self._column = self._rows = self._columns = 0
        self._cell: dict[str, str] | None = None
        self._text = ""
        self._note = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        match tag:
            case "table":
                self._sheet = local(attributes, "name")
                self._overlay = self.overlays.setdefault(self._sheet, Overlay())
                self._row = 0
            case "table-row":
                self._column = 0
                self._rows = _times(attributes, "number-rows-repeated")
                if local(attributes, "visibility") in ("collapse", "filter"):
                    self._overlay.hidden.append((self._row, self._row + self._rows))
            case "table-cell" | "covered-table-cell":
                self._cell, self._text = attributes, ""
                self._columns = _times(attributes, "number-columns-repeated")
            case "annotation":
                self._note += 1
            case "named-expression":
                self._name(attributes)

    def text(self, text: str) -> None:
        if self._cell is not None and not self._note:
            self._text += text

    def end(self, tag: str) -> None:
        match tag:
            case "table":
                self._sheet = None
            case "table-row":
                self._row += self._rows
            case "table-cell" | "covered-table-cell" if self._cell is not None:
                self._end_cell(self._cell)
                self._column += self._columns
                self._cell = None
            case "annotation":
                self._note -= 1

    def _name(self, attributes: dict[str, str]) -> None:
        constant = _CONSTANT.fullmatch(local(attributes, "expression").strip())
        if constant is not None:
            name = local(attributes, "name")
            self.names[self._sheet, name] = constant[1].replace('""', '"')

    def _end_cell(self, cell: dict[str, str]) -> None:
        has_formula = bool(local(cell, "formula"))
        kind = cell.get("office:value-type") or local(cell, "value-type")
        text = self._text.strip()
        self._merge(cell)
        if not has_formula and not kind and not text:
            return
        last = (self._row + self._rows - 1, self._column + self._columns - 1)
        self._overlay.reach(*last)
        if (self._overlay.last[0] + 1) * (self._overlay.last[1] + 1) > self._limits.cells:
            raise too_far(self._overlay.last[0] + 1, self._overlay.last[1] + 1)
        is_error = text in ERROR_TEXTS or _ERROR.fullmatch(text) is not None
        if not is_error:
            self._expect(cell, kind, text)
        for place in self._places() if has_formula or is_error else ():
            if has_formula:
                self._overlay.add_formula(place)
            if is_error:
                self._overlay.errors[place] = text
            elif has_formula and not kind and not text:
                self._overlay.unsaved.add(place)

    def _expect(self, cell: dict[str, str], kind: str, text: str) -> None:
        value, place = local(cell, "value"), (self._row, self._column)
        if kind in ("float", "percentage", "currency") and _NUMBER.fullmatch(value):
            self._overlay.expect(place, float(value))
        elif kind == "string" and text:
            self._overlay.expect(place, text)

    def _places(self) -> list[tuple[int, int]]:
        return [
            (row, column)
            for row in range(self._row, self._row + self._rows)
            for column in range(self._column, self._column + self._columns)
        ]

    def _merge(self, cell: dict[str, str]) -> None:
        columns, rows = _times(cell, "number-columns-spanned"), _times(cell, "number-rows-spanned")
        if columns > 1 or rows > 1:
            area = (self._row, self._column, self._row + rows - 1, self._column + columns - 1)
            self._overlay.merges.append(area)


def _times(attributes: dict[str, str], name: str) -> int:
    text = local(attributes, name, "1").strip()
    return max(int(text), 1) if text.isdigit() and len(text) < 9 else 1
