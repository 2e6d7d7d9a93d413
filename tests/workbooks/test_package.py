"""Files that would mislead or end a reader are seen before it sees them."""

import io
import random
import zipfile

import openpyxl
import pytest
import xlsxwriter

from infodesk.workbooks.grid import address, as_text
from infodesk.workbooks.read import read_book
from infodesk.workbooks.unreadable import UnreadableError
from tests.workbooks.damage import DAMAGES, parts_of, repacked
from tests.workbooks.made import SHEET, xlsx
from tests.workbooks.tables import TABLE, packed


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
        read_book(book({"A1": 1, "XFD1048576": 2}))


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
        read_book(content)


def test_a_cell_that_names_no_place_stands_after_the_one_before() -> None:
    cells = b'<row><c><v>1</v></c><c t="e"><v>#REF!</v></c></row></sheetData>'
    content = with_part(book({"A1": 1}), SHEET, {b"</sheetData>": cells})
    assert read_book(content).sheets[0].errors == {(1, 1): "#REF!"}


def test_altered_numbers_are_noticed_by_their_checksum() -> None:
    content = bytearray(book({"A1": 123456789}))
    with zipfile.ZipFile(io.BytesIO(bytes(content))) as archive:
        info = archive.getinfo(SHEET)
    start = info.header_offset + 30 + len(info.filename)
    content[start + 20] ^= 0xFF
    with pytest.raises(UnreadableError, match="damaged"):
        read_book(bytes(content))


def test_entities_are_refused() -> None:
    bomb = b'<!DOCTYPE worksheet [<!ENTITY a "aaaa">]><worksheet'
    with pytest.raises(UnreadableError, match="entities"):
        read_book(with_part(book({"A1": 1}), SHEET, {b"<worksheet": bomb}))


