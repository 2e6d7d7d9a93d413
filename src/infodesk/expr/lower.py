"""A checked tree to what the machine takes: exact where all items are exact, real where one is measured."""

from collections.abc import Callable
from dataclasses import dataclass

from infodesk.expr.evaluate import real_decimals
from infodesk.expr.kinds import kind_of
from infodesk.expr.machine import (
    Absolute,
    And,
    Bool,
    Calculate,
    Choose,
    Constant,
    HoldsDigits,
    IfNonzero,
    IsKnown,
    Load,
    LoadText,
    Minus,
    Negated,
    Num,
    NumbersCompare,
    Or,
    OrElse,
    RoundReal,
    Stored,
    TextsCompare,
    Whole,
    Words,
    YearOf,
)
from infodesk.expr.quotient import Integer, Quotient, constant
from infodesk.model.expression import (
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
    PeriodFact,
    Text,
    Total,
    Truth,
    UnitKind,
    Value,
    Year,
)
from infodesk.model.item import Type

MOST_RECORDS = 10_000  # of one form in one period; a larger total is unknown, not wrong


@dataclass(frozen=True)
class Measured:
    """A real number."""

    num: Num


Lowered = Quotient | Measured


def lower_condition(node: Node) -> Bool:
    """What a condition becomes."""
    return _CONDITIONS[type(node)](node)


def lower_number(node: Node) -> Lowered:
    """What a number becomes."""
    return _NUMBERS[type(node)](node)


def plain_number(node: Node) -> tuple[Num, int]:
    """A number without a division, as one machine number and its scale (for sums of it)."""
    lowered = lower_number(node)
    if isinstance(lowered, Measured):
        return lowered.num, 0
    return lowered.top.num, lowered.scale


def shown_number(node: Node) -> Num:
    """A number divided out, as people read it."""
    return _real(lower_number(node))


def _real(number: Lowered) -> Num:
    if isinstance(number, Measured):
        return number.num
    if number.scale == 0 and number.bottom.is_one:
        return number.top.num
    return number.as_real()


def _number(node: Number) -> Lowered:
    scale = max(-int(node.value.as_tuple().exponent), 0)
    return Quotient(constant(int(node.value.scaleb(scale))), scale)


def _value(node: Value) -> Lowered:
    item = node.item
    if item.type is Type.NUMBER:
        return Measured(Load(node))
    high = item.largest * 10**item.scale
    return Quotient(
        Integer(Load(node, item.scale), -high if item.negative else 0, high), item.scale
    )


def _total(node: Total) -> Lowered:
    of = lower_number(node.of)
    if isinstance(of, Measured):
        return Measured(Load(node))
    low, high = of.top.low * MOST_RECORDS, of.top.high * MOST_RECORDS
    return Quotient(Integer(Load(node, of.scale), low, high), of.scale)


def _arithmetic(node: Arithmetic) -> Lowered:
    left, right = lower_number(node.left), lower_number(node.right)
    if isinstance(left, Measured) or isinstance(right, Measured):
        num: Num = Calculate(node.sign, _real(left), _real(right))
        return Measured(IfNonzero(_real(right), num) if node.sign == "/" else num)
    match node.sign:
        case "+":
            return left.plus(right)
        case "-":
            return left.plus(right, subtract=True)
        case "*":
            return left.times(right)
        case "/":
            return left.over(right)


def _negative(node: Negative) -> Lowered:
    of = lower_number(node.of)
    return Measured(Minus(of.num)) if isinstance(of, Measured) else of.negated()


def _function(node: Function) -> Lowered:
    return _FUNCTIONS[node.name](node.arguments)


def _abs(arguments: tuple[Node, ...]) -> Lowered:
    of = lower_number(arguments[0])
    return Measured(Absolute(of.num)) if isinstance(of, Measured) else of.absolute()


def _round(arguments: tuple[Node, ...]) -> Lowered:
    of, decimals = lower_number(arguments[0]), arguments[1]
    places = int(decimals.value) if isinstance(decimals, Number) else 0
    return Measured(RoundReal(of.num, places)) if isinstance(of, Measured) else of.rounded(places)


def _coalesce(arguments: tuple[Node, ...]) -> Lowered:
    return _fold(arguments, _or_else)


def _or_else(first: Lowered, second: Lowered) -> Lowered:
    if isinstance(first, Quotient) and isinstance(second, Quotient):
        return first.or_else(second)
    return Measured(OrElse(_real(first), _real(second)))


