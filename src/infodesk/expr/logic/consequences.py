"""What follows from a set of rules: some cannot fail, some cannot pass, some cannot pass together."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import combinations
from typing import Literal

from infodesk.expr.evaluate import Known, evaluate
from infodesk.expr.logic.truth import Meaning, can_hold, meaning
from infodesk.model.expression import Aggregate, IsUnique, PeriodFact, Value, all_values
from infodesk.model.rule import Rule

Kind = Literal["never_fails", "never_passes", "contradicts", "repeats", "follows_from"]


@dataclass(frozen=True)
class Consequence:
    """What was proved of a rule, with regard to another or alone.

    `repeats`: both say the same. `follows_from`: it can fail only where the other, which is at least as grave and
    asks for no other item, fails as well.
    """

    kind: Kind
    rule: Rule
    other: Rule | None = None


class _Zeros:
    """A record of nothing but zeros: where two rules both pass it, no proof need be looked for."""

    def value(self, value: Value) -> Known | None:
        return Fraction(0) if value.item.is_exact else None

    def aggregate(self, aggregate: Aggregate) -> Known | None:
        return None if isinstance(aggregate, IsUnique) else Fraction(0)

    def period_fact(self, fact: PeriodFact) -> Known:
        return "2026-09-01" if fact.name in ("start", "end") else Fraction(30)

    def unit_kind(self) -> str:
        return ""


@dataclass(frozen=True)
class _Known:
    rule: Rule

    @cached_property
    def meaning(self) -> Meaning:
        return meaning(self.rule.check)

    @cached_property
    def items(self) -> frozenset[Value]:
        return frozenset(all_values(self.rule.check))

    @cached_property
    def passes_at_zero(self) -> bool:
        return evaluate(self.rule.check, _Zeros()) is True

    @cached_property
    def can_pass(self) -> bool:
        return can_hold(self.meaning.passes)

    @cached_property
    def can_fail(self) -> bool:
        return can_hold(self.meaning.fails)


def consequences(rules: Iterable[Rule]) -> Iterator[Consequence]:
    """Everything proved, rule by rule; what is not listed may still be so."""
    known = [_Known(rule) for rule in rules]
    for each in known:
        if not each.can_fail:
            yield Consequence("never_fails", each.rule)
        if not each.can_pass:
            yield Consequence("never_passes", each.rule)
    usual = [each for each in known if each.can_fail and each.can_pass]
    for first, second in combinations(usual, 2):
        if _look_at_the_same(first.rule, second.rule) and first.items & second.items:
            yield from _of_two(first, second)


def _look_at_the_same(first: Rule, second: Rule) -> bool:
    """Whether they are asked of the same records in the same periods."""
    if first.is_about_records is not second.is_about_records:
        return False
    if first.is_about_records and first.form != second.form:
        return False
    starts = [rule.since.start for rule in (first, second) if rule.since]
    ends = [rule.until.end for rule in (first, second) if rule.until]
    return not starts or not ends or max(starts) < min(ends)


def _of_two(first: _Known, second: _Known) -> Iterator[Consequence]:
    can_both_pass = first.passes_at_zero and second.passes_at_zero
    if not can_both_pass and not can_hold(first.meaning.passes, second.meaning.passes):
        yield Consequence("contradicts", second.rule, first.rule)
        return
    is_first_implied = _implies(second, first)
    is_second_implied = _implies(first, second)
    if is_first_implied and is_second_implied:
        yield Consequence("repeats", second.rule, first.rule)
    elif is_second_implied and _covers(first.rule, second.rule):
        yield Consequence("follows_from", second.rule, first.rule)
    elif is_first_implied and _covers(second.rule, first.rule):
        yield Consequence("follows_from", first.rule, second.rule)


def _implies(first: _Known, second: _Known) -> bool:
    """Whether the second can fail only where the first is not true, and is asked of all its items."""
    if not first.items <= second.items:
        return False
    return not can_hold(first.meaning.passes, second.meaning.fails)


def _covers(first: Rule, second: Rule) -> bool:
    """Whether the first says all the second says, and nobody has declared why both are there."""
    return first.severity.rank <= second.severity.rank and first.id not in second.follows
