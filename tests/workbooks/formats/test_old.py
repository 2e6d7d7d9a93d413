"""What an .xls alone has: names, results of formulas, locks, older workbooks, documents of other programs."""

import io
import struct
from pathlib import Path

import msoffcrypto
import olefile
import pytest
from msoffcrypto.format.ooxml import OOXMLFile

from infodesk.workbooks.formats.records import (
    constant_text,
    constant_wide_text,
    new_records,
    old_records,
    wide_text,
)
from infodesk.workbooks.formats.xls import look_into, workbook_stream
from infodesk.workbooks.limits import LIMITS
from infodesk.workbooks.read import read_book
from infodesk.workbooks.unreadable import UnreadableError
from tests.workbooks.made import xls, xlsx
from tests.workbooks.tables import TABLE

NAMED = (Path(__file__).parents[2] / "samples" / "named.xls").read_bytes()  # saved by LibreOffice


def stream() -> bytes:
    found = workbook_stream(NAMED)
    assert found is not None
    return found


def test_names_merges_hidden_rows_and_formulas_as_libreoffice_saves_them() -> None:
    book = read_book(NAMED, "named.xls")
    (sheet,) = book.sheets
    assert book.name("甲", "infodesk_form") == "ward"
    assert (sheet.at(2, 1), sheet.at(5, 2), sheet.at(9, 1)) == (1.0, 2.0, 4.0)
    assert sheet.formulas == frozenset({(5, 2)})
    assert sheet.hidden_rows == {9}
    assert sheet.merges == ((7, 1, 8, 2),)


def with_result(result: bytes) -> bytes:
    """The stream with another result of its one formula, in C6."""
    found = stream()
    place = found.index(struct.pack("<d", 2.0))
    return found[:place] + result + found[place + 8 :]


@pytest.mark.parametrize(
    ("result", "computed", "errors", "unsaved"),
    [
        (b"\x02\x00\x17\x00\x00\x00\xff\xff", True, {(5, 2): "#REF!"}, set()),
        (b"\x02\x00\x99\x00\x00\x00\xff\xff", True, {(5, 2): "#ERROR!"}, set()),
        (bytes(8), True, {}, set()),
        (bytes(8), False, {}, {(5, 2)}),
        (b"\x03\x00\x00\x00\x00\x00\xff\xff", False, {}, {(5, 2)}),
        (b"\x00\x00\x00\x00\x00\x00\xff\xff", False, {}, set()),
    ],
)
def test_a_formulas_result_is_what_it_shows(
    result: bytes, computed: bool, errors: dict[object, str], unsaved: set[object]
) -> None:
    overlays, _ = look_into(with_result(result), LIMITS, computed=computed)
    assert (overlays["甲"].errors, overlays["甲"].unsaved) == (errors, unsaved)


@pytest.mark.parametrize("gone", [1, 5, 700, 2000])
def test_a_stream_without_its_end_is_damaged(gone: int) -> None:
    with pytest.raises(UnreadableError, match="damaged"):
        look_into(stream()[:-gone], LIMITS, computed=True)


def test_an_older_workbook_is_named_as_one() -> None:
    old = stream()
    with pytest.raises(UnreadableError, match="Excel 95"):
        look_into(old[:4] + b"\x00\x05" + old[6:], LIMITS, computed=True)


def test_a_document_of_another_program_is_named_as_one() -> None:
    other = NAMED.replace("Workbook".encode("utf-16-le"), "WordDocu".encode("utf-16-le"))
    with pytest.raises(UnreadableError, match="document of another program"):
        read_book(other)


def locked(password: str) -> bytes:
    out = io.BytesIO()
    OOXMLFile(io.BytesIO(xlsx(TABLE))).encrypt(password, out)
    return out.getvalue()


def test_a_locked_workbook_opens_with_one_of_the_passwords() -> None:
    content = locked("示例")
    assert olefile.isOleFile(content)
    assert msoffcrypto.OfficeFile(io.BytesIO(content)).is_encrypted()
    with pytest.raises(UnreadableError, match="protected with a password"):
        read_book(content)
    with pytest.raises(UnreadableError, match="none given opens"):
        read_book(content, passwords=("a",))
    book = read_book(content, passwords=("a", "示例"))
    assert book.sheets[0].at(1, 1) == 12.0
    assert book.origin.was_locked


def test_a_lock_that_excel_opens_by_itself_is_none() -> None:
    assert read_book(locked("VelvetSweatshop")).sheets[0].at(1, 1) == 12.0


def test_a_locked_xls_is_named_as_locked() -> None:
    """FILEPASS after the first record: what is behind it cannot be read."""
    found = xls(TABLE)
    begin = found.index(b"\x09\x08\x10\x00")
    place = begin + 20
    changed = found[:place] + struct.pack("<H", 0x002F) + found[place + 2 :]
    with pytest.raises(UnreadableError, match="protected with a password"):
        read_book(changed)


@pytest.mark.parametrize("cut", [b"\x09\x08\x10", b"\x09\x08\x10\x00\x00"])
def test_a_record_that_is_cut_is_no_record(cut: bytes) -> None:
    with pytest.raises(EOFError):
        list(old_records(cut))


@pytest.mark.parametrize("cut", [b"\x80", b"\x81\x01", b"\x01\x05ab"])
def test_a_new_record_that_is_cut_is_no_record(cut: bytes) -> None:
    with pytest.raises(EOFError):
        list(new_records(cut))


def test_texts_in_records() -> None:
    assert wide_text(b"\xff\xff\xff\xff", 0) == ("", 4)
    assert constant_text(b"\x17\x02\x00ab") == "ab"
    assert constant_text(b"\x17\x01\x01" + "科".encode("utf-16-le")) == "科"
    assert constant_text(b"\x1e\x01\x00") is None
    assert constant_text(b"\x17\x03\x00ab") is None
    assert constant_wide_text(b"\x17\x01\x00" + "科".encode("utf-16-le")) == "科"
    assert constant_wide_text(b"\x17\x02\x00a") is None
    assert constant_wide_text(b"\x1e\x02") is None
