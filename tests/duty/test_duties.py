"""Duties: what the schedules expected, and what became of it. A miss never disappears."""

from dataclasses import replace
from datetime import date, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from infodesk.duty.choose import duty_at, schedule_for
from infodesk.duty.duties import duties_of
from infodesk.duty.overview import due_in, overview
from infodesk.duty.room import DutyRoom
from infodesk.duty.standing import expiring, standing, unsigned
from infodesk.duty.write import How, sign, skip, void
from infodesk.errors import InfodeskError
from infodesk.model.entry import DutyState
from infodesk.model.length import Length
from infodesk.model.schedule import Recurrence, Schedule
from infodesk.text.message import Title
from tests.duty.conftest import Duty, at, number
from tests.duty.test_inspection import ROUND
from tests.duty.test_write import FAULT, PERMIT

CLEANING = {
    "start": "16:40", "end": "17:20", "people": "示例甲、示例乙", "areas": "地面、机柜顶、地板下、滤网、桌面",
    "shoes_covered": "y", "equipment_touched": "n",
}  # fmt: skip
LEAVING = dict.fromkeys(
    ("power_off", "heaters_unplugged", "alarm_armed", "doors_locked", "windows_shut", "ac_ups_normal",
     "fire_auto", "lights_off", "waste_removed"), "y",
)  # fmt: skip
VISIT = {"name": "示例客", "unit": "示例公司", "kind": "外包或厂商", "reason": "维护", "shoes_changed": "y",
         "escort": "示例甲", "approved_by": "示例戊"}  # fmt: skip


def states(duty: Duty, book: str, day: str, schedule: str) -> list[str]:
    first = date.fromisoformat(day)
    found = duties_of(duty.room, duty.room.book(book), first, first + timedelta(days=1))
    return [each.state.value for each in found if each.slot.schedule == schedule]


@pytest.mark.parametrize(
    ("walked", "typed", "state"),
    [
        ("08:00", "08:10", "done"),
        ("09:30", "11:50", "done"),
        ("09:31", "09:40", "late"),
    ],
)
def test_a_round_counts_by_the_time_of_the_walk(
    walked: str, typed: str, state: str, duty: Duty
) -> None:
    duty.at(f"2026-09-18 {typed}").give("巡检", ROUND, "daily", f"2026-09-18 {walked}")
    assert states(duty, "巡检", "2026-09-18", "daily") == [state]


def test_a_round_written_down_the_next_day_is_late(duty: Duty) -> None:
    duty.at("2026-09-19 10:00").give("巡检", ROUND, "daily", "2026-09-18 08:30")
    assert states(duty.at("2026-09-19 10:00"), "巡检", "2026-09-18", "daily") == ["late"]


def test_a_round_nobody_walked_is_due_then_missed(duty: Duty) -> None:
    assert states(duty.at("2026-09-18 09:30"), "巡检", "2026-09-18", "daily") == ["due"]
    assert states(duty.at("2026-09-18 09:31"), "巡检", "2026-09-18", "daily") == ["missed"]


def test_a_void_entry_does_no_duty(duty: Duty) -> None:
    first = number(duty.give("巡检", ROUND, "daily", "2026-09-18 08:30"))
    void(duty.room, duty.entry(first), How(reason="在错误的机房登记"))
    assert states(duty, "巡检", "2026-09-18", "daily") == ["missed"]


def test_a_skipped_duty_says_why(duty: Duty) -> None:
    book = duty.room.book("巡检")
    found = duty_at(duty.room, book, "日检", at("2026-09-18 08:30"))
    line = skip(duty.room, book, found.slot, "机房停电检修，无法进入")
    assert states(duty, "巡检", "2026-09-18", "daily") == ["skipped"]
    assert line.reason == "机房停电检修，无法进入"
    with pytest.raises(InfodeskError, match="characters"):
        skip(duty.room, book, found.slot, "忙")


def test_a_cleaning_on_the_thursday_before_a_holiday_is_in_time(duty: Duty) -> None:
    written = duty.at("2026-09-24 17:30")
    written.give("打扫卫生", CLEANING, when="2026-09-24 16:40")
    assert states(written, "打扫卫生", "2026-09-25", "friday") == ["done"]


def kept_since(duty: Duty, day: date | None) -> DutyRoom:
    """The same room in a workspace whose logbooks are kept since a day."""
    settings = replace(duty.room.definitions.settings, logbooks_since=day)
    return replace(duty.room, definitions=replace(duty.room.definitions, settings=settings))


@pytest.mark.parametrize(
    ("since", "expected"),
    [
        (date(2026, 3, 31), ["missed", "missed", "due"]),
        (date(2026, 4, 1), ["missed", "due"]),
        (date(2026, 6, 30), ["missed", "due"]),
        (date(2026, 7, 1), ["due"]),
    ],
)
def test_what_was_over_before_the_logbooks_were_kept_was_never_expected(
    duty: Duty, since: date, expected: list[str]
) -> None:
    """The quarter's restore test counts its quarters from January, whenever the workspace began."""
    room = kept_since(duty, since)
    book = room.book("restore_test")
    book = replace(book, schedules=book.schedules[:1])
    found = duties_of(room, book, date(2026, 1, 1), date(2026, 10, 1))
    assert [each.state.value for each in found] == expected


def test_what_was_done_before_the_logbooks_were_kept_stays_to_be_seen(duty: Duty) -> None:
    book = duty.room.book("打扫卫生")
    there = duty.at("2026-09-11 17:30")
    number(there.give("打扫卫生", CLEANING, "friday", "2026-09-11 17:00"))
    room = kept_since(duty, date(2026, 9, 18))
    found = duties_of(room, book, date(2026, 9, 1), date(2026, 9, 19))
    assert [each.state.value for each in found] == ["done", "due"]


