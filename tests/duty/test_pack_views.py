"""What the logbooks of the starter hospital answer: backups against their plan, media, gates."""

from dataclasses import replace
from datetime import date

import pytest

from infodesk.duty.standing import standing
from infodesk.errors import InfodeskError
from infodesk.store.tables import follow_definitions
from tests.duty.conftest import Duty, number, rows, told

PLAN = {
    "system": "HIS", "database": "DB-HIS", "set": "daily", "backup_level": "full", "begins": "01:00",
    "hours_to_finish": "5", "target": "备份服务器", "copy": "第二设备", "is_offsite": "n", "keep_days": "14",
    "rpo_hours": "25", "rto_minutes": "120", "custodian": "示例乙",
}  # fmt: skip
MEDIUM = {
    "label": "M-2026-09-HIS-01", "media_type": "LTO", "content": "HIS月备份", "is_encrypted": "y", "key_holder": "示例乙",
    "written_on": "2026-09-06", "place": "offsite", "place_detail": "异地库1层", "custodian": "示例乙",
    "keep_until": "2027-09-06",
}  # fmt: skip


def planned(duty: Duty) -> None:
    """A plan in force."""
    first = number(duty.give("backup_plan", PLAN))
    number(duty.at("2026-09-18 12:10", by="示例戊").move(first, "approve"))


def run(duty: Duty, day: int, result: str = "OK", hour: int = 2) -> None:
    """A daily run that ended at an hour of a day."""
    given = {
        "database": "DB-HIS", "result": result, "size_bytes": "1000", "error_text": "磁盘满" if result == "FAILED" else "",
        "started_at": f"2026-09-{day:02} 01:00", "ended_at": f"2026-09-{day:02} {hour:02}:00",
    }  # fmt: skip
    number(duty.give("备份", given, when=f"2026-09-{day:02} {hour:02}:00"))


def test_a_plan_is_held_against_its_runs(duty: Duty) -> None:
    planned(duty)
    run(duty, 1)
    run(duty, 2, hour=7)
    run(duty, 3, result="FAILED")
    run(duty, 5)
    (found,) = rows(duty, "backup_log", "compliance", "2026-09-01", "2026-09-05")
    counts = [found[name] for name in ("scheduled", "on_time", "ok", "failed", "missing")]
    assert counts == [5, 2, 3, 1, 1]
    assert found["longest_gap_hours"] == 67.0
    assert found["light"] == "red"


def test_a_silent_plan_is_no_good_plan(duty: Duty) -> None:
    planned(duty)
    (found,) = rows(duty, "backup_log", "compliance", "2026-09-01", "2026-09-05")
    assert (found["scheduled"], found["missing"], found["light"]) == (5, 5, "red")


def test_a_plan_kept_is_green(duty: Duty) -> None:
    planned(duty)
    for day in range(1, 6):
        run(duty, day)
    (found,) = rows(duty, "backup_log", "compliance", "2026-09-02", "2026-09-05")
    assert (found["scheduled"], found["on_time"], found["longest_gap_hours"]) == (4, 4, 24.0)
    assert (found["success_percent"], found["light"]) == (100.0, "green")


def test_a_medium_in_the_vault_is_told_of_when_it_must_be_read(duty: Duty) -> None:
    first = number(duty.give("介质", MEDIUM))
    assert list(standing(duty.room, (duty.room.book("介质"),))) == []
    later = duty.at("2027-09-07 08:00")
    assert [s.entry.id for s in standing(later.room, (later.room.book("介质"),))] == [first]
    assert [row["label"] for row in rows(later, "介质", "due_for_read_test")] == [MEDIUM["label"]]


def test_a_medium_taken_out_again_is_asked_about_again(duty: Duty) -> None:
    first = number(duty.give("介质", MEDIUM))
    out = {"out_by": "示例甲", "out_why": "恢复测试", "out_to": "机房"}
    duty.move(first, "take_out", **out)
    duty.at("2026-09-19 12:00").move(first, "return", returned_by="示例甲")
    again = duty.at("2026-09-21 12:00")
    assert "missing out_by" in told(again.move(first, "take_out"))
    number(again.move(first, "take_out", **(out | {"out_to": "异地库"})))
    later = duty.at("2026-09-29 12:01")
    assert [row["is_overdue"] for row in rows(later, "介质", "out")] == [1]
    assert [row["out_to"] for row in rows(later, "介质", "custody", MEDIUM["label"])] == [
        "机房",
        "机房",
        "异地库",
    ]


def test_a_label_is_given_once(duty: Duty) -> None:
    first = number(duty.give("介质", MEDIUM))
    later = duty.at("2026-09-18 13:00")
    again = later.give("介质", MEDIUM)
    assert (again.line, again.already and again.already.id) == (None, first)
    for when in ("2026-09-18 12:00", "2026-09-18 11:00"):  # in the same minute, and before it
        other = later.give("介质", MEDIUM | {"content": "其他"}, when=when)
        assert told(other) == [
            f"it is recorded already as {first}, with other answers: correct that one with infodesk log amend {first}"
        ]
    number(later.give("介质", MEDIUM | {"label": "M-2026-09-HIS-02"}))


def test_nobody_uses_a_system_without_training_and_a_permit(duty: Duty) -> None:
    course = {
        "kind": "new_staff", "topic": "HIS", "hours": "2", "trainer": "示例甲", "planned": "2", "attended": "示例子\n示例丑",
        "has_exam": "y", "examined": "2", "passed": "1",
    }  # fmt: skip
    training = number(duty.give("培训", course))
    for person, score in (("示例子", "92"), ("示例丑", "79")):
        given = {
            "permit_no": f"证{score}", "person": person, "unit": "0103", "systems": "HIS", "training": training,
            "score": score, "issued_by": "示例辛", "valid_until": "2028-09-17",
        }  # fmt: skip
        number(duty.give("上岗证", given))
    assert [row["person"] for row in rows(duty, "operator_permit", "who_may", "HIS")] == ["示例子"]
    assert rows(duty, "operator_permit", "who_may", "LIS") == []
    assert [row["person"] for row in rows(duty, "operator_permit", "who_may_not")] == ["示例丑"]


def test_media_of_a_keeper_who_left_are_found(duty: Duty) -> None:
    people = duty.room.definitions.people
    gone = [replace(p, until=date(2026, 9, 19)) if p.id == "P02" else p for p in people.people]
    definitions = replace(duty.room.definitions, people=replace(people, people=tuple(gone)))
    first = number(duty.give("介质", MEDIUM))
    there = Duty(replace(duty.room, definitions=definitions))
    follow_definitions(there.room.store, definitions, there.room.actor)
    assert rows(there.at("2026-09-19 08:00"), "介质", "keeper_left") == []
    (found,) = rows(there.at("2026-09-20 08:00"), "介质", "keeper_left")
    assert (found["id"], found["keeper"]) == (first, "示例乙")


def test_a_site_nobody_ever_went_to_is_overdue(duty: Duty) -> None:
    found = rows(duty, "巡视", "last_visits")
    assert {row["is_overdue"] for row in found} == {1}
    assert "SITE-0103" in [row["site"] for row in found]


@pytest.mark.parametrize(
    ("view", "given", "refused"),
    [
        ("availability", ("abc", "2026-09-30"), "a day is expected"),
        ("availability", ("第九月",), "the view asks for"),
        ("availability", (), "the view asks for"),
    ],
)
def test_a_view_refuses_what_is_no_day(
    duty: Duty, view: str, given: tuple[str, ...], refused: str
) -> None:
    with pytest.raises(InfodeskError, match=refused):
        rows(duty, "incident_log", view, *given)
