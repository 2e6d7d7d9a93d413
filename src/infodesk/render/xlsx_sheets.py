"""The sheets of a spreadsheet report: what stands on them, from top to bottom."""

from collections.abc import Iterable
from math import ceil

from xlsxwriter.chart import Chart as NativeChart
from xlsxwriter.worksheet import Worksheet

from infodesk.render.document import Cell, Column, Document, Row, Table
from infodesk.render.widths import column_widths, display_width
from infodesk.render.xlsx_charts import HEIGHT
from infodesk.render.xlsx_styles import Styles

LINE = 15  # points of height for a line of body text
ROW_PIXELS = 20  # of an untouched row, to know how many a chart covers
CHARACTER_PIXELS = 7  # of a column, for each character it is wide
UPRIGHT = 108  # characters: a wider sheet is printed lying
LYING = (
    150  # characters: in a wider sheet columns of words give way, for on A4 nobody could read it
)
CARDS_IN_A_ROW = 4


class Sheet:
    """One sheet, written downwards."""

    def __init__(self, sheet: Worksheet, styles: Styles, widths: Iterable[int]) -> None:
        self.sheet, self._styles = sheet, styles
        self.widths = tuple(widths)
        self._next = 0
        for place, width in enumerate(self.widths):
            sheet.set_column(place, place, width)

    def put_words(self, kind: str, words: str) -> None:
        """A paragraph over the whole width, its row as high as its lines."""
        style = self._styles.words(kind)
        sizes = {"title": 34, "hospital": 22, "period": 24, "h2": 24, "caption": 24}
        lines = ceil(display_width(words) * 1.04 / max(1, sum(self.widths)))
        self.sheet.set_row(self._next, sizes.get(kind, max(1, lines) * LINE + 3))
        if len(self.widths) > 1:
            self.sheet.merge_range(self._next, 0, self._next, len(self.widths) - 1, "", style)
        self.sheet.write_string(self._next, 0, words, style)
        self._next += 1

    def put_table(self, table: Table, *, frozen: bool = False) -> None:
        """A table: headings, rows, note."""
        self.sheet.set_row(self._next, _heading_height(table, self.widths))
        for place, column in enumerate(table.columns):
            heading = f"{column.title}\n{column.unit}" if column.unit else column.title
            self.sheet.write_string(self._next, place, heading, self._styles.head())
        self._next += 1
        if frozen:
            self.sheet.freeze_panes(self._next, 1)
            self.sheet.repeat_rows(self._next - 1)
        for row in table.rows:
            self._put_row(table, row)
        if table.note:
            self.put_words("note", table.note)

    def put_cards(self, table: Table) -> None:
        """The rows of a table as cards over four columns: what, the number with its unit, the rest."""
        for start in range(0, len(table.rows), CARDS_IN_A_ROW):
            rows = table.rows[start : start + CARDS_IN_A_ROW]
            self.sheet.set_row(self._next + 1, 30)
            foot = len(table.columns) - 1
            self.sheet.set_row(self._next + foot, 6)
            for place, row in enumerate(rows):
                what, unit, value, *rest = table.padded(row)
                self._card_line(0, place, what.shown, "label")
                self._put_value(place, value, unit)
                for down, (column, cell) in enumerate(zip(table.columns[3:], rest, strict=True), 2):
                    self._card_line(down, place, f"{column.title} {cell.shown}", "line")
                self._card_line(foot, place, "", "foot")
            self._next += foot + 1
        if table.note:
            self.put_words("note", table.note)

    def _card_line(self, down: int, place: int, words: str, part: str) -> None:
        self.sheet.write_string(self._next + down, place, words, self._styles.card(part))

    def _put_value(self, place: int, value: Cell, unit: Cell) -> None:
        if value.number is None:
            self._card_line(1, place, value.shown, "value")
            return
        suffix = unit.shown.replace('"', "")
        style = self._styles.card("value", f'{value.spreadsheet_pattern}" {suffix}"')
        self.sheet.write_number(self._next + 1, place, float(value.number), style)

    def _put_row(self, table: Table, row: Row) -> None:
        self.sheet.set_row(self._next, self._row_height(table, row))
        if row.kind == "group":
            style = self._styles.group()
            last = len(table.columns) - 1
            self.sheet.merge_range(self._next, 0, self._next, last, "", style)
            self.sheet.write_string(self._next, 0, row.cells[0].shown, style)
        else:
            for place, column in enumerate(table.columns):
                self._put_cell(place, row, column, table.padded(row)[place])
        self._next += 1

    def _put_cell(self, place: int, row: Row, column: Column, cell: Cell) -> None:
        style = self._styles.cell(row, column, cell)
        if cell.number is not None:
            self.sheet.write_number(self._next, place, float(cell.number), style)
        else:
            self.sheet.write_string(self._next, place, cell.shown, style)

    def _row_height(self, table: Table, row: Row) -> float:
        if row.kind == "group":
            return LINE + 4
        lines = (
            ceil(display_width(cell.shown) / max(1, width - 1))
            for cell, width in zip(table.padded(row), self.widths, strict=False)
        )
        return max(1, *lines) * LINE + 4

    def put_chart(self, chart: NativeChart) -> None:
        """A chart under what stands there, as wide as the sheet."""
        width = sum(CHARACTER_PIXELS * each + 5 for each in self.widths)
        chart.set_size({"width": min(900, max(480, width)), "height": HEIGHT})
        self.sheet.insert_chart(self._next + 1, 0, chart)
        self._next += HEIGHT // ROW_PIXELS + 3

    def set_up(self, document: Document) -> None:
        """Paper, margins, and what is printed on every page."""
        sheet = self.sheet
        sheet.set_paper(9)
        if sum(self.widths) > UPRIGHT:
            sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=0.5, right=0.5, top=0.75, bottom=0.75)
        sheet.hide_gridlines(2)
        running = f"{document.hospital}  {document.title}  {document.period}".replace("&", "&&")
        secrecy = document.secrecy.replace("&", "&&")
        page = document.language("Page {page} of {pages}", page="&P", pages="&N")
        roles = "          ".join(document.roles()).replace("&", "&&")
        # The blank ends the size: it would go on in a name that begins with a digit.
        sheet.set_header(f"&L&9 {running}&R&9 {secrecy}")
        sheet.set_footer(f"&L&9 {roles}&R&9 {page}")


def _heading_height(table: Table, widths: tuple[int, ...]) -> float:
    lines = (
        ceil(display_width(column.title) / max(1, width - 1)) + bool(column.unit)
        for column, width in zip(table.columns, widths, strict=False)
    )
    return max(1, *lines) * LINE + 6


def widths_of(tables: Iterable[Table], least: int = 0) -> tuple[int, ...]:
    """Columns wide enough for all of these tables, the sheet `least` characters wide in all."""
    all_widths = [column_widths(table, LYING) for table in tables]
    count = max((len(widths) for widths in all_widths), default=1)
    widest = [
        max((widths[place] for widths in all_widths if place < len(widths)), default=0) + 1
        for place in range(count)
    ]
    missing = max(0, least - sum(widest))
    return tuple(width + missing // count for width in widest)
