"""Sentences not yet spoken."""

from infodesk.text.message import Message, Title


def test_a_message_prints_in_english() -> None:
    assert str(Message("{n} workbooks of {form}", n=3, form="ward")) == "3 workbooks of ward"


def test_messages_are_equal_by_template_and_values() -> None:
    assert Message("{n} files", n=1) == Message("{n} files", n=1)
    assert Message("{n} files", n=1) != Message("{n} files", n=2)
    assert Message("{n} files", n=1) != Message("{n} units", n=1)
    assert Message("3") != "3"


def test_equal_messages_are_one_in_a_set() -> None:
    assert len({Message("{n} {x}", n=1, x=[2]), Message("{n} {x}", x=[2], n=1)}) == 1


def test_a_message_shows_its_parts_to_programmers() -> None:
    assert repr(Message("{n} files", n=1)) == "Message('{n} files', {'n': 1})"


def test_a_title_prints_the_name_there_is() -> None:
    assert str(Title("病房", "Ward")) == "病房"
    assert str(Title(en="Ward")) == "Ward"
