"""The values of a workbook's sheets by calamine, put together with what stands behind them."""

import io
from collections.abc import Mapping
from typing import TYPE_CHECKING

from infodesk.text.message import Message
from infodesk.workbooks.formats.overlay import Overlay
from infodesk.workbooks.grid import CellValue, Sheet
from infodesk.workbooks.limits import Limits
from infodesk.workbooks.unreadable import SAVE_AGAIN, UnreadableError, too_far

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook


def read_sheets(
    content: bytes, overlays: Mapping[str, Overlay], limits: Limits
) -> tuple[Sheet, ...]:
    """The sheets in order. UnreadableError if the two readings do not name the same sheets."""
    from python_calamine import CalamineError, CalamineWorkbook  # noqa: PLC0415

    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
        if set(workbook.sheet_names) != set(overlays):
            raise _unreadable("its sheets")
        return tuple(
            _sheet(workbook, place, overlays[name], limits)
            for place, name in enumerate(workbook.sheet_names)
        )
    except CalamineError as error:
        raise _unreadable(str(error)) from error


def _unreadable(reason: str) -> UnreadableError:
    return UnreadableError(Message("the file cannot be read: {reason}", reason=reason), SAVE_AGAIN)


def _sheet(workbook: "CalamineWorkbook", place: int, overlay: Overlay, limits: Limits) -> Sheet:
    from python_calamine import SheetVisibleEnum  # noqa: PLC0415

    metadata = workbook.sheets_metadata[place]
    values = workbook.get_sheet_by_index(place)
    row, column = values.end or (-1, -1)
    if (row + 1) * (column + 1) > limits.cells:
        raise too_far(row + 1, column + 1)
    rows = _rows(values)
    return Sheet(
        metadata.name,
        rows,
        metadata.visible == SheetVisibleEnum.Visible,
        overlay.errors,
        frozenset(overlay.unsaved),
        None if overlay.formulas is None else frozenset(overlay.formulas),
        overlay.hidden_rows(len(rows)),
        tuple(overlay.merges),
    )


def _rows(values: "CalamineSheet") -> tuple[tuple[CellValue, ...], ...]:
    """The rows; whole numbers of an .xls come as int, and leave as the floats all others are."""
    return tuple(
        tuple(float(value) if type(value) is int else value for value in row)
        for row in values.to_python(skip_empty_area=False)
    )
