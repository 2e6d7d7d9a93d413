"""The two sides of a broken rule with their values, and the sentence that says how they differ."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from infodesk.expr.evaluate import Facts, evaluate, round_half_up
from infodesk.expr.kinds import kind_of
from infodesk.model.expression import (
    All,
    Any,
    Arithmetic,
    Between,
    Compare,
    CompareSign,
    Node,
    Not,
    Value,
    When,
    all_values,
    walk,
)
from infodesk.text.message import Message

SHOWN_DECIMALS = 6  # of a side that is no whole number
SHOWN_DECIMALS_OF_RATIOS = 4


@dataclass(frozen=True)
class Sides:
    """A comparison of numbers with both values put in, and whether it is what the rule breaks."""

    comparison: Compare
    left: Decimal
    right: Decimal
    is_broken: bool = True

    @property
    def difference(self) -> Decimal:
        """How far apart the sides are."""
        return _trimmed(abs(self.left - self.right))


def comparisons(node: Node) -> tuple[Compare, ...]:
    """The comparisons of numbers in a condition, in the order in which they are told.

    Of parts joined by `or` the main one; of parts joined by `and` first those that are no `or`.
    """
    match main_part(node):
        case Compare(_, left, _) as comparison if kind_of(left) == "number":
            return (comparison,)
        case Between(value, low, high) if kind_of(value) == "number":
            return (Compare(">=", value, low), Compare("<=", value, high))
        case All(parts):
            in_order = sorted(parts, key=lambda part: isinstance(_unfolded(part), Any))
            return tuple(found for part in in_order for found in comparisons(part))
        case _:
            return ()


def main_part(node: Node) -> Node:
    """What a condition is about: of parts joined by `or`, the one that compares most items."""
    plain = _unfolded(node)
    if isinstance(plain, Any):
        return main_part(max(plain.parts, key=_weight))
    return plain


def main_comparison(node: Node) -> Compare | None:
    """The comparison of its main part that speaks of most items."""
    return max(comparisons(node), key=lambda each: len(all_values(each)), default=None)


def sides(node: Node, facts: Facts) -> Sides | None:
    """Both sides of the first comparison of the main part that does not hold, else of the main one."""
    broken = next((each for each in comparisons(node) if evaluate(each, facts) is False), None)
    best = broken or main_comparison(node)
    if best is None:
        return None
    left, right = evaluate(best.left, facts), evaluate(best.right, facts)
    if not isinstance(left, Fraction | float) or not isinstance(right, Fraction | float):
        return None
    decimals = SHOWN_DECIMALS_OF_RATIOS if _is_ratio(best) else SHOWN_DECIMALS
    if evaluate(Compare("=", best.left, best.right), facts) is False:
        while round_half_up(left, decimals) == round_half_up(right, decimals):
            decimals += 1
    return Sides(best, shown(left, decimals), shown(right, decimals), broken is not None)


def shown(value: Fraction | float, decimals: int) -> Decimal:
    """A value as people read it: whole, or with as many decimals as it needs, `decimals` at most."""
    return _trimmed(round_half_up(value, decimals))


def tell(found: Sides) -> Message:
    """How the sides differ: 计算 47，填报 49，差 2."""
    sides = {"left": found.left, "right": found.right, "difference": found.difference}
    values = {name: f"{side:f}" for name, side in sides.items()}
    if not found.is_broken:
        return Message("left side {left}, right side {right}, difference {difference}", **values)
    match found.comparison.sign:
        case "=":
            return _tell_equality(found.comparison, values)
        case "<>":
            return Message("both sides are {left}", **values)
        case "<":
            return Message("{left} is not less than {right}", **values)
        case "<=":
            return Message("{left} is more than {right}, by {difference}", **values)
        case ">":
            return Message("{left} is not more than {right}", **values)
        case ">=":
            return Message("{left} is less than {right}, by {difference}", **values)


def _weight(part: Node) -> tuple[bool, int]:
    return bool(comparisons(part)), len(all_values(part))


def _unfolded(node: Node) -> Node:
    """The node with a `not` at its head carried inwards as far as it goes."""
    return _turned(node.of) if isinstance(node, Not) else node


def _turned(node: Node) -> Node:
    match node:
        case Compare(sign, left, right):
            return Compare(_OPPOSITE[sign], left, right)
        case Between(value, low, high):
            return Any((Compare("<", value, low), Compare(">", value, high)))
        case All(parts):
            return Any(tuple(map(Not, parts)))
        case Any(parts):
            return All(tuple(map(Not, parts)))
        case Not(of):
            return _unfolded(of)
        case _:
            return Not(node)


def _is_ratio(comparison: Compare) -> bool:
    return any(isinstance(node, Arithmetic) and node.sign == "/" for node in walk(comparison))


def _trimmed(number: Decimal) -> Decimal:
    """Without the zeros that end its decimals."""
    text = f"{number:f}"
    return Decimal(text.rstrip("0").rstrip(".") if "." in text else text)


def _tell_equality(comparison: Compare, values: dict[str, str]) -> Message:
    first, second = comparison.left, comparison.right
    if _is_earlier(first) and _is_answer(second):
        return Message("before {left}, reported {right}, difference {difference}", **values)
    if _is_earlier(second) and _is_answer(first):
        swapped = values | {"left": values["right"], "right": values["left"]}
        return Message("before {left}, reported {right}, difference {difference}", **swapped)
    if _is_answer(second):
        return Message("computed {left}, reported {right}, difference {difference}", **values)
    if _is_answer(first):
        swapped = values | {"left": values["right"], "right": values["left"]}
        return Message("computed {left}, reported {right}, difference {difference}", **swapped)
    return Message("left side {left}, right side {right}, difference {difference}", **values)


def _is_answer(node: Node) -> bool:
    return isinstance(node, Value) and node.when is When.NOW


def _is_earlier(node: Node) -> bool:
    return isinstance(node, Value) and node.when is not When.NOW


_OPPOSITE: dict[CompareSign, CompareSign] = {
    "=": "<>",
    "<>": "=",
    "<": ">=",
    ">=": "<",
    ">": "<=",
    "<=": ">",
}
