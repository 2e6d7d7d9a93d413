"""The line that says whether a sheet, or the workbook, can be sent."""

from infodesk.workbooks.blank.drawing import Drawing
from infodesk.workbooks.blank.live import Live
from infodesk.workbooks.blank.words import Words


def paint_status(drawing: Drawing, row: int, last: int, summary: Live, words: Words) -> None:
    """Amber while something is missing, green when it can be sent."""
    drawing.merge(row, 0, last, summary, drawing.styles.status)
    drawing.sheet.set_row(row, 24)
    ready = words.language("Ready to send")
    rule = {
        "type": "formula",
        "criteria": f'=$A${row + 1}="{ready}"',
        "format": drawing.styles.ready,
    }
    drawing.over((row, 0, row, last), rule)
