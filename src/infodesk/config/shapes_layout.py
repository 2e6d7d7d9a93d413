"""The shape of a layout: where a foreign table holds a form's items. `docs/foreign-tables.md` shows every key."""

from typing import Literal

from pydantic import Field

from infodesk.config.scalars import Name, PeriodName, Positive, Words
from infodesk.config.shape import Shape


class RowShape(Shape):
    """A row told by what stands in one of its columns."""

    column: Words = Field(description="the column's header path")
    text: str | None = Field(None, description="the whole text; empty: a blank cell")
    starts: Words | None = Field(None, description="the text's beginning")


class LeaveOutShape(Shape):
    """Rows that are not data: by their place, or by what stands in one of their columns."""

    rows: list[Positive] | None = Field(None, description="places, counted like header_rows")
    column: Words | None = Field(None, description="the header path of a column")
    text: str | None = Field(None, description="the whole text; empty: a blank cell")
    starts: Words | None = Field(None, description="the text's beginning")


class PeriodShape(Shape):
    """Where a file of several periods says which of them a row or a table is of."""

    column: Words | None = Field(None, description="the header path of the column that says it")
    above: Positive | None = Field(
        None, description="so many rows above the header stands a text that says it"
    )


class ForeignCodeShape(Shape):
    """What a text of the file means."""

    text: Words = Field(description="as it stands in the file")
    code: Words = Field(description="the code of the item's list, or the unit's id")
    since: PeriodName | None = Field(None, description="the first period it means that")
    until: PeriodName | None = Field(None, description="the last period it means that")


class LayoutShape(Shape):
    """Where a foreign table holds the form's items."""

    sheet: Words | None = Field(None, description="the sheet's name")
    corner: list[Words] = Field(
        default_factory=list,
        description="texts side by side at the table's top left; every place they stand at begins a table",
    )
    header_rows: list[Positive] = Field(
        min_length=1,
        description="counted from the top of the sheet, or from the row of the corner (which is 1)",
    )
    columns: dict[str, Words] = Field(
        description="item id: header path, its rows joined by ' / '; '#2' for the second of a name, {period} for any period"
    )
    fill_down: list[Name] = Field(
        default_factory=list, description="items whose blank cells repeat the one above"
    )
    leave_out: list[LeaveOutShape] = Field(
        default_factory=list, description="rows that are not data"
    )
    until: RowShape | None = Field(None, description="the first row that is no longer the table")
    totals: RowShape | None = Field(None, description="the row of the file's own totals")
    period: PeriodShape | None = Field(None, description="where a row's or a table's period stands")
    codes: dict[str, list[ForeignCodeShape]] = Field(
        default_factory=dict, description="item id: what texts of the file mean"
    )
    blank: list[str] = Field(default_factory=list, description="texts that mean: no value")
    unknown_columns: Literal["report", "ignore"] = Field(
        "report", description="whether columns that no item has are named"
    )
