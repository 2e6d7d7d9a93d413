"""What the parts of the parser share: the scope, the problems found so far, and the checks on kinds."""

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from typing import NoReturn

from sqlglot import exp

from infodesk.expr.kinds import NAMES, KindOfValue, kind_of
from infodesk.expr.scope import Questions, Scope
from infodesk.model.expression import (
    Arithmetic,
    In,
    Node,
    Text,
    Total,
    UnitKind,
    Value,
    all_values,
    walk,
)
from infodesk.model.item import Type
from infodesk.text.message import Message

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d")
_OTHER_WORDS = {"days": "days()", "workdays": "workdays()", "dept_kind": "unit.kind"}


@dataclass(frozen=True)
class ExpressionProblem:
    """What is wrong with an expression, and at which of its characters (from 0)."""

    place: int
    message: Message

    def moved(self, places: tuple[int, ...]) -> "ExpressionProblem":
        """The same, with its place looked up in a table of places."""
        return replace(self, place=places[min(self.place, len(places) - 1)])


def place_of(node: exp.Expr) -> int:
    """The first character of a read node, as well as sqlglot tells."""
    starts = [int(part.meta["start"]) for part in node.walk() if "start" in part.meta]
    return min(starts, default=0)


class RefusedNodeError(Exception):
    """A node was refused; what is wrong with it has been noted."""


