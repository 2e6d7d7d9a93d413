"""Writing cells of one sheet: by place, with live cells, merged lines and things put over them."""

from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from infodesk.text.language import Language
from infodesk.workbooks.blank.live import Live
from infodesk.workbooks.blank.styles import Styles

Content = str | float | int | Live | None


class Drawing:
    """One sheet being drawn. Rows and columns count from 0."""

    def __init__(self, book: Workbook, name: str, styles: Styles, language: Language) -> None:
        self.sheet: Worksheet = book.add_worksheet(name)
        self.book = book
        self.name = name
        self.styles = styles
        self.language = language

    def put(self, row: int, column: int, content: Content, style: Format) -> None:
        """A number, a text, a computed cell, or a blank one. A text never becomes a formula."""
        match content:
            case None | "":
                self.sheet.write_blank(row, column, None, style)
            case Live(formula, value):
                self.sheet.write_formula(row, column, formula, style, value)
            case str():
                self.sheet.write_string(row, column, content, style)
            case _:
                self.sheet.write_number(row, column, content, style)

    def merge(self, row: int, first: int, last: int, content: Content, style: Format) -> None:
        """One cell across several columns."""
        if first < last:
            self.sheet.merge_range(row, first, row, last, "", style)
        self.put(row, first, content, style)

    def over(self, area: tuple[int, int, int, int], condition: dict[str, Any]) -> None:
        """A conditional format over (first row, first column, last row, last column)."""
        self.sheet.conditional_format(*area, condition)

    def colour_states(self, area: tuple[int, int, int, int]) -> None:
        """Red for ✗, amber for △, green for ✓, grey for ○."""
        styles = self.styles
        for sign, style in (
            ("✗", styles.wrong),
            ("△", styles.warn),
            ("✓", styles.good),
            ("○", styles.faint),
        ):
            rule = {"type": "text", "criteria": "begins with", "value": sign, "format": style}
            self.over(area, rule)

    def name_here(self, name: str, value: str) -> None:
        """A name of this sheet alone that holds a text."""
        self.book.define_name(f"{quoted(self.name)}!{name}", '="' + value.replace('"', '""') + '"')

    def allow(self, area: tuple[int, int, int, int], rule: dict[str, Any]) -> None:
        """What may be typed into an area."""
        self.sheet.data_validation(*area, rule)

    def hide_row(self, row: int) -> None:
        """A row that people do not see."""
        self.sheet.set_row(row, None, None, {"hidden": True})

    def lock(self) -> None:
        """Protect without a password; only cells to fill in can be reached, Enter goes from one to the next."""
        self.sheet.protect(
            "",
            {
                "select_locked_cells": False,
                "format_columns": True,
                "format_rows": True,
                "insert_rows": True,
                "objects": False,
                "scenarios": False,
            },
        )


def quoted(sheet: str) -> str:
    """A sheet's name as formulas write it."""
    return "'" + sheet.replace("'", "''") + "'"


def cell(row: int, column: int, sheet: str | None = None) -> str:
    """A cell as formulas write it."""
    here = xl_rowcol_to_cell(row, column)
    return here if sheet is None else f"{quoted(sheet)}!{here}"


def cells(first: tuple[int, int], last: tuple[int, int], sheet: str | None = None) -> str:
    """A range as formulas write it."""
    area = f"{xl_rowcol_to_cell(*first)}:{xl_rowcol_to_cell(*last)}"
    return area if sheet is None else f"{quoted(sheet)}!{area}"


def display_width(text: str) -> int:
    """How many half-widths a text takes: a Chinese character takes two."""
    return sum(2 if ord(character) > 0x2E7F else 1 for character in text)
