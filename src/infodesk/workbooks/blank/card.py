"""A vertical card: one record about the sender, an item a line, the rules beneath. Where each line stands."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from infodesk.model.form import Form, Section
from infodesk.model.item import Item
from infodesk.model.rule import Rule
from infodesk.model.submission import Part
from infodesk.model.unit import Unit
from infodesk.workbooks.blank.drawing import cell, cells
from infodesk.workbooks.blank.live import Spot
from infodesk.workbooks.blank.plan import Answer, Plan

LABEL, MEASURE, VALUE, PREVIOUS, CHECK, NOTE, ITEM, RESULT = range(8)
LAST = NOTE


@dataclass(frozen=True)
class SectionLine:
    """The heading of a section."""

    row: int
    section: Section


@dataclass(frozen=True)
class NilLine:
    """The one tick that makes a section's blanks 0."""

    row: int
    section: Section


@dataclass(frozen=True)
class ItemLine:
    """An item, its answer, and what is to be said of it."""

    row: int
    section: Section
    item: Item


@dataclass(frozen=True)
class CorrectionLine:
    """Under an item that opens with the period before: where that is corrected."""

    row: int
    item: Item


@dataclass(frozen=True)
class RulesHeader:
    """The header of the rules."""

    row: int


@dataclass(frozen=True)
class RuleLine:
    """A rule, both its sides, and whether it holds."""

    row: int
    rule: Rule


Line = SectionLine | NilLine | ItemLine | CorrectionLine | RulesHeader | RuleLine


@dataclass(frozen=True)
class Card:
    """The card of a form's sections about one unit. Its header takes two rows, the second one hidden."""

    plan: Plan
    form: Form
    unit: Unit
    sections: tuple[Section, ...]
    sheet: str
    first_row: int

    @cached_property
    def rules(self) -> tuple[Rule, ...]:
        """The rules that can be checked in this workbook."""
        return tuple(self.plan.rules(self.form, self.unit.id))

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """All lines, in their order."""
        return tuple(self._lay_out())

    @property
    def last_row(self) -> int:
        """The row of the last line."""
        return self.lines[-1].row

    def key(self, item: Item) -> Answer:
        """What an item's answer goes by in the plan."""
        return (self.form.id, self.unit.id, item.id)

    def part(self, section: Section) -> Part:
        """The part a section is."""
        return Part(self.form.id, section.id, self.unit.id)

    def opening(self, item: Item) -> float | int | str | None:
        """The stored value of the period before that an item opens with, if there is one."""
        if item.opens_with is None:
            return None
        return self.plan.previous.get((self.form.id, self.unit.id, item.opens_with))

    def _lay_out(self) -> Iterator[Line]:
        row = self.first_row + 2
        for section in self.sections:
            for line in self._section(section, row):
                yield line
                row = line.row + 1
        if self.rules:
            yield RulesHeader(row)
        for number, rule in enumerate(self.rules, 1):
            yield RuleLine(row + number, rule)

    def _section(self, section: Section, row: int) -> Iterator[Line]:
        yield SectionLine(row, section)
        if section.nil is not None:
            row += 1
            yield NilLine(row, section)
        for item in self.plan.items(section):
            row += 1
            yield ItemLine(row, section, item)
            if self.opening(item) is not None:
                row += 1
                yield CorrectionLine(row, item)

    def spots(self) -> dict[Answer, Spot]:
        """Where its answers stand, for formulas of any sheet."""
        ticks = {
            line.section.id: cell(line.row, VALUE, self.sheet)
            for line in self.lines
            if isinstance(line, NilLine)
        }
        return {
            self.key(line.item): Spot(cell(line.row, VALUE, self.sheet), ticks.get(line.section.id))
            for line in self.lines
            if isinstance(line, ItemLine)
        }

    def previous_cells(self) -> dict[Answer, str]:
        """Where the values of the period before stand."""
        return {
            self.key(line.item): cell(line.row, PREVIOUS, self.sheet)
            for line in self.lines
            if isinstance(line, ItemLine)
        }

    def state_cells(self) -> str:
        """The cells that say how each line and rule stands."""
        return cells((self.first_row + 2, CHECK), (self.last_row, CHECK))
