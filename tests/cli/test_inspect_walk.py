"""What a person can do at the questions of a walk, and what must not happen to what was typed."""

import json
from collections.abc import Callable
from typing import TYPE_CHECKING

from tests.cli.conftest import Typist
from tests.cli.test_inspect import NUMBERS, sets
from tests.conftest import Shell

if TYPE_CHECKING:
    from tests.cli.window import Window

ENTRY = "RI-20260917-001"
ALARM = ("22.7", "46", "24.1", "52", "52", "42", "34.2", "41", "", "8", "4.2", "", "61", "55")


def shown(desk: Shell, entry: str = ENTRY) -> dict[str, object]:
    assert desk.run("log", "show", entry, "--json") == 0
    lines: list[dict[str, object]] = json.loads(desk.out)["lines"]
    return lines[0]


def test_an_entry_is_recorded_when_it_is_written_and_happened_when_the_walk_began(
    desk: Shell, typist: Typist
) -> None:
    assert typist.inspect("daily", typed=tuple(NUMBERS)) == 0, typist.err
    line = shown(desk)
    assert str(line["occurred_at"]).startswith("2026-09-17T08:40")
    assert str(line["recorded_at"]).startswith("2026-09-17T08:53")


def test_some_items_of_a_group_are_skipped_and_others_chosen_anew(
    desk: Shell, typist: Typist
) -> None:
    group = (
        "s 99 nowhere",
        "b",
        "41",
        "x",
        "s 3，5 locked away",
        "2 2",
        "b",
        "2 4",
        "s torn off",
        "",
    )
    typed = (*NUMBERS[:7], *group, *NUMBERS[8:])
    assert typist.inspect("daily", typed=typed) == 1, typist.err
    assert "Type the numbers of what is not as it should be" in typist.err
    found = {(f["field"], f["check"], f["value"]) for f in shown(desk)["findings"]}  # type: ignore[attr-defined]
    assert ("fire_panel", "skipped", "locked away") in found
    assert ("door_access", "skipped", "locked away") in found
    assert ("water_leak", "skipped", "torn off") in found


def test_before_an_incident_one_can_still_go_back_and_mend_the_last_answer(
    desk: Shell, typist: Typist
) -> None:
    assert typist.inspect("daily", typed=(*ALARM, "b", "56", "what", "s why")) == 1, typist.err
    answers = shown(desk)["answers"]
    assert isinstance(answers, dict)
    assert answers["disk_usage@SRV-EMR"] == "56"
    assert "Incident:" not in typist.err


def test_a_terminal_that_goes_away_at_an_incident_writes_nothing_yet(
    desk: Shell, typist: Typist
) -> None:
    assert typist.inspect("daily", typed=ALARM) == 1
    assert "Paused; what was answered is kept" in typist.err
    assert desk.run("log", "show", ENTRY) == 2
    assert typist.inspect("daily", typed=("",)) == 1
    assert "Incident: INC-20260917-001" in typist.err


def test_an_answer_given_by_its_code_is_mended_at_the_terminal(desk: Shell, typist: Typist) -> None:
    given = ("--set", "R01=22.7", "--set", "R02=46", "--set", "R05=24")
    assert typist.inspect("daily", *given, typed=("b", "23.1", "p")) == 1, typist.err
    assert typist.inspect("daily", typed=tuple(NUMBERS[3:])) == 0, typist.err
    answers = shown(desk)["answers"]
    assert isinstance(answers, dict)
    assert answers["battery_room_temperature"] == "23.1"


def test_cron_leaves_a_round_alone_that_somebody_is_walking(desk: Shell, typist: Typist) -> None:
    assert typist.inspect("daily", typed=("22.7", "p")) == 1
    assert desk.run("inspect", "daily", "--auto") == 1
    assert "示例甲 began it at 09-17 08:40; it is left alone" in desk.err
    assert desk.run("inspect", "daily", "--auto", "--json") == 1
    assert "cold_aisle_temperature" not in json.loads(desk.out)["left"]
    assert typist.inspect("daily", typed=tuple(NUMBERS[1:])) == 0, typist.err


def test_a_round_left_over_is_told_with_the_command_that_finishes_it(
    desk: Shell, typist: Typist
) -> None:
    assert typist.inspect("daily", typed=("22.7", "p")) == 1
    desk.now = desk.now.replace(day=18, hour=8, minute=40)
    assert typist.inspect("daily", typed=("p",)) == 1
    command = 'infodesk inspect room_inspection:daily --at "2026-09-17 08:40"'
    assert f"begun by 示例甲 at 09-17 08:40:\n  {command}" in typist.err
    assert typist.inspect("daily", "--at", "2026-09-17 08:40", typed=("p",)) == 1
    assert f"Next: {command}" in typist.err


