"""A duty room in the starter hospital, at a moment of one's choice."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

import pytest

from infodesk.demo.story import ZONE
from infodesk.duty.choose import schedule_for
from infodesk.duty.judge import Draft
from infodesk.duty.look import view_values
from infodesk.duty.room import DutyRoom
from infodesk.duty.write import How, Written, add, find_entry, move
from infodesk.model.actor import Actor
from infodesk.model.definitions import Definitions
from infodesk.model.entry import Entry
from infodesk.store.book_views import ask_view
from infodesk.store.store import open_store
from infodesk.store.tables import follow_definitions
from infodesk.text.language import language

NOON = datetime(2026, 9, 18, 12, 0, tzinfo=ZONE)  # a Friday; the Sunday after it is worked


def at(text: str) -> datetime:
    """A moment in the hospital's zone: `2026-09-18 08:30`."""
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


@dataclass
class Duty:
    """Somebody on duty."""

    room: DutyRoom

    def at(self, text: str, by: str | None = None) -> "Duty":
        """The same at another moment, or somebody else."""
        actor = replace(self.room.actor, now=at(text), by=by or self.room.actor.by)
        return Duty(replace(self.room, actor=actor))

    def add(
        self, book: str, schedule: str | None = None, when: str | None = None, **given: str
    ) -> Written:
        """Write an entry; `each__UPS_1` cannot be written so: see `given` of a draft."""
        return self.give(book, given, schedule, when)

    def give(
        self, book: str, given: dict[str, str], schedule: str | None = None, when: str | None = None
    ) -> Written:
        """Write an entry of answers by name."""
        chosen = self.room.book(book)
        moment = at(when) if when else self.room.now
        draft = Draft(chosen, given, moment, schedule_for(self.room, chosen, schedule, moment))
        return add(self.room, draft)

    def move(self, number: str, name: str, second: str = "", **given: str) -> Written:
        """Take an entry to its next state."""
        return move(self.room, find_entry(self.room, number), name, given, How(second=second))

    def entry(self, number: str) -> Entry:
        """An entry as it stands."""
        return find_entry(self.room, number)


def told(written: Written) -> list[str]:
    """What stands in the way, as people read it."""
    tell = language("en").tell
    found = [tell(problem.message) for problem in written.judged.problems]
    return found + [f"missing {key}" for key in written.judged.missing]


def number(written: Written) -> str:
    """The number of what was written, which it must have been."""
    assert written.line is not None, told(written)
    return written.line.id


def rows(duty: Duty, book: str, view: str, *given: str) -> list[dict[str, object]]:
    """What a view answers."""
    chosen = duty.room.book(book)
    (found,) = (each for each in chosen.views if each.id == view)
    asked = ask_view(duty.room.store, found, view_values(duty.room, found, given))
    return [dict(zip(asked.columns, row, strict=True)) for row in asked.rows]


@pytest.fixture
def duty(definitions: Definitions, tmp_path: Path) -> Iterator[Duty]:
    """示例甲 on duty, on Friday 18 September 2026 at noon, in an empty book of record."""
    actor = Actor("tester", "示例甲", NOON)
    with open_store(tmp_path / "duty.db") as store:
        follow_definitions(store, definitions, actor)
        yield Duty(DutyRoom(definitions, store, actor, tmp_path))
