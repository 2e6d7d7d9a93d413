"""Every mistake in an expression has its column and says what to write instead (cases: messages.md)."""

from pathlib import Path

import pytest

from infodesk.expr.parse import parse_condition, parse_formula
from infodesk.expr.read import DEEPEST, LONGEST, LONGEST_CHAIN
from infodesk.text.language import language
from tests.expr.samples import INDICATORS, SCOPE
from tests.golden import Case, cases

CASES = cases(Path(__file__).with_name("messages.md"))


def mistakes(text: str, *, indicator: bool = False) -> list[str]:
    parsed = parse_formula(text, INDICATORS) if indicator else parse_condition(text, SCOPE)
    assert (parsed.node is None) == bool(parsed.problems)
    tell = language("en").tell
    return [f"{problem.place + 1}: {tell(problem.message)}" for problem in parsed.problems]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.title)
def test_a_mistake_is_told_with_its_column(case: Case) -> None:
    assert mistakes(case.given, indicator=case.section == "Indicators") == case.expected


def test_the_file_of_cases_is_read_whole() -> None:
    text = Path(__file__).with_name("messages.md").read_text(encoding="utf-8")
    assert len(CASES) * 3 == text.split("\n").count(".")


def test_blanks_are_no_expression() -> None:
    assert mistakes(" \u3000\n ") == ["1: an expression is expected, one only"]


def test_a_text_of_the_greatest_length_is_read_and_a_longer_one_refused() -> None:
    longest = "a = 1".ljust(LONGEST)
    assert mistakes(longest) == []
    assert mistakes(longest + " ") == [
        f"{LONGEST + 1}: longer than {LONGEST} characters: split it into several rules"
    ]


TOO_DEEP = "1: too long or nested too deeply: split it into several rules"


def nested(levels: int) -> str:
    return "(" * levels + "a" + ")" * levels + " = 1"


def summed(operands: int) -> str:
    return " + ".join(["a"] * operands) + " = 1"


@pytest.mark.parametrize("levels", [DEEPEST, 300, 900])
def test_what_is_nested_too_deeply_is_refused(levels: int) -> None:
    assert mistakes(nested(levels)) == [TOO_DEEP]


def test_brackets_may_be_nested_as_deep_as_anybody_needs() -> None:
    assert mistakes(nested(40)) == []


def test_a_long_sum_is_not_nested() -> None:
    assert mistakes(summed(120)) == []
    assert mistakes(summed(LONGEST_CHAIN)) == [TOO_DEEP]


def test_a_long_chain_of_conditions_is_not_nested() -> None:
    assert mistakes(" and ".join(["a = 1"] * 100)) == []
