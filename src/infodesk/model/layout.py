"""Layouts: where a foreign table, which nobody made for us, holds a form's items."""

from dataclasses import dataclass, field
from typing import Literal

from infodesk.model.item import is_within
from infodesk.model.period import Period

JOINT = " / "
ANY_PERIOD = "{period}"


@dataclass(frozen=True)
class RowMark:
    """Rows told by the cell under a column: its whole text (empty: it is blank), or its beginning."""

    column: str
    text: str = ""
    starts: str = ""


@dataclass(frozen=True)
class PeriodPlace:
    """Where the period of a row (`column`) or of a table (`above` its header, in rows) stands."""

    column: str = ""
    above: int = 0


@dataclass(frozen=True)
class ForeignCode:
    """What a text of the file means, from one period to another (both included)."""

    text: str
    code: str
    since: Period | None = None
    until: Period | None = None

    def is_meant_in(self, period: Period) -> bool:
        """Whether it means that in a period."""
        return is_within(period, self.since, self.until)


@dataclass(frozen=True)
class Layout:
    """A sheet by its name or by the corner of its table, header rows (the last one just above the data), and
    where things are.

    Rows count from 1: from the top of the sheet, or where there is a corner, from the row it stands in.
    `columns` maps item ids to header paths, the texts of the header rows joined by ` / `
    (`Available / General & Acute`); the key items are mapped like the others. `totals` is the row that
    holds the file's own totals: it is compared and never stored.
    """

    sheet: str
    header_rows: tuple[int, ...]
    columns: tuple[tuple[str, str], ...]
    corner: tuple[str, ...] = ()
    fill_down: frozenset[str] = frozenset()
    leave_out: tuple[RowMark, ...] = ()
    leave_out_rows: frozenset[int] = frozenset()
    until: RowMark | None = None
    totals: RowMark | None = None
    period: PeriodPlace | None = None
    codes: dict[str, tuple[ForeignCode, ...]] = field(default_factory=dict, hash=False)
    blank: tuple[str, ...] = ()
    unknown_columns: Literal["report", "ignore"] = "report"

    @property
    def has_periods_across(self) -> bool:
        """Whether its columns are repeated for several periods."""
        return any(ANY_PERIOD in path for _, path in self.columns)

    @property
    def has_periods(self) -> bool:
        """Whether one file may hold several periods."""
        return self.period is not None or self.has_periods_across
