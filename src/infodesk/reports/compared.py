"""Comparisons as a table: the same columns on the screen, in a spreadsheet and as CSV."""

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path

from infodesk.errors import InfodeskError
from infodesk.model.figure import Figure
from infodesk.model.item import Secrecy, highest
from infodesk.render.document import Cell, Column, Document, Row, Table
from infodesk.render.place import place
from infodesk.render.write_csv import csv_of
from infodesk.render.write_xlsx import xlsx_of
from infodesk.reports.cells import change_cell
from infodesk.reports.measure import figure_cell
from infodesk.reports.words import legend
from infodesk.stats.compare import Against, Compared, Comparison, Comparisons
from infodesk.stats.desk import Desk
from infodesk.stats.measure import Measure, coverage
from infodesk.store.audit import record
from infodesk.text.language import Language
from infodesk.text.message import Message

HEADINGS: dict[Against, tuple[Message, Message, Message]] = {
    Against.PREVIOUS: (Message("This period"), Message("Last period"), Message("Change")),
    Against.DAILY: (Message("A day"), Message("A day, last period"), Message("Change a day")),
    Against.LAST_YEAR: (Message("This period"), Message("A year before"), Message("Year on year")),
    Against.CUMULATIVE: (
        Message("Year to date"),
        Message("Last year to date"),
        Message("Year to date, change"),
    ),
}


def compared_table(
    language: Language,
    title: str,
    found: Sequence[Compared],
    *,
    confidential: bool = False,
    brief: bool = False,
) -> Table:
    """A row for each measure; `brief` leaves out what means of a day and sums of the year are made of.

    Confidential figures are there only if asked for, else their row says so.
    """
    kinds = [k for k in Against if any(c.against is k for each in found for c in each.comparisons)]
    words = {kind: _columns(kind, brief=brief) for kind in kinds}
    heads = (
        Column(language("Figure"), align="left"),
        Column(language("Counted in"), align="left"),
        Column(language("This period")),
        *(Column(language.tell(HEADINGS[k][n])) for k, places in words.items() for n in places),
    )
    rows = tuple(_row(language, each, words, confidential=confidential) for each in found)
    signs = (cell.sign for row in rows for cell in row.cells)
    return Table(title, heads, rows, legend(language, signs))


def _columns(kind: Against, *, brief: bool) -> tuple[int, ...]:
    """Which of the figure itself, the one before and the change are shown."""
    if kind in (Against.PREVIOUS, Against.LAST_YEAR):
        return (1, 2)
    return (2,) if brief else (0, 1, 2)


def _row(
    language: Language,
    each: Compared,
    words: Mapping[Against, tuple[int, ...]],
    *,
    confidential: bool,
) -> Row:
    measure = each.measure
    unit = f"{language.tell(measure.unit)} {coverage(each.figure)}".strip()
    head = (Cell(language.tell(measure.title)), Cell(unit))
    if measure.secrecy.is_hidden and not confidential:
        return Row((*head, Cell(language.tell(measure.secrecy.label))))
    by_kind = {found.against: _cells(language, measure, found) for found in each.comparisons}
    nothing = (Cell(""),) * 3
    cells = (by_kind.get(kind, nothing)[n] for kind, places in words.items() for n in places)
    return Row((*head, figure_cell(measure, each.figure), *cells))


def _cells(language: Language, measure: Measure, found: Comparison) -> tuple[Cell, Cell, Cell]:
    """The figure, the one before, and the change."""
    return (
        _figure(measure, found.against, found.now),
        _figure(measure, found.against, found.base),
        change_cell(language, measure, found.change),
    )


def _figure(measure: Measure, kind: Against, figure: Figure) -> Cell:
    """A mean of a day has decimals of its own."""
    if kind is Against.DAILY and figure.value is not None:
        return Cell(f"{figure.value:,}", figure.value, "#,##0.00")
    return figure_cell(measure, figure)


def compared_document(
    desk: Desk, language: Language, found: Comparisons, *, confidential: bool = False
) -> Document:
    """The comparisons as a document; its class is the highest of what it shows, internal at least."""
    tell = language.tell
    title = language("Figures compared")
    return Document(
        hospital=tell(desk.definitions.units.root.title),
        title=title,
        period=f"{tell(found.unit.title)} {tell(found.period.title)}",
        secrecy=tell(_secrecy(found, confidential=confidential).label),
        made_at=desk.now,
        language=language,
        blocks=(compared_table(language, title, found.figures, confidential=confidential),),
    )


def _secrecy(found: Comparisons, *, confidential: bool) -> Secrecy:
    classes = (each.measure.secrecy for each in found.figures)
    return highest(
        each for each in (Secrecy.INTERNAL, *classes) if confidential or not each.is_hidden
    )


def write_compared(
    desk: Desk,
    language: Language,
    found: Comparisons,
    path: Path,
    *,
    confidential: bool = False,
    byte_order_mark: bool = True,
) -> None:
    """Write the comparisons as .xlsx or .csv, and note in the audit chain that they left the store.

    InfodeskError for a file of another kind.
    """
    document = compared_document(desk, language, found, confidential=confidential)
    match path.suffix.lower():
        case ".xlsx":
            content = xlsx_of(document)
        case ".csv":
            table = compared_table(language, "", found.figures, confidential=confidential)
            content = csv_of(table, byte_order_mark=byte_order_mark)
        case _:
            raise InfodeskError(
                Message("{file} is neither .xlsx nor .csv", file=path.name),
                Message("name the file with one of these endings"),
            )
    place(path, content)
    detail = {
        "period": str(found.period),
        "unit": found.unit.id,
        "class": _secrecy(found, confidential=confidential).value,
        "sha256": hashlib.sha256(content).hexdigest(),
    }
    with desk.store.writing():
        record(desk.store, desk.actor, "export", path.name, detail)
