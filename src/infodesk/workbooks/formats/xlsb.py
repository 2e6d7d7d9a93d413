"""What stands behind the values of an .xlsb, from its records ([MS-XLSB] 2.4)."""

import struct
import zipfile

from infodesk.text.message import Message
from infodesk.workbooks.formats.overlay import ERRORS, Names, Overlay
from infodesk.workbooks.formats.records import constant_wide_text, new_records, wide_text
from infodesk.workbooks.formats.xlsx import part_name, relations
from infodesk.workbooks.limits import Limits
from infodesk.workbooks.unreadable import damaged, too_far

ROW, BLANK, CELL_ERROR, CELLS = 0, 1, 3, range(1, 12)
FORMULAS, FORMULA_ERROR = range(8, 12), 11
NAME, SHEET, MERGE = 39, 156, 176
END_SHEET = 130  # BrtEndSheet, the last record of a sheet


def look_into(archive: zipfile.ZipFile, limits: Limits) -> tuple[dict[str, Overlay], Names]:
    """The overlays by sheet, and the names that hold texts."""
    parts = set(archive.namelist())
    targets = relations(archive, "xl/_rels/workbook.bin.rels")
    sheets, names = _workbook(archive.read("xl/workbook.bin"))
    overlays = {}
    for sheet, relation in sheets:
        part = part_name(targets.get(relation, ""))
        if part not in parts:
            raise damaged(Message("the part of sheet {sheet} is missing", sheet=sheet))
        overlays[sheet] = _overlay(archive.read(part), limits)
    return overlays, names


def _workbook(part: bytes) -> tuple[list[tuple[str, str]], Names]:
    sheets: list[tuple[str, str]] = []
    defined: list[tuple[int, str, str]] = []
    for number, data in new_records(part):
        if number == SHEET:
            relation, place = wide_text(data, 8)
            sheets.append((wide_text(data, place)[0], relation))
        elif number == NAME:
            (scope,) = struct.unpack_from("<I", data, 5)
            name, place = wide_text(data, 9)
            (length,) = struct.unpack_from("<I", data, place)
            text = constant_wide_text(data[place + 4 : place + 4 + length])
            if text is not None:
                defined.append((scope, name, text))
    names: Names = {}
    for scope, name, text in defined:
        names[sheets[scope][0] if scope < len(sheets) else None, name] = text
    return sheets, names


def _overlay(part: bytes, limits: Limits) -> Overlay:
    overlay, row, last = Overlay(), -1, -1
    for number, data in new_records(part):
        last = number
        if number == ROW:
            (row,) = struct.unpack_from("<I", data)
            if data[11] & 0x10:  # fDyZero
                overlay.hidden.append((row, row + 1))
        elif number in CELLS:
            _cell(overlay, row, number, data)
        elif number == MERGE:
            first, end, left, right = struct.unpack_from("<4I", data)
            overlay.merges.append((first, left, end, right))
    if last != END_SHEET:
        raise damaged(Message("a sheet has no end"))
    if (overlay.last[0] + 1) * (overlay.last[1] + 1) > limits.cells:
        raise too_far(overlay.last[0] + 1, overlay.last[1] + 1)
    return overlay


def _cell(overlay: Overlay, row: int, number: int, data: bytes) -> None:
    (column,) = struct.unpack_from("<I", data)
    if number != BLANK:
        overlay.reach(row, column)
    if number in FORMULAS:
        overlay.add_formula((row, column))
    if number in (CELL_ERROR, FORMULA_ERROR):
        overlay.errors[row, column] = ERRORS.get(data[8], "#ERROR!")
