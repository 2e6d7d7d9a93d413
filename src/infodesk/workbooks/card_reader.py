"""Reading a vertical card: an item a line, found by its id, else by its label."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from infodesk.model.rule import Severity
from infodesk.model.submission import Part, Remark
from infodesk.text.folding import key
from infodesk.workbooks import marks
from infodesk.workbooks.extraction import Answering, Extraction, sections_of
from infodesk.workbooks.grid import Address, Sheet, address
from infodesk.workbooks.identify import FormSheet
from infodesk.workbooks.moved import moved_remarks, settle
from infodesk.workbooks.roles import (
    columns_of,
    keys_of,
    labels_of,
    role_titles,
    row_with,
    rows_with,
)


@dataclass(frozen=True)
class _Columns:
    """Where a card's label, value, tick, remark and id stand, and in which rows."""

    label: int
    value: int
    tick: int | None
    note: int | None
    item: int | None
    first: int
    end: int


@dataclass
class _Lines:
    """The lines of a card by what they are."""

    items: dict[str, int]
    unclear: dict[str, tuple[int, ...]]
    moved: dict[str, Remark]
    corrections: dict[str, int]
    nil: dict[str, int]
    notes: dict[str, int]


def read_card(found: FormSheet, extraction: Extraction) -> None:
    """Take the parts of a card, which is about its sender, if the sheet holds one."""
    sheet, form = found.sheet, found.form
    columns = _find_columns(sheet)
    if columns is None:
        return
    lines = _find_lines(found, columns, extraction)
    for section in sections_of(form, {**lines.items, **lines.unclear}):
        tick = lines.nil.get(section.id)
        nil = tick is not None and sheet.text(tick, columns.value) in marks.TICKS
        answering = Answering(extraction, form, section, extraction.sender.id, nil=nil)
        for item in answering.asked():
            if item.id in lines.unclear:
                answering.leave_open(item, lines.unclear[item.id])
            if item.id not in lines.items:
                continue
            place = _place(sheet, columns, lines, item.id)
            answering.answer(item, sheet, place, frozenset())
        answering.remarks += [r for item, r in lines.moved.items() if item in section.by_id]
        if columns.note is not None:
            answering.notes = _notes(sheet, columns.note, lines, set(section.by_id))
        answering.finish()


def _find_columns(sheet: Sheet) -> _Columns | None:
    header = row_with(sheet, marks.ITEM, marks.VALUE)
    if header is not None:
        found = columns_of(sheet, header)
        tables = [row for row in rows_with(sheet, marks.UNIT) if row > header]
        end = tables[0] - 2 if tables else len(sheet.rows)
        return _Columns(
            found.get(marks.LABEL, 0),
            found[marks.VALUE],
            found.get(marks.MEASURE),
            found.get(marks.NOTE),
            found[marks.ITEM],
            header + 1,
            end,
        )
    titles = role_titles()
    for row in range(len(sheet.rows)):
        keys = keys_of(sheet, row)
        places = {
            role: next((keys[name] for name in names if name in keys), None)
            for role, names in titles.items()
        }
        label, value = places[marks.LABEL], places[marks.VALUE]
        if label is not None and value is not None:
            tick, note = places[marks.MEASURE], places[marks.NOTE]
            return _Columns(label, value, tick, note, None, row + 1, len(sheet.rows))
    return None


def _find_lines(found: FormSheet, columns: _Columns, extraction: Extraction) -> _Lines:
    """Lines by their ids; those without one by their labels, where the item was not found yet."""
    sheet = found.sheet
    lines = _Lines({}, {}, {}, {}, {}, {})
    unnamed = []
    for row in range(columns.first, columns.end):
        name = "" if columns.item is None else sheet.text(row, columns.item)
        if name in found.form.by_id:
            _add_item(found, columns, (name, row), lines, extraction)
        elif not _special(name, row, lines):
            unnamed.append(row)
    labels = labels_of(found.form)
    _settle(found, columns, lines, labels, extraction)
    taken = {*lines.items.values(), *(row for rows in lines.unclear.values() for row in rows)}
    for row in unnamed:
        name = labels.get(key(sheet.text(row, columns.label)), "")
        if row in taken or name in lines.unclear:
            continue
        if name and (name not in lines.items or _number_in(sheet, columns, row)):
            _add_item(found, columns, (name, row), lines, extraction)
        elif _number_in(sheet, columns, row):
            _pass_over(found, columns, row, extraction)
    return lines


