"""A workbook's sheets to what it gives."""

from infodesk.workbooks.card_reader import read_card
from infodesk.workbooks.extraction import Extraction
from infodesk.workbooks.identify import FormSheet
from infodesk.workbooks.layout_reader import read_layout
from infodesk.workbooks.row_reader import read_rows
from infodesk.workbooks.table_reader import read_tables


def extract(sheets: tuple[FormSheet, ...], extraction: Extraction) -> None:
    """Take the parts out of the sheets of a workbook, cards and tables alike."""
    for found in sheets:
        if found.form.layout is not None:
            read_layout(found, extraction)
        elif found.form.has_rows:
            read_rows(found, extraction)
        else:
            read_card(found, extraction)
            read_tables(found, extraction)
