"""Signing a week's entries in one go, each on its own line."""

import pytest

from infodesk.duty.signing import posts_of_writer, sign_all, to_sign
from infodesk.duty.write import How, amend, sign
from infodesk.errors import InfodeskError, RefusedError
from infodesk.model.entry import Kind
from infodesk.store.audit import first_break
from infodesk.store.entries import first_changed
from tests.duty.conftest import Duty, at, number
from tests.duty.test_pack_views import run

FAULT = {"place": "急诊收费", "description": "打印机卡纸", "action": "清理", "done": "y"}


def head(duty: Duty) -> Duty:
    return duty.at("2026-09-18 17:00", by="示例戊")


def waiting(duty: Duty, *posts: str) -> list[str]:
    return [each.entry.id for each in to_sign(duty.room, (duty.room.book("故障"),), posts)]


def test_each_entry_listed_gets_a_signature_of_its_own(duty: Duty) -> None:
    numbers = [number(duty.give("故障", FAULT)) for _ in range(3)]
    there = head(duty)
    assert posts_of_writer(there.room, None) == ("head",)
    listed = to_sign(there.room, (), ("head",))
    assert [each.entry.id for each in listed] == numbers
    signed = sign_all(there.room, listed)
    assert [line.id for line in signed.lines] == [f"{name}.1" for name in numbers]
    assert {(line.kind, line.what, line.person) for line in signed.lines} == {
        (Kind.SIGNATURE, "head", "P05")
    }
    assert to_sign(there.room, (), ("head",)) == ()
    assert first_break(duty.room.store) is None
    assert first_changed(duty.room.store) is None


def test_only_the_entries_of_the_days_asked_for_are_listed(duty: Duty) -> None:
    for day in (14, 15, 16):
        duty.give("故障", FAULT, when=f"2026-09-{day} 09:00")
    time = (at("2026-09-15 00:00"), at("2026-09-16 00:00"))
    assert [each.entry.id for each in to_sign(duty.room, (), ("head",), time)] == [
        "INC-20260915-001"
    ]


def test_the_recorder_who_is_head_too_is_told_and_the_others_are_signed(duty: Duty) -> None:
    there = head(duty)
    own, other = number(there.give("故障", FAULT)), number(duty.give("故障", FAULT))
    listed = to_sign(there.room, (), ("head",))
    signed = sign_all(there.room, listed)
    assert [line.root for line in signed.lines] == [other]
    assert [each.entry.id for each, _ in signed.refused] == [own]
    again = sign_all(there.room, to_sign(there.room, (), ("head",)), second="示例己")
    assert [(line.root, line.second) for line in again.lines] == [(own, "示例己")]


def test_what_changed_after_it_was_listed_is_not_signed(duty: Duty) -> None:
    first = number(duty.give("故障", FAULT))
    there = head(duty)
    listed = to_sign(there.room, (), ("head",))
    number(amend(duty.room, duty.entry(first), {"place": "门诊"}, How(reason="地点写错，应为门诊")))
    signed = sign_all(there.room, listed)
    assert (signed.lines, len(signed.refused)) == ((), 1)


def test_an_amendment_after_the_signature_wants_a_new_one(duty: Duty) -> None:
    first = number(duty.give("故障", FAULT))
    there = head(duty)
    sign(there.room, there.entry(first), "head", How())
    with pytest.raises(RefusedError, match="signed already"):
        sign(there.room, there.entry(first), "head", How())
    assert waiting(duty, "head") == []
    number(amend(duty.room, duty.entry(first), {"place": "门诊"}, How(reason="地点写错，应为门诊")))
    assert waiting(duty, "head") == [first]
    sign(there.room, there.entry(first), "head", How())
    assert waiting(duty, "head") == []


def test_one_person_signs_for_both_posts_held(duty: Duty) -> None:
    run(duty, 1)
    dba = duty.at("2026-09-18 13:00", by="示例乙")
    listed = to_sign(dba.room, (), ("dba", "custodian", "duty_officer"))
    assert [each.sign.post for each in listed] == ["dba"]
    assert len(sign_all(dba.room, [*listed, *listed]).lines) == 1


def test_a_post_is_named_by_any_name_and_must_be_there(duty: Duty) -> None:
    assert posts_of_writer(duty.room, "信息科长") == ("head",)
    with pytest.raises(InfodeskError, match="no post"):
        posts_of_writer(duty.room, "厨师")
    with pytest.raises(InfodeskError, match="holds no post"):
        posts_of_writer(duty.at("2026-09-18 13:00", by="路人").room, None)
