"""Faults that wait: the clock of their targets stands still, and nothing else does."""

from datetime import datetime

import pytest

from infodesk.duty.standing import standing
from infodesk.model.calendar import Calendar
from infodesk.model.entry import Key
from infodesk.model.length import parse_length
from infodesk.model.limit import Level
from tests.duty.conftest import Duty, at, number

FAULT = {"place": "急诊收费", "description": "打印机卡纸", "done": "n"}
GRAVE = {
    "severity": "P1", "scene_preserved": "y", "data_loss": "n", "affected": "0", "manual_fallback": "n",
    "reported_to": "科长", "reported_up_at": "2026-09-18 12:00",
}  # fmt: skip
RESTORED = {"action": "更换硒鼓", "done": "y"}


def until(duty: Duty) -> datetime | None:
    """Until when the one open fault may stay as it is."""
    (found,) = standing(duty.room, (duty.room.book("故障"),))
    return found.until


def test_a_suspended_fault_is_not_late_for_its_target(duty: Duty) -> None:
    first = number(duty.give("故障", FAULT, when="2026-09-18 12:00"))
    duty.at("2026-09-18 14:00").move(first, "respond")
    assert until(duty.at("2026-09-18 14:00")) == at("2026-09-20 14:30")
    duty.at("2026-09-18 16:30").move(first, "suspend", suspend_reason="等备件")
    assert until(duty.at("2026-09-21 09:00")) == at("2026-09-24 16:30")  # its own five workdays
    duty.at("2026-09-21 09:00").move(first, "resume")
    # 60 min on Friday, 450 on the worked Sunday, 60 on Monday: 570 working minutes later
    assert until(duty.at("2026-09-21 09:00")) == at("2026-09-21 16:30")


def test_a_fault_that_was_late_already_stays_late(duty: Duty) -> None:
    first = number(duty.give("故障", FAULT | GRAVE, when="2026-09-18 12:00"))
    duty.at("2026-09-18 12:40").move(first, "suspend", suspend_reason="等厂商")
    duty.at("2026-09-18 13:40").move(first, "resume")
    assert until(duty.at("2026-09-18 13:40")) == at("2026-09-18 12:30")


def test_the_time_it_waited_does_not_count_against_the_target(duty: Duty) -> None:
    first = number(duty.give("故障", FAULT | GRAVE, when="2026-09-18 12:00"))
    duty.at("2026-09-18 12:05").move(first, "suspend", suspend_reason="等厂商")
    duty.at("2026-09-18 12:45").move(first, "resume")
    later = duty.at("2026-09-18 13:10")
    later.move(first, "restore", **RESTORED)
    said = {str(key): text for key, text in later.entry(first).answers.items()}
    assert (said["resolution_minutes"], said["waited_minutes"]) == ("70", "40")
    assert "INC-01" not in [breach.check for breach in later.entry(first).last.breaches]


def test_a_fault_restored_while_it_waits_waited_until_then(duty: Duty) -> None:
    first = number(duty.give("故障", FAULT, when="2026-09-18 12:00"))
    duty.at("2026-09-18 14:10").move(first, "suspend", suspend_reason="等备件")
    later = duty.at("2026-09-18 17:00")
    later.move(first, "restore", restored_at="2026-09-18 15:00", **RESTORED)
    assert later.entry(first).answers[Key("waited_minutes")] == "50"
    assert later.entry(first).answers[Key("resolution_minutes")] == "60"


def test_a_late_response_warns(duty: Duty) -> None:
    first = number(duty.give("故障", FAULT | {"reported_at": "2026-09-18 11:20"}))
    duty.move(first, "respond")
    entry = duty.entry(first)
    assert [breach.check for breach in entry.last.breaches] == ["INC-05"]
    assert entry.last.level is Level.WARN


@pytest.mark.parametrize(
    ("length", "end", "pause", "later"),
    [
        ("2 h", "2026-09-18 12:00", ("2026-09-18 11:00", "2026-09-19 11:00"), "2026-09-19 12:00"),
        ("2 workdays", "2026-09-22 10:00", ("2026-09-18 11:00", "2026-09-21 11:00"), "2026-09-24 10:00"),
        ("end of day", "2026-09-19 00:00", ("2026-09-18 11:00", "2026-09-20 10:00"), "2026-09-21 00:00"),
        ("end of day", "2026-09-19 00:00", ("2026-09-18 11:00", "2026-09-18 11:00"), "2026-09-19 00:00"),
    ],
)  # fmt: skip
def test_a_length_is_put_off_in_its_own_kind_of_time(
    length: str, end: str, pause: tuple[str, str], later: str
) -> None:
    found = parse_length(length)
    assert found is not None
    september = Calendar(
        workdays=frozenset({at("2026-09-20 00:00").date()}), years=frozenset({2026})
    )
    put_off = found.put_off(at(end), (at(pause[0]), at(pause[1])), september)
    assert put_off == at(later)
