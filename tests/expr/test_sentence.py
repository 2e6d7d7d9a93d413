"""What is told of a broken rule: which comparison, both sides, and by how much they differ."""

from decimal import Decimal

import pytest

from infodesk.expr.sentence import comparisons, main_comparison, main_part, sides, tell
from infodesk.text.language import language
from tests.expr.machines import Given, record
from tests.expr.samples import condition


def told(text: str, values: dict[str, Given]) -> str:
    found = sides(condition(text), record(values))
    assert found is not None
    return language("en").tell(tell(found))


@pytest.mark.parametrize(
    ("text", "values", "sentence"),
    [
        ("a + 1 = b", {"a": 46, "b": 49}, "computed 47, reported 49, difference 2"),
        ("b = a + 1", {"a": 46, "b": 49}, "computed 47, reported 49, difference 2"),
        ("prev(a) = b", {"prev(a)": 45, "b": 44}, "before 45, reported 44, difference 1"),
        ("b = prev(a)", {"prev(a)": 45, "b": 44}, "before 45, reported 44, difference 1"),
        ("total(a) = total(b)", {"total(a)": 9, "total(b)": 4}, "left side 9, right side 4, difference 5"),
        ("prev(a) = last_year(b)", {"prev(a)": 1, "last_year(b)": 3}, "left side 1, right side 3, difference 2"),
        ("a <> b", {"a": 5, "b": 5}, "both sides are 5"),
        ("a < b", {"a": 5, "b": 5}, "5 is not less than 5"),
        ("a <= b", {"a": 7, "b": 5}, "7 is more than 5, by 2"),
        ("a > b", {"a": 5, "b": 7}, "5 is not more than 7"),
        ("a >= b", {"a": 5, "b": 7}, "5 is less than 7, by 2"),
        ("a between 1 and 5", {"a": 7}, "7 is more than 5, by 2"),
        ("a between 1 and 5", {"a": 0}, "0 is less than 1, by 1"),
        ("m <= 100", {"m": Decimal("100.50")}, "100.5 is more than 100, by 0.5"),
        ("m - 0.25 = 1", {"m": Decimal("0.25")}, "left side 0, right side 1, difference 1"),
    ],
)  # fmt: skip
def test_every_comparison_has_its_sentence(
    text: str, values: dict[str, Given], sentence: str
) -> None:
    assert told(text, values) == sentence


def test_it_is_told_in_chinese() -> None:
    found = sides(condition("a + 1 = b"), record({"a": 46, "b": 49}))
    assert found is not None
    assert language("zh").tell(tell(found)) == "计算 47，填报 49，差 2"


@pytest.mark.parametrize(
    ("text", "values", "sentence"),
    [
        ("not a = b", {"a": 5, "b": 5}, "both sides are 5"),
        ("not a <> b", {"a": 5, "b": 6}, "computed 5, reported 6, difference 1"),
        ("not a > b", {"a": 7, "b": 5}, "7 is more than 5, by 2"),
        ("not a >= b", {"a": 5, "b": 5}, "5 is not less than 5"),
        ("not a < b", {"a": 5, "b": 7}, "5 is less than 7, by 2"),
        ("not a <= b", {"a": 5, "b": 7}, "5 is not more than 7"),
        ("not not a = b", {"a": 5, "b": 6}, "computed 5, reported 6, difference 1"),
        ("not not not a = b", {"a": 5, "b": 5}, "both sides are 5"),
        ("not (a = 1 or b = 2)", {"a": 5, "b": 2}, "both sides are 2"),
        ("not (a = 1 and a + b = 3)", {"a": 1, "b": 2}, "both sides are 3"),
        ("a not between 1 and 5", {"a": 3}, "3 is not less than 1"),
    ],
)
def test_what_is_denied_is_told_the_other_way_round(
    text: str, values: dict[str, Given], sentence: str
) -> None:
    assert told(text, values) == sentence


