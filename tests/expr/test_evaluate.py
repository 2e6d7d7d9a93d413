"""The value of an expression: exact, unknown where it must be, and the reason why."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infodesk.expr.evaluate import Known, Unknown, evaluate, real_decimals, round_half_up
from tests.expr.machines import UNKNOWN, Given, by_evaluation, by_excel, by_sqlite, record
from tests.expr.samples import condition, number


def value(text: str, **values: Given) -> Known:
    found = evaluate(number(text), record(values))
    assert not isinstance(found, Unknown), found
    return found


def reasons(text: str, values: dict[str, Given]) -> set[str]:
    found = evaluate(number(text), record(values))
    assert isinstance(found, Unknown), found
    return {f"{r.kind} {getattr(r.node, 'id', type(r.node).__name__)}" for r in found.reasons}


@pytest.mark.parametrize(
    ("exact", "decimals", "rounded"),
    [
        ("2.675", 2, "2.68"),
        ("0.125", 2, "0.13"),
        ("1.005", 2, "1.01"),
        ("0.845", 2, "0.85"),
        ("-2.675", 2, "-2.68"),
        ("2.674999", 2, "2.67"),
        ("-0.004", 2, "0.00"),
        ("0.5", 0, "1"),
        ("-0.5", 0, "-1"),
        ("1e30", 2, "1" + "0" * 30 + ".00"),
    ],
)
def test_rounding_is_half_up_away_from_zero(exact: str, decimals: int, rounded: str) -> None:
    assert str(round_half_up(Fraction(exact), decimals)) == rounded
    assert str(round_half_up(float(exact), decimals)) == rounded


@given(st.fractions(), st.integers(0, 6))
def test_a_rounded_number_is_the_nearest_there_is(number: Fraction, decimals: int) -> None:
    rounded = round_half_up(number, decimals)
    assert abs(Fraction(rounded) - number) <= Fraction(1, 2 * 10**decimals)
    assert -int(rounded.as_tuple().exponent) == decimals


@given(st.floats(allow_nan=False, allow_infinity=False), st.integers(0, 6))
def test_a_real_is_rounded_by_the_digits_it_prints_as(number: float, decimals: int) -> None:
    assert round_half_up(number, decimals) == round_half_up(Fraction(repr(number)), decimals)


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("1 + 2 * 3", "7"),
        ("(1 + 2) * 3", "9"),
        ("7 / 3", "7/3"),
        ("0.1 + 0.2", "0.3"),
        ("-a", "-5"),
        ("abs(-a)", "5"),
        ("abs(a)", "5"),
        ("round(a / 3, 2)", "1.67"),
        ("round(-a / 8, 2)", "-0.63"),
        ("round(7 / 2)", "4"),
        ("coalesce(b, 7)", "7"),
        ("coalesce(a, 7)", "5"),
        ("coalesce(a / 0, b, 2)", "2"),
        ("least(a, 3, 4)", "3"),
        ("greatest(a, 3, 4)", "5"),
        ("case when a > 4 then 1 when a > 3 then 2 else 3 end", "1"),
        ("case when a > 9 then 1 when a > 3 then 2 else 3 end", "2"),
        ("case when a > 9 then 1 else 3 end", "3"),
        ("case when b > 9 then 1 else 3 end", "3"),
        ("days() + workdays()", "52"),
    ],
)
def test_numbers_are_worked_out_exactly(text: str, result: str) -> None:
    assert value(text, a=5) == Fraction(result)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("b", {"blank b"}),
        ("a + b + c", {"blank b", "blank c"}),
        ("abs(b)", {"blank b"}),
        ("-b", {"blank b"}),
        ("least(a, b)", {"blank b"}),
        ("coalesce(b, c)", {"blank c"}),
        ("a / (a - 5)", {"zero Arithmetic"}),
        ("a / 0", {"zero Number"}),
        ("total(a) + 1", {"waiting Total"}),
        ("row_count()", {"waiting Count"}),
        ("case when a > 9 then 1 end", {"no_branch Case"}),
        ("case when a > 4 then b end", {"blank b"}),
        ("prev(a)", {"blank a"}),
    ],
)
def test_an_unknown_number_has_its_reasons(text: str, wanted: set[str]) -> None:
    assert reasons(text, {"a": 5}) == wanted


def test_reasons_of_both_sides_of_a_comparison_are_kept() -> None:
    found = evaluate(condition("b = total(a)"), record({"a": 1}))
    assert isinstance(found, Unknown)
    assert {reason.kind for reason in found.reasons} == {"blank", "waiting"}


TRUTH: dict[str, Given] = {"true": 1, "false": 0, "unknown": None}
KLEENE = [
    # left, right, and, or
    ("true", "true", "true", "true"),
    ("true", "false", "false", "true"),
    ("true", "unknown", "unknown", "true"),
    ("false", "false", "false", "false"),
    ("false", "unknown", "false", "unknown"),
    ("unknown", "unknown", "unknown", "unknown"),
]
NUMBERS = {"true": 1.0, "false": 0.0, "unknown": UNKNOWN}
MACHINES = [by_evaluation, by_sqlite, by_excel]


@pytest.mark.parametrize("machine", MACHINES)
@pytest.mark.parametrize(("left", "right", "both", "either"), KLEENE)
def test_and_and_or_know_three_values(
    machine: object, left: str, right: str, both: str, either: str
) -> None:
    for one, two in ((left, right), (right, left)):
        row = record({"a": TRUTH[one], "b": TRUTH[two]})
        assert callable(machine)
        assert machine(condition("a = 1 and b = 1"), row) == NUMBERS[both]
        assert machine(condition("a = 1 or b = 1"), row) == NUMBERS[either]


@pytest.mark.parametrize("machine", MACHINES)
@pytest.mark.parametrize(
    ("of", "turned"), [("true", "false"), ("false", "true"), ("unknown", "unknown")]
)
def test_not_turns_what_is_known(machine: object, of: str, turned: str) -> None:
    assert callable(machine)
    assert machine(condition("not a = 1"), record({"a": TRUTH[of]})) == NUMBERS[turned]


@pytest.mark.parametrize("machine", MACHINES)
@pytest.mark.parametrize(
    ("text", "values", "result"),
    [
        ("a = b", {"a": 1}, "unknown"),
        ("a = a", {}, "unknown"),
        ("a between 1 and b", {"a": 0}, "false"),
        ("a between 1 and b", {"a": 2}, "unknown"),
        ("a in (1, b)", {"a": 1}, "true"),
        ("a in (1, b)", {"a": 2}, "unknown"),
        ("a not in (1, b)", {"a": 1}, "false"),
        ("a / b = 1", {"a": 1, "b": 0}, "unknown"),
        ("a / b = 1 or a = 1", {"a": 1, "b": 0}, "true"),
        ("coalesce(a / b, 0) = 0", {"a": 1, "b": 0}, "true"),
        ("coalesce(a, 0) = 0", {}, "true"),
        ("case when a > 1 then 1 else 2 end = 2", {}, "true"),
        ("case when a > 1 then 1 end = 1", {"a": 0}, "unknown"),
        ("kind = 'CT'", {}, "unknown"),
        ("kind <> 'CT'", {}, "unknown"),
        ("kind in ('CT', 'MR')", {"kind": "MR"}, "true"),
        ("opened < period.start", {}, "unknown"),
        ("opened < period.start", {"opened": "2026-08-31"}, "true"),
        ("opened between period.start and period.end", {"opened": "2026-09-30"}, "true"),
        ("unit.kind = 'OB'", {}, "true"),
        ("unit.kind = 'ICU' or a > 1", {"a": 1}, "false"),
        ("total(a) = 1", {}, "unknown"),
        ("total(m) >= 100", {"total(m)": Decimal("120.50")}, "true"),
        ("total(r) = 0.3", {"total(r)": 0.1 + 0.2}, "true"),
        ("total(r * 2) = 0.3", {}, "unknown"),
        ("count(a > 1) = 3", {"count(a > 1)": 3}, "true"),
        ("days() = 30 and workdays() = 22", {}, "true"),
        ("true", {}, "true"),
        ("a = 1 or false", {}, "unknown"),
    ],
)  # fmt: skip
def test_blanks_and_zeros_make_unknown_and_never_pass(
    machine: object, text: str, values: dict[str, Given], result: str
) -> None:
    assert callable(machine)
    assert machine(condition(text), record(values)) == NUMBERS[result]


@pytest.mark.parametrize("machine", [by_evaluation, by_sqlite])
@pytest.mark.parametrize(
    ("text", "values", "result"),
    [
        ("teaching", {"teaching": True}, "true"),
        ("not teaching", {"teaching": True}, "false"),
        ("teaching", {}, "unknown"),
        ("teaching = true", {"teaching": False}, "false"),
        ("teaching = false", {"teaching": False}, "true"),
        ("teaching <> false", {"teaching": True}, "true"),
        ("teaching = (a > 1)", {"teaching": True, "a": 2}, "true"),
        ("teaching = (a > 1)", {"teaching": True}, "unknown"),
        ("is_unique(a)", {"is_unique(a)": True}, "true"),
        ("is_unique(a)", {}, "unknown"),
    ],
)
def test_yes_and_no_are_conditions(
    machine: object, text: str, values: dict[str, Given], result: str
) -> None:
    assert callable(machine)
    assert machine(condition(text), record(values)) == NUMBERS[result]


def test_a_difference_of_reals_is_rounded_to_the_decimals_of_the_item() -> None:
    assert real_decimals(number("r + a")) == 6
    assert real_decimals(number("a")) == 6


@pytest.mark.parametrize(
    ("values", "is_equal"),
    [
        ({"r": 0.1 + 0.2}, True),
        ({"r": 0.3}, True),
        ({"r": 0.3000004}, True),
        ({"r": 0.300001}, False),
    ],
)
@pytest.mark.parametrize("machine", MACHINES)
def test_measured_numbers_are_compared_by_their_rounded_difference(
    machine: object, values: dict[str, Given], is_equal: bool
) -> None:
    assert callable(machine)
    row = record(values)
    assert machine(condition("r = 0.3"), row) == is_equal
    assert machine(condition("r <= 0.3"), row) == is_equal
    assert machine(condition("r > 0.3"), row) == (not is_equal)


@pytest.mark.parametrize("largest", [1e12, -1e12])
def test_large_reals_stay_known_and_comparable(largest: float) -> None:
    assert evaluate(condition("r * r > 1"), record({"r": largest})) is True
    assert evaluate(condition("r * r * r * r = r * r * r * r"), record({"r": largest})) is True


HUGE = " * ".join(["999999999999"] * 30)  # more than any real can hold


@pytest.mark.parametrize("text", ["r * r > 1", f"r > {HUGE}", f"least(r, {HUGE}) > 1"])
def test_what_no_real_can_hold_is_unknown(text: str) -> None:
    found = evaluate(condition(text), record({"r": 1e200}))
    assert isinstance(found, Unknown)
    assert {reason.kind for reason in found.reasons} == {"too_large"}


def test_exact_numbers_have_no_end() -> None:
    assert evaluate(condition(f"{HUGE} + 1 > {HUGE}"), record({})) is True
