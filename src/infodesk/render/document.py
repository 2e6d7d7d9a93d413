"""A report ready to be written: text, tables and charts in order, the same for every format."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Literal

from infodesk.text.language import Language

Align = Literal["left", "center", "right"]
Tone = Literal["", "good", "bad"]
NOTHING = "—"
SHORT = 24  # rows


@dataclass(frozen=True)
class Cell:
    """What a cell shows; `number` and `pattern` (a number format) are the same for a spreadsheet.

    A `sign` stands in front of a value that must not be read without its note.
    """

    text: str
    number: Decimal | None = None
    pattern: str = "General"
    sign: str = ""
    tone: Tone = ""

    @property
    def shown(self) -> str:
        """The text with its sign."""
        return f"{self.sign} {self.text}" if self.sign else self.text

    @property
    def spreadsheet_pattern(self) -> str:
        """The number format with the sign in it, so that the number stays a number."""
        return f'"{self.sign} "{self.pattern}' if self.sign else self.pattern


@dataclass(frozen=True)
class Column:
    """A column: what it is about, counted in what, and on which side its cells stand."""

    title: str
    unit: str = ""
    align: Align = "right"

    @property
    def heading(self) -> str:
        """The title with its unit."""
        return f"{self.title} ({self.unit})" if self.unit else self.title


@dataclass(frozen=True)
class Row:
    """A row. A `group` has one cell, which spans the table; a `total` is emphasised."""

    cells: tuple[Cell, ...]
    kind: Literal["", "total", "group"] = ""


@dataclass(frozen=True)
class Table:
    """A table. As `cards` each row is a card: what, its unit, the value in large type, the rest beneath."""

    title: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    note: str = ""
    look: Literal["grid", "cards"] = "grid"
    number: int = 0  # in the document; 0: printed without a caption

    @property
    def is_short(self) -> bool:
        """Whether it is kept together on one page."""
        return len(self.rows) <= SHORT

    def padded(self, row: Row) -> tuple[Cell, ...]:
        """The cells of a row, blanks added up to the last column."""
        return row.cells + (Cell(""),) * (len(self.columns) - len(row.cells))


@dataclass(frozen=True)
class Series:
    """One line, or one set of bars: a cell for each category of its chart."""

    title: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Band:
    """The range values should lie in, both ends included."""

    low: Decimal
    high: Decimal
    title: str

    def holds(self, value: Decimal | None) -> bool:
        """Whether a value lies in it; none cannot lie outside."""
        return value is None or self.low <= value <= self.high


@dataclass(frozen=True)
class Chart:
    """A chart of a few series over the same categories; `about` says what the categories are."""

    title: str
    kind: Literal["bar", "line"]
    about: str
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    unit: str = ""
    band: Band | None = None
    number: int = 0

    def as_table(self) -> Table:
        """The same numbers as a table."""
        counted = (Column(series.title, self.unit) for series in self.series)
        rows = tuple(
            Row((Cell(category), *(series.cells[place] for series in self.series)))
            for place, category in enumerate(self.categories)
        )
        return Table(self.title, (Column(self.about, align="left"), *counted), rows)


@dataclass(frozen=True)
class Text:
    """Words, in Markdown (CommonMark with pipe tables)."""

    markdown: str


@dataclass(frozen=True)
class PageBreak:
    """What follows begins on a new page."""


Block = Text | Table | Chart | PageBreak


@dataclass(frozen=True)
class Document:
    """A report: what stands at its head and foot, and its blocks.

    `secrecy` is the class printed on every page; `particulars` are (what, value) under the title;
    `signatures` the roles that sign; `made_at` the moment written into the files.
    """

    hospital: str
    title: str
    period: str
    secrecy: str
    made_at: datetime
    language: Language
    blocks: tuple[Block, ...]
    particulars: tuple[tuple[str, str], ...] = ()
    signatures: tuple[str, ...] = ()

    @property
    def has_charts(self) -> bool:
        """Whether pictures are wanted for it."""
        return any(isinstance(block, Chart) for block in self.blocks)

    def pairs(self) -> tuple[str, ...]:
        """The particulars, each on one line: 数据版本：第1次封存."""
        _ = self.language
        return tuple(_("{what}: {value}", what=w, value=v) for w, v in self.particulars)

    def roles(self) -> tuple[str, ...]:
        """The roles that sign, each with its colon."""
        return tuple(self.language("{what}: {value}", what=r, value="") for r in self.signatures)

    def caption(self, block: Table | Chart) -> str:
        """What stands over a table or under a chart: 表1 门急诊工作量."""
        _ = self.language
        title = block.title
        if isinstance(block, Chart) and block.unit:
            title = _("{title} ({unit})", title=title, unit=block.unit)
        if not block.number:
            return title
        if isinstance(block, Chart):
            return _("Figure {n}  {title}", n=block.number, title=title)
        return _("Table {n}  {title}", n=block.number, title=title)