def test_a_file_cut_in_two_is_damaged() -> None:
    content = book({"A1": 1})
    with pytest.raises(UnreadableError, match="half written"):
        read_book(content[: len(content) // 2])


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
        read_book(out.getvalue().replace(right, wrong))


@pytest.mark.parametrize("encoding", [b"nobody-knows", b"gbk", b"utf-16"])
def test_a_part_in_an_encoding_that_cannot_be_read_is_damaged(encoding: bytes) -> None:
    parts = parts_of(xlsx(TABLE))
    head = b'<?xml version="1.0" encoding="' + encoding + b'"?>'
    for name in ("xl/workbook.xml", SHEET):
        part = head + parts[name].partition(b"?>")[2]
        with pytest.raises(UnreadableError, match="damaged"):
            read_book(repacked({**parts, name: part}))
    program = head + parts["docProps/app.xml"].partition(b"?>")[2]
    assert read_book(repacked({**parts, "docProps/app.xml": program})).origin.program == ""


def test_a_zip_that_is_no_workbook_is_said_so() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("readme.txt", "hello")
    with pytest.raises(UnreadableError, match="not a workbook but an archive"):
        read_book(out.getvalue())


def test_names_that_hold_texts_are_read_with_their_sheet() -> None:
    out = io.BytesIO()
    made = xlsxwriter.Workbook(out, {"in_memory": True})
    made.add_worksheet("甲")
    made.add_worksheet("乙 丙")
    made.define_name("'乙 丙'!infodesk_form", '="ward ""x"""')
    made.define_name("everywhere", '="all"')
    made.define_name("a_range", "='甲'!$A$1")
    made.close()
    found = read_book(out.getvalue()).names
    assert found == {("乙 丙", "infodesk_form"): 'ward "x"', (None, "everywhere"): "all"}


@pytest.mark.parametrize(
    ("row", "column", "wanted"), [(0, 0, "A1"), (11, 2, "C12"), (0, 26, "AA1"), (9, 701, "ZZ10")]
)
def test_an_address_is_written_as_people_find_it(row: int, column: int, wanted: str) -> None:
    assert address("甲", row, column) == f"甲!{wanted}"


def test_whole_numbers_are_written_without_a_point() -> None:
    assert [as_text(value) for value in (12.0, 12.5, True, " a ")] == ["12", "12.5", "TRUE", "a"]


@pytest.mark.parametrize(
    ("parts", "wanted"),
    [
        ({"word/document.xml": b"<a/>"}, "a Word document"),
        ({"ppt/presentation.xml": b"<a/>"}, "a presentation"),
        ({"content.xml": b"<a/>"}, "an archive"),
        ({"content.xml": b"<a/>", "META-INF/manifest.xml": b"<encryption-data/>"}, "password"),
        ({"content.xml": b"<a/>", "META-INF/manifest.xml": b"<a/>"}, "it has no sheet"),
    ],
)
def test_packages_of_other_programs_are_named(parts: dict[str, bytes], wanted: str) -> None:
    with pytest.raises(UnreadableError, match=wanted):
        read_book(packed(parts))


def test_other_files_are_named_for_what_they_are() -> None:
    for content, wanted in (
        (b"<?xml version='1.0'?><Workbook/>", "an XML file"),
        (b"From: a@example.org\r\nTo: b@example.org\r\nDate: x\r\n\r\nhello", "a mail"),
        (b"Rar!\x1a\x07", "RAR"),
        (b"SQLite format 3\x00", "a database"),
    ):
        with pytest.raises(UnreadableError, match=wanted):
            read_book(content)


LARGE = " " * (5 * 2**20)


def large(cells: str) -> bytes:
    """A sheet too large to be parsed twice without need."""
    parts = parts_of(xlsx(TABLE))
    sheet = parts[SHEET].decode()
    start = sheet.index("<sheetData>")
    data = f'<sheetData>{LARGE}<row r="1">{cells}</row></sheetData>'
    parts[SHEET] = (sheet[:start] + data + "</worksheet>").encode()
    return repacked(parts)


def test_a_large_sheet_without_signs_is_read_once() -> None:
    read = read_book(large('<c r="A1"><v>1</v></c>')).sheets[0]
    assert (read.at(0, 0), read.formulas) == (1.0, frozenset())


@pytest.mark.parametrize(
    ("cell", "error", "unsaved", "merges"),
    [
        ('<c r="A1" t="e"><v>#REF!</v></c>', {(0, 0): "#REF!"}, set(), 0),
        ("<c r='A1' t='e'><v>#N/A</v></c>", {(0, 0): "#N/A"}, set(), 0),
        ('<c r="A1"><f>1+1</f></c>', {}, {(0, 0)}, 0),
    ],
)
def test_a_large_sheet_with_one_is_looked_at(
    cell: str, error: dict[object, str], unsaved: set[object], merges: int
) -> None:
    read = read_book(large(cell)).sheets[0]
    assert (read.errors, set(read.unsaved), len(read.merges)) == (error, unsaved, merges)


def test_a_number_that_is_read_in_two_ways_is_refused_in_a_large_sheet_too() -> None:
    for cell in ('<c r="A1"><v>1<!-- -->2</v></c>', '<c r="A1"><v>&#49;2</v></c>'):
        with pytest.raises(UnreadableError, match="two ways to read 甲!A1"):
            read_book(large(cell))


def test_a_number_that_is_none_is_refused() -> None:
    with pytest.raises(UnreadableError, match="a number that is none"):
        read_book(large('<c r="A1"><v>1e999</v></c>'))


def test_cells_without_an_address_stand_beside_each_other() -> None:
    cells = '<c t="inlineStr"><is><t>甲</t></is></c><c t="d"><v>2026-09-30</v></c><c t="e"><v>#N/A</v></c>'
    parts = parts_of(xlsx(TABLE))
    sheet = parts[SHEET].decode()
    start = sheet.index("<sheetData>")
    data = f"{sheet[:start]}<sheetData><row>{cells}</row></sheetData></worksheet>"
    read = read_book(repacked({**parts, SHEET: data.encode()})).sheets[0]
    assert [read.text(0, column) for column in range(3)] == ["甲", "2026-09-30", ""]
    assert read.errors == {(0, 2): "#N/A"}


def test_how_a_name_is_read_aloud_is_no_part_of_it() -> None:
    parts = parts_of(xlsx(TABLE))
    strings = "xl/sharedStrings.xml"
    aloud = '<r><t>科</t></r><r><t>室</t></r><rPh sb="0" eb="1"><t>ka</t></rPh>'
    parts[strings] = parts[strings].replace("<t>科室</t>".encode(), aloud.encode())
    assert read_book(repacked(parts)).sheets[0].at(0, 0) == "科室"


def test_two_sheets_of_one_name_are_damage() -> None:
    parts = parts_of(xlsx(TABLE))
    parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace("乙".encode(), "甲".encode())
    with pytest.raises(UnreadableError, match="the same name"):
        read_book(repacked(parts))


def test_a_part_that_stands_twice_is_damage() -> None:
    content = DAMAGES["a part twice"](xlsx(TABLE), random.Random(0))
    with pytest.raises(UnreadableError, match="a part stands in it twice"):
        read_book(content)
