"""Three months of the demo hospital's logbooks, written once for all tests that read them."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

import pytest

from infodesk.config.load import load_definitions
from infodesk.demo.hospital import keep_logbooks, make_demo
from infodesk.demo.logbooks import FIRST, write_logbooks
from infodesk.demo.story import ZONE
from infodesk.duty.room import DutyRoom
from infodesk.model.actor import Actor
from infodesk.model.definitions import Definitions
from infodesk.stats.desk import Desk
from infodesk.store.store import open_store
from infodesk.store.tables import follow_definitions

OVER = datetime(2026, 10, 1, 0, 0, tzinfo=ZONE)  # when the three months are over


@dataclass
class Kept:
    """The workspace with its logbooks, and the rooms in it."""

    folder: Path
    desk: Desk
    room: DutyRoom


@pytest.fixture(scope="session")
def kept_workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The workspace with three months of entries, not to be changed."""
    folder = tmp_path_factory.mktemp("kept") / "demo"
    make_demo(folder, "zh")
    keep_logbooks(folder, FIRST)
    with open_store(folder / "infodesk.db") as store:
        definitions = known(folder)
        actor = Actor("tester", "", OVER)
        follow_definitions(store, definitions, actor)
        write_logbooks(DutyRoom(definitions, store, actor, folder))
    return folder


def known(folder: Path) -> Definitions:
    """The definitions of a sound workspace."""
    found = load_definitions(folder)
    assert found.definitions is not None, [str(each.message) for each in found.problems]
    return found.definitions


@pytest.fixture(scope="session")
def kept_definitions(kept_workspace: Path) -> Definitions:
    """The definitions of that workspace."""
    return known(kept_workspace)


@pytest.fixture
def kept(kept_workspace: Path, kept_definitions: Definitions, tmp_path: Path) -> Iterator[Kept]:
    """A copy of the three months, on the first of October."""
    folder = tmp_path / "kept"
    folder.mkdir()
    shutil.copyfile(kept_workspace / "infodesk.db", folder / "infodesk.db")
    actor = Actor("tester", "", OVER)
    with open_store(folder / "infodesk.db") as store:
        desk = Desk(kept_definitions, store, actor)
        yield Kept(folder, desk, DutyRoom(kept_definitions, store, actor, folder))


def since(room: DutyRoom, day: date) -> DutyRoom:
    """The same room at the beginning of another day."""
    now = datetime(day.year, day.month, day.day, tzinfo=ZONE)
    return replace(room, actor=replace(room.actor, now=now))
