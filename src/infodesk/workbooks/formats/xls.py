"""What stands behind the values of an .xls or .et, from the records of its stream ([MS-XLS] 2.4)."""

import io
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from infodesk.text.message import Message
from infodesk.workbooks.formats.overlay import ERRORS, Names, Overlay
from infodesk.workbooks.formats.records import constant_text, old_records
from infodesk.workbooks.limits import Limits
from infodesk.workbooks.unreadable import UnreadableError, damaged, too_far

FORMULA, EOF, NAME, FILEPASS = 0x0006, 0x000A, 0x0018, 0x002F
SHEET, MERGES, BOOL_OR_ERROR, ROW, BEGIN = 0x0085, 0x00E5, 0x0205, 0x0208, 0x0809
NUMBER = 0x0203
CELLS = frozenset({FORMULA, BOOL_OR_ERROR, NUMBER, 0x0204, 0x027E, 0x00FD, 0x00D6})
MANY_NUMBERS = 0x00BD  # several cells in one record
STREAMS = ("Workbook", "Book")

if TYPE_CHECKING:
    import olefile


def workbook_stream(content: bytes) -> bytes | None:
    """The stream of the workbook in a compound file; nothing if there is none."""
    with open_compound(content) as compound:
        name = next((name for name in STREAMS if compound.exists(name)), None)
        return None if name is None else bytes(compound.openstream(name).read())


def has_stream(content: bytes, name: str) -> bool:
    """Whether a compound file holds a stream of this name."""
    with open_compound(content) as compound:
        return bool(compound.exists(name))


@contextmanager
def open_compound(content: bytes) -> Iterator["olefile.OleFileIO"]:
    """Open a compound file; whatever is wrong with it while it is open is damage."""
    import olefile  # noqa: PLC0415  # only compound files need it

    try:
        with olefile.OleFileIO(
            io.BytesIO(content), raise_defects=olefile.DEFECT_INCORRECT
        ) as compound:
            yield compound
    except (OSError, struct.error, IndexError, ValueError) as error:
        raise damaged() from error


def is_locked(stream: bytes) -> bool:
    """Whether a workbook's stream is encrypted."""
    return any(number == FILEPASS for number, _ in _part(stream, 0))


def look_into(stream: bytes, limits: Limits, *, computed: bool) -> tuple[dict[str, Overlay], Names]:
    """The overlays by sheet, and the names that hold texts.

    The format cannot leave a formula's value out. Libraries store 0 or an empty text for one they never
    computed, and LibreOffice 0 for texts: unless the program is known to compute (`computed`), that is no value.
    """
    try:
        sheets, names = _workbook(stream)
        overlays = {name: _overlay(stream, start, limits) for name, start in sheets}
    except (EOFError, struct.error, IndexError, UnicodeDecodeError) as error:
        raise damaged() from error
    if not overlays or len(overlays) < len(sheets):
        raise damaged(Message("its list of sheets"))
    for overlay in overlays.values() if not computed else ():
        formulas = overlay.formulas or set()
        overlay.unsaved |= {place for place in formulas if not overlay.expected.get(place, 1)}
    return overlays, names


def _part(stream: bytes, start: int) -> Iterator[tuple[int, bytes]]:
    """The records from a beginning to its end, without the charts that stand inside."""
    depth = 0
    for number, data in old_records(stream, start):
        depth += number == BEGIN
        if depth == 0:
            raise EOFError("a part does not begin where it should")
        if depth == 1:
            yield number, data
        depth -= number == EOF
        if depth == 0:
            return
    raise EOFError("a part has no end")


def _workbook(stream: bytes) -> tuple[list[tuple[str, int]], Names]:
    sheets: list[tuple[str, int]] = []
    defined: list[tuple[int, str, str]] = []
    for number, data in _part(stream, 0):
        if number == BEGIN and struct.unpack_from("<H", data)[0] != 0x0600:
            raise UnreadableError(
                Message("a workbook of Excel 95 or older"),
                Message("save it as .xlsx in Excel or WPS, and collect that"),
            )
        if number == SHEET:
            (start,) = struct.unpack_from("<I", data)
            wide, length = data[7] & 1, data[6]
            text = data[8 : 8 + length * (2 if wide else 1)]
            sheets.append((text.decode("utf-16-le" if wide else "latin-1"), start))
        elif number == NAME:
            defined += _name(data)
    names: Names = {}
    for scope, name, constant in defined:
        names[sheets[scope - 1][0] if 0 < scope <= len(sheets) else None, name] = constant
    return sheets, names


def _name(data: bytes) -> Iterator[tuple[int, str, str]]:
    """Scope (0: everywhere), name and text of a name that holds a text ([MS-XLS] 2.4.150 Lbl)."""
    length, size = data[3], struct.unpack_from("<H", data, 4)[0]
    (scope,) = struct.unpack_from("<H", data, 8)
    wide = data[14] & 1
    end = 15 + length * (2 if wide else 1)
    name = data[15:end].decode("utf-16-le" if wide else "latin-1")
    text = constant_text(data[end : end + size])
    if text is not None:
        yield scope, name, text


def _overlay(stream: bytes, start: int, limits: Limits) -> Overlay:
    overlay = Overlay()
    for number, data in _part(stream, start):
        if number in CELLS:
            _cell(overlay, number, data)
        elif number == MANY_NUMBERS:
            row, _ = struct.unpack_from("<HH", data)
            overlay.reach(row, struct.unpack("<H", data[-2:])[0])
        elif number == ROW and data[12] & 0x20:  # fDyZero
            (row,) = struct.unpack_from("<H", data)
            overlay.hidden.append((row, row + 1))
        elif number == MERGES:
            for place in range(2, len(data) - 7, 8):
                first, last, left, right = struct.unpack_from("<4H", data, place)
                overlay.merges.append((first, left, last, right))
    if (overlay.last[0] + 1) * (overlay.last[1] + 1) > limits.cells:
        raise too_far(overlay.last[0] + 1, overlay.last[1] + 1)
    return overlay


def _cell(overlay: Overlay, number: int, data: bytes) -> None:
    place = row, column = struct.unpack_from("<HH", data)
    overlay.reach(row, column)
    if number == FORMULA:
        overlay.add_formula(place)
        if data[12:14] != b"\xff\xff":
            overlay.expect(place, struct.unpack_from("<d", data, 6)[0])
        elif data[6] == 2:
            overlay.errors[place] = ERRORS.get(data[8], "#ERROR!")
        elif data[6] == 3:
            overlay.expect(place, "")
    elif number == NUMBER:
        overlay.expect(place, struct.unpack_from("<d", data, 6)[0])
    elif number == BOOL_OR_ERROR and data[7]:
        overlay.errors[place] = ERRORS.get(data[6], "#ERROR!")
