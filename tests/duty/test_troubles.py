"""What is found though no duty was missed: gaps, sizes that collapse, tests that are too old."""

from datetime import timedelta

import pytest

from infodesk.duty.overview import due_in
from infodesk.duty.standing import ending, standing
from infodesk.duty.troubles import command, troubles, words
from infodesk.model.limit import Level
from infodesk.text.language import language
from tests.duty.conftest import Duty, at, number, told
from tests.duty.test_pack_views import MEDIUM

PLAN = {
    "system": "HIS", "database": "DB-HIS", "set": "daily", "backup_level": "full", "begins": "01:00",
    "hours_to_finish": "5", "target": "nas", "copy": "vault", "is_offsite": "n", "keep_days": "14",
    "rpo_hours": "26", "rto_minutes": "120", "owner": "P02", "custodian": "P02",
}  # fmt: skip

RESTORED = {
    "backup": "BK-20260910-001",
    "system": "HIS", "environment": "virtual", "failure_at": "2026-09-10 09:00",
    "recovered_to": "2026-09-10 08:30", "began_at": "2026-09-10 09:10", "usable_at": "2026-09-10 10:00",
    "rto_minutes": "120", "rpo_minutes": "60", "size_bytes": "21000000000", "tables_compared": "a\nb\nc\nd\ne",
    "row_difference": "0", "application_starts": "y", "result": "PASSED", "witness": "P01",
}  # fmt: skip


def found(duty: Duty, book: str) -> list[str]:
    """What is found in a book, as people read it."""
    tell = language("en").tell
    return [tell(words(duty.room, each)) for each in troubles(duty.room, (duty.room.book(book),))]


def back_up(duty: Duty, day: int, size: str = "1000", **given: str) -> None:
    """A daily set of the HIS, written down when it has ended."""
    there = duty.at(f"2026-09-{day:02} 02:00")
    answers = {
        "database": "DB-HIS", "set": "daily", "result": "OK", "started_at": "01:00", "ended_at": "02:00",
        "size_bytes": size, "verified": "checksum", "sha256": "x",
    }  # fmt: skip
    number(there.give("backup_log", {**answers, **given}))


def planned(duty: Duty) -> None:
    """The plan of the daily set, in force."""
    plan = number(duty.at("2026-09-01 09:00").give("backup_plan", PLAN))
    duty.at("2026-09-01 09:10", "示例戊").move(plan, "approve")


def test_a_gap_beyond_the_recovery_point_objective_alarms_and_names_the_hours(duty: Duty) -> None:
    planned(duty)
    for day in (2, 3, 5):
        back_up(duty, day)
    assert found(duty.at("2026-09-05 12:00"), "backup_log") == [
        "Gap beyond the recovery-point objective: HIS database, daily, Gap 48 h, Recovery-point objective 26 h, Until 2026-09-05 02:00 (Backup runs)"
    ]


def test_silence_is_a_gap_and_so_is_a_plan_without_any_run(duty: Duty) -> None:
    planned(duty)
    assert len(found(duty.at("2026-09-02 12:00"), "backup_log")) == 1
    back_up(duty, 2)
    assert found(duty.at("2026-09-03 03:00"), "backup_log") == []
    assert (
        "Gap 30 h, Recovery-point objective 26 h"
        in found(duty.at("2026-09-03 08:00"), "backup_log")[0]
    )


def test_a_run_that_kept_nothing_closes_no_gap(duty: Duty) -> None:
    planned(duty)
    back_up(duty, 2)
    back_up(duty, 3, "0")
    assert (
        "Gap 30 h, Recovery-point objective 26 h"
        in found(duty.at("2026-09-03 08:00"), "backup_log")[0]
    )


def test_a_gap_of_exactly_the_objective_is_none(duty: Duty) -> None:
    planned(duty)
    back_up(duty, 2)
    assert found(duty.at("2026-09-03 04:00"), "backup_log") == []
    assert (
        "Gap 26 h, Recovery-point objective 26 h"
        in found(duty.at("2026-09-03 04:01"), "backup_log")[0]
    )


def test_a_failed_run_closes_no_gap(duty: Duty) -> None:
    planned(duty)
    back_up(duty, 2)
    back_up(duty, 3, "", result="FAILED", error_text="disk full")
    assert any("Gap 34 h" in text for text in found(duty.at("2026-09-03 12:00"), "backup_log"))


def test_an_old_gap_is_told_for_a_month(duty: Duty) -> None:
    planned(duty)
    for day in (2, 4, *range(5, 31)):
        back_up(duty, day)
    assert len(found(duty.at("2026-09-30 12:00"), "backup_log")) == 1
    later = duty.at("2026-10-01 02:00")
    assert len(found(later, "backup_log")) == 1


def test_a_collapse_in_size_stands_until_a_run_is_normal_again(duty: Duty) -> None:
    for day in range(2, 8):
        back_up(duty, day)
    back_up(duty, 8, "300")
    said = found(duty.at("2026-09-08 12:00"), "backup_log")
    assert len(said) == 1
    assert "Size outside 0.7 to 1.5 times the median of the last ten" in said[0]
    assert any(e.level is Level.WARN for e in troubles(duty.at("2026-09-08 12:00").room))
    back_up(duty, 9)
    assert found(duty.at("2026-09-09 12:00"), "backup_log") == []


