import errno
import io
import json
import re
import shutil
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from rich.console import Console

from infodesk.cli.main import main
from infodesk.cli.terminal import Terminal, new_table, other_signs
from infodesk.text.language import language
from tests.conftest import Month, Shell

MONTH = ("-p", "2026-09")


def test_help_names_the_groups(shell: Shell, capsys: pytest.CaptureFixture[str]) -> None:
    assert shell.run("--help") == 0
    printed = capsys.readouterr().out
    assert all(
        name in printed for name in ("init", "demo", "check", "units", "stats", "report", "audit")
    )


def test_help_speaks_chinese(shell: Shell, capsys: pytest.CaptureFixture[str]) -> None:
    assert shell.run("stats", "collect", "--help", lang="zh") == 0
    assert "收表" in capsys.readouterr().out


def test_the_version_is_printed(shell: Shell) -> None:
    assert shell.run("--version") == 0
    assert re.fullmatch(r"infodesk \d+\.\d+\.\d+\n", shell.out)


@pytest.mark.parametrize(
    "arguments",
    [("stats", "colect"), ("stats", "status", "--nothing"), ("stats", "trace"), ("--lang",)],
)
def test_wrong_usage_is_exit_2_and_never_a_traceback(
    shell: Shell, arguments: tuple[str, ...]
) -> None:
    assert shell.run(*arguments) == 2
    assert shell.err.startswith("Error: ")
    assert "Traceback" not in shell.err


def test_outside_a_workspace_one_is_told_how_to_make_one(tmp_path: Path) -> None:
    shell = Shell(tmp_path)
    assert shell.run("stats", "status") == 2
    assert "infodesk init" in shell.err


def test_the_workspace_is_found_from_below_and_by_name(shell: Shell) -> None:
    below = Shell(shell.folder / "inbox")
    assert below.run("check") == 0
    elsewhere = Shell(shell.folder.parent)
    assert elsewhere.run("check", "--workspace", shell.folder.name) == 0


def test_init_makes_an_empty_workspace_with_the_same_definitions(tmp_path: Path) -> None:
    shell = Shell(tmp_path)
    assert shell.run("init", "new") == 0
    assert sorted(path.name for path in (tmp_path / "new").iterdir()) == [
        "assets.yaml", "calendars", "clauses.yaml", "codes", "config.yaml", "forms", "inbox", "indicators", "logbooks",
        "opening", "people.yaml", "reports", "schema", "tools", "units.yaml",
    ]  # fmt: skip
    there = Shell(tmp_path / "new")
    assert there.run("check", "--json") == 0
    counts = json.loads(there.out)["counts"]
    assert (counts["forms"], counts["items"], counts["rules"], counts["indicators"]) == (
        12,
        378,
        171,
        105,
    )
    assert counts["logbooks"] == 32
    assert there.run("stats", "status") == 1
    assert shell.run("init", "new") == 2
    assert "already" in shell.err


def test_check_lists_every_mistake_with_its_place(shell: Shell) -> None:
    form = shell.folder / "forms" / "outpatient_activity.yaml"
    text = form.read_text(encoding="utf-8")
    form.write_text(
        text.replace("frequency: month", "frequenzy: month").replace(
            "visits_home, 0)", "visits_hom, 0)"
        ),
        encoding="utf-8",
    )
    units = shell.folder / "units.yaml"
    units.write_text(
        units.read_text(encoding="utf-8").replace('kind: "ICU"', 'kind: "ICV"'), encoding="utf-8"
    )
    assert shell.run("check", "--json") == 2
    problems = json.loads(shell.out)["problems"]
    assert [(p["file"], p["message"].split(";")[0]) for p in problems] == [
        ("forms/outpatient_activity.yaml", "frequency is missing"),
        ("forms/outpatient_activity.yaml", "unknown key frequenzy"),
        ("units.yaml", "there is no 'ICV'"),
    ]
    assert all(p["line"] >= 1 and p["column"] >= 1 for p in problems)
    assert shell.run("stats", "status") == 2


def test_collecting_prints_one_json_object_of_the_documented_shape(full_shell: Shell) -> None:
    (full_shell.folder / "half.xlsx").write_bytes(b"PK\x03\x04 and no more")
    assert full_shell.run("stats", "collect", "half.xlsx", "--json", *MONTH) == 1
    found = json.loads(full_shell.out)
    assert found["period"] == "2026-09"
    assert list(found["files"][0]) == [
        "file", "sha256", "sender", "result", "reason", "submissions", "findings", "changes",
        "answers",
    ]  # fmt: skip


