import json
from datetime import timedelta

from infodesk.store.lock import alone
from tests.conftest import Shell

DUE = ("report", "due", "-f", "md", "--as-of", "2026-10-13")


def test_due_says_what_it_made_and_is_done(full_shell: Shell) -> None:
    assert full_shell.run(*DUE) == 0
    (path,) = full_shell.out.split()
    assert (full_shell.folder / path).is_file()
    line = "2026-09 Monthly statistics bulletin, due 2026-10-10 08:00: made (everything is in"
    assert line in full_shell.err
    assert full_shell.run(*DUE) == 0
    assert full_shell.out == ""
    assert "not made again" in full_shell.err


def test_what_waits_for_a_person_is_exit_1(shell: Shell) -> None:
    assert shell.run(*DUE) == 1
    assert "not made (2026-09: Incomplete: 63 of 63 parts are missing)" in shell.err


def test_nothing_due_is_exit_0(full_shell: Shell) -> None:
    assert full_shell.run("report", "due", "--as-of", "2026-10-08") == 0
    assert full_shell.err == "Nothing is due\n"


def test_a_dry_run_says_what_would_be_made(full_shell: Shell) -> None:
    assert full_shell.run(*DUE, "--dry-run") == 0
    assert ": would be made (" in full_shell.err
    assert not list((full_shell.folder / "reports").glob("2026-09*"))


def test_two_at_a_time_never_work(full_shell: Shell) -> None:
    with alone(full_shell.folder / "infodesk.db.reports-lock"):
        assert full_shell.run(*DUE) == 0
        assert "Another process" in full_shell.err
        assert full_shell.run(*DUE, "--json") == 0
        assert json.loads(full_shell.out)["busy"] is True
    full_shell.now += timedelta(seconds=1)
    assert full_shell.run(*DUE, "--json") == 0
    (made,) = json.loads(full_shell.out)["reports"]
    assert (made["id"], made["period"], made["state"]) == ("monthly_bulletin", "2026-09", "made")
    assert made["due"] == "2026-10-10T08:00:00+08:00"
    assert len(made["files"]) == 1
