"""Files that would mislead or end a reader are seen before it sees them."""

import io
import zipfile

import openpyxl
import pytest
import xlsxwriter

from infodesk.workbooks.grid import address, as_text
from infodesk.workbooks.package import UnreadableError, look_into
from infodesk.workbooks.read import read_book


def book(fill: dict[str, object]) -> bytes:
    made = openpyxl.Workbook()
    for cell, value in fill.items():
        made.active[cell] = value
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def with_part(content: bytes, name: str, change: dict[bytes, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for info in old.infolist():
            data = old.read(info)
            if info.filename == name:
                for wrong, right in change.items():
                    assert wrong in data
                    data = data.replace(wrong, right)
            new.writestr(info.filename, data)
    return out.getvalue()


SHEET = "xl/worksheets/sheet1.xml"


def test_values_and_formulas_are_read_with_their_types() -> None:
    out = io.BytesIO()
    made = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = made.add_worksheet("甲")
    sheet.write("A1", "00123")
    sheet.write("B1", 12.5)
    sheet.write_formula("C1", "=1+1", None, 2)
    made.close()
    read = read_book(out.getvalue()).sheets[0]
    assert [read.at(0, column) for column in range(4)] == ["00123", 12.5, 2.0, ""]
    assert read.unsaved == frozenset()


def test_an_error_cell_and_a_formula_never_computed_are_no_blanks() -> None:
    content = book({"A1": 1, "B1": "=A1+1"})
    content = with_part(
        content, SHEET, {b'<c r="A1" t="n"><v>1</v>': b'<c r="A1" t="e"><v>#REF!</v>'}
    )
    read = read_book(content).sheets[0]
    assert read.errors == {(0, 0): "#REF!"}
    assert read.unsaved == {(0, 1)}
    assert read.at(0, 0) == read.at(0, 1) == ""


def test_a_cell_far_outside_is_refused_before_anything_is_laid_out() -> None:
    with pytest.raises(UnreadableError, match="reaches to row 1048576, column 16384"):
        look_into(book({"A1": 1, "XFD1048576": 2}))


@pytest.mark.parametrize("place", [b"A99999999999", b"1A", b"ZZZZ1"])
def test_a_cell_with_no_place_on_a_sheet_is_damage(place: bytes) -> None:
    """The reader would ask for as much memory as the row's number, and take the process with it."""
    content = with_part(book({"A1": 1}), SHEET, {b'r="A1"': b'r="' + place + b'"'})
    with pytest.raises(UnreadableError, match="damaged"):
        read_book(content)


def test_a_row_far_outside_is_refused_though_its_cells_name_no_place() -> None:
    cell = b'<row r="3000000"><c t="e"><v>#REF!</v></c><c><v>2</v></c></row></sheetData>'
    content = with_part(book({"A1": 1}), SHEET, {b"</sheetData>": cell})
    with pytest.raises(UnreadableError, match="row 3000000"):
        look_into(content)


def test_a_cell_that_names_no_place_stands_after_the_one_before() -> None:
    cells = b'<row><c><v>1</v></c><c t="e"><v>#REF!</v></c></row></sheetData>'
    content = with_part(book({"A1": 1}), SHEET, {b"</sheetData>": cells})
    assert look_into(content).overlays["Sheet"].errors == {(1, 1): "#REF!"}


def test_altered_numbers_are_noticed_by_their_checksum() -> None:
    content = bytearray(book({"A1": 123456789}))
    with zipfile.ZipFile(io.BytesIO(bytes(content))) as archive:
        info = archive.getinfo(SHEET)
    start = info.header_offset + 30 + len(info.filename)
    content[start + 20] ^= 0xFF
    with pytest.raises(UnreadableError, match="damaged"):
        look_into(bytes(content))


def test_entities_are_refused() -> None:
    bomb = b'<!DOCTYPE worksheet [<!ENTITY a "aaaa">]><worksheet'
    with pytest.raises(UnreadableError, match="entities"):
        look_into(with_part(book({"A1": 1}), SHEET, {b"<worksheet": bomb}))


def test_a_file_cut_in_two_is_damaged() -> None:
    content = book({"A1": 1})
    with pytest.raises(UnreadableError, match="half written"):
        look_into(content[: len(content) // 2])


HEADER = b"PK\x01\x02\x14\x03"  # of an entry in the package's list, with the version that wrote it


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        (HEADER + b"\x14\x00", HEADER + b"\x64\x00"),
        (HEADER + b"\x14\x00\x00\x00\x08\x00", HEADER + b"\x14\x00\x00\x00\x63\x00"),
        ("é".encode(), b"\xc3\xff"),
    ],
    ids=["a version that nobody writes", "an unknown compression", "a name that is no UTF-8"],
)
def test_a_package_that_the_library_gives_up_on_is_damaged(right: bytes, wrong: bytes) -> None:
    out = io.BytesIO(book({"A1": 1}))
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("é", b"")
    assert right in out.getvalue()
    with pytest.raises(UnreadableError, match="damaged"):
        look_into(out.getvalue().replace(right, wrong))


def test_a_zip_that_is_no_workbook_is_said_so() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("readme.txt", "hello")
    with pytest.raises(UnreadableError, match=r"no \.xlsx workbook"):
        look_into(out.getvalue())


def test_names_that_hold_texts_are_read_with_their_sheet() -> None:
    out = io.BytesIO()
    made = xlsxwriter.Workbook(out, {"in_memory": True})
    made.add_worksheet("甲")
    made.add_worksheet("乙 丙")
    made.define_name("'乙 丙'!infodesk_form", '="ward ""x"""')
    made.define_name("everywhere", '="all"')
    made.define_name("a_range", "='甲'!$A$1")
    made.close()
    found = look_into(out.getvalue()).names
    assert found == {("乙 丙", "infodesk_form"): 'ward "x"', (None, "everywhere"): "all"}


@pytest.mark.parametrize(
    ("row", "column", "wanted"), [(0, 0, "A1"), (11, 2, "C12"), (0, 26, "AA1"), (9, 701, "ZZ10")]
)
def test_an_address_is_written_as_people_find_it(row: int, column: int, wanted: str) -> None:
    assert address("甲", row, column) == f"甲!{wanted}"


def test_whole_numbers_are_written_without_a_point() -> None:
    assert [as_text(value) for value in (12.0, 12.5, True, " a ")] == ["12", "12.5", "TRUE", "a"]
