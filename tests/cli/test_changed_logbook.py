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
