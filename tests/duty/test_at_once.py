"""Two terminals at once, and a process that is killed: no entry is lost, doubled or half written."""

import os
import shutil
import signal
import subprocess
import sys
import time
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
ENVIRONMENT = dict(os.environ, PYTHONIOENCODING="utf-8", PYTHONUTF8="1")


def faults(count: int) -> str:
    """So many faults, one a line."""
    return "".join(FAULT.replace("N", str(n)) for n in range(count))


def start(folder: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        ADD, cwd=folder, env=ENVIRONMENT, text=True, encoding="utf-8",
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip


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


def test_a_killed_writer_leaves_whole_entries_only(hospital: Path, tmp_path: Path) -> None:
    folder = tmp_path / "workspace"
    shutil.copytree(hospital, folder)
    open_store(folder / "infodesk.db").close()
    writer = start(folder)
    assert writer.stdin is not None
    assert writer.stdout is not None
    writer.stdin.write(faults(400))
    writer.stdin.close()
    writer.stdin = None
    deadline = time.monotonic() + 60
    while not writer.stdout.readline() and time.monotonic() < deadline:
        time.sleep(0.01)
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
        assert 0 < count == audited < 400
        assert first_break(store) is None
        assert first_changed(store) is None
    again = subprocess.run(
        ADD, cwd=folder, env=ENVIRONMENT, text=True, encoding="utf-8", input=faults(1), capture_output=True
    )  # fmt: skip
    assert f"INC-20260918-{count + 1:03}" in again.stdout, again.stderr
