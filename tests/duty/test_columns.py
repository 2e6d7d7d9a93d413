"""What the columns of views are called, and how their values are shown."""

import pytest

from infodesk.duty.words import value_words
from infodesk.model.item import Item
from infodesk.text.language import language
from tests.duty.conftest import Duty

EN, ZH = language("en"), language("zh")


def test_every_column_of_every_view_is_named_and_no_name_is_left_over(duty: Duty) -> None:
    for book in duty.room.definitions.logbooks:
        shown = set()
        for view in book.views:
            values = dict.fromkeys(view.parameters, "")
            cursor = duty.room.store.connection.execute(view.sql, values)
            shown |= {column[0] for column in cursor.description}
        assert shown <= set(book.column_by_id), book.id
        assert {each.id for each in book.columns} <= shown, book.id
        assert all(each.label.zh and each.label.en for each in book.columns), book.id


def test_the_state_of_an_entry_is_called_as_its_logbook_calls_it(duty: Duty) -> None:
    book = duty.room.book("media_register")
    assert ZH.tell(value_words(duty.room, book.column_by_id["state"], "out")) == "出库"
    assert ZH.tell(value_words(duty.room, book.column_by_id["level"], "warn")) == "预警"


@pytest.mark.parametrize(
    ("book", "column", "value", "expected"),
    [
        ("media_register", "is_overdue", 1, "yes"),
        ("media_register", "is_overdue", 0, "no"),
        ("media_register", "is_overdue", None, ""),
        ("media_register", "days_out", 19, "19"),
        ("media_register", "task", "deliver", "take off the building"),
        ("media_register", "at", "2026-09-10T10:09", "2026-09-10 10:09"),
        ("backup_log", "hours", 47.1, "47.1"),
        ("backup_log", "hours", 30.0, "30"),
        ("backup_log", "light", "purple", "purple"),
    ],
)
def test_a_value_is_shown_as_people_read_it(
    book: str, column: str, value: object, expected: str, duty: Duty
) -> None:
    item = duty.room.book(book).column_by_id[column]
    assert EN.tell(value_words(duty.room, item, value)) == expected


def test_a_column_that_nobody_named_is_shown_as_it_is(duty: Duty) -> None:
    nobody: Item | None = duty.room.book("media_register").column_by_id.get("no_such_column")
    assert nobody is None
    assert EN.tell(value_words(duty.room, nobody, "DB-HIS")) == "DB-HIS"
