"""The values of a workbook's sheets by calamine, put together with what stands behind them."""

import io
from collections.abc import Collection, Mapping
from math import isfinite
from typing import TYPE_CHECKING

from infodesk.text.message import Message
from infodesk.workbooks.formats.overlay import Expected, Overlay
from infodesk.workbooks.grid import Address, CellValue, Sheet, address
from infodesk.workbooks.limits import Limits
from infodesk.workbooks.unreadable import SAVE_AGAIN, UnreadableError, damaged, too_far

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
            raise damaged(Message("its list of sheets"))
        return tuple(
            _sheet(workbook, place, overlays[name], limits)
            for place, name in enumerate(workbook.sheet_names)
        )
    except CalamineError as error:
        raise damaged() from error


def _unreadable(reason: Message) -> UnreadableError:
    return UnreadableError(Message("the file cannot be read: {reason}", reason=reason), SAVE_AGAIN)


def _sheet(workbook: "CalamineWorkbook", place: int, overlay: Overlay, limits: Limits) -> Sheet:
    from python_calamine import SheetVisibleEnum  # noqa: PLC0415

    metadata = workbook.sheets_metadata[place]
    values = workbook.get_sheet_by_index(place)
    row, column = values.end or (-1, -1)
    if (row + 1) * (column + 1) > limits.cells:
        raise too_far(row + 1, column + 1)
    rows = _rows(values)
    _compare(metadata.name, rows, overlay.expected)
    rows = _without(rows, overlay.unsaved)
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
        tuple(_value(value) for value in row) for row in values.to_python(skip_empty_area=False)
    )


def _value(value: CellValue | int) -> CellValue:
    if type(value) is int:
        return float(value)
    if type(value) is float and not isfinite(value):
        raise _unreadable(Message("a number that is none"))
    return value


def _compare(
    name: str, rows: tuple[tuple[CellValue, ...], ...], expected: Mapping[Address, Expected]
) -> None:
    """Two readings must agree: calamine takes `1<!-- -->2` for 1, and leaves `&#49;2` blank."""
    for (row, column), wanted in expected.items():
        found = rows[row][column] if row < len(rows) and column < len(rows[row]) else ""
        if not _agrees(found, wanted):
            cell = address(name, row, column)
            raise _unreadable(Message("two ways to read {cell}", cell=cell))


def _without(
    rows: tuple[tuple[CellValue, ...], ...], blanked: Collection[Address]
) -> tuple[tuple[CellValue, ...], ...]:
    """The rows with some cells blank."""
    if not blanked:
        return rows
    by_row: dict[int, set[int]] = {}
    for row, column in blanked:
        by_row.setdefault(row, set()).add(column)
    return tuple(
        tuple("" if column in by_row[row] else value for column, value in enumerate(values))
        if row in by_row
        else values
        for row, values in enumerate(rows)
    )


def _agrees(found: CellValue, wanted: Expected) -> bool:
    if isinstance(wanted, float) and type(found) is float:
        return found == wanted
    if isinstance(wanted, str) and isinstance(found, str) and "_x" not in wanted:
        return found == wanted or "".join(found.split()) == "".join(wanted.split())
    return found != ""
