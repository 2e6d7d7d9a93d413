"""What the numbers do is never called impossible, whatever the condition and whatever the record."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import cast

import pytest
from hypothesis import HealthCheck, given, settings

from infodesk.expr.evaluate import evaluate
from infodesk.expr.logic.feasible import Linear, is_impossible
from infodesk.expr.logic.numbers import Conjunction, ratios
from infodesk.expr.logic.polynomial import ONE, Polynomial, unknown_of
from infodesk.expr.logic.truth import can_hold, meaning
from infodesk.model.expression import Compare, Node, Number, PeriodFact
from tests.expr.machines import Record
from tests.expr.samples import condition
from tests.expr.test_three_machines import COUNT, TOTALS, A, B, C, D, M, conditions, rows


def pinned(row: Record) -> Conjunction:
    """That every exact number is what the record says; a blank may be anything."""
    found = []
    for source in (A, B, C, D, M, COUNT, *TOTALS, PeriodFact("days")):
        value = row.of(source)
        if isinstance(value, Fraction):
            (ratio,) = ratios(source, lambda _: ())
            found.append(Linear(ratio.top.plus(Polynomial.constant(value), Fraction(-1)), "="))
    return tuple(found)


@settings(max_examples=600, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(conditions, rows())
def test_what_happens_is_never_called_impossible(node: Node, row: Record) -> None:
    result = evaluate(node, row)
    found = meaning(node)
    if result is True:
        assert can_hold(found.passes, (pinned(row),))
    if result is False:
        assert can_hold(found.fails, (pinned(row),))


def test_what_is_too_deep_to_look_into_is_not_spoken_of() -> None:
    measured = meaning(condition("r < r - 1"))
    assert measured.passes is None
    assert can_hold(measured.passes)
    many = condition(" and ".join(["(a = 1 or b = 2 or c = 3)"] * 6))
    assert meaning(many).passes is None


@dataclass(frozen=True)
class Newer:
    """A number that logic does not know yet."""

    of: Node


def test_a_number_that_is_not_known_may_be_any() -> None:
    newer = cast("Node", Newer(condition("a > 1")))
    found = meaning(Compare("<", newer, Number(Decimal(0))))
    assert can_hold(found.passes)
    assert can_hold(found.fails)
    assert not can_hold(found.passes, found.fails)


MANY = ", ".join(map(str, range(70)))


@pytest.mark.parametrize(
    "text",
    [
        "greatest(a, b, c, d, a + 1, b + 1, c + 1, d + 1) >= 0",
        "greatest(a, b, c, d, a + 1) + least(a, b, c, d, a + 1) = 1",
        f"case when a in ({MANY}) then b else c end > -5",
        f"a in ({MANY}) and b in ({MANY})",
    ],
)
def test_of_more_cases_than_are_worth_looking_at_nothing_is_said(text: str) -> None:
    found = meaning(condition(text))
    assert None in (found.passes, found.fails)
    assert can_hold(found.passes, found.fails)


def test_two_that_are_each_simple_may_be_too_much_together() -> None:
    few = ", ".join(map(str, range(12)))
    first, second = meaning(condition(f"a in ({few})")), meaning(condition(f"a - 20 in ({few})"))
    assert first.passes is not None
    assert second.passes is not None
    assert can_hold(first.passes, second.passes)


def test_conditions_that_grow_beyond_all_bounds_are_given_up() -> None:
    a, b = ((unknown_of(value),) for value in (A, B))
    terms = [{a: Fraction(n), b: Fraction(1), ONE: Fraction(-1000)} for n in range(2, 22)]
    turned = [{a: Fraction(-n), b: Fraction(1), ONE: Fraction(1, 3)} for n in range(2, 22)]
    assert not is_impossible([Linear(Polynomial(each), "<") for each in (*terms, *turned)])
