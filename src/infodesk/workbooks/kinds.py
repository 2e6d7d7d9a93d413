"""The kinds of files we read, what can be seen in each, and what else departments send.

The table in docs/reading.md is made from this one.
"""

import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass

from infodesk.text.message import Message


@dataclass(frozen=True)
class Kind:
    """A kind of file: what it is called, the ends of names it goes by, and what its reading can see."""

    title: Message
    suffixes: tuple[str, ...]
    errors: bool = True
    formulas: bool = True
    unsaved: bool = True
    hidden_rows: bool = True
    merges: bool = True
    names: bool = True


_TEXT = {"formulas": False, "unsaved": False, "names": False}

KINDS: dict[str, Kind] = {
    "xlsx": Kind(Message("an .xlsx workbook"), (".xlsx", ".xltx")),
    "strict": Kind(Message("an .xlsx workbook in the strict form"), (".xlsx",)),
    "xlsm": Kind(Message("an .xlsx workbook with macros"), (".xlsm", ".xltm")),
    "xlsb": Kind(Message("a binary .xlsb workbook"), (".xlsb",), unsaved=False),
    "xls": Kind(Message("an old .xls or .et workbook"), (".xls", ".et", ".xlt")),
    "ods": Kind(Message("an OpenDocument workbook"), (".ods",)),
    "html": Kind(Message("a page of HTML with a table"), (".html", ".htm"), **_TEXT),
    "csv": Kind(Message("a text with delimiters"), (".csv", ".txt"), hidden_rows=False,
                merges=False, **_TEXT),
    "tsv": Kind(Message("a text with tabs"), (".tsv", ".txt", ".csv"), hidden_rows=False,
                merges=False, **_TEXT),
}  # fmt: skip

ENVELOPES: dict[str, Kind] = {
    "zip": Kind(Message("an archive"), (".zip",)),
    "mail": Kind(Message("a mail"), (".eml",)),
}

STRANGERS: tuple[tuple[bytes, Message], ...] = (
    (b"%PDF", Message("a PDF file")),
    (b"\x89PNG", Message("a picture")),
    (b"\xff\xd8\xff", Message("a picture")),
    (b"GIF8", Message("a picture")),
    (b"Rar!", Message("an archive of RAR, which we do not open")),
    (b"7z\xbc\xaf", Message("an archive of 7-Zip, which we do not open")),
    (b"\x1f\x8b", Message("an archive of gzip, which we do not open")),
    (b"SQLite format 3", Message("a database")),
    (b"MZ", Message("a program")),
)

COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
PACKED = (b"PK\x03\x04", b"PK\x05\x06")
_HTML = re.compile(
    rb"\s*(?:<!--.*?-->\s*|<\?xml[^>]*>\s*)*<(?:!doctype\s+html|html|head|body|table|meta|style|div)\b",
    re.IGNORECASE | re.DOTALL,
)
_HEADER = re.compile(rb"(?:[A-Za-z][A-Za-z0-9-]*:[^\r\n]*\r?\n(?:[ \t][^\r\n]*\r?\n)*){3}")
_OF_A_MAIL = re.compile(
    rb"^(?:from|date|mime-version|received|message-id):", re.IGNORECASE | re.MULTILINE
)
_IN_A_PACKAGE = (
    ("xl/workbook.xml", "xlsx"),
    ("xl/workbook.bin", "xlsb"),
    ("content.xml", "ods"),
)


def rough_kind(content: bytes) -> str:
    """What the first bytes tell: packed, compound, html, xml, mail, text."""
    start = content[:4096].removeprefix(b"\xef\xbb\xbf")
    signs: tuple[tuple[str, Callable[[bytes], object]], ...] = (
        ("packed", lambda start: start.startswith(PACKED)),
        ("compound", lambda start: start.startswith(COMPOUND)),
        ("html", lambda start: _HTML.match(_narrow(start))),
        ("xml", lambda start: _narrow(start).lstrip().startswith(b"<")),
        ("mail", lambda start: _HEADER.match(start) and _OF_A_MAIL.search(start)),
    )
    return next((name for name, fits in signs if fits(start)), "text")


def _narrow(start: bytes) -> bytes:
    """The start of a UTF-16 text as if each sign took one byte."""
    return start[2:].replace(b"\0", b"") if start[:2] in (b"\xff\xfe", b"\xfe\xff") else start


def stranger(content: bytes) -> Message | None:
    """What a file is that we never read, if its first bytes tell."""
    return next((kind for mark, kind in STRANGERS if content.startswith(mark)), None)


def kind_of_package(archive: zipfile.ZipFile) -> str:
    """xlsx, xlsm, strict, xlsb, ods; zip for an archive of other files."""
    names = set(archive.namelist())
    kind = next((kind for part, kind in _IN_A_PACKAGE if part in names), "zip")
    if kind == "ods" and "mimetype" not in names and "META-INF/manifest.xml" not in names:
        return "zip"
    if kind == "xlsx":
        types = archive.read("[Content_Types].xml") if "[Content_Types].xml" in names else b""
        if b"macroEnabled" in types:
            return "xlsm"
        if b"purl.oclc.org/ooxml" in archive.read("xl/workbook.xml"):
            return "strict"
    return kind


def is_named_so(kind: str, name: str) -> bool:
    """Whether a file's name says what it is; a name without an end says nothing wrong."""
    suffix = f".{name.rpartition('.')[2].lower()}" if "." in name else ""
    return not suffix or suffix in KINDS[kind].suffixes
