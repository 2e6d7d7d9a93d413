"""Entries: written, corrected, moved on, signed; what stands in the way is told at once."""

import hashlib
from dataclasses import replace
from datetime import date, timedelta

import pytest

from infodesk.duty.asking import to_ask
from infodesk.duty.judge import Draft, judge
from infodesk.duty.write import How, add, amend, sign, void
from infodesk.errors import InfodeskError, RefusedError
from infodesk.model.entry import Key
from infodesk.model.limit import Level
from infodesk.store.audit import first_break
from infodesk.store.entries import entries, first_changed
from tests.duty.conftest import Duty, number, told

FAULT = {"place": "急诊收费", "description": "打印机卡纸", "action": "清理", "done": "y"}
PERMIT = {
    "kind": "cables", "place": "机房", "reason": "布线", "risks": "绊倒", "protection": "围挡",
    "valid_from": "2026-09-18 08:00", "valid_to": "2026-09-18 18:00", "worker": "示例工", "supervisor": "示例丙",
}  # fmt: skip


def test_a_fault_needs_four_answers(duty: Duty) -> None:
    draft = Draft(duty.room.book("故障"), {}, duty.room.now)
    asked = to_ask(duty.room, draft, judge(duty.room, draft).answers)
    assert [key.field for key in asked] == ["place", "description", "action", "done"]


def test_a_grave_fault_asks_for_more(duty: Duty) -> None:
    draft = Draft(duty.room.book("故障"), FAULT | {"severity": "P1"}, duty.room.now)
    asked = to_ask(duty.room, draft, judge(duty.room, draft).answers)
    assert "scene_preserved" in [key.field for key in asked]
    assert "reported_to" in [key.field for key in asked]


def test_an_entry_is_numbered_by_its_day(duty: Duty) -> None:
    numbers = [number(duty.give("故障", FAULT)) for _ in range(2)]
    assert numbers == ["INC-20260918-001", "INC-20260918-002"]
    assert number(duty.give("故障", FAULT, when="2026-09-17 09:00")) == "INC-20260917-001"


def test_a_fault_that_is_done_waits_for_its_user(duty: Duty) -> None:
    first = number(duty.give("故障", FAULT))
    assert duty.entry(first).last.state == "restored"
    other = number(duty.give("故障", FAULT | {"done": "n", "action": ""}))
    assert duty.entry(other).last.state == "open"


def test_everything_that_stands_in_the_way_is_told_at_once(duty: Duty) -> None:
    written = duty.give(
        "故障", {"place": "急诊", "severity": "P9", "plaec": "x", "satisfaction": "many"}
    )
    assert written.line is None
    assert told(written) == [
        "there is no 'P9' here, only P1 重大, P2 较大, P3 一般, P4 轻微",
        "logbook Faults and incidents has no field 'plaec'; did you mean place?",
        "a number is expected, not 'many'",
        "missing description",
        "missing done",
    ]


def test_labels_codes_and_names_are_read_in_chinese(duty: Duty) -> None:
    given = {
        "地点": "药房",
        "故障现象": "死机",
        "已修复": "否",
        "级别": "较大",
        "处理人": "示例乙",
        "报修科室": "药剂科",
    }
    given |= {"现场保持": "是", "数据丢失": "无", "上报对象": "科长", "上报时间": "11:50"}
    entry = duty.entry(number(duty.give("incident_log", given)))
    found = {str(key): value for key, value in entry.answers.items()}
    assert found["severity"] == "P2"
    assert found["handler"] == "P02"
    assert found["reporter_unit"] == "0605"
    assert found["reported_up_at"] == "2026-09-18T11:50"


def test_what_a_restore_took_is_computed(duty: Duty) -> None:
    given = FAULT | {"reported_at": "2026-09-18 16:30", "restored_at": "2026-09-20 09:00"}
    late = duty.at("2026-09-20 09:30")
    entry = late.entry(number(late.give("故障", given, when="2026-09-18 16:30")))
    assert entry.answers[Key("resolution_minutes")] == "120"
    assert entry.last.level is Level.NORMAL
    assert entry.first.is_late


def test_a_restore_before_its_report_is_refused(duty: Duty) -> None:
    written = duty.give("故障", FAULT | {"reported_at": "11:00", "restored_at": "10:00"})
    assert told(written) == ["INC-04: Restored before it was reported"]


def test_the_third_fault_of_a_device_in_a_month_warns(duty: Duty) -> None:
    for day in ("2026-07-01", "2026-09-10", "2026-09-16"):
        duty.at("2026-09-18 12:00").give("故障", FAULT | {"asset": "HIS"}, when=f"{day} 09:00")
    entry = duty.entry(number(duty.give("故障", FAULT | {"asset": "HIS"})))
    assert [breach.check for breach in entry.last.breaches] == ["INC-02"]
    assert entry.last.level is Level.WARN


