"""The cells that answers go into: what they hold, what may be typed there, yellow while blank."""

from xlsxwriter.format import Format

from infodesk.model.item import Item, Type
from infodesk.model.submission import Stored
from infodesk.text.language import Language
from infodesk.text.message import Message
from infodesk.workbooks.blank.drawing import Drawing, cell
from infodesk.workbooks.marks import TICK

YES, NO = Message("yes"), Message("no")
LONGEST_LIST = 255  # characters, in every spreadsheet program


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
    asked_if: str | None = None,
) -> None:
    """A cell to fill in, and what stands in it already. `asked_if`: a blank is missed only where that holds."""
    row, column = place
    drawing.put(row, column, shown(drawing.language, item, stored), _style(drawing, item))
    area = (row, column, row, column)
    if item.is_numeric:
        drawing.allow(area, _allowed(drawing, item))
    elif _choices(drawing.language, item):
        drawing.allow(area, {"validate": "list", "source": _choices(drawing.language, item)})
    if item.required and not may_be_blank:
        test = f'TRIM({cell(row, column)})=""'
        blank = f"=AND({asked_if},{test})" if asked_if else f"={test}"
        drawing.over(area, {"type": "formula", "criteria": blank, "format": drawing.styles.todo})


def shown(language: Language, item: Item, stored: Stored) -> float | int | str | None:
    """The same with codes by their titles, and a yes or no in words."""
    if stored is not None and item.type is Type.YES_NO:
        return language.tell(YES if stored else NO)
    if item.type is Type.CODE:
        return next((language.tell(c.title) for c in item.codes if c.id == stored), None)
    return plain(item, stored)


def _choices(language: Language, item: Item) -> list[str]:
    """What may be picked from; nothing if that is longer than a spreadsheet's list may be."""
    if item.type is Type.YES_NO:
        return [language.tell(YES), language.tell(NO)]
    if item.type is not Type.CODE:
        return []
    titles = [language.tell(code.title) for code in item.codes]
    return titles if len(",".join(titles)) <= LONGEST_LIST else []


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