def test_a_system_whose_last_passed_restore_test_is_old_or_none_is_named(duty: Duty) -> None:
    planned(duty)
    assert found(duty, "restore_test") == [
        "No restore test passed within a year: HIS (Restore tests)"
    ]
    test = {name: text for name, text in RESTORED.items() if name != "backup"}
    there = duty.at("2026-09-10 12:00", "示例乙")
    assert "missing backup" in told(there.give("restore_test", test))
    back_up(duty, 10)
    number(there.give("restore_test", test | {"backup": "BK-20260910-001"}))
    assert found(duty, "restore_test") == []
    year_later = duty.at("2026-09-10 12:00")
    actor_later = year_later.room.actor.now + timedelta(days=367)
    assert found(duty.at(f"{actor_later:%Y-%m-%d %H:%M}"), "restore_test")


def test_what_is_found_is_due_and_has_a_command(duty: Duty) -> None:
    planned(duty)
    late = duty.at("2026-09-03 12:00")
    book = late.room.book("backup_log")
    listed = due_in(late.room, (book,), None, None, with_done=False)
    assert listed.needs_somebody
    assert [command(late.room, each) for each in listed.troubles] == [
        "infodesk log view 备份 beyond_rpo"
    ]
    back_up(duty, 8, "0")
    trouble = next(t for t in troubles(duty.at("2026-09-08 12:00").room, (book,)) if t.entry)
    assert (
        command(duty.room, trouble)
        == f"infodesk log show {trouble.entry.id if trouble.entry else ''}"
    )


def test_a_reading_beyond_its_limits_is_told_with_device_and_value(duty: Duty) -> None:
    back_up(duty, 3, "", result="FAILED", error_text="disk full")
    told = found(duty.at("2026-09-03 12:00"), "backup_log")
    assert any("Result failed" in text for text in told)


@pytest.mark.parametrize(
    ("size", "is_told"),
    [("699", True), ("700", False), ("1000", False), ("1500", False), ("1501", True)],
)
def test_a_size_is_held_against_the_median_at_its_very_limits(
    duty: Duty, size: str, *, is_told: bool
) -> None:
    for day in range(2, 13):
        back_up(duty, day, "5000" if day == 2 else "1000")
    back_up(duty, 13, "", result="FAILED", error_text="disk full")  # no size: not one of the ten
    back_up(duty, 14, size)
    assert bool(found(duty.at("2026-09-14 12:00"), "backup_log")) is is_told


@pytest.mark.parametrize(("days", "is_told"), [(365, False), (366, True)])
def test_a_restore_test_is_old_after_a_year_to_the_day(
    duty: Duty, days: int, *, is_told: bool
) -> None:
    planned(duty)
    back_up(duty, 10)
    number(duty.at("2026-09-10 12:00").give("restore_test", RESTORED))
    later = duty.at(f"{at('2026-09-10 12:00') + timedelta(days=days):%Y-%m-%d %H:%M}")
    assert any("No restore test passed" in text for text in found(later, "restore_test")) is is_told


def test_a_restore_of_a_backup_that_failed_shows_nothing(duty: Duty) -> None:
    back_up(duty, 10, "", result="FAILED", error_text="disk full")
    number(duty.at("2026-09-10 12:00", "示例乙").give("restore_test", RESTORED))
    assert found(duty.at("2026-09-10 13:00"), "restore_test") == [
        "The backup used had failed or held nothing: RT-20260910-001, HIS, BK-20260910-001, failed (Restore tests)"
    ]


def test_a_medium_that_is_used_after_its_destruction_alarms(duty: Duty) -> None:
    medium = number(duty.at("2026-09-06 09:00", "示例乙").give("介质", MEDIUM))
    back_up(duty, 7, media=medium)
    duty.at("2026-09-08 09:00", "示例戊").move(medium, "decide", decision="损坏")
    ending = {"destruction": "crush", "witness": "示例甲", "second_witness": "示例丙"}
    number(duty.at("2026-09-08 10:00", "示例乙").move(medium, "destroy", **ending))
    assert "Used after" not in str(found(duty.at("2026-09-08 11:00"), "media_register"))
    back_up(duty, 9, media=medium)
    assert any(
        text.startswith("Used after it was destroyed or lost: M-2026-09-HIS-01, BK-20260909-001")
        for text in found(duty.at("2026-09-09 11:00"), "media_register")
    )


@pytest.mark.parametrize(
    ("day", "kinds"),
    [
        ("2027-08-07", []),
        ("2027-08-08", ["ending"]),
        ("2027-09-06", ["ending"]),
        ("2027-09-07", ["overdue"]),
    ],
)
def test_a_medium_is_told_of_a_month_before_its_read_test(
    duty: Duty, day: str, kinds: list[str]
) -> None:
    number(duty.at("2026-09-06 09:00", "示例乙").give("介质", MEDIUM))
    there = duty.at(f"{day} 09:00").room
    books = (there.book("media_register"),)
    told_of = ["ending" for _ in ending(there, books)]
    told_of += ["overdue" for each in standing(there, books) if each.is_overdue]
    assert told_of == kinds
