"""What the machine takes, as a formula of Excel 2007: 1 is true, 0 is false, 0.5 is unknown.

`and` is MIN, `or` is MAX, `not` is 1-x. Every comparison first asks whether its cells hold numbers.
"""

from collections.abc import Callable
from dataclasses import dataclass

from infodesk.expr.lower import lower_condition, shown_number
from infodesk.expr.machine import (
    LIMIT,
    Absolute,
    And,
    Bool,
    Bounded,
    Calculate,
    Choose,
    Constant,
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
    TextsCompare,
    Whole,
    WholeQuotient,
    Words,
    YearOf,
)
from infodesk.model.expression import Aggregate, Node, PeriodFact, UnitKind, Value

Source = Value | Aggregate | PeriodFact | UnitKind
UNKNOWN = "0.5"


class NotInWorkbookError(Exception):
    """The expression needs something that this workbook does not hold."""


@dataclass(frozen=True)
class Drawn:
    """A piece of formula; the cells that must hold numbers, and what else must hold, for it to be known."""

    text: str
    cells: tuple[str, ...] = ()
    tests: tuple[str, ...] = ()

    @property
    def known(self) -> str:
        """When it is known, as a condition; empty if always."""
        tests = [*_count(self.cells), *self.tests]
        return tests[0] if len(tests) == 1 else f"AND({','.join(tests)})" if tests else ""


Places = Callable[[Source], Drawn]


def condition_formula(node: Node, places: Places) -> str:
    """A condition as a formula without `=`; `places` says where each source of values stands."""
    return Excel(places).condition(lower_condition(node))


def number_formula(node: Node, places: Places) -> Drawn:
    """A number, divided out, as people read it."""
    return Excel(places).number(shown_number(node))


def _count(cells: tuple[str, ...]) -> tuple[str, ...]:
    return (f"COUNT({','.join(cells)})={len(cells)}",) if cells else ()


def _joined(text: str, *parts: Drawn) -> Drawn:
    cells = tuple(dict.fromkeys(cell for part in parts for cell in part.cells))
    tests = tuple(dict.fromkeys(test for part in parts for test in part.tests))
    return Drawn(text, cells, tests)


class Excel:
    """Writes machine expressions as formulas."""

    def __init__(self, places: Places) -> None:
        self._places = places

    def number(self, num: Num) -> Drawn:
        """A number."""
        match num:
            case Whole(value):
                return Drawn(str(value) if value >= 0 else f"({value})")
            case Load(source, scale):
                drawn = self._places(source)
                return drawn if scale == 0 else _joined(f"ROUND({drawn.text}*{10**scale},0)", drawn)
            case Calculate(sign, left, right):
                first, second = self.number(left), self.number(right)
                text = f"({first.text}{sign}{second.text})"
                if sign in "+-" and isinstance(left, Calculate) and left.sign in "+-":
                    text = f"{first.text[:-1]}{sign}{second.text})"
                return _joined(text, first, second)
            case Minus(of):
                drawn = self.number(of)
                return _joined(f"(-{drawn.text})", drawn)
            case Absolute(of):
                drawn = self.number(of)
                return _joined(f"ABS({drawn.text})", drawn)
            case RoundReal(of, decimals):
                drawn = self.number(of)
                return _joined(f"ROUND({drawn.text},{decimals})", drawn)
            case _:
                return self._composed(num)

    def _composed(self, num: Num) -> Drawn:
        match num:
            case YearOf(of):
                drawn = self._text(of)
                return _joined(f"VALUE(LEFT({drawn.text},4))", drawn)
            case WholeQuotient(left, right):
                top, by = self.number(left), self.number(right)
                return self._tested(_joined(f"INT({top.text}/{by.text})", top, by), f"{by.text}<>0")
            case Bounded(of):
                drawn = self.number(of)
                return self._tested(drawn, f"ABS({drawn.text})<={LIMIT}")
            case IfNonzero(test, of):
                zero, drawn = self.number(test), self.number(of)
                return self._tested(_joined(drawn.text, drawn, zero), f"{zero.text}<>0")
            case OrElse(first, second):
                return self._or_else(self.number(first), self.number(second))
            case Choose(condition, then, otherwise):
                other = (
                    Drawn("0", tests=("FALSE",)) if otherwise is None else self.number(otherwise)
                )
                return self._choose(self.condition(condition), self.number(then), other)
            case _:
                raise TypeError(num)

    def _tested(self, drawn: Drawn, test: str) -> Drawn:
        return Drawn(drawn.text, drawn.cells, (*drawn.tests, test))

    def _or_else(self, first: Drawn, second: Drawn) -> Drawn:
        if first.cells == (first.text,) and not first.tests and second.text == "0":
            return Drawn(f"N({first.text})")
        if not first.known:
            return first
        text = f"IF({first.known},{first.text},{second.text})"
        return Drawn(text, tests=(f"OR({first.known},{second.known})",) if second.known else ())

    def _choose(self, condition: str, then: Drawn, otherwise: Drawn) -> Drawn:
        text = f"IF({condition}=1,{then.text},{otherwise.text})"
        if not then.known and not otherwise.known:
            return Drawn(text)
        known = f"IF({condition}=1,{then.known or 'TRUE'},{otherwise.known or 'TRUE'})"
        return Drawn(text, tests=(known,))

    def condition(self, condition: Bool) -> str:
        """A truth value."""
        match condition:
            case Constant(value):
                return str(int(value))
            case NumbersCompare() | TextsCompare():
                return self._comparison(condition)
            case And(parts) | Or(parts):
                name = "MIN" if isinstance(condition, And) else "MAX"
                return f"{name}({','.join(map(self.condition, parts))})"
            case Negated(of):
                return f"(1-{self.condition(of)})"
            case IsKnown(of):
                known = (self._places(of) if isinstance(of, Value) else self.number(of)).known
                return f"IF({known},1,0)" if known else "1"
            case _:
                raise NotInWorkbookError

    def _comparison(self, comparison: NumbersCompare | TextsCompare) -> str:
        sign = comparison.sign
        if isinstance(comparison, NumbersCompare):
            first, second = self.number(comparison.left), self.number(comparison.right)
        else:
            first, second = self._text(comparison.left), self._text(comparison.right)
        test = f"{first.text}{sign}{second.text}"
        if isinstance(comparison, TextsCompare) and sign in ("=", "<>"):
            # a plain = would take "ob" for "OB"
            test = f"EXACT({first.text},{second.text})={str(sign == '=').upper()}"
        return _when_known(_joined(f"IF({test},1,0)", first, second))

    def _text(self, text: LoadText | Words) -> Drawn:
        if isinstance(text, Words):
            return Drawn(text_formula(text.value))
        return self._places(text.source)


def text_formula(text: str) -> str:
    """A constant text in a formula."""
    return '"' + text.replace('"', '""') + '"'


def _when_known(drawn: Drawn) -> str:
    text = drawn.text
    if drawn.tests:
        inner = drawn.tests[0] if len(drawn.tests) == 1 else f"AND({','.join(drawn.tests)})"
        text = f"IFERROR(IF({inner},{text},{UNKNOWN}),{UNKNOWN})"
    for count in _count(drawn.cells):
        text = f"IF({count},{text},{UNKNOWN})"
    return text
