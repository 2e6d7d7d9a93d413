"""Where the cards and tables of a form's sheet stand."""

from dataclasses import dataclass, replace

from infodesk.model.form import Form
from infodesk.model.unit import Unit
from infodesk.workbooks.blank.card import Card
from infodesk.workbooks.blank.card_paint import WIDTHS
from infodesk.workbooks.blank.lines import Line, row_lines, unit_lines
from infodesk.workbooks.blank.plan import Plan
from infodesk.workbooks.blank.table import Table

FIRST_BLOCK = 4


@dataclass(frozen=True)
class FormSheet:
    """The layout of a form's sheet."""

    plan: Plan
    form: Form
    name: str
    cards: tuple[Card, ...]
    tables: tuple[Table, ...]

    @property
    def last_column(self) -> int:
        """The last column that is printed."""
        widest = [table.columns.last_printed for table in self.tables]
        return max([len(WIDTHS) - 3 if self.cards else 0, *widest])

    @property
    def counter_column(self) -> int:
        """The hidden column where the sheet counts what is missing."""
        helpers = [table.columns.faults + 1 for table in self.tables]
        return max([len(WIDTHS), *helpers])

    @property
    def last_row(self) -> int:
        """The row of its last card or table."""
        return max(block.last_row for block in self.blocks)

    @property
    def blocks(self) -> tuple[Card | Table, ...]:
        """Its cards and tables."""
        return (*self.cards, *self.tables)


def lay_out(plan: Plan, form: Form, name: str) -> FormSheet:
    """Where the cards and tables of a form's sheet stand."""
    row = FIRST_BLOCK
    cards: list[Card] = []
    tables: list[Table] = []
    sections = list(plan.sections(form))
    own = tuple(section for section, about in sections if plan.is_card(form, about))
    if own:
        cards.append(Card(plan, form, plan.card_unit(form), own, name, row))
        row = cards[-1].last_row + 2
    for section, about in sections:
        if section not in own:
            above = tables[0] if tables and form.has_rows else None
            lines = _lines(plan, form, about)
            tables.append(Table(plan, form, section, lines, name, row, above=above))
            row = tables[-1].last_row + 2
    hidden = max([table.columns.last_shown for table in tables], default=0) + 1
    aligned = tuple(replace(table, helpers_from=hidden) for table in tables)
    return FormSheet(plan, form, name, tuple(cards), aligned)


def _lines(plan: Plan, form: Form, about: tuple[Unit, ...]) -> tuple[Line, ...]:
    if not form.has_rows:
        return unit_lines(about)
    return tuple(line for unit in about for line in row_lines(form, unit, plan.answers.values))
