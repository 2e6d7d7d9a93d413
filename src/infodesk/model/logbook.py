"""Logbooks: what a duty asks, what is normal, who signs, and how long it is kept."""

import re
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Literal

from infodesk.model.expression import Node
from infodesk.model.item import Code, Item, OverTime, Secrecy, Type, highest
from infodesk.model.length import Length
from infodesk.model.lifecycle import WRITTEN, Lifecycle
from infodesk.model.limit import Level, Limits
from infodesk.model.probe import Probe
from infodesk.model.schedule import Schedule
from infodesk.text.folding import key
from infodesk.text.message import Title

LARGEST_READING = 10**15  # a petabyte in bytes; a spreadsheet shows 15 digits, and SQLite keeps 18
Severity = Literal["error", "alarm", "warn", "info"]


@dataclass(frozen=True, kw_only=True)
class Field(Item):
    """A question of a logbook.

    `each` is a kind of asset: the question is asked of each of them. `computed` is its value, which nobody
    types. `ask_if` says when the terminal asks a field that may be left blank. `expires` is how long before
    the day in it people want to know. `among` is another field, whose answers are taken over one by one; `open_in` names
    the logbooks whose open entries it lists by itself. `book` is the logbook that an entry named here belongs to,
    `asset_kind` the kind of an asset named here.
    """

    group: str = ""
    each: str | None = None
    multiple: bool = False
    limits: Limits = field(default_factory=Limits)
    computed: Node | None = None
    computed_text: str = ""
    required_if: Node | None = None
    ask_if: Node | None = None
    default: str = ""  # `now`, `today`, `me`, `last`, or a value
    expires: Length | None = None
    book: str | None = None
    asset_kind: str | None = None
    probe: Probe | None = None
    identical: int = 0  # so many equal readings one after the other are questioned; 0: never
    among: str | None = None
    open_in: tuple[str, ...] = ()
    past: bool = False  # what has happened cannot lie ahead
    source: str = ""

    @property
    def code(self) -> str:
        """What the paper sheet calls it: the number its note begins with, R01."""
        found = re.match(r"[A-Z]+\d+(?!\w)", self.note.zh or self.note.en)
        return found[0] if found else ""

    @property
    def largest(self) -> int:
        """The largest absolute value it may hold: the bytes of a backup have more digits than any count of a form."""
        return LARGEST_READING if self.is_numeric else 0


@dataclass(frozen=True)
class Group:
    """Fields asked one after the other; `together`: at the terminal by one question, is all as it should be?"""

    id: str
    title: Title
    together: bool = False


@dataclass(frozen=True)
class Check:
    """What must be true of an entry. `error`: it is not taken; `alarm`, `warn`: its level; `info`: a note."""

    id: str
    severity: Severity
    check: Node
    text: str
    message: Title
    each: str | None = None  # the kind of asset it is asked of, one by one
    source: str = ""


@dataclass(frozen=True)
class View:
    """A named question to the book in SQL; its `parameters` stand in it as :name.

    `:today` (2026-09-18) and `:now` (2026-09-18T16:30) are the clock's; the others are given by who asks."""

    id: str
    title: Title
    sql: str
    parameters: tuple[str, ...] = ()
    finds: Level | None = None
    look: Literal["grid", "cards"] = "grid"

    @property
    def asks(self) -> tuple[str, ...]:
        """The parameters that somebody must give."""
        return tuple(name for name in self.parameters if name not in ("today", "now"))


@dataclass(frozen=True)
class Sign:
    """A signature an entry needs, of somebody with a post, within a time."""

    post: str
    within: Length | None = None
    other_than: tuple[str, ...] = ()


@dataclass(frozen=True)
class Keep:
    """How long entries are kept; 0 years: for good."""

    years: int = 3
    source: str = ""


@dataclass(frozen=True)
class OnAlarm:
    """What an alarm leads to: an entry of the logbook that the field `link` names, with these answers.

    In them `{asset}` is the asset it is about, `{place}` what it is called, `{finding}` what was found.
    `proof` is the move that a later entry takes this one by, once it shows that all of it is mended.
    """

    link: str
    answers: tuple[tuple[str, str], ...]
    proof: str = ""