def _extreme(towards: str) -> Callable[[tuple[Node, ...]], Lowered]:
    def pick(first: Lowered, second: Lowered) -> Lowered:
        pair = (first, second) if towards == "least" else (second, first)
        first_wins, second_wins = _ordered(*pair), _ordered(*reversed(pair))
        return _chosen(first_wins, first, _chosen(second_wins, second, None))

    return lambda arguments: _fold(arguments, pick)


def _ordered(lesser: Lowered, greater: Lowered) -> Bool:
    return _compare_numbers("<=", lesser, greater, None)


def _chosen(condition: Bool, then: Lowered, otherwise: Lowered | None) -> Lowered:
    if isinstance(then, Quotient) and not isinstance(otherwise, Measured):
        return then.chosen(condition, otherwise)
    other = None if otherwise is None else _real(otherwise)
    return Measured(Choose(condition, _real(then), other))


def _fold(arguments: tuple[Node, ...], join: Callable[[Lowered, Lowered], Lowered]) -> Lowered:
    *rest, result = (lower_number(argument) for argument in arguments)
    for number in reversed(rest):
        result = join(number, result)
    return result


def _case(node: Case) -> Lowered:
    result = None if node.otherwise is None else lower_number(node.otherwise)
    for condition, value in reversed(node.branches):
        result = _chosen(lower_condition(condition), lower_number(value), result)
    assert result is not None, "a case has at least one branch"
    return result


def _compare(node: Compare) -> Bool:
    match kind_of(node.left):
        case "number":
            left, right = lower_number(node.left), lower_number(node.right)
            return _compare_numbers(node.sign, left, right, real_decimals(node.left, node.right))
        case "truth":
            return _compare_truths(node)
        case _:
            return TextsCompare(node.sign, _words(node.left), _words(node.right))


def _compare_numbers(sign: str, left: Lowered, right: Lowered, decimals: int | None) -> Bool:
    if isinstance(left, Quotient) and isinstance(right, Quotient):
        return left.compared(sign, right)  # type: ignore[arg-type]  # one of the six
    difference: Num = Calculate("-", _real(left), _real(right))
    if decimals is not None:
        difference = RoundReal(difference, decimals)
    return NumbersCompare(sign, difference, Whole(0))  # type: ignore[arg-type]  # one of the six


def _compare_truths(node: Compare) -> Bool:
    left, right = lower_condition(node.left), lower_condition(node.right)
    same = Or((And((left, right)), And((Negated(left), Negated(right)))))
    return same if node.sign == "=" else Negated(same)


def _words(node: Node) -> LoadText | Words:
    match node:
        case Text(value):
            return Words(value)
        case Value() | UnitKind() | PeriodFact():
            return LoadText(node)
        case _:
            raise TypeError(node)


def _between(node: Between) -> Bool:
    return And(
        (
            _compare(Compare("<=", node.low, node.value)),
            _compare(Compare("<=", node.value, node.high)),
        )
    )


def _in(node: In) -> Bool:
    return Or(tuple(_compare(Compare("=", node.value, option)) for option in node.options))


_NUMBERS: dict[type[Node], Callable[..., Lowered]] = {
    Number: _number,
    Value: _value,
    PeriodFact: lambda node: Quotient(Integer(Load(node), 0, 366)),
    Total: _total,
    Count: lambda node: Quotient(Integer(Load(node), 0, 10**6)),
    Year: lambda node: Quotient(Integer(YearOf(_words(node.of)), 0, 9999)),
    Arithmetic: _arithmetic,
    Negative: _negative,
    Function: _function,
    Case: _case,
}

_FUNCTIONS: dict[str, Callable[[tuple[Node, ...]], Lowered]] = {
    "abs": _abs,
    "round": _round,
    "coalesce": _coalesce,
    "least": _extreme("least"),
    "greatest": _extreme("greatest"),
}

_CONDITIONS: dict[type[Node], Callable[..., Bool]] = {
    Compare: _compare,
    Between: _between,
    In: _in,
    Truth: lambda node: Constant(node.value),
    Value: Stored,
    IsUnique: Stored,
    IsBlank: lambda node: Negated(IsKnown(node.of)),
    HoldsIdNumber: lambda node: HoldsDigits(node.of),
    All: lambda node: And(tuple(map(lower_condition, node.parts))),
    Any: lambda node: Or(tuple(map(lower_condition, node.parts))),
    Not: lambda node: Negated(lower_condition(node.of)),
}
