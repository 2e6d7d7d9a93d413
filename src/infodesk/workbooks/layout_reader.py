"""Reading a foreign table by the layout of its form: header paths, key columns, rows to leave out."""

from infodesk.errors import InfodeskError
from infodesk.model.layout import Layout, LeaveOut
from infodesk.model.rule import Severity
from infodesk.text.folding import key, nearest
from infodesk.text.message import Message
from infodesk.workbooks.extraction import Answering, Extraction
from infodesk.workbooks.grid import Sheet, address
from infodesk.workbooks.identify import FormSheet
from infodesk.workbooks.table_reader import find_unit
from infodesk.workbooks.totals import Totals

JOINT = " / "


def read_layout(found: FormSheet, extraction: Extraction) -> None:
    """Take the parts of a foreign table. InfodeskError if a column is not there."""
    layout = found.form.layout
    assert layout is not None, "only forms with a layout come here"
    paths = header_paths(found.sheet, layout)
    columns = _columns(found, layout, paths)
    _report_strangers(found, layout, paths, columns, extraction)
    sums = Totals(found.form)
    totals: int | None = None
    for row in range(max(layout.header_rows), len(found.sheet.rows)):
        if layout.totals is not None and _is(found.sheet, paths, row, layout.totals):
            totals = row
        elif _is_data(found.sheet, layout, paths, columns, row):
            _read_row(found, row, columns, extraction, sums)
    if totals is not None:
        sums.compare(found.sheet, totals, columns, extraction)


def header_paths(sheet: Sheet, layout: Layout) -> dict[str, int]:
    """Header path → column. A text stands for the blank cells to its right, up to the next text."""
    paths: dict[str, int] = {}
    rows = [number - 1 for number in layout.header_rows]
    width = max((len(sheet.rows[row]) for row in rows if row < len(sheet.rows)), default=0)
    above = ["" for _ in rows]
    for column in range(width):
        texts = [sheet.text(row, column) for row in rows]
        if not texts[-1]:
            continue
        for level, text in enumerate(texts[:-1]):
            if text:
                above[level] = text
                above[level + 1 :] = [""] * (len(rows) - level - 1)
        full = JOINT.join([part for part in above[:-1] if part] + [texts[-1]])
        paths.setdefault(full, column)
    return paths


def _folded(path: str) -> str:
    return key(path)


def _columns(found: FormSheet, layout: Layout, paths: dict[str, int]) -> dict[str, int]:
    folded = {_folded(path): column for path, column in paths.items()}
    columns = {}
    for item, path in layout.columns:
        if _folded(path) not in folded:
            near = nearest(path, paths)
            hint = (
                Message("the nearest is {near}; see layout: in the form", near=near)
                if near
                else None
            )
            raise InfodeskError(
                Message(
                    "sheet {sheet} has no column {path}", sheet=found.sheet.name, path=repr(path)
                ),
                hint,
            )
        columns[item] = folded[_folded(path)]
    return columns


def _report_strangers(
    found: FormSheet,
    layout: Layout,
    paths: dict[str, int],
    columns: dict[str, int],
    extraction: Extraction,
) -> None:
    if layout.unknown_columns == "ignore":
        return
    for path, column in paths.items():
        if column not in columns.values():
            where = address(found.sheet.name, layout.header_rows[-1] - 1, column)
            extraction.remark(
                "GEN-009", Severity.INFO, form=found.form.id, cell=where, detail=f"column:{path}"
            )


def _is(sheet: Sheet, paths: dict[str, int], row: int, wanted: LeaveOut) -> bool:
    folded = {_folded(path): column for path, column in paths.items()}
    column = folded.get(_folded(wanted.column))
    return column is not None and key(sheet.text(row, column)) == key(wanted.text)


def _is_data(
    sheet: Sheet, layout: Layout, paths: dict[str, int], columns: dict[str, int], row: int
) -> bool:
    if any(_is(sheet, paths, row, wanted) for wanted in layout.leave_out):
        return False
    return any(sheet.text(row, column) for column in columns.values())


def _read_row(
    found: FormSheet,
    row: int,
    columns: dict[str, int],
    extraction: Extraction,
    sums: Totals,
) -> None:
    form, sheet = found.form, found.sheet
    layout = form.layout
    assert layout is not None
    name = sheet.text(row, columns[form.unit_item.id]) if form.unit_item else extraction.sender.id
    unit = find_unit(extraction, name)
    if unit is None or not unit.is_open_in(extraction.period):
        detail = "unknown" if unit is None else "closed"
        extraction.remark(
            "GEN-005", Severity.ERROR, form=form.id, unit=name,
            cell=address(sheet.name, row, 0), raw=name, detail=detail,
        )  # fmt: skip
        return
    row_key = JOINT.join(sheet.text(row, columns[item.id]) for item in form.row_key)
    for section in form.sections:
        answering = Answering(extraction, form, section, unit.id, row_key)
        for item in answering.asked():
            if item.id in columns:
                answering.answer(item, sheet, (row, columns[item.id]), frozenset(layout.blank))
        sums.add(answering.values)
        answering.finish()
