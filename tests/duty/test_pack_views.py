"""What the logbooks of the starter hospital answer: backups against their plan, media, gates."""

from dataclasses import replace
from datetime import date

import pytest

from infodesk.duty.standing import standing
from infodesk.duty.troubles import troubles
from infodesk.errors import InfodeskError
from infodesk.store.tables import follow_definitions
from tests.duty.conftest import Duty, number, rows, told
from tests.duty.test_inspection import ROUND

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


def test_the_environment_of_a_month_has_its_share_in_range(duty: Duty) -> None:
    for day, temperature in ((14, "22.0"), (15, "26.0"), (16, "28.0"), (17, "24.0")):
        given = {**ROUND, "cold_aisle_temperature": temperature}
        number(duty.give("巡检", given, "daily", when=f"2026-09-{day} 08:30"))
    first, second, *_ = rows(duty, "巡检", "environment", "2026-09")
    assert (first["code"], first["readings"], first["least"], first["mean"], first["most"]) == (
        "R01", 4, 22.0, 25.0, 28.0,
    )  # fmt: skip
    assert first["in_range_percent"] == 75.0
    assert (second["code"], second["in_range_percent"]) == ("R02", 100.0)


def test_stock_opens_moves_and_closes(duty: Duty) -> None:
    def moved(kind: str, quantity: str, day: str, **more: str) -> None:
        given = {"kind": kind, "item": "HP12A", "quantity": quantity, "safety_stock": "5"} | more
        number(duty.give("耗材", given, when=f"{day} 09:00"))

    moved("purchase", "10", "2026-08-20", unit_price="80", supplier="示例公司")
    moved("issue", "4", "2026-09-02", unit="0103", receiver="示例")
    moved("stocktake", "5", "2026-09-03", counted_before="6", second_person="示例乙")
    (found,) = rows(duty, "耗材", "balance", "2026-09")
    assert [found[name] for name in ("opening", "came_in", "went_out", "difference", "closing")] == [
        10.0, 0.0, 4.0, -1.0, 5.0,
    ]  # fmt: skip
    assert rows(duty, "耗材", "low") == []
    moved("issue", "6", "2026-09-04", unit="0103", receiver="示例")
    assert [row["on_hand"] for row in rows(duty, "耗材", "low")] == [-1.0]
    assert [row["on_hand"] for row in rows(duty, "耗材", "negative")] == [-1.0]
    found_in = {
        trouble.view.id
        for trouble in troubles(duty.room, (duty.room.book("耗材"),))
        if trouble.view
    }
    assert found_in == {"low", "negative"}


def test_faults_are_counted_by_what_they_are(duty: Duty) -> None:
    fault = {
        "place": "急诊",
        "description": "卡纸",
        "action": "清理",
        "done": "y",
        "category": "printer",
    }
    for at_ in ("2026-09-14 08:10", "2026-09-14 08:50", "2026-09-16 15:00"):
        number(duty.give("故障", fault | {"reported_at": at_, "restored_at": at_}, when=at_))
    found = {
        (r["dimension"], r["value"]): r["faults"] for r in rows(duty, "故障", "counts", "2026-09")
    }
    assert found["category", "printer"] == 3
    assert (found["hour", "08"], found["hour", "15"]) == (2, 1)
    assert (found["weekday", "1"], found["weekday", "3"]) == (2, 1)
