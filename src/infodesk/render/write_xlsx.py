"""A document as a spreadsheet: the front page, a sheet for every table, native charts."""

import re
from collections.abc import Iterator
from datetime import UTC
from io import BytesIO
from itertools import takewhile

from xlsxwriter import Workbook

from infodesk.render.document import Block, Chart, Document, PageBreak, Table, Text
from infodesk.render.markdown import paragraphs, with_content
from infodesk.render.xlsx_charts import first_rows, native_chart, put_data
from infodesk.render.xlsx_sheets import Sheet, widths_of
from infodesk.render.xlsx_styles import Styles

FRONT_WIDTH = 100  # characters: the front page is printed upright on A4
FOUR_CARDS = (FRONT_WIDTH // 4,) * 4
BULLET = "· "


def xlsx_of(document: Document) -> bytes:
    """The whole document; nothing in it is a formula."""
    packed = BytesIO()
    book = Workbook(packed, {"in_memory": True, "strings_to_formulas": False})
    moment = document.made_at.astimezone(UTC).replace(tzinfo=None)
    book.set_properties(
        {
            "title": f"{document.title} {document.period}",
            "author": document.hospital,
            "keywords": document.secrecy,
            "created": moment,
        }
    )
    _Book(book, document).write()
    book.close()
    return packed.getvalue()


class _Book:
    """A workbook in the making."""

    def __init__(self, book: Workbook, document: Document) -> None:
        self._book, self._document = book, document
        self._styles = Styles(book)
        self._names: set[str] = set()
        charts = [block for block in document.blocks if isinstance(block, Chart)]
        self._first_rows = first_rows(charts)
        self._data = self._unique(document.language("Chart data"))

    def write(self) -> None:
        """The front page, the tables and charts after it, all other words, the numbers of the charts."""
        blocks = self._document.blocks
        front = list(takewhile(lambda block: not isinstance(block, PageBreak), blocks))
        self._front(front)
        rest = blocks[len(front) :]
        self._tables(rest)
        self._words([block for block in rest if isinstance(block, Text)])
        self._chart_data()

    def _front(self, blocks: list[Block]) -> None:
        grids = [b for b in blocks if isinstance(b, Table) and b.look == "grid"]
        widths = widths_of(grids, FRONT_WIDTH) if grids else FOUR_CARDS
        sheet = self._sheet(self._document.title, widths)
        for kind, words in self._head():
            sheet.put_words(kind, words)
        for block in blocks:
            self._put(sheet, block)

    def _head(self) -> Iterator[tuple[str, str]]:
        document = self._document
        yield "secrecy", document.secrecy
        yield "hospital", document.hospital
        yield "title", document.title
        yield "period", document.period
        yield "particulars", "    ".join(document.pairs())

    def _tables(self, blocks: tuple[Block, ...]) -> None:
        """A sheet for every table; a chart stands under the table before it."""
        sheet: Sheet | None = None
        for block in blocks:
            if isinstance(block, Table):
                sheet = self._sheet(block.title, widths_of([block]))
                sheet.put_words("caption", self._document.caption(block))
                sheet.put_table(block, frozen=True)
            elif isinstance(block, Chart):
                sheet = sheet or self._sheet(block.title, widths_of([], FRONT_WIDTH))
                self._put(sheet, block)

    def _words(self, blocks: list[Text]) -> None:
        found = with_content(pair for block in blocks for pair in paragraphs(block.markdown))
        if found:
            sheet = self._sheet(self._document.language("Notes"), (FRONT_WIDTH,))
            for kind, words in found:
                sheet.put_words(kind, _bulleted(kind, words))

    def _put(self, sheet: Sheet, block: Block) -> None:
        match block:
            case Text(markdown):
                for kind, words in paragraphs(markdown):
                    sheet.put_words(kind, _bulleted(kind, words))
            case Table() if block.look == "cards" and len(sheet.widths) == len(FOUR_CARDS):
                sheet.put_cards(block)
            case Table():
                if block.number:
                    sheet.put_words("caption", self._document.caption(block))
                sheet.put_table(block)
            case Chart():
                caption = self._document.caption(block)
                first = self._first_rows[block]
                sheet.put_chart(native_chart(self._book, self._data, block, caption, first))

    def _chart_data(self) -> None:
        if self._first_rows:
            sheet = self._book.add_worksheet(self._data)
            sheet.set_column(0, 0, 24)
            sheet.set_column(1, 12, 14)
            for chart, first in self._first_rows.items():
                put_data(sheet, chart, self._document.caption(chart), first)

    def _sheet(self, title: str, widths: tuple[int, ...]) -> Sheet:
        made = Sheet(self._book.add_worksheet(self._unique(title)), self._styles, widths)
        made.set_up(self._document)
        return made

    def _unique(self, title: str) -> str:
        """A title as the name of a sheet, used once."""
        plain = re.sub(r"[\[\]:*?/\\']", " ", title).strip()[:31] or "-"
        name, copy = plain, 2
        while name.casefold() in self._names:
            name, copy = f"{plain[:27]} {copy}", copy + 1
        self._names.add(name.casefold())
        return name


def _bulleted(kind: str, words: str) -> str:
    return BULLET + words if kind == "li" else words
