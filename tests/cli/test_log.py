"""`infodesk log` and `infodesk today` as they are typed."""

import io
import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook
from rich.cells import cell_len

from infodesk.cli.main import main
from infodesk.cli.terminal import Terminal
from infodesk.demo.story import ZONE
from infodesk.reports.today import ORDER
from infodesk.text.language import language
from tests.conftest import Shell

NOON = datetime(2026, 9, 18, 12, 0, tzinfo=ZONE)
FAULT = ("地点=急诊", "故障现象=打印机卡纸", "处理措施=清理", "done=y")
BY = ("--by", "示例甲")


class Screen(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


@dataclass
class Desk:
    """A workspace at noon of a Friday, and what was printed last."""

    shell: Shell

    def run(self, *arguments: str, lang: str = "en") -> int:
        return self.shell.run(*arguments, lang=lang)

    def ask(self, *arguments: str, typed: str) -> tuple[int, str]:
        """Run a command with somebody at the terminal who types lines."""
        out, err = io.StringIO(), Screen()
        terminal = Terminal(
            out, err, language("en"), lambda: NOON, "tester", self.shell.folder, {}, Screen(typed)
        )
        code = main(["--lang", "en", *arguments], terminal)
        return code, out.getvalue() + err.getvalue()

    @property
    def out(self) -> str:
        return self.shell.out

    @property
    def err(self) -> str:
        return self.shell.err


@pytest.fixture
def desk(shell: Shell) -> Desk:
    shell.now = NOON
    return Desk(shell)


def test_a_fault_is_written_listed_and_shown(desk: Desk) -> None:
    assert desk.run("log", "add", "故障", *FAULT, *BY) == 0
    assert desk.out == "INC-20260918-001: restored, normal\n"
    assert desk.err.endswith("Next: infodesk log show INC-20260918-001\n")
    assert desk.run("log", "list", "故障") == 0
    assert "急诊" in desk.out
    assert desk.run("log", "show", "inc-20260918-001") == 0
    assert "480 分钟" in desk.out
    assert desk.run("log", "list", "--person", "示例乙") == 0
    assert desk.out == "No entries\n"


def test_what_is_missing_is_one_message_where_nobody_can_be_asked(desk: Desk) -> None:
    assert desk.run("log", "add", "故障", "地点=急诊", *BY) == 2
    assert "Missing: What is wrong (description), Is it done (done)" in desk.err
    assert desk.out == ""
    assert desk.run("log", "list") == 0
    assert desk.out == "No entries\n"


def test_at_a_terminal_what_is_missing_is_asked_and_asked_again(desk: Desk) -> None:
    code, printed = desk.ask(
        "log", "add", "故障", *BY, typed="急诊\n\n打印机卡纸\n清理\nmaybe\ny\n"
    )
    assert code == 0
    assert "Where" in printed
    assert "An answer is needed here" in printed
    assert "write y or n, not 'maybe'" in printed
    assert "INC-20260918-001: restored, normal" in printed


def test_what_cannot_be_taken_is_asked_again_and_the_rest_is_not_lost(desk: Desk) -> None:
    code, printed = desk.ask(
        "log", "add", "故障", *BY, typed="急诊\n打印机卡纸\n密码改为Abc12345\n密码已改\ny\n"
    )
    assert code == 0
    assert "this looks like a password" in printed
    assert "INC-20260918-001: restored, normal" in printed


def test_a_move_asks_what_it_needs(desk: Desk) -> None:
    desk.run("log", "add", "故障", *FAULT, *BY)
    code, printed = desk.ask(
        "log", "amend", "INC-20260918-001", "--move", "close", *BY, typed="护士长\n\n5\n"
    )
    assert code == 0
    assert "INC-20260918-001.1: closed, normal" in printed


def test_an_alarm_is_said_with_its_limit_and_needs_somebody(desk: Desk) -> None:
    answers = ("severity=P1", "scene_preserved=y", "data_loss=n", "affected=3", "manual_fallback=n")
    upward = ("reported_to=示例戊", "reported_up_at=11:50")
    assert desk.run("log", "add", "故障", *FAULT, *answers, *upward, *BY) == 1
    assert desk.out.startswith("alarm Severity ")


def test_an_entry_is_corrected_signed_and_declared_void(desk: Desk) -> None:
    desk.run("log", "add", "故障", *FAULT, *BY)
    number = "INC-20260918-001"
    assert (
        desk.run("log", "amend", number, "place=门诊", "--reason", "地点写错，应为门诊", *BY) == 0
    )
    assert desk.run("log", "amend", number, "place=门诊", *BY) == 2
    assert "--reason" in desk.err
    assert desk.run("log", "amend", number, "--sign", "head", *BY) == 3
    assert "示例戊" in desk.err
    assert desk.run("log", "amend", number, "--sign", "head", "--by", "示例戊") == 0
    assert desk.run("log", "amend", number, "--void", "--reason", "重复登记的同一故障", *BY) == 0
    assert desk.run("log", "list") == 0
    assert desk.out == "No entries\n"
    assert desk.run("log", "list", "--void", "--json") == 0
    (entry,) = json.loads(desk.out)["entries"]
    assert entry["state"] == "void"
    assert desk.run("log", "show", number, "--json") == 0
    assert [line["kind"] for line in json.loads(desk.out)["lines"]] == [
        "entry", "amendment", "signature", "amendment",
    ]  # fmt: skip
    assert desk.run("log", "show", number) == 0
    assert desk.run("audit", "verify") == 0


def test_a_week_is_signed_in_one_command(desk: Desk) -> None:
    for _ in range(2):
        desk.run("log", "add", "故障", *FAULT, *BY)
    desk.run("log", "add", "故障", *FAULT, "--by", "示例戊")
    head = ("--by", "示例戊")
    assert desk.run("log", "sign", *head) == 1
    assert "INC-20260918-002" in desk.out
    assert "3 signatures wait; nothing was signed. Sign them with --yes" in desk.err
    code, _ = desk.ask("log", "sign", *head, typed="n\n")
    assert code == 1
    code, printed = desk.ask("log", "sign", "故障", *head, typed="y\n")
    assert code == 1
    assert "Sign 3 as 示例戊? (y/n)" in printed
    assert "2 signed" in printed
    assert "somebody else signs as well: --second NAME" in printed
    assert desk.run("log", "sign", *head, "--yes", "--second", "示例己", "--json") == 0
    assert json.loads(desk.out) == {
        "wanted": [{"entry": "INC-20260918-003", "post": "head"}],
        "signed": ["INC-20260918-003.1"], "refused": [],
    }  # fmt: skip
    assert desk.run("log", "sign", *head) == 0
    assert desk.out == "Nothing waits for this signature\n"
    assert desk.run("audit", "verify") == 0


def test_an_entry_comes_from_a_json_file_or_a_pipe(desk: Desk) -> None:
    entry = {
        "place": "急诊",
        "description": "卡纸",
        "action": "清理",
        "done": True,
        "at": "2026-09-18 09:00",
    }
    (desk.shell.folder / "a.json").write_text(json.dumps([entry, entry]), encoding="utf-8")
    assert desk.run("log", "add", "故障", "--from-json", "a.json", "--json", *BY) == 0
    assert desk.out.count('"id": "INC-20260918-00') == 2
    code, printed = desk.ask("log", "add", "故障", "--from-json", "-", typed=json.dumps(entry))
    assert code == 0
    assert "INC-20260918-003" in printed
    (desk.shell.folder / "a.yaml").write_text(
        "place: 急诊\ndescription: 卡纸\ndone: n\n", encoding="utf-8"
    )
    assert desk.run("log", "add", "故障", "--from-yaml", "a.yaml", *BY) == 0
    assert desk.run("log", "add", "故障", "--from-json", "b.json") == 2
    assert "there is no file b.json" in desk.err


def test_measured_answers_are_marked_so(desk: Desk) -> None:
    desk.run("log", "add", "故障", *FAULT, "--measured", *BY)
    assert desk.run("log", "show", "INC-20260918-001", lang="zh") == 0
    assert "打印机卡纸（自动测得）" in desk.out


def test_a_dry_run_writes_nothing(desk: Desk) -> None:
    assert desk.run("log", "add", "故障", *FAULT, "--dry-run", *BY) == 0
    assert "Nothing written" in desk.err
    desk.run("log", "list")
    assert desk.out == "No entries\n"


def test_the_logbooks_have_their_documented_shape(desk: Desk) -> None:
    assert desk.run("log", "books", "--json") == 0
    books = {book["id"]: book for book in json.loads(desk.out)["logbooks"]}
    assert set(books["room_cleaning"]) == {
        "id", "title", "clauses", "class", "entries", "kept_years", "due",
    }  # fmt: skip
    assert (books["room_inspection"]["kept_years"], books["goal"]["kept_years"]) == (5, None)
    assert (books["room_cleaning"]["class"], books["room_access"]["class"]) == (
        "internal",
        "personal",
    )
    assert books["room_cleaning"]["due"] == "2026-09-18T16:40+08:00"
    assert desk.run("log", "books") == 0
    assert "Room cleaning" in desk.out
    assert "5 years" in desk.out
    assert "for good" in desk.out


def test_duties_have_their_documented_shape(desk: Desk) -> None:
    desk.run("log", "add", "故障", "地点=急诊", "故障现象=卡纸", "done=n", "reported_at=11:00", *BY)
    assert desk.run("log", "due", "--json") == 1
    found = json.loads(desk.out)
    assert found["as_of"] == "2026-09-18T12:00:00+08:00"
    states = {(d["logbook"], d["schedule"], d["due"]): d["state"] for d in found["duties"]}
    assert states["room_inspection", "daily", "2026-09-18T08:30+08:00"] == "missed"
    assert states["room_cleaning", "friday", "2026-09-18T16:40+08:00"] == "due"
    assert found["open"][0]["overdue"] is True
    assert desk.run("log", "due") == 1
    assert desk.run("log", "due", "耗材", "--from", "2026-09-04", "--until", "2026-09-05") == 0
    assert desk.out == "Nothing is due\n"


def test_a_duty_is_skipped_with_a_reason(desk: Desk) -> None:
    arguments = ("log", "skip", "巡检", "日检", "2026-09-18", "--reason", "机房停电检修，无法进入")
    assert desk.run(*arguments, *BY) == 0
    assert desk.out == "RI-20260918-001: skipped, due 2026-09-18 08:30\n"
    assert (
        desk.run(
            "log", "due", "巡检", "--from", "2026-09-18", "--until", "2026-09-18", "--all", "--json"
        )
        == 0
    )
    daily = [d for d in json.loads(desk.out)["duties"] if d["schedule"] == "daily"]
    assert [(d["state"], d["entry"]) for d in daily] == [("skipped", "RI-20260918-001")]
    assert (
        desk.run("log", "skip", "巡检", "日检", "2026-09-19", "--reason", "机房停电检修，无法进入")
        == 2
    )
    assert desk.run(*arguments[:4], "--reason", "机房停电检修，无法进入", "--json", *BY) == 0


def test_views_are_listed_and_asked(desk: Desk) -> None:
    desk.run("log", "add", "故障", *FAULT, "asset=HIS", *BY)
    assert desk.run("log", "view", "故障") == 0
    assert "open_faults" in desk.out
    assert desk.run("log", "view", "故障", "open-faults", lang="zh") == 0
    assert "医院信息系统" in desk.out
    assert "已恢复待确认" in desk.out
    assert desk.run("log", "view", "故障", "设备故障次数", "--json") == 0
    assert json.loads(desk.out)["rows"] == [
        {"asset": "HIS", "faults": 1, "last": "2026-09-18T12:00"}
    ]
    assert desk.run("log", "view", "故障", "--json") == 0
    assert desk.run("log", "view", "故障", "nothing") == 2
    assert desk.run("log", "view", "故障", "open_faults", "more") == 2


def test_a_view_takes_values_by_any_name(desk: Desk) -> None:
    path = desk.shell.folder / "logbooks" / "incident_log.yaml"
    text = path.read_text(encoding="utf-8")
    view = "  - {id: of, title: {zh: 某设备, en: Of}, sql: 'SELECT id FROM incident_log WHERE asset = :asset'}\n"
    path.write_text(text + view, encoding="utf-8")
    desk.run("log", "add", "故障", *FAULT, "asset=HIS", *BY)
    assert desk.run("log", "view", "故障", "of", "医院信息系统") == 0
    assert "INC-20260918-001" in desk.out


@pytest.mark.parametrize(
    "sql",
    [
        "DELETE FROM entry",
        "SELECT 1; SELECT 2",
        "SELECT nothing FROM incident_log",
        "PRAGMA user_version",
    ],
)
def test_a_view_that_is_no_select_is_a_mistake_with_its_place(sql: str, desk: Desk) -> None:
    path = desk.shell.folder / "logbooks" / "incident_log.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(f"{text}  - {{id: bad, title: 坏, sql: '{sql}'}}\n", encoding="utf-8")
    assert desk.run("check") == 2
    line = text.count("\n") + 1
    assert desk.out.startswith(f"logbooks/incident_log.yaml:{line}:")
    assert desk.run("log", "list") == 2
    assert "view bad of logbook" in desk.err


@pytest.mark.parametrize("form", ["csv", "json", "xlsx"])
def test_entries_are_exported(form: str, desk: Desk) -> None:
    desk.run("log", "add", "故障", *FAULT, "compensation=12.50", *BY)
    assert (
        desk.run("log", "export", "故障", "-f", form, "--to", f"out/faults.{form}", lang="zh") == 0
    )
    path = desk.shell.folder / "out" / f"faults.{form}"
    match form:
        case "csv":
            assert path.read_bytes().startswith(b"\xef\xbb\xbf")
            assert "急诊" in path.read_text(encoding="utf-8-sig").split("\n")[1]
        case "json":
            (entry,) = json.loads(path.read_text(encoding="utf-8"))["entries"]
            assert entry["answers"]["compensation"] == "12.50"
        case _:
            sheet = load_workbook(path)["故障与事件登记"]
            heads = [cell.value for cell in sheet[1]]
            row = [cell.value for cell in sheet[2]]
            assert row[heads.index("地点")] == "急诊"
            assert row[heads.index("赔偿金额 (元)")] == 12.5


VISIT = ("姓名=示例访客", "单位=示例公司", "kind=contractor", "id_last_four=1234", "事由=检修", "escort=P01",
         "approved_by=P05", "shoes_changed=y", "out_at=11:50", "in_at=11:00")  # fmt: skip


def test_personal_answers_are_masked_in_what_leaves_and_revealed_with_a_reason(desk: Desk) -> None:
    assert desk.run("log", "add", "出入登记", *VISIT, *BY) == 0, desk.err
    assert desk.run("log", "export", "出入登记", "-f", "json") == 0
    whole = json.loads(desk.out)
    assert whole["class"] == "internal"
    assert whole["entries"][0]["answers"]["name"] == "***"
    assert "示例访客" not in desk.out
    assert desk.run("log", "export", "出入登记", "-f", "xlsx") == 0
    assert desk.out == "Room access_internal.xlsx\n"
    assert desk.run("log", "export", "出入登记", "--reveal") == 2
    assert "示例访客" not in desk.out
    reason = ("--reason", "公安机关调取出入记录")
    assert desk.run("log", "export", "出入登记", "-f", "xlsx", "--reveal", *reason, lang="zh") == 0
    assert desk.out == "机房出入登记_机密.xlsx\n"
    sheet = load_workbook(desk.shell.folder / "机房出入登记_机密.xlsx").worksheets[0]
    assert "示例访客" in [cell.value for cell in sheet[2]]
    assert desk.run("audit", "list", "--json") == 0
    last = [row for row in json.loads(desk.out)["audit"] if row["action"] == "export"][-1]
    assert last["detail"]["reason"] == reason[1]
    assert last["detail"]["class"] == "personal"


def test_an_export_without_a_file_goes_to_the_terminal(desk: Desk) -> None:
    assert desk.run("log", "export", "故障") == 0
    assert desk.out.startswith("Entry,When,")
    assert desk.run("log", "export", "故障", "-f", "pdf") == 2


def test_wrong_names_are_told_with_the_nearest_right_one(desk: Desk) -> None:
    assert desk.run("log", "list", "故障登计") == 2
    assert "did you mean 故障登记?" in desk.err
    assert desk.run("log", "add", "巡检", "--for", "nightly") == 2
    assert "daily" in desk.err
    assert desk.run("log", "list", "故障", "--state", "lost") == 2
    assert desk.run("log", "show", "INC-1") == 2
    assert desk.run("log", "add", "故障", "place") == 2
    assert desk.run("log", "list", "--from", "whenever") == 2
    assert desk.run("log", "amend", "INC-20260918-001", "--move", "close") == 2


def test_entries_are_found_by_what_is_asked(desk: Desk) -> None:
    desk.run("log", "add", "故障", *FAULT, "asset=HIS", "--at", "09:00", *BY)
    desk.run("log", "add", "故障", "地点=药房", "故障现象=死机", "done=n", "asset=旧电脑", *BY)
    for arguments, count in (
        (("--asset", "医院信息系统"), 1), (("--asset", "旧电脑"), 1), (("--state", "待响应"), 1),
        (("--person", "示例甲"), 2), (("--from", "今天"), 2), (("--until", "2026-09-17"), 0), (("--level", "warn"), 0),
    ):  # fmt: skip
        assert desk.run("log", "list", "故障", *arguments, "--json") == 0
        assert len(json.loads(desk.out)["entries"]) == count, arguments


def test_today_is_one_screen_with_a_command_for_each_line(desk: Desk) -> None:
    desk.run("log", "add", "故障", "地点=急诊", "故障现象=卡纸", "done=n", "reported_at=11:00", *BY)
    assert desk.run("today") == 1
    lines = desk.out.rstrip().split("\n")
    assert len(lines) <= 24
    assert any(line.startswith("overdue") and "infodesk log show INC-" in line for line in lines)
    assert desk.run("today", "--json") == 1
    found = json.loads(desk.out)["lines"]
    assert "infodesk log add 机房打扫 --for friday" in [line["command"] for line in found]
    kinds = [line["kind"] for line in found]
    assert kinds == sorted(kinds, key=ORDER.index)


def test_today_says_which_forms_are_late(desk: Desk) -> None:
    desk.shell.now = datetime(2026, 10, 9, 9, 0, tzinfo=ZONE)
    assert desk.run("today", "--json") == 1
    lines = [line for line in json.loads(desk.out)["lines"] if line["kind"] == "late"]
    assert lines
    assert all("infodesk stats status -p 2026-09 --form" in line["command"] for line in lines)


def test_an_empty_day_needs_nobody(desk: Desk) -> None:
    config = desk.shell.folder / "config.yaml"
    text = config.read_text(encoding="utf-8").replace("logbooks:\n", "logbooks: []\n")
    config.write_text(text, encoding="utf-8")
    assert desk.run("today") == 0
    assert "nothing is due" in desk.out


def test_a_new_logbook_needs_no_python_and_no_migration(desk: Desk) -> None:
    desk.run("log", "add", "故障", *FAULT, *BY)
    (desk.shell.folder / "logbooks" / "keys.yaml").write_text(
        "id: key_log\ntitle: 钥匙登记\nprefix: KEY\nsummary: [who]\n"
        "fields:\n  - {id: who, label: 领用人, type: person, required: true}\n",
        encoding="utf-8",
    )
    assert desk.run("log", "add", "钥匙登记", "领用人=示例丙", *BY) == 0
    assert desk.out == "KEY-20260918-001: recorded, normal\n"
    assert desk.run("log", "list", "故障", "--json") == 0
    assert len(json.loads(desk.out)["entries"]) == 1


def test_a_pipe_without_input_holds_no_entry(desk: Desk, tmp_path: Path) -> None:
    assert desk.run("log", "add", "故障", "--from-json", "-") == 2
    assert "not JSON" in desk.err


def test_many_open_entries_of_one_logbook_share_a_line(desk: Desk) -> None:
    for n in range(4):
        desk.run(
            "log",
            "add",
            "故障",
            "地点=急诊",
            f"故障现象=卡纸{n}",
            "done=n",
            "reported_at=11:00",
            *BY,
        )
    desk.run("today", "--json")
    found = [line for line in json.loads(desk.out)["lines"] if line["kind"] == "overdue"]
    assert [line["command"] for line in found] == ["infodesk log list 故障 --state open"]
    assert "4 are" in found[0]["what"]
    assert desk.run("log", "list", "故障", "--state", "open") == 0
    assert desk.out.count("INC-") == 4


def test_what_is_found_stands_in_today_and_in_log_due(desk: Desk) -> None:
    desk.run(
        "log", "add", "备份", "database=DB-HIS", "set=daily", "result=FAILED", "error_text=磁盘已满", "started_at=11:00",
        "ended_at=11:30", *BY,
    )  # fmt: skip
    assert desk.run("today") == 1
    assert any(line.startswith("alarm") and "log show BK-" in line for line in desk.out.split("\n"))
    assert desk.run("log", "due", "备份") == 1
    assert "Result failed" in desk.out
    desk.run("log", "due", "备份", "--json")
    (finding,) = json.loads(desk.out)["findings"]
    assert (finding["level"], finding["logbook"], finding["view"]) == ("alarm", "backup_log", None)


def test_who_comes_takes_over_item_by_item(desk: Desk) -> None:
    for n in range(2):
        desk.run(
            "log",
            "add",
            "故障",
            "地点=急诊",
            f"故障现象=卡纸{n}",
            "done=n",
            "reported_at=11:00",
            *BY,
        )
    shift = ("shift=day", "next_officer=示例丙", "on_call=示例乙", "keys=机房钥匙")
    assert desk.run("log", "add", "交班", *shift, *BY) == 0, desk.err
    assert "  INC-20260918-002 Faults and incidents: " in desk.out
    assert "卡纸1" in desk.out
    code, said = desk.ask(
        "log",
        "amend",
        "HO-20260918-001",
        "--move",
        "accept",
        "keys_received=y",
        "--by",
        "示例丙",
        typed="y\nmaybe\n\nn\n\n\n",
    )
    assert code == 1, said
    assert "Take over INC-20260918-001 Faults and incidents" in said
    assert said.count("Take over INC-20260918-002") == 3  # asked until it is yes or no
    assert "stay with the shift before" in said
    assert desk.run("log", "view", "交班", "not_accepted") == 0
    assert "INC-20260918-002" in desk.out
    assert "INC-20260918-001" not in desk.out


def test_today_shows_one_screen_or_all_of_it(desk: Desk) -> None:
    desk.run("today", "--json")
    lines = json.loads(desk.out)["lines"]
    urgent = [line for line in lines if line["kind"] != "later"]
    later = len(lines) - len(urgent)
    assert min(len(urgent), later) > 2
    desk.run("today")
    shown = desk.out.rstrip().split("\n")
    assert len(shown) <= 23
    assert f"{len(urgent)} things need somebody" in shown[0]
    assert shown[-1] == f"{later} that can wait: infodesk today --all"
    desk.run("today", "--all")
    assert len(desk.out.rstrip().split("\n")) == len(lines) + 3


def test_in_the_first_hour_of_a_workspace_only_what_is_due_soon_is_listed(
    desk: Desk, tmp_path: Path
) -> None:
    shell = Shell(tmp_path, now=datetime(2026, 9, 29, 0, 30, tzinfo=ZONE))
    assert shell.run("init", "new", lang="zh") == 0
    config = (tmp_path / "new" / "config.yaml").read_text(encoding="utf-8")
    assert "\nlogbooks_since: 2026-09-29\n" in config
    new = Shell(tmp_path / "new", now=shell.now)
    new.run("today", "--json")
    lines = json.loads(new.out)["lines"]
    assert not [line for line in lines if line["kind"] in ("missed", "overdue", "late")]
    due = [line["what"] for line in lines if line["kind"] == "due"]
    assert any(what.startswith("Daily set") for what in due)
    assert not any(what.startswith("Each year, every core system") for what in due)
    assert any(line["what"].startswith("Each year") for line in lines if line["kind"] == "later")


def test_labels_of_media_are_cards_to_print_and_other_views_are_lists(desk: Desk) -> None:
    medium = (
        "label=M-2026-09-HIS-01", "media_type=LTO", "content=HIS月备份", "is_encrypted=y", "key_holder=示例乙",
        "place=offsite", "place_detail=异地库1层", "custodian=示例乙", "keep_until=2027-09-06",
    )  # fmt: skip
    assert desk.run("log", "add", "介质", *medium, *BY) == 0, desk.err
    assert desk.run("log", "view", "介质", "labels", "--to", "out/labels.html") == 0, desk.err
    labels = (desk.shell.folder / "out" / "labels_内部.html").read_text(encoding="utf-8")
    assert labels.count('<div class="card">') == 1
    assert "<b>M-2026-09-HIS-01</b>" in labels
    assert "内容 HIS月备份" in labels
    assert "已加密 是" in labels
    assert "数据起始日期" not in labels  # a blank is no line of a label
    assert desk.run("log", "view", "介质", "offsite_week", "--to", "week_内部.xlsx") == 0
    book = load_workbook(desk.shell.folder / "week_内部.xlsx")
    texts = [cell.value for row in book.worksheets[0].iter_rows() for cell in row if cell.value]
    assert {"内部", "本周异地清单", "M-2026-09-HIS-01", "磁带"} <= set(texts)
    assert desk.run("audit", "list", "--json") == 0
    sent = [row for row in json.loads(desk.out)["audit"] if row["action"] == "export"]
    assert [(row["subject"], row["detail"]["view"]) for row in sent] == [
        ("labels_内部.html", "labels"),
        ("week_内部.xlsx", "offsite_week"),
    ]
    assert desk.run("log", "view", "介质", "labels", "--to", "labels.txt") == 2
    assert "the formats are docx, pdf, html, xlsx, md" in desk.err


def test_what_can_wait_needs_nobody_today(desk: Desk) -> None:
    config = desk.shell.folder / "config.yaml"
    text = config.read_text(encoding="utf-8").replace("logbooks:\n", "logbooks: [study_record]\n")
    config.write_text(text, encoding="utf-8")
    assert desk.run("today") == 0
    assert "nothing is due" in desk.out
    assert "that can wait: infodesk today --all" in desk.out


@pytest.mark.parametrize("code", ["en", "zh"])
def test_a_narrow_screen_keeps_every_command_whole(
    desk: Desk, code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("TERM", "dumb")
    desk.run("today", "--json")
    commands = [
        each["command"].removeprefix("infodesk ")
        for each in json.loads(desk.out)["lines"]
        if each["kind"] != "later"
    ]
    screen = Screen()
    moment = desk.shell.now
    terminal = Terminal(
        screen, io.StringIO(), language(code), lambda: moment, "tester", desk.shell.folder
    )
    assert main(["--lang", code, "today"], terminal) == 1
    lines = screen.getvalue().rstrip().split("\n")
    assert max(map(cell_len, lines)) <= 80
    rows = [line for line in lines[3:] if not line.endswith("--all")]
    assert [line.endswith(command) for line, command in zip(rows, commands, strict=False)] == [
        True
    ] * len(rows)
    assert len(rows) > 5


def test_forms_stand_before_the_duties_of_the_same_kind(desk: Desk) -> None:
    desk.shell.now = datetime(2026, 10, 8, 9, 0, tzinfo=ZONE)
    desk.run("today", "--json")
    due = [line["command"] for line in json.loads(desk.out)["lines"] if line["kind"] == "due"]
    assert due[0].startswith("infodesk stats status -p 2026-09 --form")
