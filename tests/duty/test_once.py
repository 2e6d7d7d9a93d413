"""What is recorded one time only: a backup run, however often its report comes."""

from infodesk.duty.write import How, void
from infodesk.store.entries import count_entries
from tests.duty.conftest import Duty, number, told

RUN = {
    "database": "DB-HIS", "set": "daily", "result": "OK", "started_at": "2026-09-18 01:00",
    "ended_at": "2026-09-18 01:38", "size_bytes": "1000", "verified": "checksum", "sha256": "x",
}  # fmt: skip
AT = "2026-09-18 01:38"


def test_a_run_that_is_reported_again_is_the_same_run(duty: Duty) -> None:
    first = number(duty.give("备份", RUN, when=AT))
    for moment in ("2026-09-18 12:30", "2026-09-20 08:00"):
        again = duty.at(moment).give("备份", RUN, when=AT)
        assert again.already is not None
        assert (again.line, again.already.id) == (None, first)
    assert count_entries(duty.room.store)["backup_log"] == 1


def test_a_run_with_other_answers_is_not_silently_another_one(duty: Duty) -> None:
    first = number(duty.give("备份", RUN, when=AT))
    other = duty.give("备份", RUN | {"size_bytes": "7"}, when=AT)
    assert other.line is None
    assert told(other)[0].startswith(f"it is recorded already as {first}")


def test_runs_differ_by_database_set_level_and_start(duty: Duty) -> None:
    number(duty.give("备份", RUN, when=AT))
    for given in (
        {"database": "DB-EMR"},
        {"set": "weekly"},
        {"backup_level": "log"},
        {"started_at": "2026-09-18 01:01"},
    ):
        number(duty.give("备份", RUN | given, when=AT))
    assert count_entries(duty.room.store)["backup_log"] == 5


def test_a_void_entry_stands_in_nobody_s_way(duty: Duty) -> None:
    first = number(duty.give("备份", RUN, when=AT))
    void(duty.room, duty.entry(first), How(reason="记错了数据库"))
    assert number(duty.give("备份", RUN, when=AT)) != first