def test_the_third_repair_of_a_device_in_a_year_warns_and_its_upkeep_does_not_count(
    duty: Duty,
) -> None:
    done = {
        "asset": "UPS-1",
        "is_done": "y",
        "work": "fan",
        "result": "PASSED",
        "engineer": "示例工",
        "user_sign": "示例丙",
    }

    def breaches(kind: str, day: str) -> list[str]:
        written = duty.give("维护", done | {"kind": kind}, when=f"{day} 09:00")
        return [each.check for each in duty.entry(number(written)).last.breaches]

    assert breaches("repair", "2025-04-01") == []  # more than a year ago
    for day in ("2026-02-01", "2026-03-01", "2026-04-01"):
        assert breaches("preventive", day) == []
    assert breaches("repair", "2026-05-01") == []
    assert breaches("repair", "2026-06-01") == []
    assert breaches("preventive", "2026-07-01") == []
    assert breaches("repair", "2026-08-01") == ["ML-01"]


def test_a_level_can_be_raised_and_not_lowered(duty: Duty) -> None:
    draft = Draft(duty.room.book("故障"), FAULT, duty.room.now, raised=Level.ALARM)
    assert add(duty.room, draft).judged.level is Level.ALARM
    grave = FAULT | {"category": "security"}
    lower = Draft(duty.room.book("故障"), grave, duty.room.now, raised=Level.WARN)
    assert add(duty.room, lower).judged.level is Level.ALARM


def test_what_has_not_happened_is_not_written(duty: Duty) -> None:
    assert told(duty.give("故障", FAULT, when="2026-09-18 12:01")) == [
        "it has not happened yet: 2026-09-18 12:01"
    ]


@pytest.mark.parametrize(
    ("given", "refused"),
    [
        ({"reported_at": "2026-09-18 12:01"}, "it has not happened yet: 2026-09-18 12:01"),
        ({"reported_at": "1900-01-01 08:00"}, "a moment is expected"),
        ({"reported_at": "2926-09-18 08:00"}, "a moment is expected"),
        ({"follow_up_due": "0026-09-18"}, "a day is expected"),
        ({"follow_up_due": "2026-02-30"}, "a day is expected"),
    ],
)
def test_a_time_that_cannot_be_is_not_taken(
    duty: Duty, given: dict[str, str], refused: str
) -> None:
    written = duty.give("故障", FAULT | given)
    assert written.line is None
    assert any(refused in text for text in told(written))


def test_a_day_ahead_may_be_planned(duty: Duty) -> None:
    number(duty.give("故障", FAULT | {"follow_up_due": "2027-01-31"}))


def test_nobody_writes_in_the_name_of_somebody_who_left(duty: Duty) -> None:
    people = duty.room.definitions.people
    gone = [replace(p, until=date(2026, 9, 17)) if p.id == "P01" else p for p in people.people]
    definitions = replace(duty.room.definitions, people=replace(people, people=tuple(gone)))
    there = Duty(replace(duty.room, definitions=definitions))
    with pytest.raises(RefusedError, match="left on 2026-09-17"):
        there.give("故障", FAULT)
    number(there.at("2026-09-17 23:59").give("故障", FAULT))


def test_a_password_is_refused(duty: Duty) -> None:
    written = duty.give("故障", FAULT | {"action": "密码改为 His12345"})
    assert written.line is None
    assert "looks like a password" in told(written)[0]


def test_an_amendment_leaves_the_old_answer_to_be_read(duty: Duty) -> None:
    first = number(duty.give("故障", FAULT))
    amended = amend(
        duty.room, duty.entry(first), {"place": "门诊收费"}, How(reason="地点写错，应为门诊")
    )
    assert number(amended) == f"{first}.1"
    entry = duty.entry(first)
    assert entry.answers[Key("place")] == "门诊收费"
    assert entry.lines[0].answers[Key("place")] == "急诊收费"
    assert entry.last.reason == "地点写错，应为门诊"


def test_an_amendment_needs_a_reason(duty: Duty) -> None:
    entry = duty.entry(number(duty.give("故障", FAULT)))
    with pytest.raises(InfodeskError, match="at least 6 characters"):
        amend(duty.room, entry, {"place": "x"}, How(reason="错了"))


def test_a_void_entry_is_in_no_view(duty: Duty) -> None:
    first = number(duty.give("故障", FAULT))
    void(duty.room, duty.entry(first), How(reason="重复登记的同一故障"))
    assert duty.room.store.connection.execute("SELECT count(*) FROM incident_log").fetchone() == (
        0,
    )
    assert duty.entry(first).last.state == "void"


def test_an_incident_goes_its_way(duty: Duty) -> None:
    first = number(duty.give("故障", FAULT | {"done": "n", "action": ""}))
    duty.move(first, "响应")
    assert told(duty.move(first, "suspend")) == ["missing suspend_reason"]
    duty.move(first, "挂起", suspend_reason="等备件")
    duty.move(first, "resume")
    duty.move(first, "restore")
    duty.move(first, "close", confirmed_by="护士长")
    lines = duty.entry(first).lines
    assert [line.state for line in lines] == [
        "open",
        "responded",
        "suspended",
        "responded",
        "restored",
        "closed",
    ]
    assert lines[-1].id == f"{first}.5"