def test_status_has_its_shape_and_exit_code(full_shell: Shell) -> None:
    assert full_shell.run("stats", "status", "--json", *MONTH) == 0
    found = json.loads(full_shell.out)
    assert (found["complete_rate"], found["timely_rate"], len(found["rows"])) == (100.0, 100.0, 111)
    assert {row["state"] for row in found["rows"]} == {"accepted", "nil"}
    assert list(found["rows"][0]) == [
        "unit", "form", "section", "sender", "due", "state", "received_at", "late_days",
    ]  # fmt: skip
    assert found["rows"][0]["due"] == "2026-10-08T17:30:00+08:00"


def test_validate_has_its_shape_and_outcomes_add_up(full_shell: Shell) -> None:
    assert full_shell.run("stats", "validate", "--json", *MONTH) == 0
    found = json.loads(full_shell.out)
    assert found["findings"] == []
    for outcome in found["outcomes"]:
        parts = ("passed", "failed", "not_evaluated", "exempted")
        assert outcome["asked"] == sum(outcome[part] for part in parts)
    assert found["exempted"] == []


def test_figures_have_their_shape_and_exact_numbers_are_texts(full_shell: Shell) -> None:
    assert full_shell.run("stats", "figures", "bed_occupancy", "--json", *MONTH) == 0
    assert json.loads(full_shell.out)["figures"] == [
        {
            "id": "bed_occupancy",
            "kind": "indicator",
            "form": None,
            "unit": "H",
            "row": None,
            "class": "internal",
            "value": "87.00",
            "display": "87.00 %",
            "numerator": "7830",
            "denominator": "9000",
            "received": 8,
            "expected": 8,
            "flags": [],
        }
    ]


def test_an_id_may_be_the_chinese_title_or_an_alias(full_shell: Shell) -> None:
    assert (
        full_shell.run("stats", "figures", "病床使用率", "--unit", "神内科", "--text", *MONTH) == 0
    )
    assert full_shell.out == "Bed occupancy rate 95.97 %\n"


def test_trace_goes_down_to_file_cell_and_sender(full_shell: Shell) -> None:
    assert full_shell.run("stats", "trace", "bed_occupancy", "--json", *MONTH) == 0
    found = json.loads(full_shell.out)
    assert found["figure"]["value"] == "87.00"
    occupied = next(i for i in found["inputs"] if i["item"] == "bed_days_occupied")
    assert occupied["value"] == "7830"
    neurology = next(r for r in occupied["records"] if r["unit"] == "0103")
    assert neurology["value"] == "1382"
    assert neurology["file"] == "2026-09_神经内科_月报.xlsx"
    assert neurology["cell"].startswith("病房工作情况月报!C")
    assert (neurology["sender"], neurology["version"], len(neurology["sha256"])) == ("0103", 1, 64)


def test_a_chat_line_names_no_other_unit(full_shell: Shell) -> None:
    full_shell.run("stats", "status", "--text", *MONTH, lang="zh")
    assert full_shell.out == "2026年9月：应报 26 家，已报 26 家\n"
    full_shell.run("stats", "status", "--text", "--unit", "0401", *MONTH, lang="zh")
    assert full_shell.out.count("\n") == 2
    assert "0102" not in full_shell.out


def test_as_of_moves_now(full_shell: Shell, shell: Shell) -> None:
    assert shell.run("stats", "status", "--as-of", "not a day") == 2
    assert "2026-10-08" in shell.err


def test_the_language_is_the_workspaces_unless_said_otherwise(shell: Shell) -> None:
    def told(environment: dict[str, str], *arguments: str) -> str:
        out = io.StringIO()
        terminal = Terminal(
            out, out, language("en"), lambda: shell.now, "you", shell.folder, environment
        )
        main([*arguments, "check"], terminal)
        return out.getvalue()

    assert "没有错误" in told({})
    assert "sound" in told({"INFODESK_LANG": "en"})
    assert "sound" in told({}, "--lang", "en")
    assert "sound" in told({}, "--lang=en")


