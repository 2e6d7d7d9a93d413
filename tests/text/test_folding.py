"""What people mean as the same reads as the same."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infodesk.text.folding import fold, fold_with_places, key, nearest


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("  病房 \u3000 工作\n情况 ", "病房 工作 情况"),
        ("ＷＡ－０１", "WA-01"),
        ("（含死亡）", "(含死亡)"),
        ("Ⅰ类", "I类"),
    ],
)
def test_folding_halves_the_width_and_joins_white_space(text: str, folded: str) -> None:
    assert fold(text) == folded


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("出院：治愈 ", "出院:治愈"),
        ("In-patients at Start", "in-patients  at start"),
        ("Ⅰ类 切口", "I类切口"),
        ("（ 含医士 ）", "(含医士)"),
    ],
)
def test_labels_are_the_same_whatever_their_width_spaces_and_case(one: str, other: str) -> None:
    assert key(one) == key(other)


def test_different_labels_stay_different() -> None:
    assert key("出院:治愈") != key("出院:好转")


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_every_folded_character_knows_where_it_came_from(text: str) -> None:
    folded, places = fold_with_places(text)
    assert len(places) == len(folded) + 1
    assert places[-1] == len(text)
    for character, place in zip(folded, places, strict=False):
        assert character in unicodedata.normalize("NFKC", text[place])


def test_a_character_that_becomes_two_keeps_its_one_place() -> None:
    assert fold_with_places("①㎡=") == ("1m2=", (0, 1, 1, 2, 3))


@pytest.mark.parametrize(
    ("word", "near"), [("warn", "warning"), ("eror", "error"), ("zzz", None), ("", None)]
)
def test_the_nearest_word_is_offered_if_one_is_near(word: str, near: str | None) -> None:
    assert nearest(word, ["error", "flagged", "warning"]) == near
