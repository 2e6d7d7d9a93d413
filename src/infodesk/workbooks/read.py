"""The bytes of a file to a book of sheets, in this process; `reader.Reader` does it in one that may die."""

import zipfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import PurePosixPath

from infodesk.text.message import Message
from infodesk.workbooks.formats import ods, xls, xlsb, xlsx
from infodesk.workbooks.formats.delimited import read_delimited
from infodesk.workbooks.formats.encoding import decode
from infodesk.workbooks.formats.html_table import read_html
from infodesk.workbooks.formats.locked import unlocked
from infodesk.workbooks.formats.overlay import ERROR_TEXTS
from infodesk.workbooks.formats.package import check_package, open_package
from infodesk.workbooks.formats.program import program_of_compound, program_of_package
from infodesk.workbooks.formats.values import read_sheets
from infodesk.workbooks.grid import Book, Origin, Sheet
from infodesk.workbooks.kinds import (
    COMPOUND,
    KINDS,
    is_named_so,
    kind_of_package,
    rough_kind,
    stranger,
)
from infodesk.workbooks.limits import LIMITS, Limits
from infodesk.workbooks.unreadable import UnreadableError, no_workbook

_LOOKS = {
    "xlsx": xlsx.look_into,
    "xlsm": xlsx.look_into,
    "strict": xlsx.look_into,
    "xlsb": xlsb.look_into,
    "ods": ods.look_into,
}
_COMPUTING = ("Excel", "WPS", "表格")  # programs that store what they computed


def read_book(
    content: bytes, name: str = "", passwords: Sequence[str] = (), limits: Limits = LIMITS
) -> Book:
    """Read a workbook by what it is. `name` is the file's, for a text's one sheet.

    Raises UnreadableError with the reason.
    """
    if not content:
        raise UnreadableError(Message("the file is empty"))
    strange = stranger(content)
    if strange is not None:
        raise no_workbook(strange)
    match rough_kind(content):
        case "packed":
            book = _read_package(content, limits)
        case "compound":
            book = _read_compound(content, passwords, limits)
        case "html":
            book = _read_html(content, _stem(name), limits)
        case "xml":
            raise no_workbook(Message("an XML file"))
        case "mail":
            raise no_workbook(Message("a mail"))
        case _:
            book = _read_text(content, _stem(name), limits)
    named = is_named_so(book.origin.kind, name)
    return replace(book, origin=replace(book.origin, is_named_so=named))


def _stem(name: str) -> str:
    return PurePosixPath(name.replace("\\", "/")).stem or "Sheet1"


def _read_package(content: bytes, limits: Limits) -> Book:
    with open_package(content) as archive:
        check_package(archive, len(content), limits)
        kind = kind_of_package(archive)
        if kind not in _LOOKS:
            raise no_workbook(_other_package(archive))
        if kind == "ods":
            _refuse_locked_ods(archive)
        overlays, names = _LOOKS[kind](archive, limits)
        program = program_of_package(archive)
    return Book(read_sheets(content, overlays, limits), names, Origin(kind, program))


def _other_package(archive: zipfile.ZipFile) -> Message:
    names = archive.namelist()
    if "word/document.xml" in names:
        return Message("a Word document")
    if "ppt/presentation.xml" in names:
        return Message("a presentation")
    return Message("an archive")


def _refuse_locked_ods(archive: zipfile.ZipFile) -> None:
    if b"encryption-data" in archive.read("META-INF/manifest.xml"):
        raise UnreadableError(
            Message("{what}, protected with a password", what=KINDS["ods"].title),
            Message("save it without a password, and collect that"),
        )


def _read_compound(content: bytes, passwords: Sequence[str], limits: Limits) -> Book:
    """An .xls or .et, or the shell that Excel puts around a locked .xlsx."""
    stream = xls.workbook_stream(content)
    if stream is None:
        return _read_shell(content, passwords, limits)
    program = program_of_compound(content)
    was_locked = xls.is_locked(stream)
    if was_locked:
        content = unlocked(content, KINDS["xls"].title, passwords)
        stream = xls.workbook_stream(content) or b""
    computed = any(word in program for word in _COMPUTING)
    overlays, names = xls.look_into(stream, limits, computed=computed)
    origin = Origin("xls", program, was_locked=was_locked)
    return Book(read_sheets(content, overlays, limits), names, origin)


def _read_shell(content: bytes, passwords: Sequence[str], limits: Limits) -> Book:
    if not xls.has_stream(content, "EncryptedPackage"):
        raise no_workbook(Message("a document of another program"))
    inside = unlocked(content, KINDS["xlsx"].title, passwords)
    if inside.startswith(COMPOUND):
        raise no_workbook(Message("a document of another program"))
    book = _read_package(inside, limits)
    return replace(book, origin=replace(book.origin, was_locked=True))


def _read_html(content: bytes, name: str, limits: Limits) -> Book:
    sheet, encoding, program = read_html(content, name, limits)
    return Book((_with_errors(sheet),), origin=Origin("html", program, encoding))


def _read_text(content: bytes, name: str, limits: Limits) -> Book:
    decoded = decode(content)
    sheet, origin = read_delimited(decoded.text, name, limits)
    return Book((_with_errors(sheet),), origin=replace(origin, encoding=decoded.encoding))


def _with_errors(sheet: Sheet) -> Sheet:
    """A text has no error cells, but shows what they showed."""
    errors = {(row, column): text for row, column, text in sheet.texts() if text in ERROR_TEXTS}
    return replace(sheet, errors=errors)
