"""`infodesk inspect` in a real terminal of 80 by 24 in Chinese, killed, at two terminals at once, and without one."""

import json
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.cli.conftest import GIVEN, MOMENT
from tests.conftest import Shell

if TYPE_CHECKING:
    from tests.cli.window import Window

Opener = Callable[..., "Window"]
DATA = Path(__file__).parents[1] / "data"
NUMBERS = ["22.7", "46", "24.1", "37.5", "42", "34.2", "41", "", "8", "4.2", "", "61", "55"]


def screen_of(name: str) -> str:
    return (DATA / "screens" / f"{name}.txt").read_text(encoding="utf-8")


def test_the_screen_of_numbers(desk: Shell, open_window: Opener) -> None:
    window = open_window()
    window.type("2.3", "23", "", "46", "24.1", "b", "24.2", "37.5", "42", "s 屏幕损坏", "41").until(
        " > "
    )
    assert window.shown() == screen_of("numbers")


def test_the_screen_of_groups_and_alarms(desk: Shell, open_window: Opener) -> None:
    window = open_window()
    window.type(*NUMBERS[:7], "2 10", "1", *NUMBERS[8:10], "11", *NUMBERS[11:], "", "n")
    assert window.ended() == 1
    assert window.shown() == screen_of("alarms")


def test_a_normal_round_is_eleven_numbers_and_two_times_enter(
    desk: Shell, open_window: Opener
) -> None:
    window = open_window()
    window.type(*NUMBERS)
    assert window.ended() == 0
    assert "RI-20260917-001：正常" in window.shown()
    keys = sum(len(line) + 1 for line in NUMBERS)
    stated = f"{keys} keystrokes"
    assert stated in (DATA.parents[1] / "docs" / "inspect.md").read_text(encoding="utf-8")


def test_a_killed_terminal_loses_nothing(desk: Shell, open_window: Opener) -> None:
    first = open_window().type("22.7", "46", "24.1").until(" > ")
    first.process.kill(9)
    first.process.wait()
    second = open_window().until(" 4/13 ")
    assert "4/13" in second.shown()
    second.type(*NUMBERS[3:])
    assert second.ended() == 0
    assert desk.run("log", "show", "RI-20260917-001", lang="zh") == 0
    assert "22.7 ℃" in desk.out


def test_two_terminals_at_once_get_one_message_and_one_entry(
    desk: Shell, open_window: Opener
) -> None:
    first = open_window().type("22.7").until(" > ")
    second = open_window().until(" 2/13 ").until(" > ")
    first.process.sendline("46")
    assert first.ended() == 3
    assert "这次巡检已在另一终端继续" in first.shown()
    second.process.sendline("46.5")
    second.type(*NUMBERS[2:])
    assert second.ended() == 0
    assert desk.run("log", "list", "巡检", "--json") == 0
    today = [e for e in json.loads(desk.out)["entries"] if e["id"].startswith("RI-20260917")]
    assert [e["answers"]["relative_humidity"] for e in today] == ["46.5"]


def test_a_round_is_paused_and_goes_on_later(desk: Shell, open_window: Opener) -> None:
    window = open_window().type("22.7", "46", "p")
    assert window.ended() == 1
    assert "下一步：infodesk inspect room_inspection:daily" in window.shown()
    window = open_window().until(" 3/13 ").until(" > ")
    window.process.sendeof()
    assert window.ended() == 1
    assert desk.run("inspect", "--drop") == 0
    window = open_window().until(" 1/13 ")


def test_a_reading_without_end_of_input_costs_no_time(desk: Shell, open_window: Opener) -> None:
    """From Enter to the next question well under a second: two minutes are for walking."""
    window = open_window().type("22.7").until(" > ")
    begun = time.monotonic()
    window.process.sendline("46")
    window.until(" > ")
    assert time.monotonic() - begun < 1.5


def sets(**changes: str) -> list[str]:
    given = GIVEN | {"R01": "22.9", "ups_load@UPS-1": "37.5"} | changes
    return [part for name, text in given.items() if text for part in ("--set", f"{name}={text}")]


def test_every_answer_is_also_an_option(desk: Shell) -> None:
    assert desk.run("inspect", "daily", *sets(R01="")) == 1
    assert "a person still has to answer 1:" in desk.err
    assert "Cold-aisle temperature (cold_aisle_temperature)" in desk.err
    assert desk.run("inspect", "daily", "--set", "R01=22.9", "--json", "--by", "示例甲") == 0
    found = json.loads(desk.out)
    assert (found["entry"], found["written"], found["level"]) == ("RI-20260917-001", True, "normal")


