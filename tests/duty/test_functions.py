"""The functions that entries have beyond the rule language, in a logbook made of a text."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from infodesk.config.load import load_definitions
from infodesk.duty.attach import attachment, is_unchanged
from infodesk.duty.judge import Draft, judge
from infodesk.duty.room import DutyRoom
from infodesk.duty.standing import expiring, standing, unsigned
from infodesk.errors import InfodeskError
from infodesk.model.actor import Actor
from infodesk.model.entry import Key
from infodesk.reports.today import today
from infodesk.stats.desk import Desk
from infodesk.store.store import open_store
from infodesk.store.tables import follow_definitions
from infodesk.text.language import language
from tests.duty.conftest import NOON, Duty, number, told

BOOK = """\
id: backup_test
title: 备份试验
prefix: BT
about: [system]
signs: [{post: head, within: 1 d}]
fields:
  - {id: system, label: 系统, type: asset(system), required: true}
  - {id: size, label: 大小, type: number, required: true}
  - {id: load, label: 负载, type: decimal(1), each: ups}
  - {id: usual, label: 通常, type: number, computed: "median_of(size, 3)"}
  - {id: growth, label: 增长, type: number, computed: size - prev(size)}
  - {id: all_load, label: 总负载, type: decimal(1), computed: "total(load)"}
  - {id: high_load, label: 高负载, type: decimal(1), computed: "total(load, load > 30)"}
  - {id: many, label: 高负载台数, type: integer, computed: count(load > 30)}
  - {id: ends, label: 有效期, type: date, expires: 10 d}
  - {id: left, label: 剩余天数, type: integer, negative: true, computed: "days_between(occurred_at, ends)"}
  - {id: again, label: 重复, type: integer, computed: "repeats(system, 30)"}
  - {id: after, label: 前次状态后, type: yes_no, computed: "is_given(ends) and schedule = 'daily'"}
  - {id: kept, label: 上次介质, type: text, default: last}
  - {id: day, label: 日期, type: date, default: today}
lifecycle:
  states:
    - {id: valid, title: 有效, deadlines: [{within: 2 d}]}
    - {id: renewed, title: 已续, deadlines: [{until: ends}]}
    - {id: gone, title: 失效, final: true}
  moves:
    - {id: renew, title: 续期, from: [valid], to: renewed, when: size > 0}
    - {id: end, title: 失效, from: [valid, renewed], to: gone}
checks:
  - {id: BT-1, severity: info, check: size > 0, message: 空备份}
  - {id: BT-2, severity: warn, check: load <= 40, message: 负载高}
schedules:
  - id: daily
    title: 每日
    rules: [{rule: FREQ=DAILY, at: ["01:00"]}]
    each: system
