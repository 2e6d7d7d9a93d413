"""Telling messages and titles in Chinese or English."""

import pytest

from infodesk.text.language import CODES, language
from infodesk.text.message import Message, Title

UNTRANSLATED = "{n} of {what}: a sentence that no catalogue has"


def test_english_tells_the_template_itself() -> None:
    assert language("en").tell(Message("a number")) == "a number"


def test_chinese_tells_the_catalogue() -> None:
    assert language("zh").tell(Message("a number")) == "数字"


def test_a_sentence_without_translation_is_told_in_english() -> None:
    told = language("zh").tell(Message(UNTRANSLATED, n=2, what="x"))
    assert told == "2 of x: a sentence that no catalogue has"


def test_messages_inside_messages_are_told_in_the_same_language() -> None:
    message = Message(UNTRANSLATED, n=Message("a number"), what=Title("病房", "ward"))
    assert language("zh").tell(message).startswith("数字 of 病房")
    assert language("en").tell(message).startswith("a number of ward")


def test_lists_are_joined_as_each_language_joins_them() -> None:
    assert language("zh").tell(["A", Title("甲", "first")]) == "A、甲"
    assert language("en").tell(("A", Title("甲", "first"))) == "A, first"


def test_where_a_title_is_missing_the_other_stands_in() -> None:
    assert language("en").tell(Title(zh="病房")) == "病房"
    assert language("zh").tell(Title(en="ward")) == "ward"


def test_a_template_can_be_told_at_once() -> None:
    assert language("en")("{n} files", n=3) == "3 files"


@pytest.mark.parametrize(
    ("code", "told"), [("zh", "zh"), ("zh_CN", "zh"), ("ZH-Hans", "zh"), ("en", "en"), ("de", "en")]
)
def test_any_chinese_code_is_chinese_and_any_other_english(code: str, told: str) -> None:
    assert language(code).code == told
    assert told in CODES
