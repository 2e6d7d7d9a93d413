"""Sums of products of what a record may hold, in fractions; and the range each product lies in.

A product of two unknowns is taken for an unknown of its own. That loses knowledge and adds none, so what is
proved impossible of polynomials is impossible.
"""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from infodesk.model.expression import Count, PeriodFact, Total, Value
from infodesk.model.item import Type


@dataclass(frozen=True)
class Unknown:
    """A number that a record, a period or the hospital may give; `low` and `high` are its bounds, if any."""

    of: Hashable
    low: Fraction | None = None
    high: Fraction | None = None
    is_whole: bool = False


Product = tuple[Unknown, ...]  # in a fixed order; the empty product is 1
Range = tuple[Fraction | None, Fraction | None]
ONE: Product = ()


@dataclass(frozen=True)
class Polynomial:
    """Products and what each is multiplied with; never with 0."""

    terms: Mapping[Product, Fraction]

    @classmethod
    def constant(cls, value: Fraction) -> "Polynomial":
        """A number."""
        return cls({ONE: value} if value else {})

    @classmethod
    def single(cls, unknown: Unknown) -> "Polynomial":
        """One unknown."""
        return cls({(unknown,): Fraction(1)})

    def plus(self, other: "Polynomial", factor: Fraction = Fraction(1)) -> "Polynomial":
        """The sum with `factor` times the other."""
        terms = dict(self.terms)
        for product, number in other.terms.items():
            terms[product] = terms.get(product, Fraction(0)) + number * factor
        return Polynomial({product: number for product, number in terms.items() if number})

    def times(self, other: "Polynomial") -> "Polynomial":
        """The product."""
        result = Polynomial({})
        for product, number in self.terms.items():
            terms = {_joined(product, each): value for each, value in other.terms.items()}
            result = result.plus(Polynomial(terms), number)
        return result

    @property
    def as_constant(self) -> Fraction | None:
        """Its value, if nothing unknown is in it."""
        if not self.terms:
            return Fraction(0)
        return self.terms[ONE] if set(self.terms) == {ONE} else None

    @property
    def range(self) -> Range:
        """Bounds of its value."""
        low: Fraction | None = Fraction(0)
        high: Fraction | None = Fraction(0)
        for product, number in self.terms.items():
            bounds = _scaled(product_range(product), number)
            low = None if low is None or bounds[0] is None else low + bounds[0]
            high = None if high is None or bounds[1] is None else high + bounds[1]
        return low, high


def product_range(product: Product) -> Range:
    """Bounds of a product: of its factors multiplied, where none of them can be negative."""
    low, high = Fraction(1), Fraction(1)
    is_bounded = True
    if len(product) == 1:
        return product[0].low, product[0].high
    for factor in product:
        if factor.low is None or factor.low < 0:
            return None, None
        low *= factor.low
        is_bounded = is_bounded and factor.high is not None
        high *= factor.high or 0
    return low, high if is_bounded else None


def unknown_of(node: Value | PeriodFact | Count) -> Unknown:
    """What a value, a count or a fact of the period may be."""
    match node:
        case Value(item=item):
            high = Fraction(item.largest)
            is_whole = item.type is Type.INTEGER
            return Unknown(node, -high if item.negative else Fraction(0), high, is_whole)
        case PeriodFact(name):
            shortest = 28 if name == "days" else 0
            return Unknown(node, Fraction(shortest), Fraction(366), is_whole=True)
        case Count():
            return Unknown(node, Fraction(0), None, is_whole=True)


def total_of(node: Total, of: Polynomial) -> Polynomial:
    """A total as the sum of the totals of what is added up in it."""
    if node.where is not None or ONE in of.terms:
        low, _ = of.range
        return Polynomial.single(
            Unknown(node, Fraction(0) if low is not None and low >= 0 else None)
        )
    return Polynomial({(_total(node.form, p),): number for p, number in of.terms.items()})


def _total(form: str, product: Product) -> Unknown:
    low, _ = product_range(product)
    is_whole = all(factor.is_whole for factor in product)
    bound = Fraction(0) if low is not None and low >= 0 else None
    return Unknown(("total", form, product), bound, None, is_whole)


def _joined(first: Product, second: Product) -> Product:
    return tuple(sorted((*first, *second), key=repr))


def _scaled(bounds: Range, number: Fraction) -> Range:
    low, high = (None if bound is None else bound * number for bound in bounds)
    return (low, high) if number > 0 else (high, low)
