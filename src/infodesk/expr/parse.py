"""Text to a checked tree. sqlglot reads it; we accept it node by node, from a list of what is allowed."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import cast

from sqlglot import exp

from infodesk.expr.builder import Builder, ExpressionProblem, RefusedNodeError
from infodesk.expr.functions import build_function
from infodesk.expr.kinds import KindOfValue
from infodesk.expr.read import chain_of, operands_of, read_tree
from infodesk.expr.scope import Scope
from infodesk.model.expression import (
    Aggregate,
    All,
    Any,
    Arithmetic,
    ArithmeticSign,
    Between,
    Case,
    Compare,
    CompareSign,
    In,
    Negative,
    Node,
    Not,
    Number,
    OfEntry,
    PeriodFact,
    Text,
    Truth,
    UnitKind,
    Value,
)
from infodesk.text.folding import fold, fold_with_places
from infodesk.text.message import Message

_NUMBER = re.compile(r"(?!(\D*\d){13})(\d+\.?\d*|\.\d+)")

# What a node may consist of; all else that SQL puts into it is refused.
_PARTS = frozenset(
    {"this", "expression", "expressions", "is_string", "table", "low", "high", "ifs", "default"}
    | {"catalog", "db", "field", "query", "unnest"}  # refused in words of their own
)


@dataclass(frozen=True)
class Parsed:
    """A tree, or the problems that stand in its way (never both)."""

    node: Node | None
    problems: tuple[ExpressionProblem, ...] = ()


def parse_condition(text: str, scope: Scope) -> Parsed:
    """Read what a rule must find true."""
    return _parse(text, scope, "truth")


def parse_formula(text: str, scope: Scope) -> Parsed:
    """Read the formula of an indicator: a number."""
    return _parse(text, scope, "number")


def parse_any(text: str, scope: Scope) -> Parsed:
    """Read an expression of any kind: what a derived name stands for."""
    return _parse(text, scope, None)


def parse_operand(text: str, scope: Scope) -> Parsed:
    """Read the name of something that has a value, as rules speak of it: `pts_end`, `prev(x)`, `days()`."""
    parsed = _parse(text, scope, None)
    if parsed.node is None or isinstance(
        parsed.node, Value | Aggregate | PeriodFact | UnitKind | OfEntry
    ):
        return parsed
    message = Message("name something that has a value: an item, prev(x), total(x), days()")
    return Parsed(None, (ExpressionProblem(0, message),))


def _parse(text: str, scope: Scope, kind: KindOfValue | None) -> Parsed:
    folded, places = fold_with_places(text)
    read = read_tree(folded)
    if isinstance(read, ExpressionProblem):
        return Parsed(None, (read.moved(places),))
    builder = Builder(scope, build, folded)
    try:
        node = builder.build(read)
        return Parsed(node if kind is None else builder.want(node, kind, read))
    except RefusedNodeError:
        return Parsed(None, tuple(problem.moved(places) for problem in builder.problems))


def build(node: exp.Expr, builder: Builder) -> Node:
    """The checked node of a read one; anything not on the list of what is allowed is refused."""
    maker = _BUILDERS.get(type(node))
    if maker is None and isinstance(node, exp.Func):
        return build_function(node, builder)
    if maker is None or any(part and name not in _PARTS for name, part in node.args.items()):
        builder.refuse(node, Message("{text} is not part of the rule language", text=node.sql()))
    return maker(node, builder)


def _paren(node: exp.Expr, builder: Builder) -> Node:
    return builder.build(node.this)


def _literal(node: exp.Expr, builder: Builder) -> Node:
    if node.is_string:
        return Text(node.name)
    if not _NUMBER.fullmatch(node.name):
        builder.refuse(
            node,
            Message("write the number out, with 12 digits at most: {text}", text=node.name),
        )
    return Number(Decimal(node.name))


def _boolean(node: exp.Expr, _builder: Builder) -> Node:
    return Truth(bool(node.this))


def _column(node: exp.Expr, builder: Builder) -> Node:
    column = cast(exp.Column, node)
    if column.args.get("db"):
        builder.refuse(node, Message("write form.item, no more than one dot"))
    if column.table.lower() in _FACTS and not builder.scope.is_entry:
        facts = _FACTS[column.table.lower()]
        if column.name not in facts:
            usage = " / ".join(f"{column.table}.{name}" for name in facts)
            builder.refuse(node, Message("write {usage}", usage=usage))
        return facts[column.name]
    special = builder.marked(column) or _derived(column, builder)
    if special is not None:
        return special
    value = builder.value(column)
    if builder.scope.is_indicator and not builder.is_in_total:
        return builder.total(value, None, node)
    return value


def _derived(column: exp.Column, builder: Builder) -> Node | None:
    """What a derived name of the form stands for, read anew where it is used."""
    derived = builder.scope.derived
    if column.table or column.name not in derived:
        return None
    text = fold(derived[column.name])
    inner = Builder(builder.scope.before(column.name), build, text)
    inner.is_in_total = builder.is_in_total
    read = read_tree(text)
    wrong = Message("what {name} stands for has a mistake", name=column.name)
    if isinstance(read, ExpressionProblem):
        builder.refuse(column, wrong)
    try:
        return inner.build(read)
    except RefusedNodeError:
        builder.refuse(column, wrong)


def _arithmetic(node: exp.Expr, builder: Builder) -> Node:
    """A chain like `a + b - c`, its operands made one after the other and not one inside the other."""
    result, *operands = builder.all_of(builder.number, operands_of(node, tuple(_SIGNS)))
    for each, right in zip(reversed(chain_of(node, tuple(_SIGNS))), operands, strict=True):
        result = Arithmetic(_SIGNS[type(each)], result, right)
    return result


def _negative(node: exp.Expr, builder: Builder) -> Node:
    return Negative(builder.number(node.this))


def _compare(sign: CompareSign) -> "Maker":
    def make(node: exp.Expr, builder: Builder) -> Node:
        if isinstance(node.this, _COMPARISONS) or isinstance(node.expression, _COMPARISONS):
            builder.refuse(node, Message("comparisons do not chain; write x between a and b"))
        left, right = builder.all_of(builder.build, (node.this, node.expression))
        builder.comparable(left, right, node, ordered=sign not in ("=", "<>"))
        return Compare(sign, left, right)

    return make


def _between(node: exp.Expr, builder: Builder) -> Node:
    parts = (node.args[name] for name in ("this", "low", "high"))
    value, low, high = builder.all_of(builder.build, parts)
    builder.comparable(value, low, node, ordered=True)
    builder.comparable(value, high, node, ordered=True)
    return Between(value, low, high)


def _in(node: exp.Expr, builder: Builder) -> Node:
    if not node.expressions:
        builder.refuse(node, Message("write the values after in: x in ('A', 'B')"))
    value, *options = builder.all_of(builder.build, (node.this, *node.expressions))
    for option in options:
        builder.comparable(value, option, node, ordered=False)
    return In(value, tuple(options))


def _connective(kind: type[All] | type[Any], read: type[exp.Expr]) -> "Maker":
    def make(node: exp.Expr, builder: Builder) -> Node:
        return kind(builder.all_of(builder.condition, operands_of(node, (read,))))

    return make


def _not(node: exp.Expr, builder: Builder) -> Node:
    return Not(builder.condition(node.this))


def _null(node: exp.Expr, builder: Builder) -> Node:
    builder.refuse(
        node,
        Message("a blank is unknown, and equals nothing; to count it as 0, write coalesce(x, 0)"),
    )


def _is(node: exp.Expr, builder: Builder) -> Node:
    if isinstance(node.expression, exp.Null):
        _null(node, builder)
    builder.refuse(node, Message("write = instead of is"))


def _case(node: exp.Expr, builder: Builder) -> Node:
    if node.this is not None:
        builder.refuse(node, Message("write case when condition then value else value end"))
    branches = [
        (builder.condition(branch.this), builder.number(branch.args["true"]))
        for branch in node.args["ifs"]
    ]
    default = node.args.get("default")
    return Case(tuple(branches), None if default is None else builder.number(default))


Maker = Callable[[exp.Expr, Builder], Node]

_FACTS: dict[str, dict[str, Node]] = {
    "unit": {"kind": UnitKind()},
    "period": {"start": PeriodFact("start"), "end": PeriodFact("end")},
}
_SIGNS: dict[type[exp.Expr], ArithmeticSign] = {
    exp.Add: "+",
    exp.Sub: "-",
    exp.Mul: "*",
    exp.Div: "/",
}
_COMPARISONS = (exp.EQ, exp.NEQ, exp.LT, exp.LTE, exp.GT, exp.GTE)

_BUILDERS: dict[type[exp.Expr], Maker] = {
    exp.Paren: _paren,
    exp.Literal: _literal,
    exp.Boolean: _boolean,
    exp.Column: _column,
    **dict.fromkeys(_SIGNS, _arithmetic),
    exp.Neg: _negative,
    exp.EQ: _compare("="),
    exp.NEQ: _compare("<>"),
    exp.LT: _compare("<"),
    exp.LTE: _compare("<="),
    exp.GT: _compare(">"),
    exp.GTE: _compare(">="),
    exp.Between: _between,
    exp.In: _in,
    exp.And: _connective(All, exp.And),
    exp.Or: _connective(Any, exp.Or),
    exp.Not: _not,
    exp.Is: _is,
    exp.Null: _null,
    exp.Case: _case,
}
