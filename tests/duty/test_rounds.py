"""Rounds: the twelve numbers, gaps, the shift, incidents, and the re-inspection that proves a repair."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from infodesk.duty.alarms import again_draft, alarms_of, incident_draft, open_incident
from infodesk.duty.choose import find_checklist
from infodesk.duty.duties import duties
from infodesk.duty.history import REMEMBERED, last_readings
from infodesk.duty.judge import Draft, judge
from infodesk.duty.room import DutyRoom
from infodesk.duty.rounds import (
    Finished,
    answered,
    begin,
    draft_of_round,
    finish,
    save,
    skipped,
    spread,
    still_asked,
    withdrawn,
)
from infodesk.duty.steps import Step, steps
from infodesk.duty.write import How, add, amend
from infodesk.errors import InfodeskError, RefusedError
from infodesk.model.entry import SKIPPED, Breach, DutyState, Key
from infodesk.model.limit import Level
from infodesk.model.logbook import Logbook
from infodesk.model.round import Round
from infodesk.store.rounds import begun_rounds, drop_round
from tests.duty.conftest import Duty, at

NUMBERS = {
    "R01": "22.9", "R02": "45", "R05": "24", "ups_load@UPS-1": "35", "ups_load@UPS-2": "34",
    "battery_minutes@UPS-1": "42", "battery_minutes@UPS-2": "41", "R15@GAS-1": "4.2",
    "cameras_online": "8", "cameras_total": "8", "R22@SRV-HIS": "61", "R22@SRV-EMR": "55",
}  # fmt: skip
WELL = {"safety": "y", "devices": "y"}


def plan_of(
    room: DutyRoom, schedule: str, given: Mapping[str, str] | None = None
) -> tuple[Step, ...]:
    draft = Draft(room.book("巡检"), dict(given or {}), room.now, schedule)
    return steps(room, draft, judge(room, draft).answers)


def filled(room: DutyRoom, walked: Round, given: Mapping[str, str]) -> Round:
    book = room.book("巡检")
    draft = draft_of_round(room, book, walked)
    keys = [k for s in steps(room, draft, judge(room, draft).answers) for k in s.keys]
    whole = {**walked.given, **spread(room, draft, dict(given), keys)}
    return save(room, replace(walked, given=whole))


def walk(duty: Duty, schedule: str = "daily", **changes: str) -> Finished:
    """A whole round, with some answers changed (`__` stands for @, `_1` for -1)."""
    room, book = duty.room, duty.room.book("巡检")
    given = (
        NUMBERS | WELL | {k.replace("__", "@").replace("_1", "-1"): v for k, v in changes.items()}
    )
    begun = filled(room, begin(room, book, schedule, "a"), {k: v for k, v in given.items() if v})
    return finish(room, book, begun)


def test_a_daily_round_has_at_most_twelve_typed_numbers(duty: Duty) -> None:
    for schedule in ("daily", "daily_last"):
        first = plan_of(duty.room, schedule)
        assert sum(not step.together for step in first) <= 12
    walk(duty.at("2026-09-17 08:30"))
    typed = [step for step in plan_of(duty.room, "daily") if not step.together]
    assert len(typed) == 11  # how many cameras there are is known from the round before
    together = [step for step in plan_of(duty.room, "daily") if step.together]
    assert [step.group.id for step in together if step.group] == ["safety", "devices"]


def test_a_round_is_walked_group_by_group_and_within_it_device_by_device(duty: Duty) -> None:
    keys = [str(step.keys[0]) for step in plan_of(duty.room, "daily") if not step.together]
    assert keys[3:7] == [
        "ups_load@UPS-1", "battery_minutes@UPS-1", "ups_load@UPS-2", "battery_minutes@UPS-2",
    ]  # fmt: skip


def test_what_is_needed_only_then_is_asked_only_then(duty: Duty) -> None:
    asked = {key.field for step in plan_of(duty.room, "daily") for key in step.keys}
    last = {key.field for step in plan_of(duty.room, "daily_last") for key in step.keys}
    assert "second_person" not in asked
    assert last - asked == {"alarm_armed"}
    weekly = {key.field for step in plan_of(duty.room, "weekly") for key in step.keys}
    assert "second_person" in weekly


def test_a_whole_round_does_its_duty_and_is_forgotten(duty: Duty) -> None:
    here = duty.at("2026-09-18 08:40")
    done = walk(here)
    assert done.written.line is not None
    assert (done.written.line.level, done.written.line.state) == (Level.NORMAL, "closed")
    assert list(begun_rounds(here.room.store, "room_inspection")) == []
    book = here.room.book("巡检")
    states = {
        d.slot.schedule: d.state
        for d in duties(
            here.room, at("2026-09-18 00:00").date(), at("2026-09-19 00:00").date(), (book,)
        )
    }
    assert states["daily"] is DutyState.DONE


def test_a_round_that_lacks_something_stays(duty: Duty) -> None:
    room, book = duty.room, duty.room.book("巡检")
    begun = filled(room, begin(room, book, "daily", "a"), WELL)
    assert finish(room, book, begun).written.line is None
    assert [each.place for each in begun_rounds(room.store, book.id)] == [begun.place]
    drop_round(room.store, begun.place)
    assert list(begun_rounds(room.store, book.id)) == []


def test_another_terminal_goes_on_and_the_first_is_told_once(duty: Duty) -> None:
    room, book = duty.room, duty.room.book("巡检")
    first = filled(room, begin(room, book, "daily", "first"), {"R01": "22.9"})
    second = begin(room, book, "daily", "second")
    assert second.given == first.given
    with pytest.raises(RefusedError, match="goes on at another terminal"):
        save(room, answered(first, {Key("relative_humidity"): "45"}))
    kept = filled(room, second, NUMBERS | WELL)
    with pytest.raises(RefusedError, match="goes on at another terminal"):
        finish(room, book, first)
    assert finish(room, book, kept).written.line is not None
    with pytest.raises(RefusedError, match="finished at another terminal"):
        save(room, first)


def test_a_question_is_skipped_with_a_reason_that_stays_in_the_entry(duty: Duty) -> None:
    room, book = duty.room, duty.room.book("巡检")
    key = Key("cylinder_pressure", "GAS-1")
    given = {n: text for n, text in NUMBERS.items() if n != "R15@GAS-1"} | WELL
    begun = skipped(filled(room, begin(room, book, "daily", "a"), given), [key], "表盘看不清")
    line = finish(room, book, save(room, begun)).written.line
    assert line is not None
    assert line.breaches == (Breach(Level.WARN, key, "表盘看不清", SKIPPED),)
    mended = amend(room, duty.entry(line.id), {"R15@GAS-1": "4.2"}, How(reason="当日补看仪表"))
    assert mended.line is not None
    assert (mended.line.breaches, mended.line.level) == ((), Level.NORMAL)
    other = amend(room, duty.entry(line.id), {"R01": "23"}, How(reason="看错一个数字"))
    assert other.line is not None


def test_going_back_takes_answers_and_skips_away(duty: Duty) -> None:
    walked = begin(duty.room, duty.room.book("巡检"), "daily", "a")
    key = Key("cold_aisle_temperature")
    walked = answered(walked, {key: "22.9"})
    assert withdrawn(walked, [key]).given == {}
    walked = skipped(walked, [key], "坏了")
    assert (walked.given, len(walked.gaps)) == ({}, 1)
    assert answered(walked, {key: "23"}).gaps == ()
    assert withdrawn(walked, [key]).gaps == ()


@pytest.mark.parametrize(
    ("typed", "state"),
    [
        ("2026-09-18 08:40", DutyState.DONE),
        ("2026-09-18 16:00", DutyState.DONE),  # from the sheet, in the same shift
        ("2026-09-19 07:00", DutyState.LATE),  # within 24 hours, but of another day
        ("2026-09-20 09:00", DutyState.LATE),  # 补录
    ],
)
def test_the_time_of_the_walk_counts_if_it_is_typed_that_day(
    duty: Duty, typed: str, state: DutyState
) -> None:
    room = duty.at(typed).room
    book = room.book("巡检")
    begun = begin(room, book, "daily", "a", at("2026-09-18 08:35"))
    line = finish(room, book, filled(room, begun, NUMBERS | WELL)).written.line
    assert line is not None
    assert line.occurred_at == at("2026-09-18 08:35")
    assert line.is_late == (typed == "2026-09-20 09:00")
    days = (at("2026-09-18 00:00").date(), at("2026-09-19 00:00").date())
    found = [d.state for d in duties(room, *days, (book,)) if d.slot.schedule == "daily"]
    assert found == [state]


def test_an_alarm_opens_an_incident_and_the_next_one_joins_it(duty: Duty) -> None:
    room, book = duty.room, duty.room.book("巡检")
    given = NUMBERS | WELL | {"ups_load@UPS-1": "52"}

    def alarmed(holder: str) -> tuple[Round, Breach]:
        begun = filled(room, begin(room, book, "daily", holder), given)
        judged = judge(room, draft_of_round(room, book, begun))
        return begun, alarms_of(judged.breaches)[0]

    begun, breach = alarmed("a")
    answers = judge(room, draft_of_round(room, book, begun)).answers
    assert open_incident(room, book, breach, answers) is None
    new = incident_draft(room, book, breach, answers, "报警 1号UPS UPS负载率 52.0 %")
    assert new is not None
    assert (new.given["asset"], new.given["place"]) == ("UPS-1", "中心机房")
    done = finish(room, book, begun, [new])
    assert done.incidents == ("INC-20260918-001",)
    assert duty.entry("INC-20260918-001").last.state == "open"
    _, again = alarmed("b")
    known = open_incident(room, book, again, answers)
    assert known is not None
    assert known.id == "INC-20260918-001"
    other = replace(again, key=Key("ups_load", "UPS-2"))
    assert open_incident(room, book, other, answers) is None
    fire = Breach(Level.ALARM, Key("", ""), check="RI-01")
    assert open_incident(room, book, fire, answers) is None


def test_a_round_with_an_alarm_stays_open_until_the_re_inspection_proves_the_repair(
    duty: Duty,
) -> None:
    morning = duty.at("2026-09-18 08:40")
    first = walk(morning, R02="80", cameras_online="7").written.line
    assert first is not None
    assert (first.state, first.level) == ("open", Level.ALARM)
    entry = duty.entry(first.id)
    assert again_draft(duty.room, entry).only == {
        Key("relative_humidity"), Key("cameras_online"), Key("cameras_total"),
    }  # fmt: skip
    assert again(duty.at("2026-09-18 09:40"), first.id, R02="50", cameras_online="7") == ()
    assert duty.entry(first.id).last.state == "open"
    assert again(duty.at("2026-09-18 10:40"), first.id, R02="50", cameras_online="8") == (
        first.id,
        "RI-20260918-002",
    )
    assert duty.entry(first.id).last.state == "closed"
    assert duty.entry(first.id).last.level is Level.ALARM  # it was so, and is reported so


def again(duty: Duty, number: str, **given: str) -> tuple[str, ...]:
    """A re-inspection; the entries whose repair it proves."""
    room, book = duty.room, duty.room.book("巡检")
    begun = begin(room, book, "", "a", about=duty.entry(number))
    draft = draft_of_round(room, book, begun)
    keys = [k for s in steps(room, draft, judge(room, draft).answers) for k in s.keys]
    assert {k.field for k in keys} <= {"relative_humidity", "cameras_online", "cameras_total"}
    begun = save(room, replace(begun, given={**begun.given, **given}))
    done = finish(room, book, begun)
    assert done.written.line is not None, done.written.judged
    assert done.written.line.what == number
    return tuple(each.id for each in done.proven)


def test_the_next_whole_round_proves_a_repair_too(duty: Duty) -> None:
    first = walk(duty.at("2026-09-18 08:40"), devices="", **DEVICES).written.line
    assert first is not None
    assert first.state == "open"
    done = walk(duty.at("2026-09-18 16:30"), "daily_last", alarm_armed="y")
    assert [each.id for each in done.proven] == [first.id]


DEVICES = {
    "ups_mode@UPS-1": "BYPASS", "ups_mode@UPS-2": "ONLINE", "ac_state@AC-1": "RUN", "ac_state@AC-2": "RUN",
    "network_lights@SW-CORE": "OK", "network_lights@FW-1": "OK", "network_lights@LINK-1": "OK",
    "server_lights@SRV-HIS": "OK", "server_lights@SRV-EMR": "OK", "storage_state@STO-1": "OK",
    "database_state@DB-HIS": "UP", "database_state@DB-EMR": "UP", "last_backup@DB-HIS": "OK", "last_backup@DB-EMR": "OK",
}  # fmt: skip


@pytest.mark.parametrize(
    ("name", "found"),
    [
        (None, "daily"), ("日检", "daily"), ("weekly", "weekly"), ("巡检：月检", "monthly"),
        ("room_inspection:quarterly", "quarterly"), ("机房巡检", "daily"),
    ],
)  # fmt: skip
def test_a_checklist_is_found_by_what_people_call_it(
    duty: Duty, name: str | None, found: str
) -> None:
    room = duty.at("2026-09-18 08:30").room
    book, schedule = find_checklist(room, name, room.now)
    assert (book.id, schedule) == ("room_inspection", found)


def test_names_that_mean_several_checklists_or_none_are_refused(duty: Duty) -> None:
    room = duty.room
    book = room.book("巡检")
    other = replace(book, id="other", title=replace(book.title, zh="另一"), aliases=())
    both = replace(room.definitions, logbooks=(book, other))
    with pytest.raises(InfodeskError, match="several checklists"):
        find_checklist(replace(room, definitions=both), "daily", room.now)
    with pytest.raises(InfodeskError, match="no logbook"):
        find_checklist(room, "没有的", room.now)
    with pytest.raises(InfodeskError, match="no logbook has a checklist"):
        find_checklist(replace(room, definitions=replace(both, logbooks=())), None, room.now)


def test_what_is_read_once_a_quarter_was_last_read_a_quarter_ago(duty: Duty) -> None:
    """Daily rounds fill the book in between: far more than are remembered."""
    book = duty.room.book("巡检")
    depth = {"q01_discharge_depth@UPS-1": "40"}
    rest = {
        "q01_discharge_depth@UPS-2": "41", "q01_discharge_minutes@UPS-1": "30", "q01_discharge_minutes@UPS-2": "30",
        "q02_restore_test": "y", "q03_linkage": "y", "q04_switch_over": "y",
    }  # fmt: skip
    quarter = duty.at("2026-04-02 10:00")
    assert add(quarter.room, Draft(book, depth | rest, quarter.room.now, "quarterly")).line
    for hour in range(REMEMBERED + 1):
        here = duty.at(f"2026-04-{3 + hour // 24:02} {hour % 24:02}:30").room
        line = add(
            here, Draft(book, {"second_person": "示例乙"}, here.now, "weekly", gaps=weekly(here))
        )
        assert line.line, line.judged
    draft = Draft(book, {}, duty.room.now, "quarterly")
    last = last_readings(duty.room, draft)
    assert last[Key("q01_discharge_depth", "UPS-1")] == (quarter.room.now, "40")
    assert Key("q01_discharge_depth", "UPS-1") not in last_readings(
        quarter.room, draft_at(quarter, book)
    )


def weekly(room: DutyRoom) -> tuple[Breach, ...]:
    """All of a weekly round skipped: quick to write."""
    asked = (key for step in plan_of(room, "weekly") for key in step.keys)
    return tuple(Breach(Level.WARN, key, "示例", SKIPPED) for key in asked)


def draft_at(here: Duty, book: Logbook) -> Draft:
    return Draft(book, {}, here.room.now, "quarterly")


def test_a_kept_time_of_the_walk_is_that_of_the_house_again(duty: Duty) -> None:
    room, book = duty.room, duty.room.book("巡检")
    begin(room, book, "daily", "a", at("2026-09-18 08:35"))
    again_taken = begin(room, book, "daily", "b")
    assert f"{again_taken.walked_at:%H:%M}" == "08:35"


def test_a_skip_of_a_device_that_is_gone_is_gone_too(duty: Duty) -> None:
    room, book = duty.room, duty.room.book("巡检")
    walked = begin(room, book, "daily", "a")
    walked = skipped(
        answered(walked, {Key("ups_load", "UPS-1"): "30"}), [Key("ups_load", "UPS-2")], "锁着"
    )
    assets = room.definitions.assets
    ended = tuple(
        replace(a, until=at("2026-09-17 00:00").date()) if a.kind == "ups" else a
        for a in assets.assets
    )
    later = replace(
        room, definitions=replace(room.definitions, assets=replace(assets, assets=ended))
    )
    left, gone = still_asked(later, book, walked)
    assert (left.given, left.gaps) == ({}, ())
    assert [str(each) for each in gone] == ["ups_load@UPS-1 '30': it is no longer asked"]
