"""A logbook that is changed after entries were written in it: what was written stays to be read."""

import json
from pathlib import Path

import pytest

from tests.cli.test_log import BY, FAULT, NOON, Desk
from tests.conftest import Shell

NUMBER = "INC-20260918-001"


@pytest.fixture
def desk(shell: Shell) -> Desk:
    shell.now = NOON
    found = Desk(shell)
    assert found.run("log", "add", "故障", *FAULT, "error_text=ORA-600", *BY) == 0
    return found


def change(desk: Desk, old: str, new: str) -> None:
    path = desk.shell.folder / "logbooks" / "incident_log.yaml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_a_text_that_became_a_number_is_still_shown_and_exported(
    desk: Desk, tmp_path: Path
) -> None:
    change(desk, "en: Error text}, type: text", "en: Error text}, type: integer, normal: {to: 3}")
    assert desk.run("log", "show", NUMBER) == 0
    assert "ORA-600" in desk.out
    to = str(tmp_path / "out.csv")
    assert desk.run("log", "export", "故障", "--to", to) == 0
    assert "ORA-600" in Path(to).read_text(encoding="utf-8")
    reason = ("--reason", "地点写错，应为门诊")
    assert desk.run("log", "amend", NUMBER, "place=门诊", *reason, *BY) == 0
    assert desk.run("log", "amend", NUMBER, "error_text=2", *reason, *BY) == 0


def test_a_field_that_is_gone_is_still_shown(desk: Desk) -> None:
    line = "  - {id: error_text, label: {zh: 报错内容, en: Error text}, type: text, group: call}\n"
    change(desk, line, "")
    assert desk.run("log", "show", NUMBER) == 0
    assert "ORA-600" in desk.out
    assert desk.run("log", "export", "故障", "-f", "json") == 0
    assert json.loads(desk.out)["entries"][0]["answers"]["error_text"] == "ORA-600"


def test_a_state_in_which_entries_stand_cannot_go(desk: Desk) -> None:
    change(desk, "id: restored, title", "id: mended, title")
    for old, new in (("to: restored", "to: mended"), ("from: [restored]", "from: [mended]")):
        change(desk, old, new)
    change(desk, "{state: restored, when: done}", "{state: mended, when: done}")
    assert desk.run("log", "list") == 2
    assert "1 entries of logbook incident_log are restored, a state it no longer has" in desk.err
    change(desk, "id: mended, title", "id: restored, title")
    for new, old in (("to: restored", "to: mended"), ("from: [restored]", "from: [mended]")):
        change(desk, old, new)
    change(desk, "{state: mended, when: done}", "{state: restored, when: done}")
    assert desk.run("log", "list") == 0


def test_a_title_or_a_unit_may_change_and_a_lifecycle_may_go(desk: Desk) -> None:
    change(desk, "zh: 已恢复待确认, en: restored", "zh: 待用户确认, en: waits for the user")
    assert desk.run("log", "list") == 0
    assert "waits for the user" in desk.out
    path = desk.shell.folder / "logbooks" / "incident_log.yaml"
    text = path.read_text(encoding="utf-8")
    begin, end = text.index("\nlifecycle:"), text.index("\nviews:")
    path.write_text(text[:begin] + text[end:], encoding="utf-8")
    assert desk.run("log", "list", lang="en") == 0
    assert NUMBER in desk.out


def test_entries_of_a_logbook_no_longer_in_use_stay_to_be_read(desk: Desk) -> None:
    config = desk.shell.folder / "config.yaml"
    text = config.read_text(encoding="utf-8")
    config.write_text(text.replace("\nlogbooks:\n", "\nlogbooks: [goal]\n"), encoding="utf-8")
    assert desk.run("log", "show", NUMBER) == 2
    assert "is not in use" in desk.err
    assert desk.run("log", "amend", NUMBER, "place=x", "--reason", "地点写错，应为门诊", *BY) == 2
    assert desk.run("log", "show", NUMBER, "--json") == 0
    assert json.loads(desk.out)["lines"][0]["answers"]["error_text"] == "ORA-600"


def test_nothing_more_is_said_of_a_void_entry(desk: Desk) -> None:
    reason = ("--reason", "重复登记的同一故障")
    assert desk.run("log", "amend", NUMBER, "--void", *reason, *BY) == 0
    for step in (["--void"], ["place=门诊"], ["--sign", "head"], ["--move", "close"]):
        assert desk.run("log", "amend", NUMBER, *step, *reason, "--by", "示例戊") == 3
        assert "is void" in desk.err


def test_an_attachment_that_changed_or_went_is_shown_so(desk: Desk) -> None:
    photo = desk.shell.folder / "a.txt"
    photo.write_text("before", encoding="utf-8")
    assert desk.run("log", "add", "故障", *FAULT, "截图=a.txt", *BY) == 0
    number = desk.out.split(":")[0]
    for change, shown in (
        (None, "a.txt\n"),
        ("after", "a.txt (changed)"),
        ("", "a.txt (not here)"),
    ):
        if change:
            photo.write_text(change, encoding="utf-8")
        elif change == "":
            photo.unlink()
        assert desk.run("log", "show", number) == 0
        assert shown in desk.out
    photo.write_text("after", encoding="utf-8")
    forged = "截图=a.txt#sha256=" + "0" * 64
    assert desk.run("log", "add", "故障", *FAULT, forged, *BY) == 2
    assert "is not the file that this hash is of" in desk.err


def test_a_long_text_is_short_in_a_list_and_too_long_a_one_is_refused(desk: Desk) -> None:
    long = ["地点=急诊", "处理措施=清理", "done=y", *BY]
    assert desk.run("log", "add", "故障", "故障现象=" + "长" * 5000, *long) == 0
    assert desk.run("log", "list", "故障") == 0
    assert "长" * 60 + "…" in desk.out
    assert "长" * 61 not in desk.out
    assert desk.run("log", "add", "故障", "故障现象=" + "长" * 20_001, *long) == 2
    assert "at most 20000 characters" in desk.err
