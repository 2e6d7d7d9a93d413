"""Words broken into lines: a Chinese character may end a line, a word of letters and digits is kept whole."""

import re
from collections.abc import Iterator

from rich.cells import cell_len, chop_cells

from infodesk.cli.terminal import Terminal

NARROW = 80  # half-width characters of a line where nobody looks at it
WIDE = 100  # a longer line is hard to follow
# A run without blanks or Chinese; or a Chinese character, with what may not begin a line behind it (七.11, 。).
_PIECE = re.compile(
    r"[^\s\u2e80-\uffff]+[，。；：、）》”]*\s*|[\u2e80-\uffff][.0-9()，。；：、）》”]*\s*|\s+"
)


def paragraph(terminal: Terminal, head: str, text: str) -> Iterator[str]:
    """The lines of a paragraph: `head` before the first one, as much blank before the others."""
    room = min(terminal.width or NARROW, WIDE) - cell_len(head)
    for number, line in enumerate(_lines(text, max(room, NARROW // 4))):
        yield f"{head if not number else ' ' * cell_len(head)}{line}".rstrip()


def _lines(text: str, width: int) -> Iterator[str]:
    line = ""
    for piece in _pieces(text, width):
        if line and cell_len(line) + cell_len(piece.rstrip()) > width:
            yield line.rstrip()
            line = ""
        line += piece
    yield line.rstrip()


def _pieces(text: str, width: int) -> Iterator[str]:
    for piece in _PIECE.findall(text):
        yield from chop_cells(piece, width) if cell_len(piece) > width else (piece,)