class Builder:
    """Builds a tree, and goes on after a mistake so that all of them are found at once."""

    def __init__(
        self, scope: Scope, build: "Callable[[exp.Expr, Builder], Node]", text: str
    ) -> None:
        self.scope = scope
        self.text = text
        self.problems: list[ExpressionProblem] = []
        self.is_in_total = False
        self._build = build

    def build(self, node: exp.Expr) -> Node:
        """The checked node of a read one; RefusedNodeError, with a problem noted, if it is not allowed."""
        return self._build(node, self)

    def number(self, node: exp.Expr) -> Node:
        """The checked node, which must be a number."""
        return self.want(self.build(node), "number", node)

    def condition(self, node: exp.Expr) -> Node:
        """The checked node, which must be true, false or unknown."""
        return self.want(self.build(node), "truth", node)

    def all_of(
        self, make: Callable[[exp.Expr], Node], nodes: Iterable[exp.Expr]
    ) -> tuple[Node, ...]:
        """Every node made; RefusedNodeError only after all of them were looked at."""
        made = [self._attempt(make, node) for node in nodes]
        if any(node is None for node in made):
            raise RefusedNodeError
        return tuple(node for node in made if node is not None)

    def _attempt(self, make: Callable[[exp.Expr], Node], node: exp.Expr) -> Node | None:
        try:
            return make(node)
        except RefusedNodeError:
            return None

    def refuse(self, node: exp.Expr, message: Message) -> NoReturn:
        """Note a problem at a node, and give the node up."""
        self.refuse_at(place_of(node), message)

    def refuse_at(self, place: int, message: Message) -> NoReturn:
        """Note a problem at a character, and give up what stands there."""
        self.problems.append(ExpressionProblem(place, message))
        raise RefusedNodeError

    @contextmanager
    def inside_total(self) -> Iterator[None]:
        """While the records of a total are described, names mean single records."""
        before, self.is_in_total = self.is_in_total, True
        try:
            yield
        finally:
            self.is_in_total = before

    def want(self, node: Node, kind: KindOfValue, at: exp.Expr) -> Node:
        """The node itself, if it is of that kind."""
        if kind_of(node) != kind:
            wanted, found = NAMES[kind], NAMES[kind_of(node)]
            self.refuse(
                at,
                Message("{wanted} is expected here, this is {found}", wanted=wanted, found=found),
            )
        return node

    def comparable(self, left: Node, right: Node, at: exp.Expr, *, ordered: bool) -> None:
        """Refuse two values that cannot be compared (in order, if `ordered`)."""
        kinds = {kind_of(left), kind_of(right)}
        literal = next((node for node in (left, right) if isinstance(node, Text)), None)
        if kinds == {"text", "time"} and literal is not None:
            self._check_time(literal, at)
            return
        if kinds == {"text", "date"} and literal is not None:
            self._check_date(literal, at)
            return
        if len(kinds) > 1:
            names = NAMES[kind_of(left)], NAMES[kind_of(right)]
            self.refuse(
                at,
                Message("{left} cannot be compared with {right}", left=names[0], right=names[1]),
            )
        if ordered and kinds & {"text", "truth"}:
            self.refuse(at, Message("only numbers and dates have an order; write = or in"))
        self._check_code(left, right, at)

    def form(self, name: str, at: exp.Expr) -> Questions:
        """The form of that name."""
        found = self.scope.form(name)
        return self.refuse(at, found) if isinstance(found, Message) else found

    def value(self, column: exp.Column) -> Value:
        """The value that `item` or `form.item` names."""
        form = self.form(column.table, column) if column.table else self.scope.home
        if form is None:
            self.refuse(column, Message("write form.item: an indicator has no form of its own"))
        item = self.scope.item(form, column.name)
        if isinstance(item, Message):
            self.refuse(column, _other_word(column) or item)
        return Value(form.id, item.id, item=item)

    def marked(self, column: exp.Column) -> Node | None:
        """What `item.mark` means: that the item's code is one of those that carry the mark."""
        home = self.scope.home
        if (
            home is None
            or not column.table
            or not isinstance(self.scope.form(column.table), Message)
        ):
            return None
        item = self.scope.item(home, column.table)
        if isinstance(item, Message) or item.type is not Type.CODE:
            return None
        marked = [code.id for code in item.codes if column.name in code.marks]
        if not marked:
            known = sorted({mark for code in item.codes for mark in code.marks})
            self.refuse(
                column,
                Message("no code of {item} is marked {name}, only {known}",
                    item=item.id, name=repr(column.name), known=known),
            )  # fmt: skip
        return In(Value(home.id, item.id, item=item), tuple(map(Text, marked)))

    def total(self, of: Node, where: Node | None, at: exp.Expr) -> Total:
        """The total of a number over the records of the one form it speaks of."""
        form = self.form_of(tuple(node for node in (of, where) if node is not None), at)
        self.want(of, "number", at)
        if any(isinstance(node, Arithmetic) and node.sign == "/" for node in walk(of)):
            self.refuse(at, Message("add up first, then divide: total(a) / total(b)"))
        return Total(form, of, where)

    def form_of(self, nodes: tuple[Node, ...], at: exp.Expr) -> str:
        """The one form whose records the nodes speak of; the form of the rule if they name none."""
        forms = {value.form for node in nodes for value in all_values(node)}
        if len(forms) > 1:
            self.refuse(at, Message("a total is over the records of one form, not of several"))
        if forms:
            return forms.pop()
        if self.scope.home is None:
            self.refuse(at, Message("name an item of a form: form.item"))
        return self.scope.home.id

    def _check_date(self, literal: Text, at: exp.Expr) -> None:
        month_or_day = literal.value + "-01" * (len(literal.value) == len("2026-09"))
        if _DATE.fullmatch(month_or_day) and _is_day(month_or_day):
            return
        wrong = repr(literal.value)
        self.refuse(at, Message("a day is expected, like 2026-09-30, not {value}", value=wrong))

    def _check_time(self, literal: Text, at: exp.Expr) -> None:
        if not _TIME.fullmatch(literal.value):
            wrong = repr(literal.value)
            self.refuse(at, Message("a time is expected, like '08:30', not {value}", value=wrong))

    def _check_code(self, left: Node, right: Node, at: exp.Expr) -> None:
        for named, literal in ((left, right), (right, left)):
            codes = self._codes_of(named)
            if not isinstance(literal, Text) or codes is None or literal.value in codes:
                continue
            wrong = repr(literal.value)
            self.refuse(
                at,
                Message(
                    "there is no code {code} here, only {codes}", code=wrong, codes=sorted(codes)
                ),
            )

    def _codes_of(self, node: Node) -> frozenset[str] | None:
        if isinstance(node, UnitKind):
            return self.scope.kinds or None
        if isinstance(node, Value) and node.item.type is Type.CODE:
            return frozenset(code.id for code in node.item.codes)
        return None


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _other_word(column: exp.Column) -> Message | None:
    """What to write instead of a word that other rule languages have."""
    word = column.name.lower()
    if column.table or word not in _OTHER_WORDS:
        return None
    return Message("write {right} instead of {wrong}", right=_OTHER_WORDS[word], wrong=word)
