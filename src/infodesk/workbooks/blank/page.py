"""A sheet's widths and paper: what is frozen, what is hidden, where a page begins."""

from collections.abc import Iterator

from infodesk.model.item import Item, Type
from infodesk.workbooks.blank.card_paint import MONEY_WIDTHS, WIDTHS
from infodesk.workbooks.blank.drawing import Drawing
from infodesk.workbooks.blank.layout import FIRST_BLOCK, FormSheet
from infodesk.workbooks.blank.table import CHECK, FIRST_UNIT, TITLE, UNIT

LONG = 20  # lines: a longer table begins a page of its own


def set_up(sheet: FormSheet, drawing: Drawing, last_row: int) -> None:
    """Widths, paper, what is frozen and what is hidden."""
    page = drawing.sheet
    page.hide_gridlines(2)
    page.set_paper(9)
    page.center_horizontally()
    page.set_margins(0.5, 0.5, 0.55, 0.6)
    if sheet.tables:
        _set_up_tables(sheet, drawing)
    else:
        wide = any(
            i.type is Type.MONEY for card in sheet.cards for s in card.sections for i in s.items
        )
        for column, width in enumerate(MONEY_WIDTHS if wide else WIDTHS):
            hidden = {"hidden": True} if column > sheet.last_column else {}
            page.set_column(column, column, width, None, hidden)
        page.fit_to_pages(1, 2)
        page.freeze_panes(FIRST_BLOCK + 2, 0)
        page.repeat_rows(FIRST_BLOCK)
    page.set_column(sheet.counter_column, sheet.counter_column + 3, 4, None, {"hidden": True})
    page.print_area(0, 0, last_row, sheet.last_column)
    drawing.lock()


def _set_up_tables(sheet: FormSheet, drawing: Drawing) -> None:
    page = drawing.sheet
    page.set_landscape()
    page.fit_to_pages(1, 0)
    page.set_column(UNIT, UNIT, 12 if sheet.form.has_rows else 7)
    named = any(item.codes for item in sheet.form.row_key)
    page.set_column(TITLE, TITLE, 24 if named else 13)
    page.set_column(CHECK, CHECK, 12)
    for column in range(CHECK + 1, sheet.last_column):
        page.set_column(column, column, max(map(_width, _items_in(sheet, column)), default=8))
    long = [table.first_row for table in sheet.tables[1:] if len(table.lines) > LONG]
    page.set_h_pagebreaks(long)
    page.set_column(sheet.last_column, sheet.last_column, 16)
    shown = max(table.columns.last_shown for table in sheet.tables)
    if shown > sheet.last_column:
        page.set_column(sheet.last_column + 1, shown, 11)
    first_hidden = max(shown, sheet.last_column) + 1
    page.set_column(first_hidden, sheet.counter_column, 4, None, {"hidden": True})
    page.freeze_panes(FIRST_BLOCK + FIRST_UNIT if len(sheet.tables) == 1 else 4, CHECK + 1)


def _items_in(sheet: FormSheet, column: int) -> Iterator[Item]:
    """The items that stand in a column, in whichever table."""
    for table in sheet.tables:
        yield from (item for item in table.items if table.columns.items[item.id] == column)


def _width(item: Item) -> float:
    """How wide a column has to be for an item's answers."""
    match item.type:
        case Type.MONEY:
            return 15
        case Type.TEXT | Type.CODE | Type.UNIT | Type.DATE:
            return 12
        case _:
            return 8