def test_a_bug_is_told_with_a_file_and_exit_70(shell: Shell) -> None:
    def broken() -> datetime:
        raise RuntimeError("the clock has stopped")

    out, err = io.StringIO(), io.StringIO()
    terminal = Terminal(out, err, language("en"), broken, "you", shell.folder)
    assert main(["--lang", "en", "stats", "status"], terminal) == 70
    path = Path(err.getvalue().split(" in ")[-1].strip())
    assert "the clock has stopped" in path.read_text(encoding="utf-8")
    assert "Traceback" not in err.getvalue()
    path.unlink()


def test_a_console_in_gbk_gets_signs_that_it_has() -> None:
    error = UnicodeEncodeError("gbk", "✓✗¤", 0, 3, "no such sign")
    assert other_signs(error) == ("√×?", 3)


def test_a_full_store_lists_and_verifies_its_audit(full_shell: Shell) -> None:
    assert full_shell.run("audit", "verify") == 0
    assert "the chain is whole" in full_shell.out
    assert full_shell.run("audit", "list", "--json") == 0
    assert len(json.loads(full_shell.out)["audit"]) > 18
    assert full_shell.run("audit", "list") == 0


def test_units_are_listed(shell: Shell) -> None:
    assert shell.run("units", "list", "--json") == 0
    units = json.loads(shell.out)["units"]
    assert (units[0]["id"], units[1]["id"], len(units)) == ("H", "0101", 34)
    assert shell.run("units", "list") == 0
    assert "Neurology" in shell.out


def test_a_folder_that_cannot_be_written_is_no_bug(full_shell: Shell) -> None:
    reports = full_shell.folder / "reports"
    shutil.rmtree(reports, ignore_errors=True)
    reports.write_text("a file stands here", encoding="utf-8")
    assert full_shell.run("report", "build", "-f", "md", *MONTH, lang="zh") == 3
    assert f"错误：{reports}：" in full_shell.err
    assert "infodesk-bug" not in full_shell.err


@pytest.mark.parametrize(
    ("number", "code", "told"),
    [
        (errno.ENOSPC, 4, "no room left"),
        (errno.EACCES, 3, "/x: no right to write there"),
        (errno.ENAMETOOLONG, 3, "/x: the name is too long"),
        (errno.ENOENT, 70, "mistake in infodesk itself"),
    ],
)
def test_what_the_system_refuses_has_its_words_and_exit_code(
    shell: Shell, number: int, code: int, told: str
) -> None:
    def broken() -> datetime:
        raise OSError(number, "refused", "/x")

    err = io.StringIO()
    terminal = Terminal(err, err, language("en"), broken, "you", shell.folder)
    assert main(["--lang", "en", "stats", "status"], terminal) == code
    assert told in err.getvalue()
    for log in re.findall(r"\S+\.log", err.getvalue()):
        Path(log).unlink()


def test_check_prints_its_result_where_results_go(shell: Shell) -> None:
    (shell.folder / "forms" / "own.yaml").write_text("id: own\n", encoding="utf-8")
    assert shell.run("check") == 2
    assert "forms/own.yaml:1:1: title is missing" in shell.out
    assert "mistakes in the definitions" in shell.err


def test_a_form_that_config_does_not_name_is_said_to_be_unused(shell: Shell) -> None:
    config = shell.folder / "config.yaml"
    text = config.read_text(encoding="utf-8")
    config.write_text(text.replace("  - outpatient_activity\n", ""), encoding="utf-8")
    assert shell.run("check") == 0
    assert "Not in use, for `forms:` in config.yaml does not name them: outpatient_activity" in (
        shell.err
    )


def test_an_empty_inbox_is_said_to_be_empty(shell: Shell) -> None:
    (shell.folder / "inbox" / "2026-09").mkdir(parents=True, exist_ok=True)
    assert shell.run("stats", "collect", *MONTH, lang="zh") == 1
    assert shell.out == "没有可收的文件\n"


@pytest.mark.parametrize("options", [("-p", "2026-H1"), ("--unit", "H")])
def test_no_blank_at_all_is_said_and_not_passed_over(
    shell: Shell, options: tuple[str, ...]
) -> None:
    assert shell.run("stats", "blank", *options) == 2
    assert "nothing is owed for 2026-" in shell.err


