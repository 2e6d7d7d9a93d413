"""The bytes of a file to a book of sheets."""

import io

from infodesk.workbooks.grid import Book, Sheet
from infodesk.workbooks.package import Overlay, damaged, look_into


def read_book(content: bytes) -> Book:
    """Read an .xlsx file. Raises UnreadableError."""
    from python_calamine import CalamineError, CalamineWorkbook, SheetVisibleEnum  # noqa: PLC0415

    package = look_into(content)
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
        sheets = []
        for metadata in workbook.sheets_metadata:
            overlay = package.overlays.get(metadata.name, Overlay())
            values = workbook.get_sheet_by_name(metadata.name).to_python(skip_empty_area=False)
            rows = tuple(tuple(row) for row in values)
            visible = metadata.visible == SheetVisibleEnum.Visible
            sheets.append(Sheet(metadata.name, rows, visible, overlay.errors, overlay.unsaved))
    except CalamineError as error:
        raise damaged() from error
    return Book(tuple(sheets), package.names)
