"""Reading tables of rows: columns found by item id, else by label; a unit a row; a totals row compared."""

from collections.abc import Iterator
from dataclasses import dataclass

from infodesk.model.form import Form, Section
from infodesk.model.rule import Severity
from infodesk.model.unit import Unit
from infodesk.text.folding import key
from infodesk.workbooks import marks
from infodesk.workbooks.extraction import Answering, Extraction, sections_of
from infodesk.workbooks.grid import Sheet, address
from infodesk.workbooks.identify import FormSheet
from infodesk.workbooks.moved import Settled, moved_remarks, settle
from infodesk.workbooks.roles import columns_of, keys_of, labels_of, role_titles, rows_with
from infodesk.workbooks.totals import Totals

TOTAL_WORDS = frozenset({"合计", "总计", "全院", "全院合计", "小计", "total", "totals", "sum"})


@dataclass(frozen=True)
class _Block:
    """One table: where its columns stand, and its rows."""

    unit: int
    title: int | None
    columns: dict[str, int]  # item or role → column
    unclear: dict[str, tuple[int, ...]]
    first: int
    end: int


def read_tables(found: FormSheet, extraction: Extraction) -> None:
    """Take the parts of all tables on a sheet."""
    for block in _blocks(found, extraction):
        sums = Totals(found.form)
        totals: int | None = None
        for row in range(block.first, block.end):
            if _is_totals(found.sheet, block, row):
                totals = row
            elif _has_answers(found, block, row):
                _read_row(found, block, row, extraction, sums)
        if totals is not None:
            sums.compare(found.sheet, totals, _answers(found, block), extraction)


def _blocks(found: FormSheet, extraction: Extraction) -> Iterator[_Block]:
    sheet, form = found.sheet, found.form
    headers = list(rows_with(sheet, marks.UNIT))
    starts = [(row, columns_of(sheet, row)) for row in headers] or list(_by_labels(found))
    for number, (row, columns) in enumerate(starts):
        end = starts[number + 1][0] if number + 1 < len(starts) else len(sheet.rows)
        named = {
            name: column
            for name, column in columns.items()
            if name.partition(":")[0] in form.by_id or name.startswith("@")
        }
        unit = columns[marks.UNIT] if marks.UNIT in columns else columns.get(marks.TITLE, 0)
        settled = _settle(found, row, named, extraction) if headers else Settled()
        named = {n: c for n, c in named.items() if n not in settled.unclear} | settled.places
        yield _Block(unit, columns.get(marks.TITLE), named, settled.unclear, row + 1, end)


def _settle(found: FormSheet, row: int, named: dict[str, int], extraction: Extraction) -> Settled:
    """Where ids and the labels above them disagree, the label decides if it stands in one column alone."""
    sheet, labels = found.sheet, labels_of(found.form)
    ids = {name: column for name, column in named.items() if name in found.form.by_id}
    said = {
        column: labels.get(key(sheet.text(row - 1, column).split("\n")[0]), "")
        for column in range(len(sheet.rows[row]))
    }
    settled = settle(ids, {column: name for column, name in said.items() if name in ids})
    cells = {item: address(sheet.name, row - 1, c) for item, c in settled.places.items()}
    extraction.remarks += moved_remarks(extraction, found.form, "", settled, cells).values()
    return settled


def _by_labels(found: FormSheet) -> Iterator[tuple[int, dict[str, int]]]:
    """Header rows told by what they show: a column of units, and labels of at least two items."""
    labels = labels_of(found.form)
    titles = role_titles()
    for row in range(len(found.sheet.rows)):
        keys = keys_of(found.sheet, row)
        columns = {labels[name]: column for name, column in keys.items() if name in labels}
        unit_item = found.form.unit_item
        if unit_item is not None and unit_item.id in columns:
            columns[marks.UNIT] = columns.pop(unit_item.id)
        for role in (marks.UNIT, marks.TITLE, marks.NOTE):
            place = next((keys[name] for name in titles[role] if name in keys), None)
            if place is not None:
                columns.setdefault(role, place)
        has_unit = marks.UNIT in columns or marks.TITLE in columns
        if has_unit and sum(not name.startswith("@") for name in columns) >= 2:
            yield row, columns


def _is_totals(sheet: Sheet, block: _Block, row: int) -> bool:
    places = {block.unit, block.title if block.title is not None else block.unit}
    return any(key(sheet.text(row, place)) in TOTAL_WORDS for place in places)


