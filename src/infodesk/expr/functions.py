"""The functions of the rule language: which there are, and what each takes."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from decimal import Decimal
from typing import cast

from sqlglot import exp
from sqlglot.helper import ensure_list

from infodesk.expr.builder import Builder
from infodesk.expr.kinds import KindOfValue
from infodesk.model.expression import (
    Any,
    Count,
    EntryFunctionName,
    Function,
    FunctionName,
    HoldsIdNumber,
    IsBlank,
    IsUnique,
    Node,
    Number,
    OfEntry,
    PeriodFact,
    Value,
    When,
    Year,
    walk,
)
from infodesk.model.item import Type
from infodesk.text.folding import nearest
from infodesk.text.message import Message

Arguments = Sequence[exp.Expr]
Maker = Callable[[exp.Expr, Arguments, Builder], Node]

_OTHER_NAMES = {
    "nz": "coalesce(x, 0)",
    "ifnull": "coalesce(x, 0)",
    "nvl": "coalesce(x, 0)",
    "min": "least(a, b)",
    "max": "greatest(a, b)",
    "sum": "total(x)",
    "avg": "total(a) / total(b)",
    "eq": "a = b",
    "p": "prev(x)",
    "t": "total(x)",
    "x": "total(form.x)",
    "xr": "form.x",
    "n": "row_count(form)",
}


def build_function(node: exp.Func, builder: Builder) -> Node:
    """The checked node of a call; anything but the functions below is refused."""
    written, place = _called(node, builder)
    functions = FUNCTIONS_OF_ENTRIES if builder.scope.is_entry else FUNCTIONS
    if written.lower() not in functions:
        guess = isinstance(node, exp.Anonymous)
        builder.refuse_at(place, _unknown(written, functions, guess=guess))
    usage, least, most, make = functions[written.lower()]
    arguments = _arguments(node)
    if not least <= len(arguments) <= most:
        builder.refuse(node, Message("write {usage}", usage=usage))
    return make(node, arguments, builder)


def _arguments(node: exp.Func) -> Arguments:
    """All that stands in the brackets; sqlglot has names for the arguments of functions it knows."""
    if isinstance(node, exp.Anonymous):
        return cast(Arguments, node.expressions)
    parts = (ensure_list(part) for part in node.args.values())
    return [part for several in parts for part in several if isinstance(part, exp.Expr)]


def _called(node: exp.Func, builder: Builder) -> tuple[str, int]:
    """The name of a function as it was written, and where; sqlglot has names of its own for some."""
    if "start" in node.meta:
        start, end = int(node.meta["start"]), int(node.meta["end"])
        return builder.text[start : end + 1].strip('"'), start
    names = "|".join(map(re.escape, node.sql_names()))
    found = re.search(rf"\b({names})\s*\(", builder.text, re.IGNORECASE)
    if found is None:
        builder.refuse(node, Message("{text} is not part of the rule language", text=node.sql()))
    return found[1], found.start()


def _unknown(name: str, functions: Iterable[str], *, guess: bool) -> Message:
    right = _OTHER_NAMES.get(name.lower())
    if right is not None:
        return Message("write {right} instead of {wrong}", right=right, wrong=f"{name}()")
    message = Message("there is no function {name}", name=f"{name}()")
    if not name.isascii():
        return Message("{problem}; a label with brackets stands in double quotes", problem=message)
    near = nearest(name, functions) if guess else None
    if near is None:
        return message
    return Message("{problem}; did you mean {near}?", problem=message, near=f"{near}()")


def _of_numbers(name: FunctionName) -> Maker:
    def make(_node: exp.Expr, arguments: Arguments, builder: Builder) -> Node:
        return Function(name, builder.all_of(builder.number, arguments))

    return make


def _round(node: exp.Expr, arguments: Arguments, builder: Builder) -> Node:
    number = builder.number(arguments[0])
    decimals = builder.build(arguments[1]) if len(arguments) > 1 else Number(Decimal(0))
    if not (isinstance(decimals, Number) and decimals.value in range(7)):
        builder.refuse(node, Message("write round(x, n) with a whole number n from 0 to 6"))
    return Function("round", (number, decimals))


def _total(node: exp.Expr, arguments: Arguments, builder: Builder) -> Node:
    with _records(node, builder):
        of = builder.number(arguments[0])
        where = builder.condition(arguments[1]) if len(arguments) > 1 else None
    _check_is_plain(node, builder, of, where)
    return builder.total(of, where, node)


def _count(node: exp.Expr, arguments: Arguments, builder: Builder) -> Node:
    with _records(node, builder):
        where = builder.condition(arguments[0])
    _check_is_plain(node, builder, where)
    return Count(builder.form_of((where,), node), where)


@contextmanager
def _records(node: exp.Expr, builder: Builder) -> Iterator[None]:
    """Inside a total names mean single records, and no total may stand in it."""
    if builder.is_in_total:
        builder.refuse(node, Message("a total cannot stand inside a total"))
    with builder.inside_total():
        yield


def _check_is_plain(node: exp.Expr, builder: Builder, *parts: Node | None) -> None:
    values = [n for part in parts if part is not None for n in walk(part) if isinstance(n, Value)]
    if any(value.when is not When.NOW for value in values):
        builder.refuse(node, Message("prev() and last_year() stand outside a total"))


def _row_count(node: exp.Expr, arguments: Arguments, builder: Builder) -> Node:
    if not arguments:
        return Count(builder.form_of((), node))
    form = arguments[0]
    if not isinstance(form, exp.Column) or form.table:
        builder.refuse(node, Message("write {usage}", usage="row_count() or row_count(form)"))
    return Count(builder.form(form.name, form).id)


def _is_unique(node: exp.Expr, arguments: Arguments, builder: Builder) -> Node:
    with _records(node, builder):
        value = builder.build(arguments[0])
    if not isinstance(value, Value):
        builder.refuse(node, Message("write {usage}", usage="is_unique(x)"))
    return IsUnique(value)


def _earlier(when: When, usage: str) -> Maker:
    def make(node: exp.Expr, arguments: Arguments, builder: Builder) -> Node:
        if builder.scope.is_indicator:
            builder.refuse(node, Message("an indicator is about its own period"))
        value = builder.build(arguments[0])
        if not isinstance(value, Value) or value.when is not When.NOW:
            builder.refuse(node, Message("write {usage}", usage=usage))
        return replace(value, when=when)

    return make


def _is_blank(node: exp.Expr, arguments: Arguments, builder: Builder) -> Node:
    return IsBlank(_value_in(node, arguments, builder, "is_blank(x)"))


def _value_in(node: exp.Expr, arguments: Arguments, builder: Builder, usage: str) -> Value:
    value = builder.build(arguments[0])
    if not isinstance(value, Value):
        builder.refuse(node, Message("write {usage}", usage=usage))
    return value


def _has_id_number(node: exp.Expr, _arguments: Arguments, builder: Builder) -> Node:
    """Every text of the record is looked at, the key among them."""
    home = builder.scope.home
    texts = [] if home is None else [i for i in home.by_id.values() if i.type is Type.TEXT]
    if home is None or not texts:
        builder.refuse(node, Message("the form has no texts"))
    return Any(tuple(HoldsIdNumber(Value(home.id, item.id, item=item)) for item in texts))


def _year(_node: exp.Expr, arguments: Arguments, builder: Builder) -> Node:
    return Year(builder.want(builder.build(arguments[0]), "date", arguments[0]))


def _days(node: exp.Expr, _arguments: Arguments, _builder: Builder) -> Node:
    return PeriodFact("workdays" if node.name.lower() == "workdays" else "days")


# name → how it is written, fewest and most arguments, and what builds it
FUNCTIONS: dict[str, tuple[str, int, int, Maker]] = {
    "abs": ("abs(x)", 1, 1, _of_numbers("abs")),
    "round": ("round(x, n)", 1, 2, _round),
    "coalesce": ("coalesce(x, 0)", 2, 9, _of_numbers("coalesce")),
    "least": ("least(a, b)", 2, 9, _of_numbers("least")),
    "greatest": ("greatest(a, b)", 2, 9, _of_numbers("greatest")),
    "total": ("total(x) or total(x, condition)", 1, 2, _total),
    "count": ("count(condition)", 1, 1, _count),
    "row_count": ("row_count() or row_count(form)", 0, 1, _row_count),
    "is_unique": ("is_unique(x)", 1, 1, _is_unique),
    "prev": ("prev(x)", 1, 1, _earlier(When.PREVIOUS, "prev(x)")),
    "last_year": ("last_year(x)", 1, 1, _earlier(When.YEAR_BEFORE, "last_year(x)")),
    "is_blank": ("is_blank(x)", 1, 1, _is_blank),
    "has_id_number": ("has_id_number()", 0, 0, _has_id_number),
    "year": ("year(date)", 1, 1, _year),
    "days": ("days()", 0, 0, _days),
    "workdays": ("workdays()", 0, 0, _days),
}


def _of_entry(name: EntryFunctionName, *kinds: KindOfValue) -> Maker:
    """A function of answers, each of the kind named."""

    def make(_node: exp.Expr, arguments: Arguments, builder: Builder) -> Node:
        pairs = dict(zip(map(id, arguments), kinds, strict=True))

        def wanted(argument: exp.Expr) -> Node:
            return builder.want(builder.build(argument), pairs[id(argument)], argument)

        return OfEntry(name, builder.all_of(wanted, arguments))

    return make


def _of_field(name: EntryFunctionName, usage: str) -> Maker:
    """A function of a field itself, and of a whole number where there are two arguments."""

    def make(node: exp.Expr, arguments: Arguments, builder: Builder) -> Node:
        field, *numbers = builder.all_of(builder.build, arguments)
        whole = all(isinstance(n, Number) and n.value in range(1, 1001) for n in numbers)
        if not isinstance(field, Value) or field.when is not When.NOW or not whole:
            builder.refuse(node, Message("write {usage}", usage=usage))
        return OfEntry(name, (field, *numbers))

    return make


def _repeats(node: exp.Expr, arguments: Arguments, builder: Builder) -> Node:
    found = _of_field("repeats", REPEATS)(node, arguments[:2], builder)
    assert isinstance(found, OfEntry), "that is what it makes"
    where = [builder.condition(argument) for argument in arguments[2:]]
    return replace(found, arguments=(*found.arguments, *where))


REPEATS = "repeats(x, days) or repeats(x, days, condition)"
_SHARED = ("abs", "round", "coalesce", "least", "greatest", "total", "count", "prev")

FUNCTIONS_OF_ENTRIES: dict[str, tuple[str, int, int, Maker]] = {
    **{name: FUNCTIONS[name] for name in _SHARED},
    "is_given": ("is_given(x)", 1, 1, _of_field("is_given", "is_given(x)")),
    "number_of": ("number_of(x)", 1, 1, _of_field("number_of", "number_of(x)")),
    "dew_point": ("dew_point(t, rh)", 2, 2, _of_entry("dew_point", "number", "number")),
    "minutes": ("minutes(a, b)", 2, 2, _of_entry("minutes", "date", "date")),
    "working_minutes": (
        "working_minutes(a, b)", 2, 2, _of_entry("working_minutes", "date", "date"),
    ),
    "waiting_minutes": (
        "waiting_minutes(a, b)", 2, 2, _of_entry("waiting_minutes", "date", "date"),
    ),
    "waiting_working_minutes": (
        "waiting_working_minutes(a, b)", 2, 2, _of_entry("waiting_working_minutes", "date", "date"),
    ),
    "days_between": ("days_between(a, b)", 2, 2, _of_entry("days_between", "date", "date")),
    "median_of": ("median_of(x, n)", 2, 2, _of_field("median_of", "median_of(x, n)")),
    "repeats": (REPEATS, 2, 3, _repeats),
}  # fmt: skip
