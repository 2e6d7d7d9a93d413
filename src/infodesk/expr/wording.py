"""An expression in words: items by what people call them, signs as they are printed."""

from collections.abc import Mapping
from dataclasses import dataclass

from infodesk.model.expression import (
    All,
    Any,
    Arithmetic,
    Between,
    Case,
    Compare,
    Count,
    Function,
    In,
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
    When,
    children,
)
from infodesk.model.form import Form
from infodesk.text.message import Message, Title

Words = Message | Title | str

_SIGNS = {"*": "×", "/": "÷", "-": "−", "<>": "≠", "<=": "≤", ">=": "≥"}
_BINDING: dict[type[Node], int] = {Any: 1, All: 2, Not: 3, Compare: 4, Between: 4, In: 4, Case: 4}

_FACTS = {
    "days": Message("calendar days"),
    "workdays": Message("working days"),
    "start": Message("first day of the period"),
    "end": Message("last day of the period"),
}

_FUNCTIONS = {
    "abs": Message("the amount of {what}"),
    "round": Message("{first} rounded to {second} decimals"),
    "coalesce": Message("{first} (blank: {second})"),
    "least": Message("the least of {what}"),
    "greatest": Message("the greatest of {what}"),
}


@dataclass(frozen=True)
class Wording:
    """How the rules of a form speak; of no form: an indicator, in which an item stands for its total."""

    forms: Mapping[str, Form]
    home: str | None = None

    def of(self, node: Node) -> Words:
        """The words for a node."""
        match node:
            case Number(value):
                return f"{value:f}"
            case Text(text):
                return f"“{text}”"
            case Truth(value):
                return Message("yes") if value else Message("no")
            case Value():
                return self._value(node)
            case PeriodFact(name):
                return _FACTS[name]
            case UnitKind():
                return Message("the kind of unit")
            case Total() | Count() | IsUnique():
                return self._aggregate(node)
            case _:
                return self._composed(node)

    def _value(self, value: Value) -> Words:
        words: Words = value.item.label
        if self.home not in (None, value.form):
            words = Message("{item} of {form}", item=words, form=self.forms[value.form].title)
        match value.when:
            case When.NOW:
                return words
            case When.PREVIOUS:
                return Message("{what} of the period before", what=words)
            case When.YEAR_BEFORE:
                return Message("{what} of the year before", what=words)

    def _aggregate(self, node: Total | Count | IsUnique) -> Words:
        match node:
            case Total(of=Value() as value, where=None) if self.home is None:
                return self._value(value)
            case Total(of=of, where=where):
                what = self._inside(of, 8)
                if where is None:
                    return Message("total of {what}", what=what)
                test = self.of(where)
                return Message("total of {what} where {condition}", what=what, condition=test)
            case Count(form, where):
                title = self.forms[form].title
                if where is None:
                    return Message("number of records of {form}", form=title)
                test = self.of(where)
                return Message(
                    "number of records of {form} where {condition}", form=title, condition=test
                )
            case IsUnique(value):
                return Message("no {item} stands twice", item=self._value(value))

    def _composed(self, node: Node) -> Words:
        match node:
            case Arithmetic(sign, left, right) | Compare(sign, left, right):
                strength = _strength(node)
                first = self._inside(left, strength)
                second = self._inside(right, strength + 1)
                shown = _SIGNS.get(sign, sign)
                return Message("{left} {sign} {right}", left=first, sign=shown, right=second)
            case Negative(of):
                return Message("−{what}", what=self._inside(of, 7))
            case Function(name, arguments):
                least = 0 if name in ("least", "greatest") else 8
                return self._function(name, [self._inside(each, least) for each in arguments])
            case Case():
                return self._case(node)
            case _:
                return self._condition(node)

    def _function(self, name: str, arguments: list[Words]) -> Words:
        first, second = arguments[0], arguments[-1]
        template = _FUNCTIONS[name].template
        if name == "abs":
            return Message(template, what=first)
        return Message(template, what=arguments, first=first, second=second)

    def _case(self, node: Case) -> Words:
        parts: list[Words] = [
            Message("if {condition}: {value}", condition=self.of(test), value=self.of(value))
            for test, value in node.branches
        ]
        if node.otherwise is not None:
            parts.append(Message("else {value}", value=self.of(node.otherwise)))
        return Message("({what})", what=parts)

    def _condition(self, node: Node) -> Words:
        match node:
            case Between(value, low, high):
                words = [self._inside(each, 5) for each in (value, low, high)]
                return Message(
                    "{value} is between {low} and {high}",
                    value=words[0],
                    low=words[1],
                    high=words[2],
                )
            case In(value, options):
                found = [self.of(option) for option in options]
                return Message("{value} is one of {options}", value=self.of(value), options=found)
            case All(parts):
                return self._joined(Message("{left} and {right}"), parts)
            case Any(parts):
                return self._joined(Message("{left} or {right}"), parts)
            case Not(of):
                return Message("not {what}", what=self._inside(of, 4))
            case _:
                return self._called(node)

    def _called(self, node: Node) -> Words:
        """A node without words of its own, as a function of what is in it."""
        name = type(node).__name__.lower()
        return Message("{name}({what})", name=name, what=[self.of(each) for each in children(node)])

    def _joined(self, pair: Message, parts: tuple[Node, ...]) -> Words:
        """Parts with brackets wherever `and` and `or` meet: nobody should have to know which binds more."""
        first, *others = (self._inside(part, 3) for part in parts)
        words: Words = first
        for other in others:
            words = Message(pair.template, left=words, right=other)
        return words

    def _inside(self, node: Node, least: int) -> Words:
        """The words for a node; in brackets where it would else be torn apart."""
        words = self.of(node)
        return Message("({what})", what=words) if _strength(node) < least else words


def _strength(node: Node) -> int:
    """How firmly a node holds together."""
    if isinstance(node, Arithmetic):
        return 5 if node.sign in "+-" else 6
    if isinstance(node, Negative):
        return 7
    return _BINDING.get(type(node), 9)
