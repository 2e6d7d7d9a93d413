"""Reading foreign tables by the layout of a form: key columns, rows to leave out, periods, foreign codes."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from infodesk.model.form import Form
from infodesk.model.item import Item, Type
from infodesk.model.layout import ANY_PERIOD, JOINT, Layout
from infodesk.model.period import Period
from infodesk.model.rule import Severity
from infodesk.model.unit import Unit
from infodesk.text.folding import key
from infodesk.workbooks.extraction import Answering, Extraction
from infodesk.workbooks.grid import Address, Sheet, address
from infodesk.workbooks.identify import FormSheet
from infodesk.workbooks.layout_table import Table, tables
from infodesk.workbooks.period_names import period_in
from infodesk.workbooks.table_reader import find_unit, unknown_unit
from infodesk.workbooks.totals import Totals


@dataclass
class _Reading:
    """One table being read: the columns of its items, and what was last seen in columns that are filled down."""

    form: Form
    table: Table
    columns: dict[str, int]
    extraction: Extraction
    sums: Totals
    others: set[Period] = field(default_factory=set)  # periods it holds beside the one wanted
    filled: dict[str, int] = field(default_factory=dict)  # item → row of the last text

    @property
    def layout(self) -> Layout:
        return self.table.layout

    @property
    def sheet(self) -> Sheet:
        return self.table.sheet


def read_layout(found: FormSheet, extraction: Extraction) -> None:
    """Take the parts of the foreign tables on a sheet. InfodeskError if a column is not there, or not alone."""
    layout = found.form.layout
    assert layout is not None, "only forms with a layout come here"
    others: set[Period] = set()
    for table in tables(found.sheet, layout):
        reading = _open(found.form, table, extraction)
        if reading is not None:
            _read_table(reading)
            others |= reading.others
        else:
            others |= set(_periods_of(table, extraction))
    others.discard(extraction.period)
    if others:
        listed = ",".join(str(period) for period in sorted(others, key=lambda p: p.start))
        extraction.remark(
            "GEN-009", Severity.INFO, form=found.form.id,
            cell=found.sheet.name, detail=f"periods:{listed}",
        )  # fmt: skip


def _periods_of(table: Table, extraction: Extraction) -> dict[Period, str]:
    """The periods that a table is of, as far as its header or the line above it says."""
    layout = table.layout
    if layout.has_periods_across:
        return table.periods(extraction.period)
    if layout.period is not None and layout.period.above:
        row = min(table.headers) - layout.period.above
        said = (
            period_in(table.sheet, (row, column), extraction.period)
            for column in range(table.left, table.right)
        )
        return {period: "" for period in said if period is not None}
    return {extraction.period: ""}


def _open(form: Form, table: Table, extraction: Extraction) -> _Reading | None:
    """The table with its columns, unless it is of other periods."""
    periods = _periods_of(table, extraction)
    if extraction.period not in periods:
        return None
    written = periods[extraction.period]
    columns = {
        item: table.column_of(_path(table, path, written)) for item, path in table.layout.columns
    }
    reading = _Reading(form, table, columns, extraction, Totals(form), set(periods))
    _report_strangers(reading)
    return reading


def _path(table: Table, path: str, written: str) -> str:
    """The header path with the period as the file writes it."""
    if ANY_PERIOD not in path:
        return path
    wanted = key(path.replace(ANY_PERIOD, written))
    return next((name for name, _ in table.paths if key(name) == wanted), path)


def _report_strangers(reading: _Reading) -> None:
    layout, table = reading.layout, reading.table
    if layout.unknown_columns == "ignore" or layout.has_periods_across:
        return
    known = set(reading.columns.values())
    if layout.period is not None and layout.period.column:
        known.add(table.column_of(layout.period.column))
    for path, column in table.paths:
        if column not in known:
            where = address(reading.sheet.name, max(table.headers), column)
            reading.extraction.remark(
                "GEN-009", Severity.INFO, form=reading.form.id, cell=where, detail=f"column:{path}"
            )


def _read_table(reading: _Reading) -> None:
    totals: int | None = None
    for row in _rows(reading):
        if reading.layout.totals is not None and reading.table.is_marked(
            row, reading.layout.totals
        ):
            totals = row
        else:
            _read_row(reading, row)
    if totals is not None:
        reading.sums.compare(reading.sheet, totals, reading.columns, reading.extraction)


def _rows(reading: _Reading) -> Iterator[int]:
    """The rows of data, and the totals row."""
    layout, table = reading.layout, reading.table
    for row in range(table.first, table.end):
        if layout.until is not None and table.is_marked(row, layout.until):
            return
        is_left_out = (
            row - table.top + 1 in layout.leave_out_rows
            or any(table.is_marked(row, mark) for mark in layout.leave_out)
            or table.is_header_again(row)
        )
        if not is_left_out and _has_data(reading, row):
            yield row


def _has_data(reading: _Reading, row: int) -> bool:
    """Whether anything stands in the row; where it is filled down, in another column than those."""
    columns = [c for item, c in reading.columns.items() if item not in reading.layout.fill_down]
    _remember(reading, row)
    return any(
        reading.sheet.text(row, column) or (row, column) in reading.sheet.errors
        for column in columns
    )


def _remember(reading: _Reading, row: int) -> None:
    for item in reading.layout.fill_down:
        if reading.sheet.text(row, reading.columns[item]):
            reading.filled[item] = row


def _place(reading: _Reading, row: int, item: str) -> Address:
    """The cell of an item in a row: the one above where it is filled down."""
    if item in reading.layout.fill_down:
        row = reading.filled.get(item, row)
    return row, reading.columns[item]


def _is_of_period(reading: _Reading, row: int) -> bool:
    period = reading.layout.period
    if period is None or not period.column:
        return True
    column = reading.table.column_of(period.column)
    found = period_in(reading.sheet, (row, column), reading.extraction.period)
    if found is not None:
        reading.others.add(found)
    return found == reading.extraction.period


def _read_row(reading: _Reading, row: int) -> None:
    if not _is_of_period(reading, row):
        return
    unit = _unit(reading, row)
    if unit is None:
        return
    form, extraction, sheet = reading.form, reading.extraction, reading.sheet
    row_key = JOINT.join(
        _text(reading, item, _place(reading, row, item.id))
        for item in form.row_key
        if item.id in reading.columns
    )
    blanks = frozenset(reading.layout.blank)
    for section in form.sections:
        answering = Answering(extraction, form, section, unit.id, row_key)
        for item in answering.asked():
            if item.id in reading.columns:
                place = _place(reading, row, item.id)
                meant = _meant(reading, item, sheet.text(*place))
                answering.answer(item, sheet, place, blanks, meant)
        reading.sums.add(answering.values)
        answering.finish()


def _unit(reading: _Reading, row: int) -> Unit | None:
    """The unit a row is about; a stranger is remarked once, with those it may be."""
    extraction, item = reading.extraction, reading.form.unit_item
    if item is None:
        return extraction.sender
    place = _place(reading, row, item.id)
    name = _text(reading, item, place)
    unit = find_unit(extraction, name)
    if unit is not None and unit.is_open_in(extraction.period):
        return unit
    where = address(reading.sheet.name, *place)
    unknown_unit(extraction, reading.form, name, where, known=unit)
    return None


def _text(reading: _Reading, item: Item, place: Address) -> str:
    """The text of a cell, or the code that it means."""
    text = reading.sheet.text(*place)
    return _meant(reading, item, text) or text


def _meant(reading: _Reading, item: Item, text: str) -> str | None:
    """The code that a text of the file means in the period, if the layout says so."""
    if item.type not in (Type.CODE, Type.UNIT):
        return None
    for code in reading.layout.codes.get(item.id, ()):
        if key(code.text) == key(text) and code.is_meant_in(reading.extraction.period):
            return code.code
    return None
