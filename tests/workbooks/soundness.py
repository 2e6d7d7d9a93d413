"""What must hold after any damage: the right numbers, or a refusal with a reason; never others, never a crash."""

import time

from infodesk.workbooks.grid import Address, Book
from infodesk.workbooks.reader import Reader
from infodesk.workbooks.unreadable import UnreadableError

Number = tuple[str, Address, float]


def numbers(book: Book) -> set[Number]:
    """Every number of a book, with its place."""
    return {
        (sheet.name, (row, column), value)
        for sheet in book.sheets
        for row, values in enumerate(sheet.rows)
        for column, value in enumerate(values)
        if isinstance(value, float)
    }


def flagged(book: Book) -> set[tuple[str, Address]]:
    """The cells of which a book says that their value cannot be had."""
    return {
        (sheet.name, place) for sheet in book.sheets for place in (*sheet.errors, *sheet.unsaved)
    }


def unsound(reader: Reader, content: bytes, right: set[Number] | None) -> str:
    """What is wrong with how a file is read; nothing if all is well.

    `right` are the numbers it must give; None if its damage may have changed them.
    """
    start = time.perf_counter()
    try:
        found = reader.open(content, "damaged.xlsx")
    except UnreadableError as error:
        found = None
        if not str(error.message):
            return "refused without a reason"
    if time.perf_counter() - start > 10:
        return "took longer than 10 s"
    if right is None or not isinstance(found, Book):
        return ""
    read, excused = numbers(found), flagged(found)
    missing = {each for each in right - read if each[:2] not in excused}
    return (
        f"other numbers: {read - right or ''} missing: {missing}" if read - right or missing else ""
    )
