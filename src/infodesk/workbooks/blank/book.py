"""A whole workbook: the cover, a sheet per form, written so that it is there whole or not at all."""

import io
import os
import re
from pathlib import Path

from xlsxwriter import Workbook

from infodesk.model.period import Frequency
from infodesk.text.language import Language
from infodesk.text.message import Message
from infodesk.workbooks import marks
from infodesk.workbooks.blank.cover import WIDTHS, paint_cover
from infodesk.workbooks.blank.cover_fields import COVER
from infodesk.workbooks.blank.drawing import Drawing
from infodesk.workbooks.blank.layout import FormSheet, lay_out
from infodesk.workbooks.blank.live import Sheets
from infodesk.workbooks.blank.plan import Plan
from infodesk.workbooks.blank.sheet import names, paint_sheet
from infodesk.workbooks.blank.styles import Styles
from infodesk.workbooks.blank.words import Words

REPORT_NAMES = {
    Frequency.MONTH: Message("monthly"),
    Frequency.QUARTER: Message("quarterly"),
    Frequency.HALF: Message("half-yearly"),
    Frequency.YEAR: Message("yearly"),
}


def file_name(plan: Plan, language: Language) -> str:
    """What the workbook is called: 2026-09_神经内科_月报.xlsx."""
    unit = re.sub(r'[\\/:*?"<>|\s]+', "_", language.tell(plan.sender.title))
    kind = language.tell(REPORT_NAMES[plan.period.frequency])
    return f"{plan.period}_{unit}_{kind}.xlsx"


def draw_workbook(plan: Plan, language: Language) -> bytes:
    """The workbook of a plan, as the bytes of an .xlsx file."""
    target = io.BytesIO()
    book = Workbook(
        target, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    book.set_properties({"title": file_name(plan, language), "author": "infodesk"})
    book.set_calc_mode("auto")
    styles = Styles(book)
    words = Words(language, plan.definitions.settings.explanation_length)
    cover = Drawing(book, language.tell(COVER), styles, language)
    layouts = [lay_out(plan, form, sheet_name(language.tell(form.title))) for form in plan.forms]
    sheets = _where(layouts)
    states = []
    for layout in layouts:
        drawing = Drawing(book, layout.name, styles, language)
        names(layout, drawing)
        states.append(paint_sheet(layout, drawing, sheets, words))
    paint_cover(cover, plan, words, states)
    _finish_cover(cover, plan)
    book.close()
    return target.getvalue()


def write_workbook(path: Path, content: bytes) -> None:
    """Put a file in its place whole: first beside it, then over it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.part")
    with beside.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)


def sheet_name(title: str) -> str:
    """A title as the name of a sheet: without the signs that spreadsheets refuse, 31 characters at most."""
    return re.sub(r"[\[\]:*?/\\']", " ", title).strip()[:31]


def _where(layouts: list[FormSheet]) -> Sheets:
    blocks = [block for layout in layouts for block in layout.blocks]
    return Sheets(
        {key: spot for block in blocks for key, spot in block.spots().items()},
        {key: place for block in blocks for key, place in block.previous_cells().items()},
        {
            key: area
            for layout in layouts
            for table in layout.tables
            for key, area in table.ranges().items()
        },
    )


def _finish_cover(cover: Drawing, plan: Plan) -> None:
    page = cover.sheet
    for column, width in enumerate(WIDTHS):
        page.set_column(column, column, width, None, {"hidden": True} if column > 2 else {})
    page.hide_gridlines(2)
    page.set_paper(9)
    page.center_horizontally()
    page.fit_to_pages(1, 1)
    page.print_area(0, 0, 40, 2)
    cover.name_here(marks.COVER, "1")
    cover.name_here(marks.SENDER, plan.sender.id)
    cover.name_here(marks.PERIOD, str(plan.period))
    cover.lock()
    page.activate()
