"""Whether a set of linear conditions can hold at once: Fourier-Motzkin elimination, in fractions.

Source: J. B. J. Fourier (1827) and T. S. Motzkin (1936). Eliminating an unknown from inequalities keeps exactly
what the others can be, so a contradiction among constants proves that nothing meets them.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import floor, gcd, lcm
from typing import Literal

from infodesk.expr.logic.polynomial import ONE, Polynomial, Product, product_range

Sign = Literal["<=", "<", "="]
MOST = 300  # conditions at once; beyond that nothing is claimed


@dataclass(frozen=True)
class Linear:
    """A polynomial that is at most 0, less than 0 or 0; every product counts as an unknown."""

    polynomial: Polynomial
    sign: Sign


_Row = tuple[frozenset[tuple[Product, Fraction]], bool]  # unknowns with their factors, strict
_Rows = dict[_Row, Fraction]  # of conditions that differ in their constant only, the hardest


def is_impossible(conditions: Iterable[Linear]) -> bool:
    """Whether it is proved that no numbers within their ranges meet all conditions."""
    equations, rows = _taken_apart(conditions)
    try:
        while equations:
            _substitute(equations.pop(), equations, rows)
        packed = _packed(rows)
        while packed is not None and (unknown := _cheapest(packed)) is not None:
            packed = _without(unknown, packed)
    except ContradictionError:
        return True
    return False


class ContradictionError(Exception):
    """Two constants contradict each other."""


Terms = dict[Product, Fraction]


def _taken_apart(conditions: Iterable[Linear]) -> tuple[list[Terms], list[tuple[Terms, bool]]]:
    """Equations and inequalities, with the bounds of every product in them."""
    equations: list[Terms] = []
    rows: list[tuple[Terms, bool]] = []
    products: dict[Product, None] = {}
    for condition in conditions:
        terms = dict(condition.polynomial.terms)
        products |= dict.fromkeys(terms)
        if condition.sign == "=":
            equations.append(terms)
        else:
            rows.append((terms, condition.sign == "<"))
    products.pop(ONE, None)
    for product in products:
        low, high = product_range(product)
        if low is not None:
            rows.append(({product: Fraction(-1), ONE: low}, False))
        if high is not None:
            rows.append(({product: Fraction(1), ONE: -high}, False))
    return equations, rows


def _substitute(equation: Terms, equations: list[Terms], rows: list[tuple[Terms, bool]]) -> None:
    """Put what an equation says of one unknown into all other conditions."""
    unknown = next((product for product in equation if product != ONE), None)
    if unknown is None:
        if equation.get(ONE):
            raise ContradictionError
        return
    for terms in (*equations, *(terms for terms, _ in rows)):
        factor = terms.get(unknown)
        if factor:
            _add(terms, equation, -factor / equation[unknown])


def _add(terms: Terms, other: Mapping[Product, Fraction], factor: Fraction) -> None:
    for product, number in other.items():
        value = terms.get(product, Fraction(0)) + number * factor
        if value:
            terms[product] = value
        else:
            terms.pop(product, None)


def _packed(rows: Iterable[tuple[Terms, bool]]) -> _Rows | None:
    """The conditions, each in one way of writing it; nothing if there are too many of them."""
    packed: _Rows = {}
    for terms, is_strict in rows:
        constant = terms.get(ONE, Fraction(0))
        unknowns = {product: n for product, n in terms.items() if product != ONE}
        if not unknowns:
            if constant > 0 or (is_strict and constant == 0):
                raise ContradictionError
            continue
        row, constant = _simplest(unknowns, constant, is_strict=is_strict)
        packed[row] = max(constant, packed.get(row, constant))
    return packed if len(packed) <= MOST else None


def _simplest(unknowns: Terms, constant: Fraction, *, is_strict: bool) -> tuple[_Row, Fraction]:
    """Factors without a common divisor; where all unknowns are whole, the constant is whole too."""
    below = lcm(*(number.denominator for number in unknowns.values()))
    common = gcd(*(int(number * below) for number in unknowns.values()))
    factor = Fraction(below, common)
    scaled, constant = frozenset((p, n * factor) for p, n in unknowns.items()), constant * factor
    if all(each.is_whole for product in unknowns for each in product):
        limit = -constant  # the sum is at most this, and whole
        most = floor(limit) - (1 if is_strict and limit == floor(limit) else 0)
        return (scaled, False), Fraction(-most)
    return (scaled, is_strict), constant


def _cheapest(rows: _Rows) -> Product | None:
    """The unknown whose elimination makes the fewest conditions."""
    above: dict[Product, int] = {}
    below: dict[Product, int] = {}
    for unknowns, _ in rows:
        for product, number in unknowns:
            side = above if number > 0 else below
            side[product] = side.get(product, 0) + 1
    products = dict.fromkeys((*above, *below))
    return min(products, key=lambda p: above.get(p, 0) * below.get(p, 0), default=None)


def _without(unknown: Product, rows: _Rows) -> _Rows | None:
    """The conditions on the other unknowns."""
    kept: list[tuple[Terms, bool]] = []
    uppers: list[tuple[Terms, bool]] = []
    lowers: list[tuple[Terms, bool]] = []
    for (unknowns, is_strict), constant in rows.items():
        terms = dict(unknowns) | ({ONE: constant} if constant else {})
        factor = terms.get(unknown)
        side = kept if factor is None else uppers if factor > 0 else lowers
        side.append((terms, is_strict))
    if len(kept) + len(uppers) * len(lowers) > MOST:
        return None
    for upper, is_strict in uppers:
        for lower, is_other_strict in lowers:
            terms = {product: number * -lower[unknown] for product, number in upper.items()}
            _add(terms, lower, upper[unknown])
            kept.append((terms, is_strict or is_other_strict))
    return _packed(kept)
