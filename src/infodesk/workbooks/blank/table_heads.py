"""The heads of a table: what its columns are called, and the ids that tell them apart in a hidden row."""

from infodesk.model.item import Item
from infodesk.model.rule import Rule
from infodesk.workbooks import marks
from infodesk.workbooks.blank.card_paint import COMMENT
from infodesk.workbooks.blank.drawing import Drawing
from infodesk.workbooks.blank.lines import name_item
from infodesk.workbooks.blank.table import CHECK, HEADER, HEADING, ROLES, TITLE, UNIT, Table


def _head(table: Table, drawing: Drawing, column: int, title: str, role: str) -> None:
    row = table.first_row
    drawing.put(row + HEADER, column, title, drawing.styles.head)
    drawing.put(row + ROLES, column, role, drawing.styles.small)


def paint_heads(table: Table, drawing: Drawing) -> None:
    """Draw the heading of a table and the header of its columns."""
    columns = table.columns
    tell = drawing.language
    heading = table.first_row + HEADING
    title = tell.tell(table.section.title)
    drawing.merge(heading, 0, columns.last_printed, title, drawing.styles.section)
    _name_heads(table, drawing)
    if columns.nil is not None:
        _head(table, drawing, columns.nil, tell.tell(table.section.nil), marks.NIL)
    for item in table.items:
        _item_head(table, drawing, item)
    for item in table.opening_items:
        _correction_head(table, drawing, item)
    _head(table, drawing, CHECK, tell("Check"), marks.CHECK)
    _head(table, drawing, columns.note, tell("Remarks"), marks.NOTE)
    for rule in table.rules:
        _rule_head(table, drawing, rule)
    drawing.sheet.set_row(table.first_row + HEADER, 66)
    drawing.hide_row(table.first_row + ROLES)


def _name_heads(table: Table, drawing: Drawing) -> None:
    """The heads of the first two columns: code and name of a unit, or the key of a row and what it is called."""
    tell, key = drawing.language, table.key
    if key is None:
        _head(table, drawing, UNIT, tell("Code"), marks.UNIT)
        _head(table, drawing, TITLE, tell("Unit"), marks.TITLE)
        return
    _head(table, drawing, UNIT, tell.tell(key.label), key.id)
    named = name_item(table.form)
    title = tell("Name")
    if not key.codes:
        title = tell("No.") if table.above is None or named is None else tell.tell(named.label)
    _head(table, drawing, TITLE, title, marks.TITLE)


def _item_head(table: Table, drawing: Drawing, item: Item) -> None:
    column = table.columns.items[item.id]
    label = drawing.language.tell(item.label)
    _head(table, drawing, column, f"{label}\n({item.unit})" if item.unit else label, item.id)
    if item.note.zh or item.note.en:
        row = table.first_row + HEADER
        drawing.sheet.write_comment(row, column, drawing.language.tell(item.note), COMMENT)


def _correction_head(table: Table, drawing: Drawing, item: Item) -> None:
    tell, first = drawing.language, table.columns.corrections[item.id]
    label = item.label
    _head(
        table,
        drawing,
        first,
        tell("{label}: last period wrong ✓", label=label),
        f"{item.id}{marks.TICKED}",
    )
    _head(
        table,
        drawing,
        first + 1,
        tell("{label}: right value", label=label),
        f"{item.id}{marks.CORRECT}",
    )
    _head(table, drawing, first + 2, tell("{label}: why", label=label), f"{item.id}{marks.REASON}")


def _rule_head(table: Table, drawing: Drawing, rule: Rule) -> None:
    column = table.columns.rules[rule.id]
    _head(table, drawing, column, rule.id, f"{marks.RULE}{rule.id}")
    message = drawing.language.tell(rule.message)
    drawing.sheet.write_comment(table.first_row + HEADER, column, message, COMMENT)
