"""Giving single cells of a sheet another format; a cell that is not there yet is put in."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from infodesk.workbooks.grid import Address
from infodesk.workbooks.marking.xml import (
    Element,
    Splice,
    appended,
    element,
    elements,
    start_tag,
    with_attributes,
)

_PLACE = re.compile(r"([A-Z]+)(\d+)")


def cell_name(place: Address) -> str:
    """`C12` of row 11, column 2."""
    letters, column = "", place[1] + 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return f"{letters}{place[0] + 1}"


def place_of(name: str) -> Address:
    """Row and column, from 0, of `C12`. ValueError for anything else."""
    found = _PLACE.fullmatch(name.replace("$", ""))
    if found is None:
        raise ValueError(name)
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(found[2]) - 1, column - 1


@dataclass(frozen=True)
class _Row:
    number: int
    element: Element
    cells: dict[int, Element]


def restyled(content: bytes, places: set[Address], style: Callable[[int], int]) -> list[Splice]:
    """The splices that give cells another format; `style` tells it from the one they have."""
    data = element(content, "sheetData")
    rows = {row.number: row for row in _rows(content, data)}
    splices: list[Splice] = []
    for number in sorted({row for row, _ in places}):
        columns = sorted(column for row, column in places if row == number)
        if number in rows:
            splices += _in_row(content, rows[number], columns, style)
        else:
            cells = "".join(_new(number, column, style(0)) for column in columns)
            new = f'<row r="{number + 1}">{cells}</row>'
            splices.append(_between(content, data, rows, number, new))
    return splices


def _rows(content: bytes, data: Element) -> list[_Row]:
    found: list[_Row] = []
    number = column = -1
    for each in elements(content, "row", "c"):
        if not data.start < each.start < data.end:
            continue
        if each.name == "row":
            number = int(each.attributes.get("r", number + 2)) - 1
            column = -1
            found.append(_Row(number, each, {}))
        else:
            name = each.attributes.get("r")
            column = column + 1 if name is None else place_of(name)[1]
            found[-1].cells[column] = each
    return found


def _in_row(
    content: bytes, row: _Row, columns: list[int], style: Callable[[int], int]
) -> list[Splice]:
    splices: list[Splice] = []
    for column in columns:
        cell = row.cells.get(column)
        if cell is not None:
            new = str(style(int(cell.attributes.get("s", "0"))))
            tag = with_attributes(start_tag(content, cell), {"s": new})
            splices.append((cell.start, cell.inside, tag))
            continue
        here = _new(row.number, column, style(int(row.element.attributes.get("s", "0"))))
        later = [place for place in row.cells if place > column]
        if later:
            start = row.cells[min(later)].start
            splices.append((start, start, here))
        else:
            splices.append(appended(content, row.element, here))
    return splices


def _between(content: bytes, data: Element, rows: dict[int, _Row], number: int, new: str) -> Splice:
    later = [place for place in rows if place > number]
    if not later:
        return appended(content, data, new)
    start = rows[min(later)].element.start
    return start, start, new


def _new(row: int, column: int, style: int) -> str:
    return f'<c r="{cell_name((row, column))}" s="{style}"/>'