def test_blanks_go_to_a_folder_named_from_where_the_user_is(shell: Shell) -> None:
    inner = shell.folder / "forms"
    here = replace(shell, folder=inner)
    assert here.run("stats", "blank", "--to", "out", "--unit", "0101", *MONTH) == 0
    (written,) = (inner / "out" / "2026-09").iterdir()
    assert here.out == f"out/2026-09/{written.name}\n"


def test_units_that_miss_the_same_share_a_line(shell: Shell) -> None:
    shell.run("stats", "validate", *MONTH, lang="zh")
    (line,) = (line for line in shell.out.splitlines() if "门急诊：" in line)
    assert "0711 内科门诊、0712 外科门诊" in line
    assert line.endswith("OP-11、OP-12")


@pytest.mark.parametrize(
    ("options", "late"),
    [
        (("--received", "2026-10-08"), 0),
        (("--received", "2026-10-08T18:00"), 1),
        (("--as-of", "2026-10-08"), 0),
        (("--as-of", "2026-10-09"), 1),
    ],
)
def test_a_day_without_an_hour_is_in_time_for_that_day(
    shell: Shell, month: Month, options: tuple[str, ...], late: int
) -> None:
    file = month.put(month.workbook("0711"))
    shell.run("stats", "collect", str(file), *options, *MONTH)
    shell.run("stats", "status", "--unit", "0711", "--json", *MONTH)
    (row,) = json.loads(shell.out)["rows"]
    assert row["late_days"] == late


def test_figures_of_a_closed_month_name_their_release(full_shell: Shell) -> None:
    assert full_shell.run("stats", "figures", "bed_occupancy", "--json", *MONTH) == 0
    assert json.loads(full_shell.out)["release"] is None
    assert full_shell.run("stats", "close", *MONTH) == 0
    assert full_shell.run("stats", "figures", "bed_occupancy", "--json", *MONTH) == 0
    assert json.loads(full_shell.out)["release"] == 1
    full_shell.run("stats", "figures", "bed_occupancy", *MONTH, lang="zh")
    assert full_shell.out.endswith("以上为封存第 1 版的数字\n")


def test_a_chat_text_counts_what_is_open_and_names_only_the_unit_asked(
    full_shell: Shell, full_month: Month
) -> None:
    occupied = {("ward_activity", "0103", "bed_days_occupied"): 1482}
    file = full_month.put(full_month.workbook("0103", occupied))
    full_shell.run("stats", "collect", str(file), *MONTH)
    full_shell.run("stats", "validate", "--text", *MONTH, lang="zh")
    assert full_shell.out == "2026年9月 示范医院审核问题：核实性 1 个\n"
    full_shell.run("stats", "validate", "--text", "--unit", "0103", *MONTH, lang="zh")
    head, *lines = full_shell.out.splitlines()
    assert head == "2026年9月 神经内科审核问题：核实性 1 个"
    assert [line.partition("]")[0] for line in lines] == ["[WA-19"]
    full_shell.run("stats", "validate", "--text", "--unit", "0102", *MONTH, lang="zh")
    assert full_shell.out == "2026年9月 呼吸内科审核问题：无\n"
    full_shell.run("stats", "explain", "1", "连续加床三日已报医务科", *MONTH)
    full_shell.run("stats", "validate", "--text", "--unit", "0103", *MONTH, lang="zh")
    assert full_shell.out == "2026年9月 神经内科审核问题：无\n"


def test_a_narrow_screen_leaves_nothing_out() -> None:
    table = new_table("报表", "编号")
    table.add_row("病房床位及人员情况表", "turnover_interval")
    console = Console(width=20, file=io.StringIO())
    with console.capture() as captured:
        console.print(table)
    printed = re.sub(r"\s", "", captured.get())
    assert "…" not in printed
    assert set("病房床位及人员情况表") <= set(printed)


def test_the_audit_is_told_in_words_and_in_the_hospitals_time(full_shell: Shell) -> None:
    assert full_shell.run("stats", "close", *MONTH, "--by", "示例甲") == 0
    full_shell.run("audit", "list", lang="zh")
    last = full_shell.out.splitlines()[-1]
    assert re.split(r"\s{2,}", last.strip())[1:] == [
        "2026-10-08 10:00:00",
        "tester (示例甲)",
        "封存",
        "2026-09",
    ]
    full_shell.run("audit", "list", "--json")
    newest = json.loads(full_shell.out)["audit"][-1]
    assert (newest["at"], newest["action"]) == ("2026-10-08T02:00:00Z", "close")
