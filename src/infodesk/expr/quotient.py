"""Exact numbers while they are lowered: an integer with its bounds, and a quotient of two of them."""

from dataclasses import dataclass

from infodesk.expr.machine import (
    LIMIT,
    Absolute,
    Bool,
    Bounded,
    Calculate,
    Choose,
    IfNonzero,
    IsKnown,
    Minus,
    Num,
    NumbersCompare,
    OrElse,
    Whole,
    WholeQuotient,
)
from infodesk.model.expression import CompareSign


@dataclass(frozen=True)
class Integer:
    """An integer for the machine, and bounds that it cannot leave."""

    num: Num
    low: int
    high: int

    @property
    def is_one(self) -> bool:
        """Whether it is the constant 1."""
        return self.num == Whole(1)

    def plus(self, other: "Integer") -> "Integer":
        """The sum."""
        low, high = self.low + other.low, self.high + other.high
        if self.low >= 0 and isinstance(self.num, Bounded) and other.low >= 0:
            # nothing in it is below 0: where the whole is within bounds, all its parts are
            return Integer(Bounded(Calculate("+", self.num.of, other.num)), low, min(high, LIMIT))
        return bounded(Calculate("+", self.num, other.num), low, high)

    def minus(self, other: "Integer") -> "Integer":
        """The difference."""
        num = Calculate("-", self.num, other.num)
        return bounded(num, self.low - other.high, self.high - other.low)

    def times(self, other: "Integer") -> "Integer":
        """The product."""
        if other.is_one:
            return self
        if self.is_one:
            return other
        corners = [a * b for a in (self.low, self.high) for b in (other.low, other.high)]
        if isinstance(self.num, Whole) and isinstance(other.num, Whole):
            return constant(self.num.value * other.num.value)
        return bounded(Calculate("*", self.num, other.num), min(corners), max(corners))

    def shifted(self, places: int) -> "Integer":
        """Times ten to the power of `places` (0 or more)."""
        return self.times(constant(10**places))

    def negated(self) -> "Integer":
        """With its sign turned."""
        if isinstance(self.num, Whole):
            return constant(-self.num.value)
        return Integer(Minus(self.num), -self.high, -self.low)

    def absolute(self) -> "Integer":
        """Without its sign."""
        if self.low >= 0:
            return self
        return Integer(Absolute(self.num), 0, max(-self.low, self.high))

    def turned_if(self, negative: "Integer") -> "Integer":
        """With its sign turned where `negative` is below 0."""
        if negative.low >= 0:
            return self
        below = NumbersCompare("<", negative.num, Whole(0))
        most = max(abs(self.low), abs(self.high))
        return Integer(Choose(below, Minus(self.num), self.num), -most, most)


def constant(value: int) -> Integer:
    """A constant integer."""
    return Integer(Whole(value), value, value)


def bounded(num: Num, low: int, high: int) -> Integer:
    """An integer that is unknown where it would leave the range that machines keep exactly."""
    if max(abs(low), abs(high)) <= LIMIT:
        return Integer(num, low, high)
    return Integer(Bounded(num), max(low, -LIMIT), min(high, LIMIT))


ONE = constant(1)


