"""Exact numbers stay exact in every machine, up to the largest an item may hold, or are unknown."""

from decimal import Decimal

import pytest

from infodesk.expr.lower import MOST_RECORDS, lower_number
from infodesk.expr.machine import LIMIT
from infodesk.expr.quotient import Quotient
from infodesk.expr.sql import condition_sql
from infodesk.model.expression import Value
from infodesk.model.item import LARGEST, Type
from tests.expr.machines import UNKNOWN, Given, by_evaluation, by_excel, by_sqlite, record
from tests.expr.samples import WARD, condition, number

LARGEST_COUNT = LARGEST[Type.INTEGER]
LARGEST_MONEY = Decimal(LARGEST[Type.MONEY])
MOST = {"a": LARGEST_COUNT, "b": LARGEST_COUNT, "c": LARGEST_COUNT, "m": LARGEST_MONEY}


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("d + d = 0.2", {"d": Decimal("0.1")}),
        ("0.1 + 0.2 = 0.3", {}),
        ("d + 0.2 = 0.3", {"d": Decimal("0.1")}),
        ("d * 3 = 0.3", {"d": Decimal("0.1")}),
        ("m - 0.07 = 1.03", {"m": Decimal("1.10")}),
        ("m * 100 = 110", {"m": Decimal("1.10")}),
        ("m / 3 * 3 = m", {"m": Decimal("1.10")}),
        ("a / 3 + a / 3 + a / 3 = a", {"a": 7}),
        ("a / b = 1 / 3", {"a": 1, "b": 3}),
        ("a / b <= 0.1", {"a": 1, "b": 10}),
        ("a / b > 0.1", {"a": 100000001, "b": 10**9}),
        ("a / b < c / (c + 1)", {"a": 30000, "b": 30001, "c": 30001}),
        ("c / a < 0", {"a": 3, "c": -1}),
        ("a / c < 0", {"a": 3, "c": -1}),
        ("a / c > -4", {"a": 3, "c": -1}),
        ("round(a / b, 2) = 2.68", {"a": 2675, "b": 1000}),
        ("round(d / 8, 2) = 0.13", {"d": Decimal("1.0")}),
        ("round(m, 1) = 1.1", {"m": Decimal("1.05")}),
        ("round(-m, 1) = -1.1", {"m": Decimal("1.05")}),
        ("round(c / b, 2) = -2.68", {"c": -2675, "b": 1000}),
        ("round(m, 4) = m", {"m": Decimal("1.05")}),
        ("least(a / b, 0.3) = 0.3", {"a": 1, "b": 3}),
        ("greatest(a / b, 0.3) > 0.333333333", {"a": 1, "b": 3}),
        ("case when a > 0 then a / b else 0.5 end < 0.3334", {"a": 1, "b": 3}),
        ("abs(c / b) = 0.5", {"c": -1, "b": 2}),
        ("total(m) = 0.3", {"total(m)": Decimal("0.30")}),
        ("total(d * 2) + 0.1 = 0.3", {"total(d * 2)": Decimal("0.2")}),
    ],
)
@pytest.mark.parametrize("machine", [by_evaluation, by_sqlite, by_excel])
def test_decimals_money_and_ratios_are_exact(
    machine: object, text: str, values: dict[str, Given]
) -> None:
    assert callable(machine)
    assert machine(condition(text), record(values)) == 1


@pytest.mark.parametrize(
    ("text", "values", "holds"),
    [
        ("a = b", MOST, True),
        ("a = b", MOST | {"b": LARGEST_COUNT - 1}, False),
        ("m = 100000000000 * 10", MOST, True),
        ("m = m - 0.01", MOST, False),
        ("m + 0.01 > m", MOST, True),
        ("m - 999999999999 = 1", MOST, True),
        ("a * 1000000 - (a - 1) * 1000000 = 1000000", MOST, True),
        ("a / b = c / a", MOST, None),
        ("a / b > c / (a + 1)", MOST | {"a": 90_000_000, "b": 90_000_000, "c": 90_000_001}, False),
        ("d * 10 = 9999999999", {"d": Decimal("999999999.9")}, True),
        (" + ".join(["m"] * 90) + " = m * 90", MOST, True),
        (" + ".join(["m"] * 91) + " > 1", MOST, None),
        (" + ".join(["m"] * 91) + " > 1", {"m": LARGEST_MONEY / 2}, True),
        ("a * b > 1", MOST, None),
        ("a * b = 9000000000 * 1000000", {"a": 90_000_000, "b": 100_000_000}, True),
        ("a * b - c * c = -1", {"a": 94906264, "b": 94906266, "c": 94906265}, True),
    ],
)  # fmt: skip
def test_large_numbers_are_exact_or_too_large_and_never_wrong(
    text: str, values: dict[str, Given], holds: bool | None
) -> None:
    node, row = condition(text), record(values)
    wanted = UNKNOWN if holds is None else float(holds)
    assert by_sqlite(node, row) == wanted
    assert by_excel(node, row) == wanted
    if holds is not None:
        assert by_evaluation(node, row) == wanted


def bounds(text: str) -> tuple[int, int]:
    lowered = lower_number(number(text))
    assert isinstance(lowered, Quotient)
    return lowered.top.low, lowered.top.high


def test_every_item_has_the_bounds_of_its_type_at_its_scale() -> None:
    assert bounds("a") == (0, 10**9)
    assert bounds("c") == (-(10**9), 10**9)
    assert bounds("d") == (0, 10**10)
    assert bounds("m") == (0, 10**14)
    assert bounds("total(m)") == (0, 10**14 * MOST_RECORDS)


@pytest.mark.parametrize(
    ("text", "is_bounded"),
    [
        ("a + b - c = 0", False),
        ("m * 10 = 0", False),
        ("a * b = 0", True),
        ("m * m = 0", True),
        ("total(a) + total(b) = total(c)", False),
        ("total(m) + 1 = 0", True),
    ],
)
def test_only_what_can_grow_too_large_is_guarded(text: str, is_bounded: bool) -> None:
    assert (str(LIMIT) in condition_sql(condition(text), lambda _: "x")) is is_bounded


def test_a_long_sum_of_large_totals_is_guarded_once() -> None:
    text = " + ".join(f"total(m * {n})" for n in range(2, 32)) + " > 1"
    sql = condition_sql(condition(text), lambda _: "x")
    assert sql.count(str(LIMIT)) == 1
    assert len(sql) < 1000


def test_a_long_sum_is_read_by_sqlite() -> None:
    text = " + ".join(["a"] * 140) + " = 420"
    assert by_sqlite(condition(text), record({"a": 3})) == 1


@pytest.mark.parametrize("machine", [by_evaluation, by_sqlite, by_excel])
def test_a_long_difference_counts_from_the_left(machine: object) -> None:
    assert callable(machine)
    assert machine(condition("a - b - 1 + 2 - (b - 1) = -4"), record({"a": 4, "b": 5})) == 1


def test_a_stored_integer_counts_at_its_scale() -> None:
    item = WARD.by_id["m"]
    assert item.scale == 2
    money = Value("ward", "m", item=item)
    assert condition_sql(condition("m >= 0.5"), lambda source: "m" if source == money else "?") == (
        "(m >= 50)"
    )
