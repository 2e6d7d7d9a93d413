"""Cells and columns that several tables share."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Literal

from infodesk.render.document import Align, Cell, Column, Row, Table
from infodesk.reports.context import Context
from infodesk.reports.measure import figure_cell
from infodesk.reports.words import legend
from infodesk.stats.change import Change
from infodesk.stats.compare import Against
from infodesk.stats.measure import Measure
from infodesk.text.language import Language


def columns(*named: tuple[str, Align]) -> tuple[Column, ...]:
    """Columns by name and side."""
    return tuple(Column(name, align=side) for name, side in named)


def number(value: Decimal | None) -> Cell:
    """A plain number: 7,830; blank if there is none."""
    if value is None:
        return Cell("")
    decimals = max(0, -int(value.as_tuple().exponent))
    return Cell(f"{value:,}", value, f"#,##0.{'0' * decimals}".rstrip("."))


def comparison_columns(context: Context) -> tuple[Column, ...]:
    """Last period and the change since, the change against last year; only what the store holds."""
    _ = context.language
    columns: tuple[Column, ...] = ()
    if context.is_known(Against.PREVIOUS):
        columns += (Column(_("Last period")), Column(_("Change")))
    if context.is_known(Against.LAST_YEAR):
        columns += (Column(_("Year on year")),)
    return columns


def comparison(context: Context, measure: Measure) -> tuple[Cell, ...]:
    """A hospital-wide figure of last period and the change since, and the change against last year."""
    cells: tuple[Cell, ...] = ()
    wanted = filter(context.is_known, (Against.PREVIOUS, Against.LAST_YEAR))
    for found in context.comparer.comparisons(measure, wanted):
        if found.against is Against.PREVIOUS:
            cells += (figure_cell(measure, found.base),)
        cells += (change_cell(context.language, measure, found.change),)
    return cells


def is_change(cell: Cell) -> bool:
    """Whether a cell holds a change, and no figure."""
    return cell.pattern.startswith("+")


def change_cell(language: Language, measure: Measure, moved: Change) -> Cell:
    """A change as a cell, coloured by the way the measure should move."""
    text = language.tell(moved.text)
    if moved.value is None:
        return Cell(text)
    unit = text.lstrip("+-.,0123456789")
    pattern = f'+0.00"{unit}";-0.00"{unit}";0.00"{unit}"'
    return Cell(text, moved.value, pattern, tone=moved.mood(measure.better))


def table(
    context: Context,
    title: str,
    heads: tuple[Column, ...],
    rows: Iterable[Row],
    look: Literal["grid", "cards"] = "grid",
) -> Table:
    """A table whose note explains the signs in it."""
    made = tuple(rows)
    signs = (cell.sign for row in made for cell in row.cells)
    return Table(title, heads, made, legend(context.language, signs), look)