def test_a_step_that_the_state_does_not_allow_is_refused_with_those_it_does(duty: Duty) -> None:
    first = number(duty.give("故障", FAULT))
    with pytest.raises(RefusedError, match="no 'respond'") as caught:
        duty.move(first, "respond")
    assert "reopen" in str(caught.value.hint)


def test_a_permit_is_for_those_who_hold_the_post(duty: Duty) -> None:
    first = number(duty.give("work_permit", PERMIT))
    with pytest.raises(RefusedError, match="示例戊"):
        duty.move(first, "approve", permit_by="head")
    head = duty.at("2026-09-18 12:30", by="示例戊")
    assert head.move(first, "approve", permit_by="head").warnings == ()


def test_one_person_with_two_parts_needs_a_second_signature(duty: Duty) -> None:
    head = duty.at("2026-09-18 12:30", by="示例戊")
    first = number(head.give("work_permit", PERMIT))
    with pytest.raises(RefusedError, match="taken part in this already"):
        head.move(first, "approve", permit_by="head")
    with pytest.raises(RefusedError, match="taken part in this already"):
        head.move(first, "approve", second="示例戊", permit_by="head")
    written = head.move(first, "approve", second="示例庚", permit_by="head")
    assert len(written.warnings) == 1
    assert head.entry(first).last.second == "示例庚"


def test_electrical_work_needs_the_safety_department(duty: Duty) -> None:
    first = number(
        duty.give("work_permit", PERMIT | {"kind": "electrical", "certificate": "示例证"})
    )
    head = duty.at("2026-09-18 12:30", by="示例戊")
    assert told(head.move(first, "approve", permit_by="head"))[0].startswith("WP-03")
    assert head.move(first, "approve", permit_by="safety").line is not None


def test_a_signature_stands_beneath_the_entry(duty: Duty) -> None:
    first = number(duty.give("故障", FAULT))
    head = duty.at("2026-09-18 14:00", by="示例戊")
    assert number(sign(head.room, head.entry(first), "head", How())) == f"{first}.1"
    with pytest.raises(InfodeskError, match="no signature"):
        sign(head.room, head.entry(first), "dba", How())


def test_two_who_write_at_once_do_not_overwrite_each_other(duty: Duty) -> None:
    seen = duty.entry(number(duty.give("故障", FAULT)))
    amend(duty.room, seen, {"place": "门诊"}, How(reason="地点写错，应为门诊"))
    with pytest.raises(RefusedError, match="meanwhile"):
        amend(duty.room, seen, {"place": "药房"}, How(reason="地点写错，应为药房"))


def test_an_attachment_is_kept_by_its_hash(duty: Duty) -> None:
    (duty.room.folder / "a.png").write_bytes(b"picture")
    entry = duty.entry(number(duty.give("故障", FAULT | {"screenshots": "a.png"})))
    wanted = hashlib.sha256(b"picture").hexdigest()
    assert entry.answers[Key("screenshots")] == f"a.png#sha256={wanted}"
    assert told(duty.give("故障", FAULT | {"screenshots": "b.png"})) == ["there is no file b.png"]


def test_a_link_names_an_entry_that_is_there(duty: Duty) -> None:
    part = {"kind": "scrap", "item": "HP12A", "quantity": "1", "incident": "INC-20260918-009"}
    assert told(duty.give("耗材", part)) == ["there is no entry 'INC-20260918-009'"]
    first = number(duty.give("故障", FAULT))
    assert duty.give("耗材", part | {"incident": first.lower()}).line is not None


def test_a_line_changed_behind_our_back_is_found(duty: Duty) -> None:
    first = number(duty.give("故障", FAULT))
    assert first_changed(duty.room.store) is None
    assert first_break(duty.room.store) is None
    connection = duty.room.store.connection
    connection.execute("UPDATE entry SET answers = replace(answers, '急诊', '药房')")
    assert first_changed(duty.room.store) == first
    connection.execute("DELETE FROM entry")
    assert first_changed(duty.room.store) == first


def test_what_was_written_is_read_back_as_it_was(duty: Duty) -> None:
    written = duty.give("故障", FAULT)
    (found,) = entries(duty.room.store, "incident_log")
    assert found.first == written.line
    assert found.first.occurred_at.utcoffset() == timedelta(hours=8)


def test_stock_follows_from_movements(duty: Duty) -> None:
    item = {"item": "HP12A", "item_name": "硒鼓"}
    duty.give(
        "耗材",
        item
        | {"kind": "采购入库", "quantity": "10", "unit_price": "200.5", "supplier": "示例公司"},
    )
    duty.give(
        "耗材", item | {"kind": "领用出库", "quantity": "3", "unit": "0103", "receiver": "示例员"}
    )
    stocktake = {"kind": "盘点", "quantity": "6", "counted_before": "7", "second_person": "示例乙"}
    entry = duty.entry(number(duty.give("耗材", item | stocktake)))
    assert entry.answers[Key("difference")] == "-1.00"
    assert entry.last.level is Level.WARN
    query = "SELECT sum(CASE kind WHEN 'purchase' THEN quantity WHEN 'issue' THEN -quantity ELSE difference END)"
    found = duty.room.store.connection.execute(f"{query} FROM supplies_stock").fetchone()
    assert found == (6,)
