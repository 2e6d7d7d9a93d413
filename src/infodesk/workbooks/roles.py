"""Finding rows and columns: by the ids that our blanks carry, else by what people see."""

from collections.abc import Iterable, Iterator, Mapping

from infodesk.model.form import Form
from infodesk.text.folding import key
from infodesk.text.language import language
from infodesk.text.message import Message
from infodesk.workbooks import marks
from infodesk.workbooks.grid import Sheet


def row_with(sheet: Sheet, *roles: str) -> int | None:
    """The first row that holds all of these texts."""
    return next(rows_with(sheet, *roles), None)


def rows_with(sheet: Sheet, *roles: str) -> Iterator[int]:
    """All rows that hold all of these texts."""
    wanted = set(roles)
    for row, values in enumerate(sheet.rows):
        if wanted <= {value.strip() for value in values if isinstance(value, str)}:
            yield row


def columns_of(sheet: Sheet, row: int) -> dict[str, int]:
    """Text → column of a row; the first one where a text stands twice."""
    found: dict[str, int] = {}
    for column in range(len(sheet.rows[row])):
        text = sheet.text(row, column)
        if text:
            found.setdefault(text, column)
    return found


def keys_of(sheet: Sheet, row: int) -> dict[str, int]:
    """The same with folded texts; the unit of count under a label is left out."""
    found: dict[str, int] = {}
    for column in range(len(sheet.rows[row])):
        text = sheet.text(row, column).split("\n")[0]
        if text:
            found.setdefault(key(text), column)
    return found


def folded(messages: Iterable[Message]) -> set[str]:
    """Messages in both languages, folded."""
    return {key(language(code).tell(message)) for message in messages for code in ("zh", "en")}


def labels_of(form: Form) -> Mapping[str, str]:
    """Folded label or id → item, leaving out labels that two items share."""
    names: dict[str, set[str]] = {}
    for item in form.by_id.values():
        for name in (item.id, item.label.zh, item.label.en):
            if name:
                names.setdefault(key(name), set()).add(item.id)
    return {name: next(iter(ids)) for name, ids in names.items() if len(ids) == 1}


ROLE_TITLES: dict[str, set[str]] = {}


def role_titles() -> dict[str, set[str]]:
    """Roles and the header texts that stand for them."""
    if not ROLE_TITLES:
        ROLE_TITLES.update(
            {
                marks.LABEL: folded([Message("Item")]),
                marks.MEASURE: folded([Message("Counted in")]),
                marks.VALUE: folded([Message("This period")]),
                marks.NOTE: folded([Message("Remarks")]),
                marks.UNIT: folded([Message("Code"), Message("Code of the unit")]) | {"科室代码"},
                marks.TITLE: folded([Message("Unit")]),
            }
        )
    return ROLE_TITLES
