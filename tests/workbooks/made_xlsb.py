"""A table as .xlsb, by hand ([MS-XLSB]): no library writes it that we would use."""

import struct
from collections.abc import Mapping

from infodesk.workbooks.grid import Address
from tests.workbooks.tables import Table, packed, places


def xlsb(table: Table) -> bytes:
    """By hand ([MS-XLSB]): no library writes it that we would use."""
    workbook = _record(131) + _record(143)
    for number, (name, state) in enumerate([("甲", 0), ("乙", 1)], 1):
        workbook += _record(
            156, struct.pack("<II", state, number) + _wide(f"rId{number}") + _wide(name)
        )
    formula = b"\x17" + struct.pack("<H", len(table.name)) + table.name.encode("utf-16-le")
    workbook += _record(144)
    defined = struct.pack("<IBI", 0, 0, 0) + _wide("infodesk_form")
    workbook += _record(
        39,
        defined
        + struct.pack("<I", len(formula))
        + formula
        + bytes(4)
        + struct.pack("<I", 0xFFFFFFFF),
    )
    workbook += _record(132)
    return packed(
        {
            "[Content_Types].xml": XLSB_TYPES,
            "_rels/.rels": _rels({"rId1": ("officeDocument", "xl/workbook.bin")}),
            "xl/workbook.bin": workbook,
            "xl/_rels/workbook.bin.rels": _rels(
                {f"rId{n}": ("worksheet", f"worksheets/sheet{n}.bin") for n in (1, 2)}
            ),
            "xl/worksheets/sheet1.bin": _sheet(table),
            "xl/worksheets/sheet2.bin": _sheet(Table()),
        }
    )


XLSB_TYPES = b"""<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Override PartName="/xl/workbook.bin" ContentType="application/vnd.ms-excel.sheet.binary.macroEnabled.main"/>
<Override PartName="/xl/worksheets/sheet1.bin" ContentType="application/vnd.ms-excel.worksheet"/>
<Override PartName="/xl/worksheets/sheet2.bin" ContentType="application/vnd.ms-excel.worksheet"/></Types>"""


def _rels(found: Mapping[str, tuple[str, str]]) -> bytes:
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    each = "".join(
        f'<Relationship Id="{name}" Type="{kind}/{word}" Target="{target}"/>'
        for name, (word, target) in found.items()
    )
    schema = "http://schemas.openxmlformats.org/package/2006/relationships"
    return f'<?xml version="1.0"?><Relationships xmlns="{schema}">{each}</Relationships>'.encode()


def _record(number: int, data: bytes = b"") -> bytes:
    return _seven(number) + _seven(len(data)) + data


def _seven(value: int) -> bytes:
    out = b""
    while True:
        value, low = value >> 7, value & 0x7F
        out += bytes([low | (0x80 if value else 0)])
        if not value:
            return out


def _wide(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


BERR = {"#REF!": 0x17, "#N/A": 0x2A, "#DIV/0!": 0x07}


def _sheet(table: Table) -> bytes:
    found = sorted(places(table))
    last = max(found, default=(0, 0))
    out = _record(129) + _record(148, struct.pack("<4I", 0, last[0], 0, 3)) + _record(145)
    for row in dict.fromkeys(place[0] for place in found):
        flags = 0x10 if row in table.hidden_rows else 0
        spans = struct.pack("<III", 1, 0, 3)
        out += _record(0, struct.pack("<IIHBBB", row, 0, 300, 0, flags, 0) + spans)
        for place in found:
            if place[0] == row:
                out += _xlsb_cell(table, place)
    out += _record(146)
    if table.merges:
        areas = b"".join(
            _record(176, struct.pack("<4I", a[0], a[2], a[1], a[3])) for a in table.merges
        )
        out += _record(177, struct.pack("<I", len(table.merges))) + areas + _record(178)
    return out + _record(130)


def _xlsb_cell(table: Table, place: Address) -> bytes:
    head = struct.pack("<II", place[1], 0)
    if place in table.errors:
        return _record(3, head + bytes([BERR[table.errors[place]]]))
    if place in table.formulas:
        formula = struct.pack("<HI", 0, 3) + b"\x1e\x02\x00" + struct.pack("<I", 0)
        return _record(9, head + struct.pack("<d", table.formulas[place] or 0) + formula)
    value = table.cells[place]
    if isinstance(value, float):
        return _record(5, head + struct.pack("<d", value))
    return _record(6, head + _wide(value))
