"""What backup programs print, taken in as entries: recorded reports here, the real restic in `make test-tools`."""

import io
import json
import shutil
import subprocess
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from infodesk.cli.main import main
from infodesk.cli.terminal import Terminal
from infodesk.config.load import load_definitions
from infodesk.demo.story import ZONE
from infodesk.text.language import language
from tests.config.workspace import make, told
from tests.conftest import Shell

REPORTS = Path(__file__).parents[1] / "data" / "reports"
MORNING = datetime(2026, 9, 18, 8, 0, tzinfo=ZONE)
OF = ("database=DB-HIS", "set=daily")


@dataclass
class Desk:
    """A shell whose standard input is a report; `out` is all that was printed, `result` without the talk."""

    shell: Shell
    out: str = ""
    result: str = ""

    def take(self, report: str, *given: str) -> int:
        out, err = io.StringIO(), io.StringIO()
        terminal = Terminal(
            out,
            err,
            language("en"),
            lambda: MORNING,
            "tester",
            self.shell.folder,
            keys=io.StringIO(report),
        )
        asked = ["--lang", "en", "log", "add", "backup", "--from-json", "-", *given, "--json"]
        code = main(asked, terminal)
        self.result = out.getvalue()
        self.out = self.result + err.getvalue()
        return code

    def entry(self) -> dict[str, Any]:
        """The one entry there is."""
        assert (
            self.shell.run("log", "export", "backup", "--to", "e.json", "--format", "json") == 0
        ), self.shell.err
        whole = json.loads((self.shell.folder / "e.json").read_text(encoding="utf-8"))
        (entry,) = whole["entries"]
        return dict(entry)


@pytest.fixture
def desk(shell: Shell) -> Desk:
    """The demo hospital at eight in the morning, no logbook used yet."""
    shell.now = MORNING
    return Desk(shell)


def recorded(name: str) -> str:
    return (REPORTS / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["restic.jsonl", "borg.json", "script.json"])
def test_a_recorded_report_becomes_one_entry(desk: Desk, name: str) -> None:
    given = () if name == "script.json" else OF
    assert desk.take(recorded(name), *given) in (0, 1), desk.out
    entry = desk.entry()
    assert entry["occurred_at"].startswith("2026-09-18T01:38")
    answers = entry["answers"]
    assert answers["started_at"] == "2026-09-18T01:00"
    assert (answers["size_bytes"], answers["files"]) == ("21474836480", "4211")
    assert (answers["duration_minutes"], answers["result"]) == ("38", "OK")
    assert (answers["database"], answers["set"]) == ("DB-HIS", "daily")


def test_an_older_restic_tells_only_how_long_it_took(desk: Desk) -> None:
    assert desk.take(recorded("restic_older.jsonl"), *OF) in (0, 1), desk.out
    answers = desk.entry()["answers"]
    assert (answers["started_at"], answers["ended_at"]) == ("2026-09-18T07:21", "2026-09-18T08:00")


def test_a_run_that_broke_off_is_a_failed_one(desk: Desk) -> None:
    assert desk.take(recorded("restic_failed.jsonl"), *OF) == 1, desk.out
    entry = desk.entry()
    assert (entry["level"], entry["answers"]["result"]) == ("alarm", "FAILED")
    assert entry["answers"]["error_text"].startswith("Fatal: repository does not exist")


def test_what_is_typed_beside_a_report_counts_before_it(desk: Desk) -> None:
    assert desk.take(recorded("borg.json"), *OF, "verified=checksum", "remark=tested") in (0, 1)
    answers = desk.entry()["answers"]
    assert (answers["verified"], answers["remark"]) == ("checksum", "tested")
    assert answers["target"] == "/backup/his"


def test_a_moment_that_is_none_is_refused_with_its_field(desk: Desk) -> None:
    broken = recorded("borg.json").replace(
        '"start": "2026-09-18T01:00:02.000000"', '"start": "soon"'
    )
    assert desk.take(broken, *OF) == 2
    assert "soon" in desk.out


def test_seconds_that_are_none_are_left_out(desk: Desk) -> None:
    broken = recorded("restic_older.jsonl").replace("2286.417", '"long"')
    assert desk.take(broken, *OF) == 2
    assert "started_at" in desk.out or "Started" in desk.out


def test_a_tool_that_names_no_field_is_a_mistake_with_its_place(tmp_path: Path) -> None:
    files = {
        "config.yaml": "forms: []\n",
        "tools/mine.yaml": (
            "id: mine\ntitle: 脚本\nlogbook: backup_log\n"
            "lines:\n  - when: {kind: done}\n    fields: {size_byte: size}\n    always: {result: OK}\n"
        ),
    }
    found = load_definitions(make(tmp_path, files))
    assert told(found.problems) == [
        "tools/mine.yaml:6:14: there is no 'size_byte'; did you mean size_bytes?"
    ]


