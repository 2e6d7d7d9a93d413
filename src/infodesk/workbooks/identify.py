"""What a workbook is: which forms its sheets hold, of which sender and period, as it says itself."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from infodesk.model.definitions import Definitions
from infodesk.model.form import Form
from infodesk.text.folding import key
from infodesk.text.language import language
from infodesk.text.message import Message
from infodesk.workbooks import marks
from infodesk.workbooks.blank.cover_fields import COVER, LABELS
from infodesk.workbooks.grid import Book, Sheet
from infodesk.workbooks.layout_table import has_corner
from infodesk.workbooks.slip_reader import ReadSlip, is_slip, read_slip


@dataclass(frozen=True)
class FormSheet:
    """A sheet that holds a form. `period` and `sender` are what its own names say, if it has them."""

    sheet: Sheet
    form: Form
    period: str | None = None
    sender: str | None = None
    definition: str | None = None


@dataclass(frozen=True)
class Identity:
    """What a workbook is. `strange` are sheets that belong to nothing we know."""

    forms: tuple[FormSheet, ...]
    cover: dict[str, str] = field(default_factory=dict)
    cover_sheet: str | None = None
    strange: tuple[str, ...] = ()
    slip: ReadSlip | None = None
    slip_sender: str | None = None

    @property
    def is_ours(self) -> bool:
        """Whether anything in it is known."""
        return bool(self.forms) or self.slip is not None

    def senders(self) -> tuple[str, ...]:
        """The senders it names, each once; the cover's last."""
        named = [sheet.sender for sheet in self.forms]
        named += [self.slip_sender, self.cover.get("sender")]
        return tuple(dict.fromkeys(name for name in named if name))

    def sheet_periods(self) -> tuple[str, ...]:
        """The periods its form sheets were made for, each once."""
        return tuple(dict.fromkeys(sheet.period for sheet in self.forms if sheet.period))


def identify(book: Book, definitions: Definitions) -> Identity:
    """Find the forms and the cover of a workbook."""
    forms: list[FormSheet] = []
    strange: list[str] = []
    cover: dict[str, str] = {}
    cover_sheet = None
    slip = read_slip(book)
    for sheet in book.sheets:
        if not sheet.is_visible or is_slip(book, sheet):
            continue
        found = _forms_of(book, sheet, definitions)
        if found:
            forms += found
        elif _is_cover(book, sheet):
            cover, cover_sheet = read_cover(sheet), sheet.name
        elif any(True for _ in sheet.texts()):
            strange.append(sheet.name)
    sender = None if slip is None else book.name(slip.sheet.name, marks.SENDER)
    return Identity(tuple(forms), cover, cover_sheet, tuple(strange), slip, sender)


def _forms_of(book: Book, sheet: Sheet, definitions: Definitions) -> list[FormSheet]:
    """The form a sheet says it holds; else those whose title or layout it fits."""
    named = definitions.form_by_id.get(book.name(sheet.name, marks.FORM) or "")
    found = [named] if named is not None else list(_by_title(sheet, definitions))
    return [
        FormSheet(
            sheet,
            form,
            book.name(sheet.name, marks.PERIOD),
            book.name(sheet.name, marks.SENDER),
            book.name(sheet.name, marks.DEFINITION),
        )
        for form in found
    ]


def _by_title(sheet: Sheet, definitions: Definitions) -> Iterator[Form]:
    """By the sheet's name: the form's title, or the sheet its layout names; by the corner of a layout."""
    wanted = key(sheet.name)
    for form in definitions.forms:
        names: tuple[str, ...] = (form.title.zh, form.title.en, form.id)
        if form.layout is not None:
            names = (form.layout.sheet,)
        is_named = wanted in {key(name)[:31] for name in names if name}
        if form.layout is not None and form.layout.corner:
            is_named = (is_named or not form.layout.sheet) and has_corner(sheet, form.layout)
        if is_named:
            yield form


def _is_cover(book: Book, sheet: Sheet) -> bool:
    titles = {key(language(code).tell(COVER)) for code in ("zh", "en")}
    return book.name(sheet.name, marks.COVER) is not None or key(sheet.name) in titles


def read_cover(sheet: Sheet) -> dict[str, str]:
    """The cover's fields, by the roles in its hidden column, else by their labels."""
    found: dict[str, str] = {}
    for row, column, field_name in _fields(sheet):
        value = next(_right_of(sheet, row, column), "")
        found.setdefault(field_name, value)
    return {name: value for name, value in found.items() if value}


def _fields(sheet: Sheet) -> Iterator[tuple[int, int, str]]:
    """Row, column of the label, and name of each field."""
    roles = {row: text[1:] for row, _, text in sheet.texts() if text.startswith("@")}
    labels = _labels()
    for row, column, text in sheet.texts():
        if text.startswith("@"):
            continue
        name = roles.get(row) or labels.get(key(text))
        if name is not None and (row in roles or key(text) in labels):
            yield row, column, name


def _right_of(sheet: Sheet, row: int, column: int) -> Iterator[str]:
    for place in range(column + 1, len(sheet.rows[row]) if row < len(sheet.rows) else 0):
        text = sheet.text(row, place)
        if text.startswith("@"):
            return
        if text:
            yield text


def _labels() -> dict[str, str]:
    messages = {
        **LABELS,
        "sender": Message("Code of the unit"),
        "sender_title": Message("Reporting unit"),
        "period": Message("Period"),
    }
    return {
        key(language(code).tell(message)): name
        for name, message in messages.items()
        for code in ("zh", "en")
    }
