"""How wide columns want to be, in half-width characters: a Chinese character, or a sign of its fonts, counts two."""

import math
import re
import unicodedata

from infodesk.render.document import Column, Table

_WORD = re.compile(r"[!-.0-~]+")  # cannot be broken; a slash breaks
WIDEST = 44  # a column of sentences wraps beyond it
NARROWEST = 14  # a column of words is not made narrower
ON_PAPER = 110  # upright A4, in the type of tables
MANY = 8  # columns: more of them get narrower headings
ROOMY, CROWDED = 10, 8


def display_width(text: str) -> int:
    """How many half-width characters a text takes."""
    return sum(2 if unicodedata.east_asian_width(c) in "WFA" else 1 for c in text)


def column_widths(table: Table, room: int | None = None) -> tuple[int, ...]:
    """The width of each column: its widest cell, or its heading on a few lines.

    If that is more than there is room for, columns of words give way, for words can be broken.
    """
    line = ROOMY if len(table.columns) <= MANY else CROWDED
    widths = [_width(table, place, line) for place in range(len(table.columns))]
    words = [place for place, column in enumerate(table.columns) if column.align == "left"]
    while room is not None and words and sum(widths) > room:
        widest = max(words, key=lambda place: widths[place])
        if widths[widest] <= NARROWEST:
            break
        widths[widest] -= 1
    return tuple(widths)


def _width(table: Table, place: int, line: int) -> int:
    column = table.columns[place]
    cells = (table.padded(row)[place].shown for row in table.rows if row.kind != "group")
    widest = max((display_width(text) for text in cells), default=0)
    if column.align == "right":
        widest += 1  # a number cannot be broken, and fonts of other machines have wider digits
    heading = _heading(column, line)
    return min(WIDEST, max(widest, heading, 4)) + 2


def _heading(column: Column, line: int) -> int:
    """The width of a heading whose title is broken into even lines."""
    title = display_width(column.title)
    share = math.ceil(title / math.ceil(title / line)) if title else 0
    words = (len(word) for word in _WORD.findall(column.title))
    return max(share + share % 2, display_width(column.unit), *words)
