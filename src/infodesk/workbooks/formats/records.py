"""Walking the records of the two binary workbook formats, and the texts in them."""

import struct
from collections.abc import Iterator

Record = tuple[int, bytes]


def old_records(stream: bytes, start: int = 0) -> Iterator[Record]:
    """The records of an .xls stream: number, length, data ([MS-XLS] 2.1.4). EOFError if one is cut."""
    place = start
    while place < len(stream):
        if place + 4 > len(stream):
            raise EOFError("a record is cut")
        number, length = struct.unpack_from("<HH", stream, place)
        data = stream[place + 4 : place + 4 + length]
        if len(data) < length:
            raise EOFError("a record is cut")
        yield number, data
        place += 4 + length


def new_records(part: bytes) -> Iterator[Record]:
    """The records of an .xlsb part: numbers and lengths in 7 bits a byte ([MS-XLSB] 2.1.4)."""
    place = 0
    while place < len(part):
        number, place = _number(part, place, 2)
        length, place = _number(part, place, 4)
        data = part[place : place + length]
        if len(data) < length:
            raise EOFError("a record is cut")
        yield number, data
        place += length


def _number(part: bytes, place: int, longest: int) -> tuple[int, int]:
    """A number written in 7 bits a byte, the low ones first, and the place after it."""
    value = 0
    for step in range(longest):
        if place >= len(part):
            raise EOFError("a record is cut")
        byte = part[place]
        place += 1
        value |= (byte & 0x7F) << (7 * step)
        if not byte & 0x80:
            break
    return value, place


def wide_text(data: bytes, place: int) -> tuple[str, int]:
    """An XLWideString at a place, and the place after it; a null one is empty."""
    (length,) = struct.unpack_from("<I", data, place)
    if length == 0xFFFFFFFF:
        return "", place + 4
    end = place + 4 + 2 * length
    return data[place + 4 : end].decode("utf-16-le"), end


def constant_text(formula: bytes) -> str | None:
    """The text of a formula that is one text and nothing else (.xls: PtgStr with its flags byte)."""
    if len(formula) < 3 or formula[0] != 0x17:
        return None
    length, wide = formula[1], formula[2] & 1
    text = formula[3:]
    if len(text) != length * (2 if wide else 1):
        return None
    return text.decode("utf-16-le" if wide else "latin-1")


def constant_wide_text(formula: bytes) -> str | None:
    """The same in an .xlsb, whose texts are always wide."""
    if len(formula) < 3 or formula[0] != 0x17:
        return None
    (length,) = struct.unpack_from("<H", formula, 1)
    return formula[3:].decode("utf-16-le") if len(formula) == 3 + 2 * length else None
