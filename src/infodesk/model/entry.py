"""Entries: the lines of a logbook, what was said of them later, and the duties they do."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from functools import cache
from typing import NamedTuple

from infodesk.model.limit import Level

LATE_AFTER = timedelta(hours=24)  # written down later than this after it happened: 补录


class Kind(StrEnum):
    """What a line of the book is."""

    ENTRY = "entry"
    AMENDMENT = "amendment"  # corrects an entry, with a reason
    MOVE = "move"  # takes an entry from one state to another
    SIGNATURE = "signature"
    SKIP = "skip"  # a duty that is not done, with a reason


class Key(NamedTuple):
    """Which question: a field, and of which asset if it is asked of each. As text: `ups_load@UPS-1`."""

    field: str
    asset: str = ""

    def __str__(self) -> str:
        return f"{self.field}@{self.asset}" if self.asset else self.field


@cache
def key_of(text: str) -> Key:
    """The key of a text. There are as many as questions, and each is asked for with every entry read."""
    return Key(*text.split("@", 1))


# key → the answer as it is stored: 22.8, true, ONLINE, 2026-09-18T16:30; several, a line each.
Answers = Mapping[Key, str]


@dataclass(frozen=True)
class Breach:
    """Something that is not as it should be: a reading beyond its limits, or a check that fails (`check`)."""

    level: Level
    key: Key
    value: str = ""
    check: str = ""


# Why a question has no answer though one was wanted; a Breach names one of them as its check.
SKIPPED, NO_ANSWER = "skipped", "no_answer"
GAPS = (SKIPPED, NO_ANSWER)


@dataclass(frozen=True)
class Slot:
    """A duty of a schedule: `subject` is the asset it is about, if the schedule has one for each."""

    schedule: str
    planned: datetime
    subject: str = ""


@dataclass(frozen=True)
class Line:
    """One line of a book as it is kept; nothing of it ever changes.

    `root` is the id of the entry it is about (its own, for an entry and a skip). `answers`, `state`,
    `level` and `breaches` are what holds after it. `measured` are answers a probe gave. `person` signs for
    it, `post` is the role it was done in; `what` is the move taken, the post signed for, or the entry of
    which this one is the re-inspection. `raised` is the level a person gave it.
    """

    id: str
    root: str
    book: str
    kind: Kind
    occurred_at: datetime
    recorded_at: datetime
    os_user: str
    person: str
    state: str
    answers: Answers
    schedule: str = ""
    slot: str = ""  # of a skip: the planned moment, and the subject
    level: Level = Level.NORMAL
    raised: Level = Level.NORMAL
    breaches: tuple[Breach, ...] = ()
    measured: frozenset[Key] = frozenset()
    what: str = ""
    reason: str = ""
    second: str = ""  # who countersigned, where one person would have done two parts
    definition: str = ""

    @property
    def is_late(self) -> bool:
        """Whether it was written down later than a day after (补录)."""
        return self.recorded_at - self.occurred_at > LATE_AFTER


@dataclass(frozen=True)
class Entry:
    """An entry as it stands now: its first line, and the latest one."""

    first: Line
    last: Line
    lines: tuple[Line, ...] = field(
        default=(), compare=False
    )  # all of them, where they were asked for

    @property
    def id(self) -> str:
        """Its number, which is that of its first line."""
        return self.first.id

    @property
    def answers(self) -> Answers:
        """What it says now."""
        return self.last.answers


class DutyState(StrEnum):
    """What became of a duty. A miss never disappears: done afterwards, it is late."""

    DUE = "due"
    DONE = "done"
    LATE = "late"
    SKIPPED = "skipped"
    MISSED = "missed"


@dataclass(frozen=True)
class Duty:
    """A slot, the time it covers (half open), and what became of it.

    `until` is the last moment at which it is done in time. `entry` did it, or says why not. The duties of
    a schedule and subject cover the time without gap or overlap.
    """

    book: str
    slot: Slot
    opens: datetime
    until: datetime
    closes: datetime
    state: DutyState
    entry: str | None = None
    is_waived: bool = False  # 假期免: skipped by the calendar, not by a person