@pytest.mark.parametrize(
    ("text", "values", "sentence"),
    [
        ("a = 0 or b + c <= d", {"a": 1, "b": 2, "c": 2, "d": 3}, "4 is more than 3, by 1"),
        ("a > 0 or (b = 0 and c + d = 0)", {"a": 0, "b": 0, "c": 1, "d": 1}, "left side 2, right side 0, difference 2"),
        ("a > 0 or (b = 0 and c = 0)", {"a": 0, "b": 3, "c": 0}, "computed 0, reported 3, difference 3"),
        ("kind = 'CT' or a <= 5", {"kind": "MR", "a": 7}, "7 is more than 5, by 2"),
        ("a <= 5 and b <= 5", {"a": 3, "b": 7}, "7 is more than 5, by 2"),
        ("(a = 0 or b <= 5) and c <= d", {"a": 0, "b": 9, "c": 4, "d": 3}, "4 is more than 3, by 1"),
        ("not (a <> 0 and b > 5) and c <= d", {"a": 0, "b": 9, "c": 4, "d": 3}, "4 is more than 3, by 1"),
    ],
)  # fmt: skip
def test_of_several_comparisons_the_broken_one_is_told(
    text: str, values: dict[str, Given], sentence: str
) -> None:
    assert told(text, values) == sentence


def test_of_a_rule_broken_by_a_text_the_numbers_are_told_without_a_verdict() -> None:
    assert told("a <= b and kind = 'CT'", {"a": 5, "b": 7, "kind": "MR"}) == (
        "left side 5, right side 7, difference 2"
    )


@pytest.mark.parametrize(
    ("text", "values", "sentence"),
    [
        ("a / b <= 0.1", {"a": 1, "b": 7}, "0.1429 is more than 0.1, by 0.0429"),
        ("a / b <= 0.1", {"a": 10001, "b": 100000}, "0.10001 is more than 0.1, by 0.00001"),
        ("a / b = 1 / 3", {"a": 333333333, "b": 10**9},
         "left side 0.333333333, right side 0.3333333333, difference 0.0000000003"),
        ("a / b < 1 / 3", {"a": 1, "b": 3}, "0.3333 is not less than 0.3333"),
        ("r = 0.3", {"r": 0.300001}, "computed 0.3, reported 0.300001, difference 0.000001"),
        ("r <> 0.3", {"r": 0.1 + 0.2}, "both sides are 0.3"),
        ("d * 0.001 = a", {"d": Decimal("0.1"), "a": 0}, "computed 0.0001, reported 0, difference 0.0001"),
        ("a * 0.000000001 = b", {"a": 1, "b": 0}, "computed 0.000000001, reported 0, difference 0.000000001"),
    ],
)  # fmt: skip
def test_sides_are_shown_with_as_many_decimals_as_tell_them_apart(
    text: str, values: dict[str, Given], sentence: str
) -> None:
    assert told(text, values) == sentence


def test_a_rule_that_holds_has_the_sides_of_its_main_comparison() -> None:
    found = sides(condition("a = 0 or b + c <= d"), record({"a": 0, "b": 1, "c": 1, "d": 3}))
    assert found is not None
    assert [found.left, found.right, found.difference] == [2, 3, 1]
    assert not found.is_broken


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("a <= b", {"a": 1}),
        ("kind = 'CT'", {"kind": "MR"}),
        ("opened < period.start", {"opened": "2026-09-05"}),
        ("kind in ('CT', 'MR')", {"kind": "CT"}),
        ("kind not in ('CT', 'MR')", {"kind": "CT"}),
        ("not teaching", {"teaching": True}),
        ("a in (1, 2)", {"a": 3}),
    ],
)
def test_where_no_two_numbers_are_compared_there_are_no_sides(
    text: str, values: dict[str, Given]
) -> None:
    assert sides(condition(text), record(values)) is None


def test_the_main_comparison_speaks_of_most_items() -> None:
    rule = condition("a > 0 or (b = 0 and c + d = 0)")
    assert main_part(rule) == condition("b = 0 and c + d = 0")
    assert main_comparison(rule) == condition("c + d = 0")
    assert comparisons(rule) == (condition("b = 0"), condition("c + d = 0"))
    assert main_comparison(condition("teaching")) is None


def test_large_numbers_are_shown_in_full() -> None:
    assert told("m * m <= 1", {"m": Decimal("999999999999.99")}) == (
        "999999999999980000000000.0001 is more than 1, by 999999999999979999999999.0001"
    )
