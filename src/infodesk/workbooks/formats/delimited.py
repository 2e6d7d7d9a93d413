"""Text with delimiters: which one, its rows, and numbers where a cell is plainly a number."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator

from infodesk.text.message import Message
from infodesk.workbooks.grid import CellValue, Origin, Sheet
from infodesk.workbooks.limits import Limits
from infodesk.workbooks.unreadable import UnreadableError, too_far

DELIMITERS = ("\t", ",", ";", "|")
SAMPLE = 200  # lines that are looked at to find the delimiter
_PLAIN = re.compile(
    r"-?(0|[1-9]\d{0,14})(\.\d+)?"
)  # no code with zeros in front, no number of an identity card
CUT = "cut"  # the doubt about a text whose last line has no end


def read_delimited(text: str, name: str, limits: Limits) -> tuple[Sheet, Origin]:
    """The one sheet of a text, named `name`, and what kind of text it is."""
    delimiter = _delimiter(text)
    rows = tuple(_rows(text, delimiter, limits))
    if not any(any(row) for row in rows):
        raise UnreadableError(Message("the file is empty"))
    width = max(len(row) for row in rows)
    kind = "tsv" if delimiter == "\t" else "csv"
    doubts = () if text.endswith(("\n", "\r")) or len(rows) == 1 else (CUT,)
    padded = tuple(row + ("",) * (width - len(row)) for row in rows)
    return Sheet(name, padded), Origin(kind, doubts=doubts)


def plain_value(text: str) -> CellValue:
    """A cell of a text: a number if it is written as a spreadsheet would write one."""
    text = text.strip()
    return float(text) if _PLAIN.fullmatch(text) else text


def _rows(text: str, delimiter: str, limits: Limits) -> Iterator[tuple[CellValue, ...]]:
    """The rows one after the other; refused as soon as they are too many."""
    csv.field_size_limit(2**20)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    width = 1
    try:
        for number, row in enumerate(reader, 1):
            width = max(width, len(row))
            if number * width > limits.cells:
                raise too_far(number, width)
            yield tuple(plain_value(cell) for cell in row)
    except csv.Error as error:
        raise UnreadableError(
            Message("line {n} of the text is not whole: {reason}", n=reader.line_num, reason=error),
            Message("export it again, and collect that"),
        ) from error


def _delimiter(text: str) -> str:
    """The sign that divides most lines into the same number of cells, more than one."""
    lines = text[: 2**16].splitlines()[:SAMPLE]
    scores = {sign: _agreeing(lines, sign) for sign in DELIMITERS}
    return max(DELIMITERS, key=lambda sign: scores[sign])


def _agreeing(lines: list[str], sign: str) -> tuple[int, int]:
    """How many lines agree in their number of cells, and in how many."""
    try:
        counts = Counter(len(row) for row in csv.reader(lines, delimiter=sign))
    except csv.Error:
        return (0, 0)
    widest = [(count, width) for width, count in counts.items() if width > 1]
    return max(widest, default=(0, 0))
