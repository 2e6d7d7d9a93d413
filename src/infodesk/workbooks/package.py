"""An .xlsx file as a package, looked at before anything parses it, and what the parser does not tell.

python-calamine returns error cells and formulas without a stored value as blanks, ends the process on a
cell far outside, and does not check the checksums; so we look first.
"""

import io
import re
import zipfile
import zlib
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from xml.parsers import expat

from infodesk.errors import InfodeskError
from infodesk.text.message import Message
from infodesk.workbooks.grid import Address

LARGEST_PART = 200 * 2**20  # bytes of one part, unpacked
LARGEST_SHEET = 5_000_000  # cells of the rectangle from A1 to the last one
_REFERENCE = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_CONSTANT = re.compile(r'"((?:[^"]|"")*)"')


class UnreadableError(InfodeskError):
    """The file is no workbook that can be read, and why."""


@dataclass(frozen=True)
class Overlay:
    """What stands behind the values of one sheet."""

    errors: dict[Address, str] = field(default_factory=dict)
    unsaved: frozenset[Address] = frozenset()


@dataclass(frozen=True)
class Package:
    """The sheets' overlays by name, and the names that hold texts."""

    overlays: dict[str, Overlay]
    names: dict[tuple[str | None, str], str]


def look_into(content: bytes) -> Package:
    """Check a file and read what the parser hides. Raises UnreadableError."""
    _check_kind(content)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return _read(archive)
    except _DAMAGES as error:
        raise damaged() from error


# What the standard library raises on bytes that are no sound package: NotImplementedError for a zip version or a
# compression that nobody uses, ValueError for names that are no UTF-8, the rest for what they say.
_DAMAGES = (
    zipfile.BadZipFile,
    zlib.error,
    expat.ExpatError,
    EOFError,
    LookupError,
    NotImplementedError,
    OSError,
    ValueError,
)


def damaged() -> UnreadableError:
    """The file cannot be parsed. What the parser says of it helps nobody who has only Excel."""
    return UnreadableError(
        Message("the file is damaged or was only half written"),
        Message("open it in Excel or WPS, save it again, and collect it once more"),
    )


_KINDS: tuple[tuple[bytes, Message], ...] = (
    (b"\xd0\xcf\x11\xe0", Message("an old .xls file, or one with a password")),
    (b"%PDF", Message("a PDF file")),
    (b"<", Message("an HTML or XML file")),
    (b"\xff\xfe", Message("a text file")),
    (b"\xef\xbb\xbf", Message("a text file")),
)


def _check_kind(content: bytes) -> None:
    if not content:
        raise UnreadableError(Message("the file is empty"))
    if content[:2] == b"PK":
        return
    start = content.lstrip()[:8]
    kinds = (kind for mark, kind in _KINDS if start.startswith(mark))
    kind = next(kinds, Message("something else"))
    raise UnreadableError(
        Message("not an .xlsx workbook but {kind}", kind=kind),
        Message("save it as .xlsx in Excel or WPS, and collect that"),
    )


def _read(archive: zipfile.ZipFile) -> Package:
    names = set(archive.namelist())
    for info in archive.infolist():
        if info.file_size > LARGEST_PART:
            raise UnreadableError(Message("the file unpacks to more than any workbook of ours"))
        if info.flag_bits & 1:
            raise UnreadableError(Message("the file is protected with a password"))
    if archive.testzip() is not None:
        raise damaged()
    if "xl/workbook.xml" not in names:
        raise UnreadableError(Message("a packed file, but no .xlsx workbook"))
    workbook = _Workbook()
    _parse(archive.read("xl/workbook.xml"), workbook)
    targets = _Relations()
    _parse(archive.read("xl/_rels/workbook.xml.rels"), targets)
    overlays = {}
    for sheet, relation in workbook.sheets:
        part = _part(targets.found.get(relation, ""))
        overlays[sheet] = _overlay(archive.read(part)) if part in names else Overlay()
    return Package(overlays, workbook.texts())


def _part(target: str) -> str:
    path = target.lstrip("/")
    return path if path.startswith("xl/") else str(PurePosixPath("xl") / path)


class _Handler:
    """Takes what expat finds."""

    def start(self, tag: str, attributes: dict[str, str]) -> None: ...
    def end(self, tag: str) -> None: ...
    def text(self, text: str) -> None: ...


