"""Forms: what is asked, of whom, how often, by when."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, tzinfo
from functools import cached_property
from typing import Literal

from infodesk.model.calendar import Calendar, Roll
from infodesk.model.item import Item, Secrecy, Type, highest
from infodesk.model.layout import Layout
from infodesk.model.period import Frequency, Period
from infodesk.text.message import Title


@dataclass(frozen=True)
class Due:
    """A deadline: the nominal day after the period's end, how it moves off a holiday, and the hour."""

    day: int
    roll: Roll = "next"
    at: time = time(17, 30)

    def on(self, period: Period, calendar: Calendar) -> date:
        """The day the form of that period is due."""
        nominal = period.end.replace(day=self.day)
        return calendar.roll(nominal, self.roll)

    def moment(self, period: Period, calendar: Calendar, zone: tzinfo) -> datetime:
        """The last moment at which it is on time."""
        return datetime.combine(self.on(period, calendar), self.at, zone)


@dataclass(frozen=True)
class Section:
    """The part of a form that one sender knows. `sender` is `unit` (each its own) or a unit's id."""

    id: str
    title: Title
    items: tuple[Item, ...]
    sender: str = "unit"
    applies_to: tuple[str, ...] = ()
    nil: Title | None = None

    @cached_property
    def by_id(self) -> dict[str, Item]:
        """The section's items by their id."""
        return {item.id: item for item in self.items}


@dataclass(frozen=True)
class Form:
    """A statistical form. `key` are the items that tell its records apart within a period."""

    id: str
    title: Title
    frequency: Frequency
    due: Due
    sections: tuple[Section, ...]
    about: str | None = None  # a kind of unit; nothing: the hospital itself
    category: str = ""
    daily: Literal["days", "workdays"] = "days"  # what the mean of a day divides by
    number_rule: str = ""  # under which a personal number in a workbook is refused
    key: tuple[Item, ...] = ()
    layout: Layout | None = None
    since: Period | None = None
    until: Period | None = None
    clauses: tuple[str, ...] = ()  # of the regulation that it serves
    definition: str = field(default="", compare=False)  # SHA-256 of its text
    source: Literal["workspace", "package"] = "workspace"

    @cached_property
    def by_id(self) -> dict[str, Item]:
        """All items of the form, key items first, by their id."""
        return {item.id: item for item in (*self.key, *self.items())}

    @cached_property
    def unit_item(self) -> Item | None:
        """The key item that says which unit a record is about."""
        return next((item for item in self.key if item.type is Type.UNIT), None)

    @cached_property
    def row_key(self) -> tuple[Item, ...]:
        """The key items besides the unit: disease, device, person."""
        return tuple(item for item in self.key if item.type is not Type.UNIT)

    @cached_property
    def _section_of(self) -> dict[str, Section]:
        return {item.id: section for section in self.sections for item in section.items}

    def items(self) -> Iterator[Item]:
        """All items but the key, section by section."""
        for section in self.sections:
            yield from section.items

    def section_of(self, item_id: str) -> Section:
        """The section an item stands in; KeyError for key items and strangers."""
        return self._section_of[item_id]

    def section(self, section_id: str) -> Section:
        """The section of that id; StopIteration for a stranger."""
        return next(section for section in self.sections if section.id == section_id)

    @property
    def secrecy(self) -> Secrecy:
        """The highest class among its items."""
        return highest(item.secrecy for item in self.by_id.values())

    @property
    def has_rows(self) -> bool:
        """Whether a unit has several records in a period."""
        return bool(self.row_key)