# What every entry has, as expressions and views call it.
_ENVELOPE = (
    Item("occurred_at", Title("发生时间", "When it happened"), Type.MOMENT, over_time=OverTime.NONE),
    Item("recorded_at", Title("登记时间", "When it was recorded"), Type.MOMENT, over_time=OverTime.NONE),
    Item("recorder", Title("登记人", "Recorder"), Type.PERSON, over_time=OverTime.NONE),
    Item("schedule", Title("班次", "Schedule"), Type.TEXT, over_time=OverTime.NONE),
    Item("state", Title("状态", "State"), Type.TEXT, over_time=OverTime.NONE),
    Item("level", Title("级别", "Level"), Type.TEXT, over_time=OverTime.NONE),
)  # fmt: skip
ENVELOPE = {item.id: item for item in _ENVELOPE}
_OF_VIEWS = {
    "id": Item("id", Title("编号", "Number"), Type.TEXT, over_time=OverTime.NONE),
    "late": Item("late", Title("补录", "Recorded late"), Type.YES_NO, over_time=OverTime.NONE),
    "amended": Item("amended", Title("有更正", "Amended"), Type.YES_NO, over_time=OverTime.NONE),
    "asset": Item("asset", Title("设备", "Device"), Type.ASSET, over_time=OverTime.NONE),
}


@dataclass(frozen=True)
class Logbook:
    """A duty log. `prefix` begins the ids of its entries (RI-20260918-001); `about` names the fields by which
    earlier entries are compared with later ones; `once` those that name one thing, which is recorded one time only;
    `clauses` are those of the regulation it serves."""

    id: str
    title: Title
    prefix: str
    fields: tuple[Field, ...]
    aliases: tuple[str, ...] = ()
    clauses: tuple[str, ...] = ()
    about: tuple[str, ...] = ()
    once: tuple[str, ...] = ()
    summary: tuple[str, ...] = ()
    groups: tuple[Group, ...] = ()
    checks: tuple[Check, ...] = ()
    lifecycle: Lifecycle = WRITTEN
    schedules: tuple[Schedule, ...] = ()
    views: tuple[View, ...] = ()
    columns: tuple[Item, ...] = ()  # of views, where they are no fields
    signs: tuple[Sign, ...] = ()
    keep: Keep = field(default_factory=Keep)
    on_alarm: OnAlarm | None = None
    source: str = ""
    definition: str = ""  # SHA-256 of its text

    @cached_property
    def field_by_id(self) -> dict[str, Field]:
        """Fields by their id."""
        return {each.id: each for each in self.fields}

    @cached_property
    def by_id(self) -> dict[str, Item]:
        """Everything an expression may name: the fields, and what every entry has."""
        return ENVELOPE | self.field_by_id

    @cached_property
    def column_by_id(self) -> dict[str, Item]:
        """What the columns of its views are, as far as it is declared."""
        told = {
            "state": tuple(Code(each.id, each.title) for each in self.lifecycle.states),
            "schedule": tuple(Code(each.id, each.title) for each in self.schedules),
            "level": tuple(Code(each.value, each.label) for each in Level),
        }
        coded = {
            name: replace(ENVELOPE[name], type=Type.CODE, codes=of) for name, of in told.items()
        }
        own = {each.id: each for each in self.columns}
        return _OF_VIEWS | ENVELOPE | coded | self.field_by_id | own

    @cached_property
    def schedule_by_id(self) -> dict[str, Schedule]:
        """Schedules by their id."""
        return {schedule.id: schedule for schedule in self.schedules}

    @property
    def secrecy(self) -> Secrecy:
        """The class of the most secret of its fields; never public, for a log tells how the house works."""
        return highest((Secrecy.INTERNAL, *(each.secrecy for each in self.fields)))

    def asked_in(self, schedule: str) -> tuple[Field, ...]:
        """The fields that belong to an entry of a schedule; all of them if it names no groups."""
        found = self.schedule_by_id.get(schedule)
        groups = found.asks if found else ()
        return tuple(f for f in self.fields if not groups or not f.group or f.group in groups)

    @property
    def short(self) -> str:
        """The shortest name people can type for it."""
        return min((self.id, *self.aliases), key=len)

    def names(self) -> tuple[str, ...]:
        """Everything people call it."""
        return tuple(n for n in (self.id, self.title.zh, self.title.en, *self.aliases) if n)


def find_logbook(books: tuple[Logbook, ...], name: str) -> Logbook | None:
    """The logbook of that id, title or alias."""
    wanted = key(name)
    found = (book for book in books if wanted in {key(each) for each in book.names()})
    return next(found, None)
