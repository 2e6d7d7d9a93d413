"""What stands behind the values of an .xlsx or .xlsm: its sheets, its names, and each sheet's overlay."""

import re
import zipfile
from pathlib import PurePosixPath

from infodesk.text.message import Message
from infodesk.workbooks.formats.overlay import Expected, Names, Overlay
from infodesk.workbooks.formats.xml_parts import Handler, local, parse
from infodesk.workbooks.grid import Address, Area
from infodesk.workbooks.limits import Limits
from infodesk.workbooks.unreadable import damaged, too_far

LOOKED_AT_WHOLE = 4 * 2**20  # bytes of a sheet; larger ones only where something in them shows need
_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})")
_CONSTANT = re.compile(r'"((?:[^"]|"")*)"')
_HARD = (
    b"<!",
    b"&#",
    b"\0",
)  # comments, sections, references, UTF-16: calamine reads numbers with them wrongly
_SIGNS = (*_HARD, b"<f", b":f", b'"e"', b"'e'", b"idden", b"mergeCell", b"= ", b" =")
STRINGS = "xl/sharedStrings.xml"


def look_into(archive: zipfile.ZipFile, limits: Limits) -> tuple[dict[str, Overlay], Names]:
    """The overlays by sheet, and the names that hold texts."""
    parts = set(archive.namelist())
    workbook = WorkbookPart()
    parse(archive.read("xl/workbook.xml"), workbook)
    targets = relations(archive, "xl/_rels/workbook.xml.rels")
    strings = _Strings()
    if STRINGS in parts:
        with archive.open(STRINGS) as part:
            parse(part, strings)
    overlays = {}
    for sheet, relation in workbook.sheets:
        name = part_name(targets.get(relation, ""))
        if name not in parts:
            raise damaged(Message("the part of sheet {sheet} is missing", sheet=sheet))
        overlays[sheet] = _overlay(archive, name, strings.found, limits)
    if len(overlays) < len(workbook.sheets):
        raise damaged(Message("two sheets have the same name"))
    return overlays, workbook.texts()


def relations(archive: zipfile.ZipFile, name: str) -> dict[str, str]:
    """Relation id → target."""
    found = _Relations()
    parse(archive.read(name), found)
    return found.found


def part_name(target: str) -> str:
    """The part that a relation of the workbook points to."""
    path = target.lstrip("/")
    return path if path.startswith("xl/") else str(PurePosixPath("xl") / path)


class _Relations(Handler):
    """Targets of a .rels part."""

    def __init__(self) -> None:
        self.found: dict[str, str] = {}

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "Relationship":
            self.found[attributes.get("Id", "")] = attributes.get("Target", "")


class WorkbookPart(Handler):
    """Sheets and names of xl/workbook.xml."""

    def __init__(self) -> None:
        self.sheets: list[tuple[str, str]] = []
        self._defined: list[tuple[str | None, str, str]] = []
        self._name: tuple[str | None, str] | None = None
        self._text = ""

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "sheet":
            self.sheets.append((attributes.get("name", ""), local(attributes, "id")))
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

    def texts(self) -> Names:
        """The names that hold a constant text."""
        found: Names = {}
        for place, name, text in self._defined:
            constant = _CONSTANT.fullmatch(text.strip())
            if constant is None:
                continue
            sheet = None
            if place is not None and place.isdigit() and int(place) < len(self.sheets):
                sheet = self.sheets[int(place)][0]
            found[sheet, name] = constant[1].replace('""', '"')
        return found


def _overlay(archive: zipfile.ZipFile, name: str, strings: list[str], limits: Limits) -> Overlay:
    """A large sheet that shows no error, formula, hidden row or merge is not parsed a second time."""
    if archive.getinfo(name).file_size > LOOKED_AT_WHOLE and not _shows_need(archive, name):
        return Overlay()
    cells = _Cells(strings)
    with archive.open(name) as part:
        parse(part, cells)
    rows, columns = cells.overlay.last[0] + 1, cells.overlay.last[1] + 1
    if rows * columns > limits.cells:
        raise too_far(rows, columns)
    return cells.overlay