def test_a_cleaning_in_a_week_off_is_waived(duty: Duty) -> None:
    book = duty.room.book("打扫卫生")
    book = replace(book, schedules=(replace(book.schedules[0], start=date(2026, 1, 1)),))
    found = list(duties_of(kept_since(duty, None), book, date(2026, 2, 9), date(2026, 3, 1)))
    assert [(each.state.value, each.is_waived) for each in found] == [
        ("missed", False),
        ("skipped", True),
        ("missed", False),
    ]


def test_a_duty_may_follow_from_when_it_was_last_done(duty: Duty) -> None:
    book = duty.room.book("打扫卫生")
    schedule = Schedule(
        "friday", Title("每14天"), (Recurrence("FREQ=DAILY;INTERVAL=14", (time(17),)),), date(2026, 9, 1),
        Length(edge="day"), Length(edge="day"), counts_from="done",
    )  # fmt: skip
    later = duty.at("2026-10-30 12:00")
    for day in ("2026-09-01", "2026-09-18"):
        assert number(later.give("打扫卫生", CLEANING, when=f"{day} 16:40"))
    counted = replace(book, schedules=(schedule,))
    found = list(duties_of(later.room, counted, date(2026, 9, 1), date(2026, 12, 1)))
    assert [(f"{d.slot.planned:%m-%d}", d.state.value) for d in found] == [
        ("09-01", "late"),
        ("09-15", "late"),
        ("10-02", "missed"),
    ]
    assert all(earlier.closes == after.opens for earlier, after in pairwise(found))


def test_an_unmanned_room_needs_no_leave_check(duty: Duty) -> None:
    assert states(duty.at("2026-09-18 23:00"), "离岗检查", "2026-09-18", "leaving") == []


def test_a_leave_check_is_due_after_somebody_was_in(duty: Duty) -> None:
    number(duty.give("出入登记", VISIT, when="2026-09-18 10:00"))
    evening = duty.at("2026-09-18 19:30")
    assert states(duty, "离岗检查", "2026-09-18", "leaving") == ["due"]
    assert states(evening, "离岗检查", "2026-09-18", "leaving") == ["missed"]
    evening.give("离岗检查", LEAVING, when="2026-09-18 18:00")
    assert states(evening, "离岗检查", "2026-09-18", "leaving") == ["done"]
    evening.give("出入登记", VISIT, when="2026-09-18 18:40")
    assert states(evening, "离岗检查", "2026-09-18", "leaving") == ["due"]


def test_an_entry_goes_to_the_schedule_whose_time_it_is(duty: Duty) -> None:
    book = duty.room.book("巡检")
    morning, evening = at("2026-09-18 08:20"), at("2026-09-18 16:20")
    assert schedule_for(duty.room, book, None, morning) == "daily"
    assert schedule_for(duty.room, book, None, evening) == "daily_last"
    assert schedule_for(duty.room, book, "周检", morning) == "weekly"


def test_an_open_fault_is_overdue_by_its_severity(duty: Duty) -> None:
    duty.give("故障", FAULT | {"done": "n", "action": ""}, when="2026-09-18 11:00")
    (each,) = standing(duty.room)
    assert each.until == at("2026-09-18 11:30")
    assert each.is_overdue


def test_a_permit_that_is_open_past_its_end_is_overdue(duty: Duty) -> None:
    first = number(duty.give("work_permit", PERMIT))
    duty.at("2026-09-18 12:10", by="示例戊").move(first, "approve", permit_by="head")
    (each,) = standing(duty.at("2026-09-18 18:01").room)
    assert each.is_overdue
    (coming,) = expiring(duty.room)
    assert (coming.field.id, coming.is_past) == ("valid_to", False)


def test_a_missing_signature_is_told_until_it_is_there(duty: Duty) -> None:
    first = number(duty.give("故障", FAULT))
    (each,) = unsigned(duty.room, [duty.room.book("故障")])
    assert (each.sign.post, each.is_overdue) == ("head", False)
    head = duty.at("2026-09-18 13:00", by="示例戊")
    sign(head.room, head.entry(first), "head", How())
    assert list(unsigned(duty.room, [duty.room.book("故障")])) == []


def test_what_is_due_lists_the_month_s_round_too(duty: Duty) -> None:
    listed = due_in(duty.room, duty.room.definitions.logbooks, None, None, with_done=False)
    assert "monthly" in {each.slot.schedule for each in listed.duties}
    assert listed.needs_somebody
    assert [line.entries for line in overview(duty.room)] == [0] * len(
        duty.room.definitions.logbooks
    )


@settings(
    max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(data=st.data())
def test_every_duty_ends_in_exactly_one_state(data: st.DataObject, duty: Duty) -> None:
    hours = data.draw(st.lists(st.integers(0, 7 * 24 * 60), max_size=6))
    late = duty.at("2026-09-21 00:00")
    for minutes in hours:
        when = at("2026-09-14 00:00") + timedelta(minutes=minutes)
        late.give("巡检", ROUND, "daily", f"{when:%Y-%m-%d %H:%M}")
    book = late.room.book("巡检")
    found = list(duties_of(late.room, book, date(2026, 9, 14), date(2026, 9, 21)))
    slots = [duty.slot for duty in found]
    assert len(slots) == len(set(slots))
    assert all(each.state in DutyState for each in found)
    done = [each for each in found if each.slot.schedule == "daily" and each.entry]
    assert all((each.state in (DutyState.DONE, DutyState.LATE)) for each in done)
    assert all(each.state is not DutyState.DUE for each in found if each.until < late.room.now)
