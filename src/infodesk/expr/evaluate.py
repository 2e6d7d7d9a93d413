"""The value of an expression for one record, in exact arithmetic, and why there may be none."""

import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Literal, Protocol

from infodesk.model.expression import (
    Aggregate,
    All,
    Any,
    Arithmetic,
    Between,
    Case,
    Compare,
    Count,
    Function,
    HoldsIdNumber,
    In,
    IsBlank,
    IsUnique,
    Negative,
    Node,
    Not,
    Number,
    OfEntry,
    PeriodFact,
    Text,
    Total,
    Truth,
    UnitKind,
    Value,
    Year,
    all_values,
)
from infodesk.model.item import Type

Known = Fraction | float | str | bool
ID_NUMBER = re.compile(r"[0-9]{17}[0-9Xx]")


@dataclass(frozen=True)
class Reason:
    """Why a value is unknown: a blank operand, a total that waits, a division by zero, no room."""

    kind: Literal["blank", "waiting", "zero", "no_branch", "too_large"]
    node: Node


@dataclass(frozen=True)
class Unknown:
    """No value, and every reason for it."""

    reasons: frozenset[Reason]


Result = Known | Unknown


class Facts(Protocol):
    """Where values come from."""

    def value(self, value: Value) -> Known | None:
        """What the record says of an item; nothing for a blank."""
        ...

    def aggregate(self, aggregate: Aggregate) -> Known | None:
        """A total, a count or a uniqueness test; nothing while units are missing."""
        ...

    def period_fact(self, fact: PeriodFact) -> Known:
        """Days, working days, first or last day."""
        ...

    def unit_kind(self) -> str:
        """The kind of the record's unit."""
        ...


class EntryFacts(Facts, Protocol):
    """Where the values of an entry come from."""

    def of_entry(self, node: OfEntry) -> Known | None:
        """The value of a function that only entries have; nothing if it cannot be told."""
        ...


def evaluate(node: Node, facts: Facts) -> Result:
    """The value of a node. Numbers are Fractions, measured reals floats, dates ISO texts."""
    match node:
        case Number(value):
            return Fraction(value)
        case Text(text):
            return text
        case Truth(truth):
            return truth
        case Value():
            return _or_unknown(facts.value(node), "blank", node)
        case Total() | Count() | IsUnique():
            return _or_unknown(facts.aggregate(node), "waiting", node)
        case PeriodFact():
            return facts.period_fact(node)
        case UnitKind():
            return facts.unit_kind()
        case _:
            rule: Callable[..., Result] = _RULES[type(node)]
            return rule(node, facts)


def round_half_up(value: Fraction | float, decimals: int) -> Decimal:
    """四舍五入, away from zero at the half: 2.675 → 2.68, −2.675 → −2.68 (2 decimals).

    A real counts as the decimal digits it prints as. Numbers of any length stay exact.
    """
    exact = Fraction(repr(value)) if isinstance(value, float) else value
    scaled = abs(exact) * 10**decimals
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    digits = tuple(map(int, str(whole)))
    return Decimal((int(exact < 0 and whole > 0), digits, -decimals))


def real_decimals(*nodes: Node) -> int:
    """The decimals to which a difference of measured reals is rounded before it is compared."""
    items = (value.item for node in nodes for value in all_values(node))
    return max((item.decimals for item in items if item.type is Type.NUMBER), default=6)


def _or_unknown(value: Known | None, kind: Literal["blank", "waiting"], node: Node) -> Result:
    return Unknown(frozenset({Reason(kind, node)})) if value is None else value


def _merge(results: list[Result]) -> Unknown | None:
    reasons = [result.reasons for result in results if isinstance(result, Unknown)]
    return Unknown(frozenset().union(*reasons)) if reasons else None


def _numbers(nodes: tuple[Node, ...], facts: Facts) -> Unknown | list[Fraction] | list[float]:
    results = [evaluate(node, facts) for node in nodes]
    unknown = _merge(results)
    if unknown is not None:
        return unknown
    if any(isinstance(result, float) for result in results):
        return _reals(nodes, results)
    return [Fraction(result) for result in results]  # type: ignore[arg-type]  # checked numbers


def _reals(nodes: tuple[Node, ...], results: list[Result]) -> Unknown | list[float]:
    try:
        return [float(result) for result in results]  # type: ignore[arg-type]  # checked numbers
    except OverflowError:
        return Unknown(frozenset(Reason("too_large", node) for node in nodes))


def _of_entry(node: OfEntry, facts: EntryFacts) -> Result:
    return _or_unknown(facts.of_entry(node), "blank", node)


