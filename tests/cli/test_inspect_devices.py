"""Checklists of each device: one round and one entry for each, of those that are due."""

import json
from pathlib import Path

import pytest

from infodesk.model.entry import DutyState
from tests.cli.conftest import Typist
from tests.conftest import Shell

SERVERS = "维护:servers"
DONE = ("1 3", "20", "1", "示例甲", "示例丙")  # work, minutes, result, engineer, signed by
GIVEN = (
    "--set",
    "work=dust",
    "--set",
    "result=PASSED",
    "--set",
    "engineer=示例甲",
    "--set",
    "user_sign=示例丙",
)


@pytest.fixture
def typist(shell: Shell) -> Typist:
    """A person in a fresh workspace, where everything of the quarter is due."""
    return Typist(shell)


def entries(shell: Shell) -> list[dict[str, str]]:
    assert shell.run("log", "list", "维护", "--json") == 0
    return [entry["answers"] for entry in json.loads(shell.out)["entries"]]


def due(shell: Shell) -> set[str]:
    shell.run("log", "due", "维护", "--json")
    found = json.loads(shell.out)["duties"]
    return {
        d["subject"] for d in found if d["schedule"] == "servers" and d["state"] == DutyState.DUE
    }


def test_device_after_device_is_walked_and_each_gets_its_entry(
    shell: Shell, typist: Typist
) -> None:
    assert typist.inspect(SERVERS, typed=("5", "", *DONE, *DONE)) == 0, typist.err
    assert "   1 HIS server" in typist.err
    assert "Servers, each quarter · EMR server" in typist.err
    assert "1/5" in typist.err  # neither the device nor what the schedule gives is asked
    found = entries(shell)
    assert {each["asset"] for each in found} == {"SRV-HIS", "SRV-EMR"}
    assert {(each["kind"], each["is_done"], each["work"]) for each in found} == {
        ("preventive", "true", "dust\ndisk")
    }
    assert due(shell) == set()
    assert typist.inspect(SERVERS, typed=()) == 0
    assert "Nothing is due" in typist.err
    assert shell.run("inspect", SERVERS, "--auto", "--json") == 0
    assert json.loads(shell.out) == {"rounds": []}


def test_a_pause_ends_the_whole_tour_and_names_the_device(shell: Shell, typist: Typist) -> None:
    assert typist.inspect(SERVERS, typed=("2 1", *DONE, "1", "p")) == 1
    assert "Next: infodesk inspect maintenance_log:servers --asset SRV-HIS" in typist.err
    assert [each["asset"] for each in entries(shell)] == ["SRV-EMR"]
    assert due(shell) == {"SRV-HIS"}
    assert typist.inspect(SERVERS, typed=DONE[1:]) == 0, typist.err
    assert due(shell) == set()


def test_before_the_first_device_one_can_still_go_away(shell: Shell, typist: Typist) -> None:
    assert typist.inspect(SERVERS, typed=("b", "p")) == 1
    assert entries(shell) == []


def test_options_are_about_one_device_and_it_must_be_said_which(shell: Shell) -> None:
    assert shell.run("inspect", SERVERS, *GIVEN) == 2
    assert "several devices are due: SRV-HIS, SRV-EMR" in shell.err
    assert shell.run("inspect", SERVERS, "--asset", "UPS-1", *GIVEN) == 2
    assert "there is no 'UPS-1' here, only SRV-HIS, SRV-EMR" in shell.err
    assert shell.run("inspect", SERVERS, "--asset", "HIS服务器", *GIVEN, "--json") == 0
    found = json.loads(shell.out)["rounds"]
    assert [(each["asset"], each["written"]) for each in found] == [("SRV-HIS", True)]
    assert shell.run("inspect", SERVERS, *GIVEN) == 0  # one is left: no need to say which
    assert shell.run("inspect", "巡检:daily", "--asset", "UPS-1") == 2
    assert "Daily round is not of each device" in shell.err


def test_without_anybody_there_each_device_says_what_it_lacks(shell: Shell) -> None:
    assert shell.run("inspect", SERVERS, "--auto") == 1
    assert shell.err.index("HIS server") < shell.err.index("--asset SRV-HIS")
    assert shell.err.index("--asset SRV-HIS") < shell.err.index("--asset SRV-EMR")


def test_the_last_reading_is_that_of_the_same_device(shell: Shell, typist: Typist) -> None:
    given = ("av_definition_age=3", "met=示例丁", "confirmed_by=示例丁", "equipment=y", "conduct=y")
    options = [part for each in given for part in ("--set", each)]
    sites = ("site_patrol:key_sites", "--asset")
    assert shell.run("inspect", *sites, "SITE-ER", *options) == 0, shell.err
    assert typist.inspect(*sites, "SITE-ICU", typed=("示例戊", "p")) == 1
    assert "last 3" not in typist.err
    shell.now = shell.now.replace(day=20)
    assert typist.inspect(*sites, "SITE-ER", typed=("示例戊", "p")) == 1
    assert "last 3" in typist.err


def test_what_an_answer_makes_necessary_is_asked_again_when_left_blank(
    shell: Shell, typist: Typist
) -> None:
    """A to-do needs a day: Enter is no answer to that, now or after a pause."""
    here = ("site_patrol:key_sites", "--asset", "SITE-ER")
    begun = ("示例丁", "3", "示例丁", "", "", "", "换鼠标", "")
    assert typist.inspect(*here, typed=(*begun, "p")) == 1
    assert "An answer is needed: type it, or s REASON" in typist.err
    assert typist.inspect(*here, typed=("", "2026-10-30")) == 0, typist.err


def test_the_sheet_lists_device_after_device(shell: Shell) -> None:
    assert shell.run("inspect", SERVERS, "--print", "-f", "html") == 0
    text = (shell.folder / Path(shell.out.strip())).read_text(encoding="utf-8")
    assert text.index("SRV-HIS") < text.index("SRV-EMR")
    assert shell.run("inspect", SERVERS, "--asset", "SRV-EMR", "--print", "-f", "html") == 0
    assert "SRV-HIS" not in (shell.folder / Path(shell.out.strip())).read_text(encoding="utf-8")