def _settle(
    found: FormSheet,
    columns: _Columns,
    lines: _Lines,
    labels: Mapping[str, str],
    extraction: Extraction,
) -> None:
    """Where ids and labels disagree, the label decides if it stands in one line alone."""
    sheet = found.sheet
    rows = range(columns.first, columns.end)
    said = {row: labels.get(key(sheet.text(row, columns.label)), "") for row in rows}
    ids = dict(lines.items)
    blank = {row: "" for row in ids.values() if not sheet.text(row, columns.label)}
    settled = settle(ids, {row: name for row, name in (said | blank).items() if name})
    lines.items = dict(settled.places)
    lines.unclear = dict(settled.unclear)
    cells = {item: address(sheet.name, row, columns.value) for item, row in settled.places.items()}
    sender = extraction.sender.id
    lines.moved = moved_remarks(extraction, found.form, sender, settled, cells)


def _add_item(
    found: FormSheet,
    columns: _Columns,
    line: tuple[str, int],
    lines: _Lines,
    extraction: Extraction,
) -> None:
    name, row = line
    if name not in lines.items:
        lines.items[name] = row
        return
    where = address(found.sheet.name, row, columns.value)
    section = found.form.section_of(name).id
    part = Part(found.form.id, section, extraction.sender.id)
    extraction.remark("GEN-006", Severity.ERROR, part, item=name, cell=where, detail="line_twice")


def _special(name: str, row: int, lines: _Lines) -> bool:
    """Note a line that is no item: a correction, a tick for nil, a rule."""
    if name.endswith(marks.CORRECT):
        lines.corrections[name.removesuffix(marks.CORRECT)] = row
    elif name.startswith(marks.NIL_LINE):
        lines.nil[name.removeprefix(marks.NIL_LINE)] = row
    elif name.startswith(marks.RULE):
        lines.notes[name.removeprefix(marks.RULE)] = row
    else:
        return False
    return True


def _number_in(sheet: Sheet, columns: _Columns, row: int) -> bool:
    """Whether a line has both a label and a number."""
    value = sheet.text(row, columns.value)
    return bool(sheet.text(row, columns.label)) and bool(re.fullmatch(r"-?[\d,.]+", value))


def _pass_over(found: FormSheet, columns: _Columns, row: int, extraction: Extraction) -> None:
    """A line with a number that belongs to no item is passed over, and said so."""
    sheet = found.sheet
    extraction.remark(
        "GEN-009",
        Severity.INFO,
        form=found.form.id,
        cell=address(sheet.name, row, columns.value),
        raw=sheet.text(row, columns.value),
        detail=f"line:{sheet.text(row, columns.label)}",
    )


def _place(sheet: Sheet, columns: _Columns, lines: _Lines, item: str) -> Address:
    """The cell of an answer: the correction under it where that is ticked."""
    correction = lines.corrections.get(item)
    if correction is None or columns.tick is None:
        return (lines.items[item], columns.value)
    is_ticked = sheet.text(correction, columns.tick) in marks.TICKS
    return (correction if is_ticked else lines.items[item], columns.value)


def _notes(sheet: Sheet, column: int, lines: _Lines, items: set[str]) -> dict[str, str]:
    rows = [(name, row) for name, row in lines.items.items() if name in items]
    rows += [(name, row) for name, row in lines.corrections.items() if name in items]
    rows += lines.notes.items()
    return {name: text for name, row in rows if (text := sheet.text(row, column))}
