"""A number of the rule language as the quotients of polynomials it may be, each with what must hold for it."""

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from infodesk.expr.logic.feasible import Linear, Sign
from infodesk.expr.logic.polynomial import Polynomial, Unknown, total_of, unknown_of
from infodesk.model.expression import (
    Arithmetic,
    Case,
    Count,
    Function,
    Negative,
    Node,
    Number,
    PeriodFact,
    Total,
    Value,
)
from infodesk.model.item import Type

MOST_CASES = 64
UNIT = Polynomial.constant(Fraction(1))


class TooDeepError(Exception):
    """More cases than are worth looking at: nothing is claimed."""


@dataclass(frozen=True)
class Truth:
    """A yes or no that is looked at no further; `key` is the same wherever it is asked."""

    key: object
    holds: bool


@dataclass(frozen=True)
class Named:
    """Whether a text is this one."""

    source: Node
    text: str
    holds: bool


Atom = Linear | Truth | Named
Conjunction = tuple[Atom, ...]


@dataclass(frozen=True)
class Ratio:
    """`top` ÷ `bottom`, under these conditions."""

    top: Polynomial
    bottom: Polynomial = UNIT
    given: Conjunction = ()


Conditions = Callable[[Node], tuple[Conjunction, ...]]


def ratios(node: Node, when_true: Conditions) -> tuple[Ratio, ...]:
    """What a number may be; `when_true` says when a condition (of a `case`) is true."""
    match node:
        case Number(value):
            return (Ratio(Polynomial.constant(Fraction(value))),)
        case Value(item=item) if item.type is Type.NUMBER:
            raise TooDeepError  # reals are compared with a tolerance: not looked into
        case Value() | PeriodFact() | Count():
            return (Ratio(Polynomial.single(unknown_of(node))),)
        case Function():
            return _FUNCTIONS[node.name](node, when_true)
        case _:
            return _composed(node, when_true)


def _composed(node: Node, when_true: Conditions) -> tuple[Ratio, ...]:
    match node:
        case Total(of=of):
            return tuple(_total(node, each) for each in ratios(of, when_true))
        case Negative(of):
            return tuple(_times(each, Fraction(-1)) for each in ratios(of, when_true))
        case Arithmetic(sign, left, right):
            pairs = _pairs(ratios(left, when_true), ratios(right, when_true))
            return tuple(_calculated(sign, *pair) for pair in pairs)
        case Case():
            return _case(node, when_true)
        case _:
            return (Ratio(Polynomial.single(Unknown(node))),)  # any number at all


def below(left: Ratio, right: Ratio, *, is_strict: bool) -> tuple[Conjunction, ...]:
    """When the left is less than the right (or equal, unless strict), both being known."""
    difference = _calculated("-", left, right)
    sign: Sign = "<" if is_strict else "<="
    return tuple(
        (*difference.given, *positive, Linear(_turned(difference.top, turned), sign))
        for positive, turned in _signs(difference.bottom)
    )


def same(left: Ratio, right: Ratio) -> tuple[Conjunction, ...]:
    """When both are equal and known."""
    difference = _calculated("-", left, right)
    return tuple(
        (*difference.given, *positive, Linear(difference.top, "="))
        for positive, _ in _signs(difference.bottom)
    )


def _signs(bottom: Polynomial) -> list[tuple[Conjunction, bool]]:
    """The ways in which a divisor is not 0: what must hold, and whether it turns the sign."""
    if bottom.as_constant is not None:
        return [] if not bottom.as_constant else [((), bottom.as_constant < 0)]
    low, high = bottom.range
    found: list[tuple[Conjunction, bool]] = []
    if high is None or high > 0:
        found.append(((Linear(_turned(bottom, turned=True), "<"),), False))
    if low is None or low < 0:
        found.append(((Linear(bottom, "<"),), True))
    return found


def _turned(polynomial: Polynomial, turned: bool) -> Polynomial:  # noqa: FBT001  # says what it does
    return polynomial.times(Polynomial.constant(Fraction(-1))) if turned else polynomial


def _pairs(left: tuple[Ratio, ...], right: tuple[Ratio, ...]) -> list[tuple[Ratio, Ratio]]:
    if len(left) * len(right) > MOST_CASES:
        raise TooDeepError
    return [(first, second) for first in left for second in right]


