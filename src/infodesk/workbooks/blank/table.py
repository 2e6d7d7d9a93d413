"""A table: one section about many units or rows, a line each. Where everything stands."""

from dataclasses import dataclass
from functools import cached_property

from infodesk.model.expression import record_values
from infodesk.model.form import Form, Section
from infodesk.model.item import Item
from infodesk.model.rule import Rule
from infodesk.model.submission import Part
from infodesk.workbooks.blank.drawing import cell, cells
from infodesk.workbooks.blank.lines import Line
from infodesk.workbooks.blank.live import Spot
from infodesk.workbooks.blank.plan import Answer, Plan

UNIT, TITLE, CHECK, FIRST_ITEM = range(4)
HEADING, HEADER, ROLES, FIRST_UNIT = range(4)  # rows from the table's first


@dataclass(frozen=True)
class Columns:
    """The columns of a table: those people fill in, then those they read, then hidden helpers."""

    items: dict[str, int]
    corrections: dict[str, int]  # item → its tick; the right value and the reason follow it
    nil: int | None
    note: int
    rules: dict[str, int]
    helpers: dict[str, int]  # rule → its result; left and right follow it
    blanks: int
    faults: int

    @property
    def last_printed(self) -> int:
        """The last column that is printed."""
        return self.note

    @property
    def last_shown(self) -> int:
        """The last column that is not hidden."""
        return self.note + len(self.rules)


@dataclass(frozen=True)
class Table:
    """The table of one section."""

    plan: Plan
    form: Form
    section: Section
    lines: tuple[Line, ...]
    sheet: str
    first_row: int
    helpers_from: int = 0  # the first hidden column, the same for all tables of a sheet
    above: "Table | None" = None  # of a form with rows: the table in which the keys are filled in

    @property
    def key(self) -> Item | None:
        """The item that its first column holds, if a line is a row."""
        return self.form.row_key[0] if self.form.has_rows else None

    def key_cell(self, line: Line) -> str:
        """Where a line's key stands."""
        return cell(self.row_of(line), UNIT)

    @cached_property
    def items(self) -> tuple[Item, ...]:
        """The items asked."""
        return self.plan.items(self.section)

    @cached_property
    def rules(self) -> tuple[Rule, ...]:
        """The rules that this table shows: those whose last item stands in its section."""
        found = dict.fromkeys(
            rule for each in self.lines for rule in self.plan.rules(self.form, each.id)
        )
        return tuple(rule for rule in found if self._belongs_here(rule))

    def _belongs_here(self, rule: Rule) -> bool:
        asked = [section.id for section, _ in self.plan.sections(self.form)]
        here = [v.id for v in record_values(rule.check) if v.form == self.form.id]
        places = [asked.index(self.form.section_of(name).id) for name in here]
        return bool(places) and asked[max(places)] == self.section.id

    @cached_property
    def opening_items(self) -> tuple[Item, ...]:
        """The items that open with the period before."""
        return tuple(
            item
            for item in self.items
            if any(self.opening(item, line) is not None for line in self.lines)
        )

    def opening(self, item: Item, line: Line) -> float | int | str | None:
        """The stored value of the period before that an item opens with, if there is one."""
        if item.opens_with is None:
            return None
        return self.plan.previous.get((self.form.id, line.id, item.opens_with))

    @cached_property
    def columns(self) -> Columns:
        """Which column is which."""
        nil = FIRST_ITEM if self.section.nil is not None else None
        first = FIRST_ITEM + (nil is not None)
        items = {item.id: first + n for n, item in enumerate(self.items)}
        after = first + len(items)
        corrections = {item.id: after + 3 * n for n, item in enumerate(self.opening_items)}
        note = after + 3 * len(corrections)
        rules = {rule.id: note + 1 + n for n, rule in enumerate(self.rules)}
        helpers_from = max(note + 1 + len(rules), self.helpers_from)
        helpers = {rule.id: helpers_from + 3 * n for n, rule in enumerate(self.rules)}
        blanks = helpers_from + 3 * len(helpers)
        return Columns(items, corrections, nil, note, rules, helpers, blanks, blanks + 1)

    def row_of(self, line: Line) -> int:
        """A line's row."""
        return self.first_row + FIRST_UNIT + self.lines.index(line)

    @property
    def last_line_row(self) -> int:
        """The row of the last line."""
        return self.first_row + FIRST_UNIT + len(self.lines) - 1

    @property
    def last_row(self) -> int:
        """The row of the totals."""
        return self.last_line_row + 1

    def part(self, line: Line) -> Part:
        """The part a row is."""
        return Part(self.form.id, self.section.id, line.id)

    def spots(self) -> dict[Answer, Spot]:
        """Where its answers stand, for formulas of any sheet."""
        nil = self.columns.nil
        return {
            (self.form.id, line.id, item): Spot(
                cell(self.row_of(line), column, self.sheet),
                None if nil is None else cell(self.row_of(line), nil, self.sheet),
            )
            for line in self.lines
            for item, column in self.columns.items.items()
        }

    def previous_cells(self) -> dict[Answer, str]:
        """The values of the period before, which a table writes into its formulas."""
        found = {}
        for line in self.lines:
            for item in self.form.items():
                key = (self.form.id, line.id, item.id)
                stored = self.plan.previous.get(key)
                if isinstance(stored, int | float):
                    found[key] = f"{stored / 10**item.scale:.15g}"
        return found

    def ranges(self) -> dict[tuple[str, str], tuple[str, int]]:
        """For totals: the cells of each item over all lines, and how many they are."""
        return {
            (self.form.id, item): (self.column_cells(column, self.sheet), len(self.lines))
            for item, column in self.columns.items.items()
        }

    def column_cells(self, column: int, sheet: str | None = None) -> str:
        """The cells of a column over all lines."""
        return cells((self.first_row + FIRST_UNIT, column), (self.last_line_row, column), sheet)