def _has_answers(found: FormSheet, block: _Block, row: int) -> bool:
    """Whether a row says anything: an answer, or a tick. Headings and rules under the table do not."""
    sheet = found.sheet
    first = sheet.text(row, block.unit)
    if key(first) in role_titles()[marks.UNIT] or key(first) in role_titles()[marks.TITLE]:
        return False
    if not first and (block.title is None or not sheet.text(row, block.title)):
        return any(sheet.text(row, column) for column in _answers(found, block).values())
    nil = block.columns.get(marks.NIL)
    ticked = nil is not None and sheet.text(row, nil) in marks.TICKS
    return ticked or any(sheet.text(row, column) for column in _answers(found, block).values())


def _answers(found: FormSheet, block: _Block) -> dict[str, int]:
    items = {item.id for item in found.form.items()}
    return {name: column for name, column in block.columns.items() if name in items}


def _read_row(
    found: FormSheet, block: _Block, row: int, extraction: Extraction, sums: Totals
) -> None:
    unit = _unit(found, block, row, extraction)
    if unit is None:
        return
    answers = _answers(found, block)
    for section in sections_of(found.form, {**answers, **block.unclear}):
        answering = Answering(extraction, found.form, section, unit.id)
        answering.nil = _is_nil(found.sheet, block, row)
        _answer_section(found, block, row, answering, section)
        sums.add(answering.values)
        answering.finish()


def _is_nil(sheet: Sheet, block: _Block, row: int) -> bool:
    column = block.columns.get(marks.NIL)
    return column is not None and sheet.text(row, column) in marks.TICKS


def _answer_section(
    found: FormSheet, block: _Block, row: int, answering: Answering, section: Section
) -> None:
    sheet = found.sheet
    for item in answering.asked():
        if item.id in block.unclear:
            answering.leave_open(item, block.unclear[item.id])
        if item.id not in block.columns:
            continue
        column = block.columns[item.id]
        tick = block.columns.get(f"{item.id}{marks.TICKED}")
        if tick is not None and sheet.text(row, tick) in marks.TICKS:
            column = block.columns.get(f"{item.id}{marks.CORRECT}", column)
            reason = block.columns.get(f"{item.id}{marks.REASON}")
            if reason is not None and sheet.text(row, reason):
                answering.notes[item.id] = sheet.text(row, reason)
        answering.answer(item, sheet, (row, column), frozenset())
    note = block.columns.get(marks.NOTE)
    if note is not None and sheet.text(row, note):
        answering.notes[f"section:{section.id}"] = sheet.text(row, note)


def _unit(found: FormSheet, block: _Block, row: int, extraction: Extraction) -> Unit | None:
    """The unit a row is about; a stranger, or one not open in the period, is remarked and left out."""
    sheet = found.sheet
    code = sheet.text(row, block.unit)
    title = "" if block.title is None else sheet.text(row, block.title)
    by_code, by_title = find_unit(extraction, code), find_unit(extraction, title)
    unit = by_code or by_title
    disagree = by_code is not None and by_title is not None and by_code != by_title
    if unit is not None and not disagree and unit.is_open_in(extraction.period):
        return unit
    if any(code.startswith(f"{rule.id} ") for rule in extraction.definitions.rules):
        return None
    where = address(sheet.name, row, block.unit)
    if disagree:
        extraction.remark(
            "GEN-005", Severity.ERROR, form=found.form.id, unit=code or title,
            cell=where, raw=f"{code} {title}".strip(), detail="disagree",
        )  # fmt: skip
    else:
        unknown_unit(extraction, found.form, code or title, where, known=unit)
    return None


def unknown_unit(
    extraction: Extraction, form: Form, name: str, cell: str, *, known: Unit | None
) -> None:
    """Remark a name that is no unit of the period: once, with the units it may mean (GEN-005)."""
    if (form.id, name) in extraction.strangers:
        return
    extraction.strangers.add((form.id, name))
    units = extraction.definitions.units
    detail = "closed"
    if known is None:
        near = units.nearest(name)
        detail = "unknown:" + ":".join(f"{unit.id} {unit.title}" for unit in near)
    extraction.remark(
        "GEN-005", Severity.ERROR, form=form.id, unit=name or units.root.id,
        cell=cell, raw=name, detail=detail.removesuffix(":"),
    )  # fmt: skip


def find_unit(extraction: Extraction, name: str) -> Unit | None:
    """The unit of a code or a name; also of a code whose leading zeros a spreadsheet took away."""
    units = extraction.definitions.units
    found = units.find(name) if name else None
    if found is None and name.isdigit():
        alike = [u for u in units.units if u.id.isdigit() and int(u.id) == int(name)]
        found = alike[0] if len(alike) == 1 else None
    return found