def _times(ratio: Ratio, factor: Fraction) -> Ratio:
    return Ratio(ratio.top.times(Polynomial.constant(factor)), ratio.bottom, ratio.given)


def _calculated(sign: str, left: Ratio, right: Ratio) -> Ratio:
    given = (*left.given, *right.given)
    if sign == "*":
        return Ratio(left.top.times(right.top), left.bottom.times(right.bottom), given)
    if sign == "/":
        known = _known(left.bottom, right.bottom)
        top, bottom = left.top.times(right.bottom), left.bottom.times(right.top)
        return Ratio(top, bottom, (*given, *known))
    factor = Fraction(1 if sign == "+" else -1)
    if left.bottom == right.bottom:
        return Ratio(left.top.plus(right.top, factor), left.bottom, given)
    top = left.top.times(right.bottom).plus(right.top.times(left.bottom), factor)
    return Ratio(top, left.bottom.times(right.bottom), given)


def _known(*bottoms: Polynomial) -> Conjunction:
    """That divisors which can only be positive are: what a quotient of quotients would else forget."""
    return tuple(
        condition
        for bottom in bottoms
        if bottom.as_constant is None and len(_signs(bottom)) == 1
        for condition in _signs(bottom)[0][0]
    )


def _total(node: Total, of: Ratio) -> Ratio:
    if of.given or of.bottom != UNIT:
        return Ratio(Polynomial.single(Unknown(node)))
    return Ratio(total_of(node, of.top))


def _case(node: Case, when_true: Conditions) -> tuple[Ratio, ...]:
    """A branch may be taken where its condition is true; that no earlier one was is not used."""
    found: list[Ratio] = []
    for condition, value in node.branches:
        for given in when_true(condition):
            found += [
                Ratio(each.top, each.bottom, (*given, *each.given))
                for each in ratios(value, when_true)
            ]
    if node.otherwise is not None:
        found += ratios(node.otherwise, when_true)
    if len(found) > MOST_CASES:
        raise TooDeepError
    return tuple(found)


def _coalesce(node: Function, _: Conditions) -> tuple[Ratio, ...]:
    """`coalesce(x, 0)` is x where x is known; where x is blank it is 0, which x might be as well."""
    match node.arguments:
        case (Value(item=item) as value, Number(zero)) if zero == 0 and item.is_exact:
            return (Ratio(Polynomial.single(unknown_of(value))),)
        case _:
            return (Ratio(Polynomial.single(Unknown(node))),)


def _abs(node: Function, when_true: Conditions) -> tuple[Ratio, ...]:
    zero = Ratio(Polynomial.constant(Fraction(0)))
    found: list[Ratio] = []
    for each in ratios(node.arguments[0], when_true):
        turned = _times(each, Fraction(-1))
        found += [Ratio(each.top, each.bottom, g) for g in below(zero, each, is_strict=False)]
        found += [Ratio(turned.top, each.bottom, g) for g in below(each, zero, is_strict=True)]
    return tuple(found)


def _extreme(node: Function, when_true: Conditions) -> tuple[Ratio, ...]:
    """The least or greatest is one of them, and none of the others goes beyond it."""
    least = node.name == "least"
    found = ratios(node.arguments[0], when_true)
    for argument in node.arguments[1:]:
        chosen: list[Ratio] = []
        for first, second in _pairs(found, ratios(argument, when_true)):
            for one, other in ((first, second), (second, first)):
                lesser, greater = (one, other) if least else (other, one)
                given = below(lesser, greater, is_strict=False)
                chosen += [Ratio(one.top, one.bottom, each) for each in given]
        found = tuple(chosen)
        if len(found) > MOST_CASES:
            raise TooDeepError
    return found


def _round(node: Function, _: Conditions) -> tuple[Ratio, ...]:
    return (Ratio(Polynomial.single(Unknown(node))),)


_FUNCTIONS: dict[str, Callable[[Function, Conditions], tuple[Ratio, ...]]] = {
    "coalesce": _coalesce,
    "abs": _abs,
    "least": _extreme,
    "greatest": _extreme,
    "round": _round,
}
