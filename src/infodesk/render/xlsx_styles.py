"""The cell formats of a spreadsheet report, made as they are needed."""

from xlsxwriter import Workbook
from xlsxwriter.format import Format

from infodesk.render.document import Cell, Column, Row
from infodesk.render.look import (
    CARD_FILL,
    FAINT,
    FRAME,
    GROUP_FILL,
    HEAD_FILL,
    INK,
    RULE,
    SIGN_FILL,
    TONES,
)

BODY, HEADING = "宋体", "黑体"

Property = str | int | float | bool

_BASE: dict[str, Property] = {
    "font_name": BODY,
    "font_size": 10.5,
    "font_color": INK,
    "valign": "vcenter",
}


class Styles:
    """The formats of one workbook."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._made: dict[tuple[tuple[str, Property], ...], Format] = {}

    def make(self, **properties: Property) -> Format:
        """A format: body text, ink on white, unless said otherwise."""
        key = tuple(sorted((_BASE | properties).items()))
        if key not in self._made:
            self._made[key] = self._book.add_format(dict(key))
        return self._made[key]

    def words(self, kind: str) -> Format:
        """The format of a paragraph, by its kind."""
        return self.make(**(_PARAGRAPH | _WORDS.get(kind, {})))

    def head(self) -> Format:
        """The header of a column."""
        return self._framed(
            font_name=HEADING, bold=True, align="center", bg_color=HEAD_FILL, text_wrap=True
        )

    def group(self) -> Format:
        """A line that begins a group of rows."""
        return self._framed(bold=True, bg_color=GROUP_FILL)

    def cell(self, row: Row, column: Column, cell: Cell) -> Format:
        """A cell of a table."""
        shape: dict[str, Property] = {
            "num_format": "General" if cell.number is None else cell.spreadsheet_pattern,
            "align": column.align,
            "font_color": TONES[cell.tone],
            "text_wrap": column.align == "left",
            "indent": 0 if column.align == "center" else 1,
        }
        if row.kind == "total":
            shape |= {"bold": True, "bg_color": GROUP_FILL}
        if cell.sign:
            shape["bg_color"] = SIGN_FILL
        return self._framed(**shape)

    def card(self, part: str, pattern: str = "General") -> Format:
        """A line of a card: its label, its value, or what stands beneath."""
        base: dict[str, Property] = {
            "align": "center",
            "bg_color": CARD_FILL,
            "num_format": pattern,
        }
        sides: dict[str, Property] = {"left": 1, "right": 1, "border_color": FRAME}
        return self.make(**(base | sides | _CARD[part]))

    def _framed(self, **properties: Property) -> Format:
        return self.make(**(_FRAME | properties))


_PARAGRAPH: dict[str, Property] = {"text_wrap": True, "valign": "top"}
_FRAME: dict[str, Property] = {"border": 1, "border_color": FRAME}

_CARD: dict[str, dict[str, Property]] = {
    "label": {"font_size": 9, "font_color": FAINT, "top": 1},
    "value": {"font_name": HEADING, "font_size": 16, "bold": True},
    "line": {"font_size": 9},
    "foot": {"font_size": 4, "bottom": 1},
}

_WORDS: dict[str, dict[str, Property]] = {
    "hospital": {"align": "center", "font_size": 13},
    "title": {"align": "center", "font_size": 20, "bold": True, "valign": "vcenter"},
    "period": {"align": "center", "font_size": 12, "bottom": 5, "bottom_color": RULE},
    "particulars": {"align": "center", "font_size": 9, "font_color": FAINT},
    "secrecy": {"font_name": HEADING, "font_size": 11},
    "caption": {"font_name": HEADING, "font_size": 12, "bold": True, "valign": "vcenter"},
    "note": {"font_size": 9, "font_color": FAINT},
    "quote": {"bg_color": GROUP_FILL, "left": 5, "left_color": RULE, "indent": 1},
    "h1": {"font_name": HEADING, "font_size": 13, "bold": True},
    "h2": {"font_name": HEADING, "font_size": 13, "bold": True},
    "h3": {"font_name": HEADING, "font_size": 11, "bold": True},
}
