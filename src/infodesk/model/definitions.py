"""Everything a hospital declares, read and checked."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from infodesk.model.asset import Assets
from infodesk.model.calendar import Calendar
from infodesk.model.clause import Clause
from infodesk.model.form import Form
from infodesk.model.general import GENERAL
from infodesk.model.indicator import Indicator
from infodesk.model.logbook import Logbook
from infodesk.model.people import People
from infodesk.model.period import Period
from infodesk.model.report import Report
from infodesk.model.rule import Rule
from infodesk.model.settings import Settings
from infodesk.model.tool import Tool
from infodesk.model.unit import UnitTree
from infodesk.text.message import Title


@dataclass(frozen=True)
class Definitions:
    """Units, forms, rules, indicators, calendar, reports, logbooks and settings, each in the hospital's order."""

    units: UnitTree
    forms: tuple[Form, ...]
    rules: tuple[Rule, ...]
    indicators: tuple[Indicator, ...]
    calendar: Calendar
    settings: Settings
    reports: tuple[Report, ...] = ()
    clauses: tuple[Clause, ...] = ()
    texts: dict[str, str] = field(default_factory=dict)  # SHA-256 → text of a definition
    logbooks: tuple[Logbook, ...] = ()
    assets: Assets = field(default_factory=Assets)
    people: People = field(default_factory=People)
    tools: tuple[Tool, ...] = ()

    @cached_property
    def form_by_id(self) -> dict[str, Form]:
        """Forms by their id."""
        return {form.id: form for form in self.forms}

    @cached_property
    def rule_by_id(self) -> dict[str, Rule]:
        """Rules by their id."""
        return {rule.id: rule for rule in self.rules}

    @cached_property
    def indicator_by_id(self) -> dict[str, Indicator]:
        """Indicators by their id."""
        return {indicator.id: indicator for indicator in self.indicators}

    @cached_property
    def logbook_by_id(self) -> dict[str, Logbook]:
        """Logbooks by their id."""
        return {book.id: book for book in self.logbooks}

    def rule_title(self, rule: str) -> Title:
        """What a rule demands, or what a general rule is called."""
        found = self.rule_by_id.get(rule)
        if found is not None:
            return found.message
        return GENERAL[rule][1] if rule in GENERAL else Title(rule, rule)

    def rules_of(self, form_id: str, period: Period) -> Iterator[Rule]:
        """The rules of a form in force in a period."""
        return (r for r in self.rules if r.form == form_id and r.applies_in(period))

    def forms_due(self, period: Period) -> Iterator[Form]:
        """The forms collected for exactly this period."""
        return (form for form in self.forms if form.frequency.months == period.months)