def _shows_need(archive: zipfile.ZipFile, name: str) -> bool:
    rest = b""
    with archive.open(name) as part:
        while chunk := part.read(2**20):
            piece = rest + chunk
            if any(sign in piece for sign in _SIGNS):
                return True
            rest = chunk[-16:]
    return False


class _Strings(Handler):
    """The texts that cells share."""

    def __init__(self) -> None:
        self.found: list[str] = []
        self._in_text, self._in_reading = False, False

    def start(self, tag: str, _: dict[str, str]) -> None:
        if tag == "si":
            self.found.append("")
        elif tag == "rPh":  # how a name is read aloud
            self._in_reading = True
        self._in_text = tag == "t" and not self._in_reading

    def text(self, text: str) -> None:
        if self._in_text and self.found:
            self.found[-1] += text

    def end(self, tag: str) -> None:
        self._in_text = False
        if tag == "rPh":
            self._in_reading = False


class _Cells(Handler):
    """The overlay of one sheet."""

    def __init__(self, strings: list[str]) -> None:
        self.overlay = Overlay()
        self._strings = strings
        self._row = self._column = -1
        self._cell: Address | None = None
        self._has_formula = self._in_value = False
        self._type = self._text = ""

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "c":
            self._start_cell(attributes)
        elif tag == "f":
            self._has_formula = True
        elif tag in ("v", "is"):
            self._in_value = True
        elif tag == "row":
            self._start_row(attributes)
        elif tag == "mergeCell":
            area = area_of(attributes.get("ref", ""))
            if area is not None:
                self.overlay.merges.append(area)

    def _start_row(self, attributes: dict[str, str]) -> None:
        number = attributes.get("r", "").strip()
        self._row = int(number) - 1 if number.isdigit() else self._row + 1
        self._column = -1
        if attributes.get("hidden", "").strip() in ("1", "true"):
            self.overlay.hidden.append((self._row, self._row + 1))

    def _start_cell(self, attributes: dict[str, str]) -> None:
        reference = attributes.get("r", "").strip()
        found = address_of(reference)
        if (
            reference and found is None
        ):  # a row of more digits than there are would take all memory there is
            raise damaged(Message("it has a cell at {cell}", cell=repr(reference)))
        self._cell = found or (max(self._row, 0), self._column + 1)
        self._row, self._column = self._cell
        self._type = attributes.get("t", "n").strip()
        self._has_formula, self._text = False, ""
        self.overlay.reach(*self._cell)

    def text(self, text: str) -> None:
        if self._in_value:
            self._text += text

    def end(self, tag: str) -> None:
        if tag in ("v", "is"):
            self._in_value = False
        elif tag == "c" and self._cell is not None:
            self._end_cell(self._cell)
            self._cell = None

    def _end_cell(self, cell: Address) -> None:
        self.overlay.check_once(cell)
        if self._has_formula:
            self.overlay.add_formula(cell)
        if self._type == "e":
            self.overlay.errors[cell] = self._text.strip() or "#ERROR!"
        elif self._has_formula and not self._text and self._type != "str":
            self.overlay.unsaved.add(cell)
        elif self._text.strip():
            self.overlay.expect(cell, self._expected())

    def _expected(self) -> Expected:
        text = self._text.strip()
        match self._type:
            case "n" | "":
                return _number(text)
            case "s":
                known = text.isdigit() and int(text) < len(self._strings)
                return self._strings[int(text)] if known else None
            case "str" | "inlineStr":
                return text
            case _:
                return None


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def address_of(reference: str) -> Address | None:
    """A1 to row and column from 0; nothing if it is none."""
    found = _REFERENCE.fullmatch(reference)
    if found is None:
        return None
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return (int(found[2]) - 1, column - 1)


def area_of(reference: str) -> Area | None:
    """A1:B2 to its corners; nothing if it is none."""
    first, _, last = reference.partition(":")
    start, end = address_of(first), address_of(last or first)
    return None if start is None or end is None else (*start, *end)