"""


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Duty]:
    (tmp_path / "logbooks").mkdir()
    (tmp_path / "logbooks" / "bt.yaml").write_text(BOOK, encoding="utf-8")
    (tmp_path / "config.yaml").write_text(
        "forms: []\nlogbooks: [backup_test]\nfirst_period: 2026-09\n", encoding="utf-8"
    )
    loaded = load_definitions(tmp_path)
    assert loaded.definitions is not None, [str(p.message) for p in loaded.problems]
    actor = Actor("tester", "示例甲", NOON)
    with open_store(tmp_path / "x.db") as store:
        follow_definitions(store, loaded.definitions, actor)
        yield Duty(DutyRoom(loaded.definitions, store, actor, tmp_path))


def answers(desk: Duty, **given: str) -> dict[str, str]:
    book = desk.room.book("备份试验")
    judged = judge(desk.room, Draft(book, {"system": "HIS"} | given, desk.room.now, "daily"))
    return {str(key): value for key, value in judged.answers.items()}


def fill(desk: Duty) -> None:
    for day, size, system in (
        (14, "7", "HIS"),
        (15, "10", "HIS"),
        (16, "99", "EMR"),
        (17, "13", "HIS"),
        (18, "100", "HIS"),
    ):
        given = {"system": system, "size": size, "kept": f"M-{day}"}
        assert number(desk.give("备份试验", given, when=f"2026-09-{day} 01:30"))


def test_the_median_is_of_the_last_entries_about_the_same(desk: Duty) -> None:
    assert "usual" not in answers(desk, size="12")
    fill(desk)
    assert answers(desk, size="12")["usual"] == "13.000000"
    assert answers(desk, size="12")["growth"] == "-88.000000"
    assert answers(desk, size="12")["again"] == "5"
    assert answers(desk, size="12")["kept"] == "M-18"
    assert answers(desk, size="12")["day"] == "2026-09-18"


def test_totals_and_counts_are_over_the_devices_of_the_entry(desk: Duty) -> None:
    found = answers(
        desk, size="1", **{"load@UPS-1": "31", "load@1号UPS": "32", "load@UPS-2": "20.5"}
    )
    assert (found["all_load"], found["high_load"], found["many"]) == ("52.5", "32.0", "1")
    assert answers(desk, size="1")["many"] == "0"


def test_days_are_counted_and_what_is_given_is_known(desk: Duty) -> None:
    found = answers(desk, size="1", ends="2026-09-20")
    assert (found["left"], found["after"]) == ("2", "true")
    assert answers(desk, size="1")["after"] == "false"


def test_a_note_leaves_the_level_alone_and_a_check_names_the_device(desk: Duty) -> None:
    book = desk.room.book("备份试验")
    given = {"system": "HIS", "size": "0", "load@UPS-2": "41"}
    judged = judge(desk.room, Draft(book, given, desk.room.now, "daily"))
    assert [(b.check, b.level.value, b.key.asset) for b in judged.breaches] == [
        ("BT-1", "normal", ""),
        ("BT-2", "warn", "UPS-2"),
    ]
    assert judged.level.value == "warn"


def test_a_question_of_each_device_says_of_which(desk: Duty) -> None:
    wrong = desk.give(
        "备份试验", {"load": "1", "size@UPS-1": "1", "usual": "3", "system": "HIS", "size": "1"}
    )
    assert told(wrong) == [
        "say of which device: load@NAME, with one of UPS-1, UPS-2",
        "大小 is not asked of each device",
        "通常 is computed, not given",
    ]


def test_a_gate_is_shut_until_its_condition_holds(desk: Duty) -> None:
    first = number(desk.give("备份试验", {"system": "HIS", "size": "0"}))
    assert told(desk.move(first, "renew")) == ["续期 is not possible yet: size > 0"]


def test_a_schedule_for_each_device_has_a_duty_for_each(desk: Duty) -> None:
    fill(desk)
    book = desk.room.book("备份试验")
    from infodesk.duty.duties import duties

    found = duties(desk.room, NOON.date(), NOON.date().replace(day=19), (book,))
    assert {d.slot.subject: d.state.value for d in found} == {
        "HIS": "done", "EMR": "due", "LIS": "due", "PACS": "due",
    }  # fmt: skip


def test_what_stands_comes_near_and_is_unsigned(desk: Duty) -> None:
    first = number(
        desk.give(
            "备份试验",
            {"system": "HIS", "size": "1", "ends": "2026-09-20"},
            when="2026-09-15 08:00",
        )
    )
    number(desk.give("备份试验", {"system": "EMR", "size": "1", "ends": "2026-12-20"}))
    (old, new) = standing(desk.room)
    assert (old.is_overdue, new.is_overdue) == (True, False)
    assert [each.entry.id for each in expiring(desk.room)] == [first]
    desk.move(first, "renew")
    later = desk.at("2026-09-21 00:30")
    assert [each.is_past for each in expiring(later.room)] == [True]
    assert [each.is_overdue for each in unsigned(later.room)] == [True, True]
    kinds = {line.kind for line in today(_statistician(later), later.room)}
    assert {"overdue", "unsigned", "due"} <= kinds
    desk.move(first, "end")
    assert list(expiring(later.room)) == []


def _statistician(desk: Duty) -> Desk:
    return Desk(desk.room.definitions, desk.room.store, desk.room.actor)


def test_today_speaks_of_what_expires(desk: Duty) -> None:
    number(desk.give("备份试验", {"system": "HIS", "size": "1", "ends": "2026-09-20"}))
    lines = [line for line in today(_statistician(desk), desk.room) if line.kind == "expiring"]
    assert [language("zh").tell(line.what) for line in lines] == [
        "有效期2026-09-20：备份试验BT-20260918-001"
    ]


def test_an_attachment_that_changed_is_known(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("one", encoding="utf-8")
    kept = str(attachment(tmp_path, "a.txt"))
    assert attachment(tmp_path, kept) == kept
    assert is_unchanged(tmp_path, kept) is True
    (tmp_path / "a.txt").write_text("two", encoding="utf-8")
    assert is_unchanged(tmp_path, kept) is False
    assert is_unchanged(tmp_path / "nowhere", kept) is None


def test_a_logbook_that_is_not_there_is_said_so(desk: Duty) -> None:
    with pytest.raises(InfodeskError, match="no logbook") as caught:
        desk.room.book("备份实验")
    assert "备份试验" in str(caught.value.hint)
    with pytest.raises(InfodeskError, match="no logbook"):
        desk.room.book("zzz")


def test_the_default_of_a_moment_is_when_it_happened(desk: Duty) -> None:
    book = desk.room.book("备份试验")
    fields = tuple(replace(f, default="now") if f.id == "day" else f for f in book.fields)
    judged = judge(
        desk.room,
        Draft(replace(book, fields=fields), {"system": "HIS", "size": "1"}, desk.room.now),
    )
    assert Key("day") not in judged.answers
