"""Reading forms with rows (diseases, devices, persons): a row a line, told by its key."""

from collections.abc import Iterator
from dataclasses import dataclass

from infodesk.model.item import Item
from infodesk.model.rule import Severity
from infodesk.model.submission import Part
from infodesk.text.folding import key
from infodesk.workbooks import marks
from infodesk.workbooks.answer import read_answer
from infodesk.workbooks.extraction import Answering, Extraction, about, sections_of
from infodesk.workbooks.grid import address
from infodesk.workbooks.identify import FormSheet
from infodesk.workbooks.roles import columns_of, keys_of, labels_of, role_titles, rows_with
from infodesk.workbooks.table_reader import TOTAL_WORDS
from infodesk.workbooks.totals import Totals


@dataclass(frozen=True)
class _Block:
    """One table: the columns of its items, of the remarks, and its rows."""

    key: int
    title: int
    items: dict[str, int]
    note: int | None
    first: int
    end: int


def read_rows(found: FormSheet, extraction: Extraction) -> None:
    """Take the rows of all tables on a sheet."""
    for block in _blocks(found):
        sums = Totals(found.form)
        for row in range(block.first, block.end):
            names = {key(found.sheet.text(row, column)) for column in (block.key, block.title)}
            if names & TOTAL_WORDS:
                sums.compare(found.sheet, row, block.items, extraction)
            elif _is_row(found, block, row, extraction):
                _read_row(found, block, row, extraction, sums)


def _blocks(found: FormSheet) -> Iterator[_Block]:
    sheet, item = found.sheet, found.form.row_key[0]
    named = [(row, columns_of(sheet, row)) for row in rows_with(sheet, item.id)]
    starts = named or list(_by_labels(found))
    answers = {each.id for each in found.form.items()}
    for number, (row, columns) in enumerate(starts):
        end = starts[number + 1][0] if number + 1 < len(starts) else len(sheet.rows)
        items = {name: column for name, column in columns.items() if name in answers}
        title = columns.get(marks.TITLE, columns[item.id])
        yield _Block(columns[item.id], title, items, columns.get(marks.NOTE), row + 1, end)


def _by_labels(found: FormSheet) -> Iterator[tuple[int, dict[str, int]]]:
    """Header rows told by what they show: the label of the key, and those of at least two items."""
    labels, notes = labels_of(found.form), role_titles()[marks.NOTE]
    for row in range(len(found.sheet.rows)):
        keys = keys_of(found.sheet, row)
        columns = {labels[name]: column for name, column in keys.items() if name in labels}
        if found.form.row_key[0].id in columns and len(columns) > 2:
            note = next((keys[name] for name in notes if name in keys), None)
            yield row, columns if note is None else columns | {marks.NOTE: note}


def _is_row(found: FormSheet, block: _Block, row: int, extraction: Extraction) -> bool:
    """Whether a line says anything of a row: headings and the rules under a table do not."""
    name = found.sheet.text(row, block.key)
    label = found.form.row_key[0].label
    if key(name) in (key(label.zh), key(label.en)):
        return False
    if any(name.startswith(f"{rule.id} ") for rule in extraction.definitions.rules):
        return False
    return any(found.sheet.text(row, column) for column in block.items.values())


def _read_row(
    found: FormSheet, block: _Block, row: int, extraction: Extraction, sums: Totals
) -> None:
    form, sheet = found.form, found.sheet
    unit = about(form, extraction).id
    sections = sections_of(form, block.items)
    name = _key(found, block, row, Part(form.id, sections[0].id, unit), extraction)
    if name is None:
        return
    for section in sections:
        answering = Answering(extraction, form, section, unit, name)
        for item in answering.asked():
            if item.id in block.items:
                answering.answer(item, sheet, (row, block.items[item.id]), frozenset())
        if block.note is not None and sheet.text(row, block.note):
            answering.notes[f"section:{section.id}:{name}"] = sheet.text(row, block.note)
        sums.add(answering.values)
        answering.finish()


def _key(
    found: FormSheet, block: _Block, row: int, part: Part, extraction: Extraction
) -> str | None:
    """What a row goes by; without a proper key it is remarked and left out."""
    item: Item = found.form.row_key[0]
    read = read_answer(item, found.sheet, (row, block.key))
    if isinstance(read.value, str):
        return read.value
    for fault in read.faults:
        where = address(found.sheet.name, row, block.key)
        extraction.remark(
            fault.rule, Severity.ERROR, part, row=read.raw, item=item.id, cell=where, raw=read.raw
        )
    return None
