import io
import json
from datetime import timedelta

from infodesk.cli.show.due import show_due
from infodesk.cli.terminal import Terminal
from infodesk.demo.september import PERIOD
from infodesk.model.period import Frequency
from infodesk.model.report import Report
from infodesk.render.write import Skipped, Written
from infodesk.reports.build import Built
from infodesk.reports.due import DueReport
from infodesk.store.lock import alone
from infodesk.text.language import language
from infodesk.text.message import Message, Title
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


def test_formats_that_were_left_out_are_told(shell: Shell) -> None:
    out, err = io.StringIO(), io.StringIO()
    terminal = Terminal(out, err, language("en"), lambda: shell.now, "t", shell.folder)
    report = Report("r", Title("报告", "Report"), Frequency.MONTH, "r.md.j2", "报告")
    skipped = Skipped("pdf", Message("needs {what}", what="infodesk[office]"))
    written = Written((shell.folder / "r.md",), (skipped,))
    built = Built(report, written, Message("Complete"), is_settled=True)
    made = DueReport(report, PERIOD, shell.now, "made", Message("because"), built=built)
    show_due(terminal, [made], dry_run=False)
    assert out.getvalue() == "r.md\n"
    assert "pdf: needs infodesk[office]" in err.getvalue()
