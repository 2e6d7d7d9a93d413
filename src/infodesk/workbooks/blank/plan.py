"""What a blank workbook holds: which sheets, which sections on each, and which rules can live there."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from infodesk.model.definitions import Definitions
from infodesk.model.expression import (
    Function,
    Node,
    Number,
    Total,
    Value,
    When,
    aggregates,
    all_values,
    record_values,
)
from infodesk.model.form import Form, Section
from infodesk.model.item import NUMERIC, Item
from infodesk.model.period import Period
from infodesk.model.rule import Rule
from infodesk.model.submission import Part, Stored
from infodesk.model.unit import Unit
from infodesk.workbooks.blank.lines import JOINT, unit_of

Answer = tuple[str, str, str]  # form, unit (or what lines.py makes of unit and row), item


@dataclass(frozen=True)
class Correction:
    """What a sender says the previous period's value should have been, and why."""

    value: Stored
    reason: str


@dataclass(frozen=True)
class Answers:
    """What is filled in already: nothing in a blank, everything in a workbook of the demo."""

    values: Mapping[Answer, Stored] = field(default_factory=dict)
    corrections: Mapping[Answer, Correction] = field(default_factory=dict)
    nil: frozenset[Part] = frozenset()
    cover: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Plan:
    """One sender's workbook for one period: the parts it owes, and what was there the period before."""

    definitions: Definitions
    sender: Unit
    period: Period
    due: datetime
    parts: tuple[Part, ...]
    previous: Mapping[Answer, Stored] = field(default_factory=dict)
    owed: tuple[Part, ...] = ()  # by all senders: what a total must wait for
    answers: Answers = field(default_factory=Answers)

    @cached_property
    def forms(self) -> tuple[Form, ...]:
        """The forms it has a sheet for, in the hospital's order."""
        asked = {part.form for part in self.parts}
        return tuple(form for form in self.definitions.forms if form.id in asked)

    def sections(self, form: Form) -> Iterator[tuple[Section, tuple[Unit, ...]]]:
        """The sections asked on a form's sheet, each with the units it is asked about."""
        units = self.definitions.units
        for section in form.sections:
            about = [p.unit for p in self.parts if (p.form, p.section) == (form.id, section.id)]
            if about:
                yield section, tuple(units.by_id[unit] for unit in sorted(about, key=self._order))

    def _order(self, unit: str) -> int:
        return self.definitions.units.by_id[unit].order

    def is_card(self, form: Form, about: tuple[Unit, ...]) -> bool:
        """Whether a section is one record, about the sender or the hospital: a vertical card, and no table."""
        return not form.has_rows and (form.about is None or about == (self.sender,))

    def card_unit(self, form: Form) -> Unit:
        """The unit that a card is about."""
        return self.definitions.units.root if form.about is None else self.sender

    def items(self, section: Section) -> tuple[Item, ...]:
        """The items of a section asked in this period."""
        return tuple(item for item in section.items if item.is_asked_in(self.period))

    def holds(self, value: Value, unit: str) -> bool:
        """Whether a value of a unit's record can be seen in this workbook."""
        form = self.definitions.form_by_id[value.form]
        if value.item.type not in NUMERIC or (form.has_rows != (JOINT in unit)):
            return False
        if value.when is not When.NOW:
            known = self.previous.get((form.id, unit, value.id))
            return value.when is When.PREVIOUS and known is not None
        return Part(form.id, form.section_of(value.id).id, unit_of(unit)) in self.parts

    def rules(self, form: Form, unit: str) -> Iterator[Rule]:
        """The rules about a unit's record that this workbook holds all the numbers of."""
        for rule in self.definitions.rules_of(form.id, self.period):
            values = record_values(rule.check)
            if not rule.is_about_records or not values or aggregates(rule.check):
                continue
            if all(self.holds(value, unit) for value in values):
                yield rule

    def totals(self, form: Form) -> Iterator[Rule]:
        """The rules about totals of a form that this workbook holds all the numbers of."""
        for rule in self.definitions.rules_of(form.id, self.period):
            found = aggregates(rule.check)
            if found and not rule.is_about_records and all(map(self.holds_total, found)):
                yield rule

    def holds_total(self, total: Node) -> bool:
        """Whether a total can be added up from this workbook: it is the only one that owes its parts."""
        if not isinstance(total, Total) or total.where is not None or simple(total.of) is None:
            return False
        values = all_values(total.of)
        form = self.definitions.form_by_id[total.form]
        sections = {form.section_of(value.id).id for value in values}
        wanted = {p for p in self.owed if p.form == form.id and p.section in sections}
        return bool(wanted) and wanted <= set(self.parts) and len(wanted) > 1


def simple(node: Node) -> tuple[Value, bool] | None:
    """`x` or `coalesce(x, 0)`: the value, and whether a blank is 0. Nothing for anything else."""
    match node:
        case Value():
            return node, False
        case Function("coalesce", (Value() as value, Number(number))) if number == 0:
            return value, True
        case _:
            return None