@dataclass(frozen=True)
class Quotient:
    """`top / (bottom * 10**scale)`, never divided out."""

    top: Integer
    scale: int = 0
    bottom: Integer = ONE

    def plus(self, other: "Quotient", *, subtract: bool = False) -> "Quotient":
        """The sum, or the difference."""
        left, right, bottom, scale = _aligned(self, other)
        return Quotient(left.minus(right) if subtract else left.plus(right), scale, bottom)

    def times(self, other: "Quotient") -> "Quotient":
        """The product."""
        return Quotient(
            self.top.times(other.top), self.scale + other.scale, self.bottom.times(other.bottom)
        )

    def over(self, other: "Quotient") -> "Quotient":
        """The quotient; unknown where `other` is 0."""
        shift = other.scale - self.scale
        top = self.top.times(other.bottom).shifted(max(shift, 0))
        top = _if_nonzero(other.bottom, top)
        bottom = self.bottom.times(other.top).shifted(max(-shift, 0))
        return Quotient(top, 0, bottom)

    def negated(self) -> "Quotient":
        """With its sign turned."""
        return Quotient(self.top.negated(), self.scale, self.bottom)

    def absolute(self) -> "Quotient":
        """Without its sign."""
        return Quotient(self.top.absolute(), self.scale, self.bottom.absolute())

    def rounded(self, decimals: int) -> "Quotient":
        """Rounded half up (away from zero), at the scale of `decimals`."""
        shift = decimals - self.scale
        if self.bottom.is_one and shift >= 0:
            return Quotient(self.top.shifted(shift), decimals)
        top, bottom = self.top.shifted(max(shift, 0)), self.bottom.shifted(max(-shift, 0))
        size, by = top.absolute(), bottom.absolute()
        doubled = size.times(constant(2)).plus(by)
        most = size.high + 1
        whole = Integer(WholeQuotient(doubled.num, by.times(constant(2)).num), 0, most)
        return Quotient(whole.turned_if(top).turned_if(bottom), decimals)

    def or_else(self, other: "Quotient") -> "Quotient":
        """This, or `other` where this is unknown."""
        mine, others, scale = _same_scale(self, other)
        low, high = min(mine.low, others.low), max(mine.high, others.high)
        if self.bottom.is_one and other.bottom.is_one:
            return Quotient(Integer(OrElse(mine.num, others.num), low, high), scale)
        known = IsKnown(_if_nonzero(self.bottom, self.top).num)
        return self.chosen(known, other)

    def chosen(self, condition: Bool, other: "Quotient | None") -> "Quotient":
        """This where the condition is true, else `other` (unknown if there is none)."""
        if other is None:
            top = Integer(Choose(condition, self.top.num, None), self.top.low, self.top.high)
            return Quotient(top, self.scale, self.bottom)
        mine, others, scale = _same_scale(self, other)
        top = _choose(condition, mine, others)
        if self.bottom.is_one and other.bottom.is_one:
            return Quotient(top, scale)
        return Quotient(top, scale, _choose(condition, self.bottom, other.bottom))

    def compared(self, sign: CompareSign, other: "Quotient") -> Bool:
        """The two compared, by multiplying across."""
        left, right, bottom, _ = _aligned(self, other)
        left, right = left.turned_if(bottom), right.turned_if(bottom)
        return NumbersCompare(sign, _if_nonzero(bottom, left).num, right.num)

    def as_real(self) -> Num:
        """The quotient divided out, as a real."""
        divisor = self.bottom.shifted(self.scale)
        return Calculate("/", _if_nonzero(self.bottom, self.top).num, divisor.num)


def _aligned(left: Quotient, right: Quotient) -> tuple[Integer, Integer, Integer, int]:
    mine, others, scale = _same_scale(left, right)
    if left.bottom == right.bottom:
        return mine, others, left.bottom, scale
    return (
        mine.times(right.bottom),
        others.times(left.bottom),
        left.bottom.times(right.bottom),
        scale,
    )


def _same_scale(left: Quotient, right: Quotient) -> tuple[Integer, Integer, int]:
    scale = max(left.scale, right.scale)
    return left.top.shifted(scale - left.scale), right.top.shifted(scale - right.scale), scale


def _choose(condition: Bool, then: Integer, otherwise: Integer) -> Integer:
    num = Choose(condition, then.num, otherwise.num)
    return Integer(num, min(then.low, otherwise.low), max(then.high, otherwise.high))


def _if_nonzero(test: Integer, of: Integer) -> Integer:
    if test.low > 0 or test.high < 0:
        return of
    return Integer(IfNonzero(test.num, of.num), of.low, of.high)