def test_a_time_that_has_not_come_is_refused_before_anything_is_asked(desk: Shell) -> None:
    assert desk.run("inspect", "daily", "--at", "23:00", *sets()) == 2
    assert "it has not happened yet: 2026-09-17 23:00" in desk.err
    assert desk.run("inspect", "daily", "--drop") == 0
    assert "No round is begun" in desk.err


def test_another_round_of_a_duty_is_told_to_be_one(desk: Shell, typist: Typist) -> None:
    assert desk.run("inspect", "daily", *sets()) == 0
    assert typist.inspect("daily", typed=("p",)) == 1
    assert f"Done already: {ENTRY}; this is another round" in typist.err


def test_what_is_written_down_a_day_later_says_so(desk: Shell) -> None:
    assert desk.run("inspect", "daily", "--at", "2026-09-16 08:35", *sets()) == 0
    assert desk.out == "RI-20260916-002: normal, recorded late\n"


def test_only_an_alarm_can_be_inspected_again(desk: Shell) -> None:
    assert desk.run("inspect", "daily", *sets()) == 0
    assert desk.run("inspect", "--again", ENTRY) == 2
    assert f"{ENTRY} gave no alarm that could be inspected again" in desk.err


def test_a_question_is_skipped_by_an_option_too(desk: Shell) -> None:
    assert desk.run("inspect", "daily", *sets(R01=""), "--skip", "R01=") == 2
    assert "say why R01 is skipped" in desk.err
    assert desk.run("inspect", "daily", *sets(R01=""), "--skip", "R1=broken") == 2
    assert "has no field 'R1'" in desk.err
    assert desk.run("inspect", "daily", *sets(R01=""), "--skip", "R01=broken", "--json") == 1
    found = json.loads(desk.out)["findings"]
    assert [(each["field"], each["check"], each["value"]) for each in found] == [
        ("cold_aisle_temperature", "skipped", "broken")
    ]


def test_what_no_longer_fits_the_definitions_is_left_out_and_told(desk: Shell) -> None:
    assert desk.run("inspect", "daily", *sets(R01="")) == 1
    path = desk.folder / "logbooks" / "room_inspection.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("AUTO: {zh: 自动", "SELF: {zh: 自动").replace("[AUTO]", "[SELF]"))
    assert desk.run("inspect", "daily", "--set", "R01=22.7") == 1
    assert "left out: fire_panel_mode 'AUTO': there is no 'AUTO' here" in desk.err
    assert "(fire_panel_mode)" in desk.err
    assert desk.run("inspect", "daily", "--set", "fire_panel_mode=SELF") == 0, desk.err


def test_files_are_read_in_the_encodings_of_chinese_offices_or_refused(desk: Shell) -> None:
    (desk.folder / "a.csv").write_bytes("冷通道温度,相对湿度\n22.7,46\n".encode("gbk"))
    assert desk.run("inspect", "daily", "--from", "a.csv", "--json") == 1
    assert "relative_humidity" not in json.loads(desk.out)["left"]
    (desk.folder / "b.json").write_bytes(b"{\xff\xff}")
    assert desk.run("inspect", "daily", "--from", "b.json") == 2
    assert "b.json cannot be read" in desk.err
    (desk.folder / "c.json").write_text('{"R01": 22, "R01": 23}')
    assert desk.run("inspect", "daily", "--from", "c.json") == 2
    assert "'R01' is answered twice" in desk.err


def test_wrong_answers_name_their_question_and_what_was_meant(desk: Shell) -> None:
    assert desk.run("inspect", "daily", "--set", "R01=22,7") == 2
    assert (
        "Cold-aisle temperature: a number is expected, not '22,7'; did you mean 22.7?" in desk.err
    )
    assert desk.run("inspect", "daily", "--set", "safety=n") == 2
    assert "safety: only y, for all of it, not 'n'" in desk.err


def test_what_is_pasted_ahead_does_not_settle_a_doubt(
    open_window: "Callable[..., Window]",
) -> None:
    window = open_window().until(" > ")
    window.process.send("2.3\n23\n46\n")
    window.until("再输一次原数").until(" > ")
    window.process.sendline("22.9")
    window.until(" 2/13 ").until(" > ")
    assert "上次 45.0" in window.shown()


def test_a_narrow_window_breaks_no_word_and_ctrl_c_tells_how_to_go_on(
    open_window: "Callable[..., Window]",
) -> None:
    window = open_window(columns=44).until(" > ")
    window.process.sendline("22.7")
    window.until(" > ")
    window.process.sendintr()
    assert window.ended() == 130
    assert " 1/13 冷通道温度 ℃\n      上次 22.8 09-16 08:35 18-27 > 22.7" in window.shown()
    assert "下一步：infodesk inspect" in window.shown()
