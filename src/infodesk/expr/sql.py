"""What the machine takes, as SQL: NULL is unknown, 1 is true, 0 is false.

Written for SQLite, without anything that other dialects lack. Names are quoted, constants are numbers
or quoted texts: nothing of what a user wrote reaches the SQL except as one of these.
"""

from collections.abc import Callable

from infodesk.expr.lower import lower_condition, plain_number
from infodesk.expr.machine import (
    LIMIT,
    Absolute,
    And,
    Bool,
    Bounded,
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
    WholeQuotient,
    Words,
    YearOf,
)
from infodesk.model.expression import Aggregate, Node, PeriodFact, UnitKind, Value

Source = Value | Aggregate | PeriodFact | UnitKind
ID_NUMBER = "*" + "[0-9]" * 17 + "[0-9Xx]*"
Columns = Callable[[Source], str]


def identifier(name: str) -> str:
    """A name, quoted."""
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    """A text, quoted."""
    return "'" + text.replace("'", "''") + "'"


def condition_sql(node: Node, columns: Columns) -> str:
    """A condition as SQL; `columns` says what stands for each source of values."""
    return Sql(columns).condition(lower_condition(node))


def number_sql(node: Node, columns: Columns) -> str:
    """A number without a division as SQL, at its scale (for sums of it)."""
    return Sql(columns).number(plain_number(node)[0])


class Sql:
    """Writes machine expressions as SQL."""

    def __init__(self, columns: Columns) -> None:
        self._columns = columns

    def number(self, num: Num) -> str:
        """A number."""
        match num:
            case Whole(value):
                return str(value) if value >= 0 else f"({value})"
            case Load(source):
                return self._columns(source)
            case Calculate("/", left, right):
                return f"(1.0 * {self.number(left)} / {self.number(right)})"
            case Calculate("+" | "-" as sign, Calculate("+" | "-") as left, right):
                # no bracket: SQLite's parser takes some ninety of them in one another
                return f"{self.number(left)[:-1]} {sign} {self.number(right)})"
            case Calculate(sign, left, right):
                return f"({self.number(left)} {sign} {self.number(right)})"
            case Minus(of):
                return f"(-{self.number(of)})"
            case Absolute(of):
                return f"abs({self.number(of)})"
            case _:
                return self._composed(num)

    def _composed(self, num: Num) -> str:
        match num:
            case WholeQuotient(left, right):
                return f"({self.number(left)} / {self.number(right)})"
            case YearOf(of):
                return f"CAST(substr({self._text(of)}, 1, 4) AS INTEGER)"
            case RoundReal(of, decimals):
                return f"round({self.number(of)}, {decimals})"
            case OrElse(first, second):
                return f"coalesce({self.number(first)}, {self.number(second)})"
            case Bounded(of):
                inner = self.number(of)
                return f"(CASE WHEN abs({inner}) <= {LIMIT} THEN {inner} END)"
            case IfNonzero(test, of):
                return f"(CASE WHEN {self.number(test)} <> 0 THEN {self.number(of)} END)"
            case Choose(condition, then, otherwise):
                other = "" if otherwise is None else f" ELSE {self.number(otherwise)}"
                when = self.condition(condition)
                return f"(CASE WHEN {when} THEN {self.number(then)}{other} END)"
            case _:
                raise TypeError(num)

    def condition(self, condition: Bool) -> str:
        """A truth value."""
        match condition:
            case Constant(value):
                return str(int(value))
            case Stored(source):
                return self._columns(source)
            case NumbersCompare() | TextsCompare():
                return self._comparison(condition)
            case And(parts) | Or(parts):
                word = " AND " if isinstance(condition, And) else " OR "
                return "(" + word.join(map(self.condition, parts)) + ")"
            case Negated(of):
                return f"(NOT {self.condition(of)})"
            case IsKnown(of):
                known = self._columns(of) if isinstance(of, Value) else self.number(of)
                return f"({known} IS NOT NULL)"
            case HoldsDigits(of):
                return f"(coalesce({self._columns(of)}, '') GLOB {literal(ID_NUMBER)})"

    def _comparison(self, comparison: NumbersCompare | TextsCompare) -> str:
        sign = comparison.sign
        if isinstance(comparison, NumbersCompare):
            return f"({self.number(comparison.left)} {sign} {self.number(comparison.right)})"
        return f"({self._text(comparison.left)} {sign} {self._text(comparison.right)})"

    def _text(self, text: LoadText | Words) -> str:
        return literal(text.value) if isinstance(text, Words) else self._columns(text.source)
