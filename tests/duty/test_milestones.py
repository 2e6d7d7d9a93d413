"""A new system on its way: every milestone of its plan is watched until its day is written."""

from datetime import datetime

from infodesk.duty.standing import standing
from tests.duty.conftest import Duty, at, number, rows

PLAN = {
    "project": "示例项目", "system": "LIS", "supplier": "示例公司", "unit": "0605", "scope": "检验科",
    "install_due": "2026-09-21", "test_due": "2026-10-12", "training_due": "2026-09-28",
    "parallel_due": "2026-10-19", "go_live_due": "2026-11-02", "acceptance_due": "2026-12-01",
}  # fmt: skip
CHECKED = {
    "interfaces": "HIS", "protection_level": "2", "accounts_reviewed": "y", "defaults_changed": "y", "av_installed": "y",
    "security_passed": "y", "rollback_plan": "切回旧系统",
}  # fmt: skip
TESTED = {"cases_passed": "20", "cases_failed": "0", "critical_defects": "0"}


def until(duty: Duty) -> tuple[datetime | None, bool]:
    (found,) = standing(duty.room, (duty.room.book("新系统"),))
    return found.until, found.is_overdue


def test_each_milestone_is_overdue_five_working_days_after_its_day(duty: Duty) -> None:
    first = number(duty.give("新系统", PLAN))
    # 22, 23, 24, 28, 29 September are worked: the 25th to the 27th are off
    assert until(duty) == (at("2026-09-29 23:59"), False)
    later = duty.at("2026-09-30 00:00")
    assert until(later)[1]
    later.move(first, "install", installed_on="2026-09-30", environment_ready="y")
    assert until(later) == (at("2026-10-10 23:59"), False)  # training, before the later test
    later.move(first, "test", tested_on="2026-09-30", **TESTED)
    assert until(later)[0] == at("2026-10-10 23:59")
    october = duty.at("2026-10-13 08:00")
    late = [row["milestone"] for row in rows(october, "新系统", "milestones") if row["days_late"]]
    assert late == ["train"]
    number(october.move(first, "check", **CHECKED))
    assert until(october) == (at("2026-10-10 23:59"), True)


def test_a_parallel_run_is_watched_and_then_the_going_live(duty: Duty) -> None:
    course = {
        "kind": "upgrade", "topic": "LIS", "hours": "2", "trainer": "示例甲", "planned": "1", "attended": "示例子",
        "has_exam": "n",
    }  # fmt: skip
    training = number(duty.give("培训", course))
    first = number(duty.give("新系统", PLAN))
    number(duty.move(first, "train", training=training))
    number(duty.move(first, "check", **CHECKED | TESTED, environment_ready="y"))
    assert until(duty)[0] == at("2026-10-26 23:59")
    number(duty.at("2026-10-20 09:00").move(first, "并行", parallel_from="2026-10-20"))
    assert until(duty)[0] == at("2026-11-09 23:59")
