from infodesk.store.audit import first_break, record, rows
from tests.conftest import ACTOR, Month


def test_every_change_stands_in_one_chain(full_month: Month) -> None:
    store = full_month.desk.store
    listed = list(rows(store))
    assert [row.action for row in listed[:2]] == ["definitions", "opening"]
    assert sum(row.action == "collect" for row in listed) == 26
    assert {row.os_user for row in listed} == {"tester"}
    assert first_break(store) is None


def test_a_changed_row_breaks_the_chain(full_month: Month) -> None:
    store = full_month.desk.store
    store.connection.execute("UPDATE audit SET by_name = 'somebody else' WHERE id = 5")
    broken = first_break(store)
    assert broken is not None
    assert broken.id == 5


def test_a_row_taken_out_breaks_the_chain(full_month: Month) -> None:
    store = full_month.desk.store
    store.connection.execute("DELETE FROM audit WHERE id = 4")
    broken = first_break(store)
    assert broken is not None
    assert broken.id == 5


def test_a_change_and_its_audit_row_stand_or_fall_together(month: Month) -> None:
    store = month.desk.store
    before = len(list(rows(store)))
    try:
        with store.writing():
            record(store, ACTOR, "test", "x", {})
            raise KeyError
    except KeyError:
        pass
    assert len(list(rows(store))) == before