def _parse(content: bytes, handler: _Handler) -> None:
    parser = expat.ParserCreate()
    parser.buffer_text = True

    def refuse(*_: object) -> None:
        raise UnreadableError(Message("the file declares entities, which no workbook needs"))

    parser.StartDoctypeDeclHandler = refuse
    parser.StartElementHandler = lambda tag, attributes: handler.start(
        tag.rpartition(":")[2], attributes
    )
    parser.EndElementHandler = lambda tag: handler.end(tag.rpartition(":")[2])
    parser.CharacterDataHandler = handler.text
    parser.Parse(content, True)  # noqa: FBT003  # expat takes it by place only


class _Workbook(_Handler):
    """Sheets and names of xl/workbook.xml."""

    def __init__(self) -> None:
        self.sheets: list[tuple[str, str]] = []
        self._defined: list[tuple[str | None, str, str]] = []
        self._name: tuple[str | None, str] | None = None
        self._text = ""

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "sheet":
            relation = next((v for k, v in attributes.items() if k.rpartition(":")[2] == "id"), "")
            self.sheets.append((attributes.get("name", ""), relation))
        elif tag == "definedName":
            self._name = (attributes.get("localSheetId"), attributes.get("name", ""))
            self._text = ""

    def text(self, text: str) -> None:
        if self._name is not None:
            self._text += text

    def end(self, tag: str) -> None:
        if tag == "definedName" and self._name is not None:
            self._defined.append((*self._name, self._text))
            self._name = None

    def texts(self) -> dict[tuple[str | None, str], str]:
        """The names that hold a constant text."""
        found: dict[tuple[str | None, str], str] = {}
        for place, name, text in self._defined:
            constant = _CONSTANT.fullmatch(text.strip())
            if constant is None:
                continue
            sheet = None
            if place is not None and place.isdigit() and int(place) < len(self.sheets):
                sheet = self.sheets[int(place)][0]
            found[sheet, name] = constant[1].replace('""', '"')
        return found


class _Relations(_Handler):
    """Targets of xl/_rels/workbook.xml.rels."""

    def __init__(self) -> None:
        self.found: dict[str, str] = {}

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "Relationship":
            self.found[attributes.get("Id", "")] = attributes.get("Target", "")


class _Cells(_Handler):
    """Errors, formulas without a value, and how far the cells of a sheet reach."""

    def __init__(self) -> None:
        self.errors: dict[Address, str] = {}
        self.unsaved: set[Address] = set()
        self.last = (0, 0)
        self._place: Address = (-1, -1)  # where the reader stands: a cell need not name its place
        self._cell: Address | None = None
        self._has_formula = self._in_value = False
        self._type = self._text = ""

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "row":
            row = attributes.get("r", "")
            self._place = (int(row) - 1 if row.isdecimal() else self._place[0] + 1, -1)
        elif tag == "c":
            reference = attributes.get("r", "")
            self._place = _place(reference) if reference else (self._place[0], self._place[1] + 1)
            self._cell = self._place
            self._type = attributes.get("t", "n")
            self._has_formula, self._text = False, ""
            self.last = (max(self.last[0], self._cell[0]), max(self.last[1], self._cell[1]))
        elif tag == "f":
            self._has_formula = True
        elif tag in ("v", "is"):
            self._in_value = True

    def text(self, text: str) -> None:
        if self._in_value:
            self._text += text

    def end(self, tag: str) -> None:
        if tag in ("v", "is"):
            self._in_value = False
        elif tag == "c" and self._cell is not None:
            if self._type == "e":
                self.errors[self._cell] = self._text or "#ERROR!"
            elif self._has_formula and not self._text and self._type != "str":
                self.unsaved.add(self._cell)
            self._cell = None


def _place(reference: str) -> Address:
    """The place of `C12`. A row of more digits than there are would take all memory there is."""
    found = _REFERENCE.fullmatch(reference)
    if found is None:
        raise damaged()
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return (int(found[2]) - 1, column - 1)


def _overlay(content: bytes) -> Overlay:
    cells = _Cells()
    _parse(content, cells)
    rows, columns = cells.last[0] + 1, cells.last[1] + 1
    if rows * columns > LARGEST_SHEET:
        raise UnreadableError(
            Message("a sheet reaches to row {row}, column {column}", row=rows, column=columns),
            Message("delete the cells far outside the table and save the file again"),
        )
    return Overlay(cells.errors, frozenset(cells.unsaved))
