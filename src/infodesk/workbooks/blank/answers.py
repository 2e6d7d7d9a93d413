"""The cells that answers go into: what they hold, what may be typed there, yellow while blank."""

from xlsxwriter.format import Format

from infodesk.model.item import Item, Type
from infodesk.model.submission import Stored
from infodesk.workbooks.blank.drawing import Drawing, cell
from infodesk.workbooks.marks import TICK


def plain(item: Item, stored: Stored) -> float | int | str | None:
    """A stored answer as a spreadsheet holds it."""
    if isinstance(stored, int) and item.scale:
        return stored / float(10**item.scale)
    return stored


def put_answer(
    drawing: Drawing,
    place: tuple[int, int],
    item: Item,
    stored: Stored,
    *,
    may_be_blank: bool = False,
) -> None:
    """A cell to fill in, and what stands in it already."""
    row, column = place
    drawing.put(row, column, plain(item, stored), _style(drawing, item))
    area = (row, column, row, column)
    if item.is_numeric:
        drawing.allow(area, _allowed(drawing, item))
    if item.required and not may_be_blank:
        blank = f'=TRIM({cell(row, column)})=""'
        drawing.over(area, {"type": "formula", "criteria": blank, "format": drawing.styles.todo})


def allow_tick(drawing: Drawing, place: tuple[int, int]) -> None:
    """A cell where only a tick goes."""
    drawing.allow((*place, *place), {"validate": "list", "source": [TICK]})


def _style(drawing: Drawing, item: Item) -> Format:
    if item.is_exact:
        return drawing.styles.number(item.scale)
    if item.is_numeric:
        return drawing.styles.framed(align="right", locked=False)
    return drawing.styles.day if item.type is Type.DATE else drawing.styles.text


def _allowed(drawing: Drawing, item: Item) -> dict[str, object]:
    tell = drawing.language
    whole = item.is_exact and item.scale == 0
    words = (
        tell("A whole number, 0 if nothing happened")
        if whole
        else tell("A number, 0 if nothing happened")
    )
    return {
        "validate": "integer" if whole else "decimal",
        "criteria": "between",
        "minimum": -item.largest if item.negative else 0,
        "maximum": item.largest,
        "error_title": tell("Not accepted"),
        "error_message": words,
    }
