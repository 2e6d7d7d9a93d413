"""The change of shift: what is open is listed, taken over line by line, and what is not stays with the shift before."""

from infodesk.duty.troubles import troubles, words
from infodesk.text.language import language
from tests.duty.conftest import Duty, number, told

FAULT = {"地点": "急诊", "故障现象": "卡纸", "done": "n", "reported_at": "11:00"}
SHIFT = {"shift": "day", "next_officer": "P03", "on_call": "P02", "keys": "机房钥匙2把"}


def fault(duty: Duty, minute: int) -> str:
    return number(duty.at(f"2026-09-18 12:{minute:02}").give("incident_log", FAULT))


def handed_over(duty: Duty) -> str:
    return number(duty.at("2026-09-18 17:30").give("handover", SHIFT))


def test_what_is_open_is_listed_and_what_is_closed_is_not(duty: Duty) -> None:
    first, second = fault(duty, 1), fault(duty, 2)
    closed = {**FAULT, "done": "y", "处理": "清洁"}
    duty.at("2026-09-18 12:03").give("incident_log", closed)
    shift = duty.entry(handed_over(duty))
    listed = {str(key): text for key, text in shift.answers.items()}["open_items"].split("\n")
    assert {first, second} <= set(listed)


def test_what_is_not_taken_over_stays_with_the_shift_before(duty: Duty) -> None:
    first, second = fault(duty, 1), fault(duty, 2)
    shift = handed_over(duty)
    there = duty.at("2026-09-18 17:40", "示例丙")
    taken = there.move(shift, "accept", accepted=first, keys_received="y")
    assert taken.line is not None, told(taken)
    tell = language("en").tell
    book = duty.room.book("handover")
    found = [tell(words(there.room, each)) for each in troubles(there.room, (book,))]
    assert any("stay with the shift before" in text for text in found)
    left = duty.room.store.connection.execute(
        "SELECT id FROM handover WHERE instr(open_items, ?) > 0 AND instr(accepted, ?) = 0",
        (second, second),
    )
    assert left.fetchall() == [(shift,)]


def test_all_taken_over_leaves_nothing_to_tell(duty: Duty) -> None:
    numbers = [fault(duty, 1), fault(duty, 2)]
    shift = handed_over(duty)
    there = duty.at("2026-09-18 17:40", "示例丙")
    there.move(shift, "accept", accepted="\n".join(numbers), keys_received="y")
    assert list(troubles(there.room, (duty.room.book("handover"),))) == []


def test_nobody_takes_over_what_was_not_handed_over(duty: Duty) -> None:
    first = fault(duty, 1)
    shift = handed_over(duty)
    later = fault(duty.at("2026-09-18 17:35"), 9)
    refused = duty.at("2026-09-18 17:40", "示例丙").move(
        shift, "accept", accepted=f"{first}\n{later}", keys_received="y"
    )
    assert refused.line is None
    assert any(f"{later} is not among Open items" in text for text in told(refused))
