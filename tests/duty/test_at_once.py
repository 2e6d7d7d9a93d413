"""Two terminals at once, and a process that is killed: no entry is lost, doubled or half written."""

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

from infodesk.store.audit import first_break
from infodesk.store.entries import first_changed
from infodesk.store.store import open_store

ADD = [
    sys.executable, "-m", "infodesk", "log", "add", "故障", "--from-json", "-", "--as-of", "2026-09-18T12:00",
    "--by", "示例甲",
]  # fmt: skip
FAULT = '{"place": "急诊", "description": "卡纸 N", "done": false, "reported_at": "11:00"}\n'
WRITERS, EACH = 3, 6
MANY = 400  # seconds of writing
ENVIRONMENT = dict(os.environ, PYTHONIOENCODING="utf-8", PYTHONUTF8="1")


def faults(count: int) -> str:
    """So many faults, one a line."""
    return "".join(FAULT.replace("N", str(n)) for n in range(count))


def start(folder: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        ADD, cwd=folder, env=ENVIRONMENT, text=True, encoding="utf-8",
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip


def is_writing(store: Path) -> bool:
    """Wait until somebody has held the store for writing for a quarter of a second."""
    held, deadline = 0, time.monotonic() + 60
    with closing(sqlite3.connect(store, timeout=0, isolation_level=None)) as watching:
        while held < 5 and time.monotonic() < deadline:
            try:
                watching.execute("BEGIN IMMEDIATE")
                watching.execute("ROLLBACK")
                held = 0
            except sqlite3.OperationalError:
                held += 1
            time.sleep(0.05)
    return held == 5


def test_two_terminals_and_a_third_write_at_once(hospital: Path, tmp_path: Path) -> None:
    folder = tmp_path / "workspace"
    shutil.copytree(hospital, folder)
    open_store(folder / "infodesk.db").close()
    writers = [start(folder) for _ in range(WRITERS)]
    for writer in writers:
        assert writer.stdin is not None
        writer.stdin.write(faults(EACH))
        writer.stdin.close()
        writer.stdin = None
    for writer in writers:
        out, err = writer.communicate(timeout=120)
        assert writer.returncode in (0, 1), (out, err)
    with open_store(folder / "infodesk.db") as store:
        numbers = [
            row[0] for row in store.connection.execute("SELECT id FROM entry ORDER BY number")
        ]
        assert numbers == [f"INC-20260918-{n:03}" for n in range(1, WRITERS * EACH + 1)]
        assert first_break(store) is None
        assert first_changed(store) is None


def test_a_killed_writer_leaves_whole_files_only(hospital: Path, tmp_path: Path) -> None:
    folder = tmp_path / "workspace"
    shutil.copytree(hospital, folder)
    open_store(folder / "infodesk.db").close()
    writer = start(folder)
    assert writer.stdin is not None
    writer.stdin.write(faults(MANY))
    writer.stdin.close()
    writer.stdin = None
    assert is_writing(folder / "infodesk.db")
    writer.send_signal(signal.SIGKILL if os.name != "nt" else signal.SIGTERM)
    writer.communicate()
    with open_store(folder / "infodesk.db") as store:
        assert store.connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        count, audited = (
            store.connection.execute(query).fetchone()[0]
            for query in (
                "SELECT count(*) FROM entry",
                "SELECT count(*) FROM audit WHERE action = 'entry'",
            )
        )
        assert count == audited
        assert count in (0, MANY)  # a file is taken whole or not at all
        assert first_break(store) is None
        assert first_changed(store) is None
    again = subprocess.run(
        ADD, cwd=folder, env=ENVIRONMENT, text=True, encoding="utf-8", input=faults(1), capture_output=True
    )  # fmt: skip
    assert f"INC-20260918-{count + 1:03}" in again.stdout, again.stderr
