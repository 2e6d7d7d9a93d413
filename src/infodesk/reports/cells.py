"""Cells and columns that several tables share."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Literal

from infodesk.render.document import NOTHING, Align, Cell, Column, Row, Table
from infodesk.reports.context import Context
from infodesk.reports.measure import Measure, change, figure_cell
from infodesk.reports.words import legend


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
    """Last period and the change since; nothing if the store holds nothing of it."""
    if context.earlier is None:
        return ()
    return (Column(context.language("Last period")), Column(context.language("Change")))


def comparison(context: Context, measure: Measure) -> tuple[Cell, ...]:
    """A hospital-wide figure of last period, and the change since."""
    if context.earlier is None:
        return ()
    now = context.figure(measure, context.root)
    before = context.figure(measure, context.root, context.earlier)
    moved = change(measure, now, before)
    if moved is None:
        return (figure_cell(measure, before), Cell(NOTHING))
    text = context.language.tell(moved.text)
    unit = text.lstrip("+-.,0123456789")
    pattern = f'+0.00"{unit}";-0.00"{unit}";0.00"{unit}"'
    return (figure_cell(measure, before), Cell(text, moved.value, pattern, tone=moved.tone))


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