def test_an_answer_that_cannot_be_read_keeps_nothing(desk: Shell) -> None:
    assert desk.run("inspect", "daily", "--set", "R01=warm", "--set", "R02=46") == 2
    assert "a number is expected, not 'warm'" in desk.err
    assert "nothing of it was kept" in desk.err
    assert desk.run("inspect", "daily", "--json") == 1
    assert "relative_humidity" in json.loads(desk.out)["left"]


@pytest.mark.parametrize("suffix", ["json", "yaml", "csv"])
def test_answers_come_from_files(desk: Shell, suffix: str) -> None:
    given = GIVEN | {"R01": "22.9", "ups_load@UPS-1": "37.5"}
    texts = {
        "json": json.dumps(given),
        "yaml": "\n".join(f'"{name}": "{text}"' for name, text in given.items()),
        "csv": "\ufeff" + ",".join(given) + "\r\n" + ",".join(given.values()) + "\r\n",
    }
    (desk.folder / f"a.{suffix}").write_text(texts[suffix], encoding="utf-8")
    assert desk.run("inspect", "daily", "--from", f"a.{suffix}", "--at", "08:35") == 0
    assert desk.out == "RI-20260917-001: normal\n"


def test_a_file_of_several_entries_is_refused(desk: Shell) -> None:
    (desk.folder / "a.csv").write_text("R01,R02\n22,45\n23,46\n", encoding="utf-8")
    assert desk.run("inspect", "daily", "--from", "a.csv") == 2
    assert "a.csv holds 2 entries" in desk.err


def test_an_alarm_without_anybody_there_opens_an_incident_only_if_told(desk: Shell) -> None:
    assert desk.run("inspect", "daily", *sets(**{"ups_load@UPS-1": "52"})) == 1
    assert "Incident" not in desk.err
    assert desk.err.rstrip().endswith("Next: infodesk inspect --again RI-20260917-001")
    assert (
        desk.run(
            "inspect", "--again", "RI-20260917-001", "--set", "ups_load@UPS-1=53", "--incident"
        )
        == 1
    )
    assert "Incident: INC-20260917-001" in desk.err
    desk.now = MOMENT + timedelta(hours=1)
    again = ("inspect", "--again", "RI-20260917-001", "--set", "ups_load@UPS-1=51", "--incident")
    assert desk.run(*again) == 1
    assert "Incident: INC-20260917-001" in desk.err
    desk.now = MOMENT + timedelta(hours=2)
    assert desk.run("inspect", "--again", "RI-20260917-001") == 1
    assert "UPS 1 UPS load (ups_load@UPS-1)" in desk.err
    assert desk.run("inspect", "--again", "RI-20260917-001", "--set", "ups_load@UPS-1=38") == 0
    assert "Proves the repair: RI-20260917-001" in desk.err


def test_cron_fills_in_what_probes_read_and_says_whether_somebody_is_needed(desk: Shell) -> None:
    assert desk.run("inspect", "daily", "--auto", "--json") == 1
    assert len(json.loads(desk.out)["left"]) == 35
    answers = {"R01": "22.9", "R02": "46", "R05": "24"}
    book = desk.folder / "logbooks" / "room_inspection.yaml"
    text = book.read_text(encoding="utf-8")
    for name, value in zip(
        ("cold_aisle_temperature", "relative_humidity"), answers.values(), strict=False
    ):
        probe = f'    probe: {{command: ["{sys.executable}", "-c", "print({value})"]}}\n'
        text = text.replace(f"  - id: {name}\n", f"  - id: {name}\n{probe}", 1)
    book.write_text(text, encoding="utf-8")
    assert desk.run("inspect", "daily", "--auto", "--json") == 1
    left = json.loads(desk.out)["left"]
    assert len(left) == 33
    assert "relative_humidity" not in left
    assert desk.run("inspect", "daily", *sets(R01="", R02="")) == 0
    assert desk.run("log", "show", "RI-20260917-001") == 0
    assert desk.out.count("(measured)") == 2
    assert desk.run("inspect", "daily", "--auto") == 0
    assert "Done already: RI-20260917-001" in desk.err
    assert desk.run("inspect", "daily", "--auto", "--json") == 0


def test_the_sheet_is_printed_in_the_order_of_the_questions(desk: Shell) -> None:
    assert desk.run("inspect", "daily", "--print", "-f", "html") == 0
    path = desk.folder / desk.out.strip()
    text = path.read_text(encoding="utf-8")
    places = [
        text.index(code)
        for code in ("R01", "R02", "R05", "R07", "R08", "R13", "R17", "R15", "R09", "R22")
    ]
    assert places == sorted(places)
    assert "37.1" in text  # what UPS 1 showed last
    assert "≤40" in text
    assert desk.run("inspect", "daily", "--print", "-f", "xlsx") == 2
    assert "there is no format 'xlsx'" in desk.err