def _arithmetic(node: Arithmetic, facts: Facts) -> Result:
    numbers = _numbers((node.left, node.right), facts)
    if isinstance(numbers, Unknown):
        return numbers
    result = _calculated(node, *numbers)
    if isinstance(result, float) and not math.isfinite(result):
        return Unknown(frozenset({Reason("too_large", node)}))
    return result


def _calculated(node: Arithmetic, left: Fraction | float, right: Fraction | float) -> Result:
    match node.sign:
        case "+":
            return left + right
        case "-":
            return left - right
        case "*":
            return left * right
        case "/":
            if right == 0:
                return Unknown(frozenset({Reason("zero", node.right)}))
            return left / right


def _year(node: Year, facts: Facts) -> Result:
    day = evaluate(node.of, facts)
    return day if isinstance(day, Unknown) else Fraction(str(day)[:4])


def _is_blank(node: IsBlank, facts: Facts) -> Result:
    return facts.value(node.of) is None


def _holds_id_number(node: HoldsIdNumber, facts: Facts) -> Result:
    return bool(ID_NUMBER.search(str(facts.value(node.of) or "")))


def _negative(node: Negative, facts: Facts) -> Result:
    numbers = _numbers((node.of,), facts)
    return numbers if isinstance(numbers, Unknown) else -numbers[0]


def _function(node: Function, facts: Facts) -> Result:
    if node.name == "coalesce":
        return _coalesce(node, facts)
    numbers = _numbers(node.arguments, facts)
    if isinstance(numbers, Unknown):
        return numbers
    match node.name:
        case "abs":
            return max(numbers[0], -numbers[0])
        case "round":
            rounded = round_half_up(numbers[0], int(numbers[1]))
            return float(rounded) if isinstance(numbers[0], float) else Fraction(rounded)
        case "least":
            return min(numbers)
        case "greatest":
            return max(numbers)


def _coalesce(node: Function, facts: Facts) -> Result:
    results = [evaluate(argument, facts) for argument in node.arguments]
    for result in results:
        if not isinstance(result, Unknown):
            return result
    return results[-1]


def _case(node: Case, facts: Facts) -> Result:
    for condition, value in node.branches:
        if evaluate(condition, facts) is True:
            return evaluate(value, facts)
    if node.otherwise is None:
        return Unknown(frozenset({Reason("no_branch", node)}))
    return evaluate(node.otherwise, facts)


def _compare(node: Compare, facts: Facts) -> Result:
    left, right = evaluate(node.left, facts), evaluate(node.right, facts)
    unknown = _merge([left, right])
    if unknown is not None:
        return unknown
    if isinstance(left, float) or isinstance(right, float):
        return _compare_reals(node, facts)
    order = (left > right) - (left < right)  # type: ignore[operator]  # both of one kind
    return _COMPARISONS[node.sign](order)


def _compare_reals(node: Compare, facts: Facts) -> Result:
    difference = evaluate(Arithmetic("-", node.left, node.right), facts)
    if not isinstance(difference, float):
        return difference
    rounded = round_half_up(difference, real_decimals(node.left, node.right))
    return _COMPARISONS[node.sign]((rounded > 0) - (rounded < 0))


def _between(node: Between, facts: Facts) -> Result:
    low = Compare("<=", node.low, node.value)
    high = Compare("<=", node.value, node.high)
    return evaluate(All((low, high)), facts)


def _in(node: In, facts: Facts) -> Result:
    return evaluate(Any(tuple(Compare("=", node.value, o) for o in node.options)), facts)


def _all(node: All, facts: Facts) -> Result:
    results = [evaluate(part, facts) for part in node.parts]
    return False if False in results else _merge(results) or True


def _any(node: Any, facts: Facts) -> Result:
    results = [evaluate(part, facts) for part in node.parts]
    return True if True in results else _merge(results) or False


def _not(node: Not, facts: Facts) -> Result:
    result = evaluate(node.of, facts)
    return result if isinstance(result, Unknown) else not result


_COMPARISONS: dict[str, Callable[[int], bool]] = {
    "=": lambda order: order == 0,
    "<>": lambda order: order != 0,
    "<": lambda order: order < 0,
    "<=": lambda order: order <= 0,
    ">": lambda order: order > 0,
    ">=": lambda order: order >= 0,
}

_RULES: dict[type[Node], Callable[..., Result]] = {
    Arithmetic: _arithmetic,
    Year: _year,
    IsBlank: _is_blank,
    HoldsIdNumber: _holds_id_number,
    Negative: _negative,
    Function: _function,
    Case: _case,
    Compare: _compare,
    Between: _between,
    In: _in,
    All: _all,
    Any: _any,
    Not: _not,
    OfEntry: _of_entry,
}
