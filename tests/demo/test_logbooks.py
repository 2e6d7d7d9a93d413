"""Three months of the demo hospital's logbooks: all of them, the same every time, with what went wrong."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from infodesk.demo.happenings import HAPPENINGS
from infodesk.demo.hospital import keep_logbooks, make_demo
from infodesk.demo.logbooks import FIRST, write_logbooks
from infodesk.demo.story import DUTY_STORY, ZONE
from infodesk.duty.duties import duties
from infodesk.duty.room import DutyRoom
from infodesk.model.actor import Actor
from infodesk.model.entry import DutyState, Key
from infodesk.model.limit import Level
from infodesk.store.audit import first_break
from infodesk.store.entries import count_entries, entries, entry, first_changed
from infodesk.store.store import open_store
from infodesk.store.tables import follow_definitions
from tests.conftest import Shell
from tests.months import Kept, kept, kept_definitions, kept_workspace, known  # noqa: F401  # fixtures


def test_every_logbook_there_is_has_entries(kept: Kept) -> None:  # noqa: F811
    counts = count_entries(kept.desk.store)
    assert set(counts) == {book.id for book in kept.desk.definitions.logbooks}


def test_the_chain_of_changes_is_whole(kept: Kept) -> None:  # noqa: F811
    assert first_break(kept.desk.store) is None
    assert first_changed(kept.desk.store) is None


def test_most_duties_are_done_in_time_and_some_are_not(kept: Kept) -> None:  # noqa: F811
    found = [d.state for d in duties(kept.room, FIRST, kept.room.now.date()) if not d.is_waived]
    assert set(found) >= {DutyState.DONE, DutyState.LATE, DutyState.MISSED, DutyState.SKIPPED}
    assert found.count(DutyState.DONE) > 0.85 * len(found)


def test_what_is_told_of_duties_happened(kept: Kept) -> None:  # noqa: F811
    found = {
        (d.book, d.slot.schedule, d.slot.planned, d.slot.subject): d
        for d in duties(kept.room, FIRST, kept.room.now.date())
    }
    for told in (each for each in HAPPENINGS if each.schedule):
        duty = found[told.book, told.schedule, told.at, told.subject]
        assert duty.state == told.fate, told
        if duty.entry:
            written = entry(kept.desk.store, duty.entry)
            assert written is not None
            given = {name: text for name, text in told.given.items() if text}
            assert {name: written.answers[Key(name)] for name in given} == given
            assert not given or written.last.level is not Level.NORMAL


def test_the_medium_that_was_taken_out_is_still_out(kept: Kept) -> None:  # noqa: F811
    out = [e for e in entries(kept.desk.store, "media_register") if e.last.state == "out"]
    assert [each.answers[Key("label")] for each in out] == ["M-2026-08-HIS-01"]


def test_the_same_definitions_give_the_same_entries_up_to_any_moment(tmp_path: Path) -> None:
    make_demo(tmp_path / "demo", "zh")
    keep_logbooks(tmp_path / "demo", FIRST)
    definitions = known(tmp_path / "demo")
    only = ("room_access", "room_leave_check", "incident_log", "work_permit", "room_cleaning")
    few = replace(definitions, logbooks=tuple(b for b in definitions.logbooks if b.id in only))
    found = []
    for name, end in (("a", (8, 1)), ("b", (8, 1)), ("c", (9, 1))):
        actor = Actor("x", "", datetime(2026, *end, tzinfo=ZONE))
        with open_store(tmp_path / f"{name}.db") as store:
            follow_definitions(store, definitions, actor)
            write_logbooks(DutyRoom(few, store, actor, tmp_path))
            found.append(_hashes(store.connection.execute("SELECT id, answers, state FROM entry")))
    assert found[0] == found[1] == found[2][: len(found[0])]
    assert 20 < len(found[0]) < len(found[2])


def _hashes(rows: Iterable[tuple[str, ...]]) -> list[tuple[str, ...]]:
    return list(rows)


def test_a_morning_in_the_machine_room_is_told(tmp_path: Path) -> None:
    shell = Shell(tmp_path)
    assert shell.run("demo", "--duty", "d") == 0, shell.err
    for step in DUTY_STORY:
        assert f"$ infodesk {' '.join(step.command)}" in shell.out
    assert "M-2026-08-HIS-01" in shell.out
    assert "entries in the logbooks since 2026-07-01" in shell.out
