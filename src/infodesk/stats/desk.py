"""The statistician's desk: what every duty of the month is done with."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from infodesk.model.actor import Actor
from infodesk.model.definitions import Definitions
from infodesk.model.form import Form, Section
from infodesk.model.period import Frequency, Period, parse_period, period_of
from infodesk.model.submission import Part
from infodesk.model.unit import Unit
from infodesk.store.openings import opening_periods
from infodesk.store.releases import closed_periods
from infodesk.store.store import Store


@dataclass(frozen=True)
class Obligation:
    """A part that is owed: by whom, and until when."""

    part: Part
    sender: str
    due: datetime


@dataclass(frozen=True)
class Desk:
    """The definitions, the book of record, and who sits there at what time."""

    definitions: Definitions
    store: Store
    actor: Actor

    @cached_property
    def now(self) -> datetime:
        """The moment, in the hospital's time zone."""
        return self.actor.now.astimezone(self.definitions.settings.zone)

    def obligations(self, period: Period) -> tuple[Obligation, ...]:
        """Everything owed for a period, form by form, section by section, in the hospital's order."""
        return tuple(self._obligations(period))

    def _obligations(self, period: Period) -> Iterator[Obligation]:
        zone, calendar = self.definitions.settings.zone, self.definitions.calendar
        for form in self.definitions.forms_due(period):
            due = form.due.moment(period, calendar, zone)
            for section in form.sections:
                for unit in self._asked(form, section, period):
                    sender = unit.id if section.sender == "unit" else section.sender
                    yield Obligation(Part(form.id, section.id, unit.id), sender, due)

    def _asked(self, form: Form, section: Section, period: Period) -> Iterator[Unit]:
        units = self.definitions.units
        about = (units.root,) if form.about is None else form.about.units(units, period)
        for unit in about:
            if not section.applies_to or units.is_kind(unit, section.applies_to):
                yield unit

    def shorter_periods(self, period: Period) -> Iterator[Period]:
        """The shorter periods within one for which forms are collected."""
        for frequency in dict.fromkeys(form.frequency for form in self.definitions.forms):
            if frequency.months < period.months and period.months % frequency.months == 0:
                yield from period.parts(frequency)

    def open_within(self, period: Period) -> tuple[Period, ...]:
        """The shorter periods within one that are kept here and not closed."""
        closed, first = closed_periods(self.store), self.first_period()
        shorter = (p for p in self.shorter_periods(period) if p.end > first.start)
        found = (p for p in shorter if str(p) not in closed)
        return tuple(sorted(found, key=lambda p: (p.end, p.months)))

    def open_period(self) -> Period:
        """The earliest month that is not closed: what commands are about unless told otherwise."""
        period = self.first_period()
        closed = closed_periods(self.store)
        while str(period) in closed:
            period = period.next()
        return period

    def first_period(self) -> Period:
        """The first month that is kept here."""
        settings = self.definitions.settings
        if settings.first_period is not None:
            return settings.first_period
        opened = opening_periods(self.store)
        if opened:
            return parse_period(opened[-1], self.now.date()).next()
        return period_of(self.now.date(), Frequency.MONTH).previous()
