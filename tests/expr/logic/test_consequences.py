from datetime import date

import pytest

from infodesk.expr.logic.consequences import consequences
from infodesk.model.period import parse_period
from infodesk.model.rule import Rule, Severity
from infodesk.text.message import Title
from tests.expr.samples import condition

DAY = date(2026, 1, 1)


def rule(name: str, text: str, severity: Severity = Severity.ERROR, **more: object) -> Rule:
    return Rule(name, "ward", severity, condition(text), text, Title(name), **more)  # type: ignore[arg-type]


def found(*rules: Rule) -> list[tuple[str, ...]]:
    return [
        (each.kind, each.rule.id, *([each.other.id] if each.other else []))
        for each in consequences(rules)
    ]


@pytest.mark.parametrize(
    "text",
    [
        "a >= 0",
        "a > -1",
        "a <= 2000000000",
        "coalesce(a, 0) + b >= a",
        "a = a",
        "a - b <= a",
        "a * b >= 0",
        "b = 0 or a / b >= 0",
        "a < b or a >= b",
        "a < b or b <= a",
        "not (a > 0 and a < 1)",
        "2 * a <> 1 or a + b >= 0",
        "abs(c) >= c",
        "abs(c) + 1 > 0",
        "least(a, b) <= a",
        "greatest(a, b, 5) >= 5",
        "case when a > 5 then a else 6 end > 5",
        "total(a) >= 0",
        "total(a + b) = total(a) + total(b)",
        "total(a, b > 1) >= 0",
        "count(a > 1) >= 0",
        "days() >= 28",
        "unit.kind = 'OB' or unit.kind <> 'OB'",
        "kind in ('CT', 'MR')",
        "opened < period.start or opened >= period.start",
        "teaching or not teaching",
        "a between 0 and 1000000000",
        "prev(a) >= 0",
        "true",
    ],
)
def test_a_rule_that_cannot_fail(text: str) -> None:
    assert found(rule("R", text)) == [("never_fails", "R")]


@pytest.mark.parametrize(
    "text",
    [
        "a < 0",
        "a > b and b > a",
        "a > 0 and a < 1",
        "2 * a = 2 * b + 1 and a = b",
        "a + b < a",
        "kind = 'CT' and kind = 'MR'",
        "kind = 'CT' and kind <> 'CT'",
        "kind <> 'CT' and kind <> 'MR'",
        "opened < period.start and period.start <= opened",
        "teaching and not teaching",
        "a / b < 0",
        "a / 0 > 1 and 1 = 2",
        "is_unique(kind) and not is_unique(kind)",
        "false",
    ],
)
def test_a_rule_that_cannot_pass(text: str) -> None:
    assert ("never_passes", "R") in found(rule("R", text))


@pytest.mark.parametrize(
    "text",
    [
        "a = b",
        "a > 0 and a < 2",
        "c >= 0",
        "a / b <= 1",
        "d > 0 and d < 1",
        "coalesce(c, 5) > 3",
        "round(d, 0) <= d",
        "total(c) >= 0",
        "a * c >= 0",
        "c / c >= 1 and c / a > b",
        "kind = 'CT'",
        "r <= 5",
        "teaching = is_unique(kind)",
        "opened = period.end",
        "a + b + c + d = m",
        "d = 0 or 1 / d <= 1",
    ],
)
def test_a_rule_of_which_nothing_is_to_be_said(text: str) -> None:
    assert found(rule("R", text)) == []


def test_two_rules_that_say_the_same() -> None:
    assert found(rule("R1", "a + b = c"), rule("R2", "c - b = a")) == [("repeats", "R2", "R1")]
    assert found(rule("R1", "a <= b"), rule("R2", "not (a > b)")) == [("repeats", "R2", "R1")]
    assert found(rule("R1", "a < b"), rule("R2", "a + 1 <= b")) == [("repeats", "R2", "R1")]


def test_two_rules_that_cannot_both_pass() -> None:
    assert found(rule("R1", "a > b + 1"), rule("R2", "a < b")) == [("contradicts", "R2", "R1")]
    assert found(rule("R1", "kind = 'CT'"), rule("R2", "kind = 'MR'")) == [
        ("contradicts", "R2", "R1")
    ]


def test_a_rule_that_says_nothing_beside_a_stricter_one() -> None:
    strict, loose = rule("R1", "a <= 100"), rule("R2", "a <= 150")
    assert found(strict, loose) == [("follows_from", "R2", "R1")]
    assert found(loose, strict) == [("follows_from", "R2", "R1")]


def test_a_graver_rule_beyond_a_wider_limit_says_something() -> None:
    assert found(rule("R1", "a <= 100", Severity.WARNING), rule("R2", "a <= 150")) == []


def test_a_rule_that_declares_what_it_follows_from_is_wanted() -> None:
    assert found(rule("R1", "a <= 100"), rule("R2", "a <= 150", follows=("R1",))) == []


def test_a_rule_that_asks_for_one_item_more_does_not_make_another_needless() -> None:
    assert found(rule("R1", "a + b <= 10"), rule("R2", "a <= 10")) == []


def test_rules_of_different_times_and_of_different_records_do_not_meet() -> None:
    before = rule("R1", "a > 5", until=parse_period("2026-06", DAY))
    after = rule("R2", "a < 3", since=parse_period("2026-07", DAY))
    assert found(before, after) == []
    assert found(rule("R1", "a > 5"), rule("R2", "total(a) < 3")) == []