def test_a_tool_of_a_logbook_that_is_not_in_use_is_left_alone(tmp_path: Path) -> None:
    found = load_definitions(
        make(tmp_path, {"config.yaml": "forms: []\nlogbooks: [room_access]\n"})
    )
    assert found.definitions is None or found.definitions.tools == ()


@pytest.mark.parametrize("name", ["borg.json", "restic.jsonl"])
def test_a_report_that_cron_sends_again_is_not_another_run(desk: Desk, name: str) -> None:
    assert desk.take(recorded(name), *OF) in (0, 1), desk.out
    first = json.loads(desk.result)["id"]
    entry = desk.entry()
    assert desk.take(recorded(name), *OF) in (0, 1), desk.out
    assert desk.entry() == entry
    assert json.loads(desk.result)["id"] == first
    assert desk.take(recorded(name), "database=DB-EMR", "set=daily") in (0, 1)
    assert json.loads(desk.result)["id"] != first


def test_a_report_reads_the_same_among_other_words_of_the_program(desk: Desk) -> None:
    words = "[01:00] begun\nwarning: x changed\n"
    assert desk.take(f"{words}{recorded('borg.json')}\nbye\n", *OF) in (0, 1), desk.out
    assert "3 lines of - are no JSON: left out" in desk.out
    assert desk.entry()["answers"]["files"] == "4211"


def test_of_a_report_of_which_one_run_is_wrong_nothing_is_taken(desk: Desk) -> None:
    whole = json.loads(recorded("borg.json"))
    wrong = json.loads(recorded("borg.json"))
    wrong["archive"]["start"] = "2026-09-18T03:00:00"  # after its end
    lines = f"{json.dumps(whole)}\n{json.dumps(wrong)}\n"
    assert desk.take(lines, *OF) == 2
    assert desk.result == ""
    assert "BK-01" in desk.out
    assert desk.shell.run("log", "list", "backup") == 0
    assert "No entries" in desk.shell.out


@pytest.mark.parametrize("keep", [0.3, 0.9])
def test_half_a_report_is_refused_with_its_place(desk: Desk, keep: float) -> None:
    whole = recorded("borg.json")
    assert desk.take(whole[: int(len(whole) * keep)], *OF) == 2
    assert ": not JSON" in desk.out
    assert desk.shell.run("log", "list", "backup") == 0
    assert "No entries" in desk.shell.out


def test_a_stream_that_ended_before_its_summary_is_told_of_once(desk: Desk) -> None:
    status = '{"message_type": "status", "percent_done": 0.5}\n'
    assert desk.take(status * 3000, *OF) == 2
    assert len(desk.out.split("\n")) == 4  # the balances read, what is wrong, what to do
    assert "nothing in - is a field of logbook Backup runs" in desk.out
    assert "it knows borg, restic" in desk.out


def test_a_report_that_two_tools_claim_is_nobody_s(desk: Desk) -> None:
    (desk.shell.folder / "tools" / "mine.yaml").write_text(
        'id: mine\ntitle: 脚本\nlogbook: backup_log\nlines:\n  - when: {archive.name: "*"}\n'
        "    fields: {files: archive.stats.nfiles}\n",
        encoding="utf-8",
    )
    assert desk.take(recorded("borg.json"), *OF) == 2
    assert "several tools claim this report: borg, mine" in desk.out


def test_a_run_that_kept_nothing_closes_no_gap(desk: Desk) -> None:
    """Size 0 alarms, and the next good set is counted from the last one that holds something."""
    whole = json.loads(recorded("borg.json"))
    whole["archive"]["stats"]["original_size"] = 0
    assert desk.take(json.dumps(whole), *OF) == 1
    assert desk.entry()["level"] == "alarm"


@pytest.mark.tools
def test_a_real_restic_backs_up_and_is_taken_in(desk: Desk, tmp_path: Path) -> None:
    restic = shutil.which("restic")
    if restic is None:
        pytest.skip("restic is not installed: apt-get install restic")
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "dump.sql").write_bytes(b"0" * 100_000)
    environment = {
        "RESTIC_PASSWORD": "only-for-this-test",
        "HOME": str(tmp_path),
        "PATH": "/usr/bin:/bin",
    }
    call = [restic, "--repo", str(tmp_path / "repo")]
    subprocess.run([*call, "init"], env=environment, check=True, capture_output=True)
    done = subprocess.run(
        [*call, "backup", "--json", str(tmp_path / "data")],
        env=environment,
        check=True,
        capture_output=True,
        text=True,
    )
    clock = ("at=2026-09-18 07:59", "started_at=2026-09-18 07:58", "ended_at=2026-09-18 07:59")
    assert desk.take(done.stdout, *OF, *clock) in (0, 1), desk.out
    answers = desk.entry()["answers"]
    assert (answers["size_bytes"], answers["files"], answers["result"]) == ("100000", "1", "OK")
