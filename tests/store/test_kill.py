"""A process that is killed at any moment leaves either the whole workbook or nothing of it."""

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

from infodesk.demo.september import PERIOD, fill_inbox
from infodesk.store.audit import first_break
from infodesk.store.store import open_store
from infodesk.text.language import language
from tests.conftest import Month

COLLECT = [sys.executable, "-m", "infodesk", "stats", "collect", "--as-of", "2026-10-08"]


def parts_by_workbook(path: Path) -> dict[str, int]:
    connection = sqlite3.connect(path)
    found = connection.execute(
        "SELECT w.name, count(s.id) FROM workbook AS w LEFT JOIN submission AS s ON s.workbook = w.id GROUP BY w.id"
    )
    return dict(found.fetchall())


def test_a_killed_collect_leaves_whole_workbooks_only(
    hospital: Path, month: Month, tmp_path: Path
) -> None:
    folder = tmp_path / "workspace"
    shutil.copytree(hospital, folder)
    fill_inbox(month.desk, folder / "inbox" / str(PERIOD), language("zh"))
    database = folder / "infodesk.db"
    environment = dict(os.environ, PYTHONIOENCODING="utf-8")
    whole = whole_parts(folder, environment)
    killed = 0
    for delay in (0.0, 0.01, 0.03, 0.06, 0.1, 0.15):
        for leftover in folder.glob("infodesk.db*"):
            leftover.unlink()
        process = subprocess.Popen(
            COLLECT, cwd=folder, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
        )
        assert process.stderr is not None
        process.stderr.readline()  # the period: from now on it takes files in
        time.sleep(delay)
        if process.poll() is None:
            process.send_signal(signal.SIGKILL if os.name != "nt" else signal.SIGTERM)
            killed += 1
        process.communicate()
        found = parts_by_workbook(database)
        assert found == {name: whole[name] for name in found}
        with open_store(database) as store:
            assert store.connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            assert first_break(store) is None
        assert (
            subprocess.run(COLLECT, cwd=folder, env=environment, capture_output=True).returncode
            == 0
        )
        assert parts_by_workbook(database) == whole
    assert killed >= 3


def whole_parts(folder: Path, environment: dict[str, str]) -> dict[str, int]:
    finished = subprocess.run(
        COLLECT, cwd=folder, env=environment, capture_output=True, check=False
    )
    assert finished.returncode == 0, finished.stderr.decode()
    return parts_by_workbook(folder / "infodesk.db")
