"""What other hands did to the book of record is said, whichever command looks at it."""

import json
import shutil
import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest

from infodesk.demo.story import ZONE
from tests.conftest import Shell

REST = (
    "book, kind, occurred_at, recorded_at, occurred_local, recorded_local, os_user, person, schedule, slot, state, "
    "level, raised, what, reason, second, answers, breaches, measured, definition"
)
VERIFY = "infodesk audit verify"


@pytest.fixture
def shell(kept_workspace: Path, tmp_path: Path) -> Shell:
    shutil.copytree(kept_workspace, tmp_path / "w")
    return Shell(tmp_path / "w", now=datetime(2026, 10, 1, 9, 0, tzinfo=ZONE))


def alter(shell: Shell, sql: str) -> None:
    with closing(sqlite3.connect(shell.folder / "infodesk.db")) as store, store:
        assert store.execute(sql).rowcount == 1


@pytest.mark.parametrize(
    ("sql", "said"),
    [
        (
            "UPDATE audit SET detail = '{}' WHERE id = 5",
            "the chain of changes is broken at number 5",
        ),
        ("DELETE FROM audit WHERE id = 7", "the chain of changes is broken at number 8"),
        (
            "UPDATE entry SET person = 'P99' WHERE id = 'BK-20260819-001'",
            "entry BK-20260819-001 is no longer what was written",
        ),
        (
            "DELETE FROM entry WHERE id = 'BK-20260819-001'",
            "entry BK-20260819-001 is no longer what was written",
        ),
        (
            "INSERT INTO entry SELECT 99999, 'BK-20260820-999', 'BK-20260820-999', "
            + REST
            + " FROM entry WHERE id = 'BK-20260820-001'",
            "entry BK-20260820-999 is no longer what was written",
        ),
    ],
)
def test_an_altered_record_stands_above_all(
    shell: Shell, sql: str, said: str, tmp_path: Path
) -> None:
    assert shell.run("audit", "verify") == 0
    alter(shell, sql)
    assert shell.run("audit", "verify") == 4
    assert said in shell.err
    assert shell.run("today", "--json") == 1
    first = json.loads(shell.out)["lines"][0]
    assert first == {"kind": "alarm", "what": said, "command": VERIFY}
    assert shell.run("evidence", "2026-Q3", "--clause", "五.6") == 1
    assert f"Altered by other hands: {said}" in shell.out
    assert shell.run("evidence", "2026-Q3", "--clause", "五.6", "--json") == 1
    assert json.loads(shell.out)["altered"] == said


def test_evidence_of_whole_records_says_nothing_of_it(shell: Shell) -> None:
    assert shell.run("evidence", "2026-Q3", "--clause", "五.6", "--json") == 0
    assert json.loads(shell.out)["altered"] is None


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE entry SET level = 'weird' WHERE id = 'BK-20260930-001'",
        "UPDATE entry SET answers = 'no json' WHERE id = 'BK-20260930-001'",
        "UPDATE entry SET occurred_local = 'once' WHERE id = 'BK-20260930-001'",
    ],
)
def test_a_record_that_cannot_be_read_is_no_bug_of_ours(shell: Shell, sql: str) -> None:
    alter(shell, sql)
    assert shell.run("log", "due", "backup") == 4
    assert "cannot be read: somebody altered it" in shell.err
    assert VERIFY in shell.err


def test_a_damaged_file_is_said_to_be_damaged(shell: Shell) -> None:
    file = shell.folder / "infodesk.db"
    file.write_bytes(file.read_bytes()[:2048] + b"x" * 4096)
    for command in (("today",), ("evidence", "2026"), ("log", "due"), ("audit", "verify")):
        assert shell.run(*command) == 4
        assert "infodesk.db is damaged" in shell.err
