"""The examples of a rule: values it must let through, and values it must find wrong."""

import re
from dataclasses import dataclass
from fractions import Fraction

from infodesk.config.shapes import RuleShape
from infodesk.config.shapes_logbook import CheckShape
from infodesk.config.source import Path, Source
from infodesk.expr.evaluate import Known, Unknown, evaluate
from infodesk.expr.kinds import KindOfValue, kind_of
from infodesk.expr.of_entry import OF_THE_BOOK, own_value
from infodesk.expr.parse import parse_operand
from infodesk.expr.scope import Scope
from infodesk.model.expression import Aggregate, Node, OfEntry, PeriodFact, UnitKind, Value
from infodesk.text.message import Message

_NUMBER = re.compile(r"-?\d+(\.\d+)?")


@dataclass(frozen=True)
class ExampleFacts:
    """The values of one example; whatever it does not name is blank."""

    values: dict[Node, Known | None]

    def value(self, value: Value) -> Known | None:
        """What the example gives for an item."""
        return self.values.get(value)

    def aggregate(self, aggregate: Aggregate) -> Known | None:
        """What the example gives for a total."""
        return self.values.get(aggregate)

    def period_fact(self, fact: PeriodFact) -> Known:
        """What the example gives for `days()`; a month of 30 days if nothing."""
        given = self.values.get(fact)
        defaults: dict[str, Known] = {"start": "2026-09-01", "end": "2026-09-30"}
        return defaults.get(fact.name, Fraction(30)) if given is None else given

    def unit_kind(self) -> str:
        """What the example gives for `unit.kind`."""
        return str(self.values.get(UnitKind()) or "")

    def of_entry(self, node: OfEntry) -> Known | None:
        """What the example gives for `median_of(x, 10)`; what follows from its answers."""
        if node.name in OF_THE_BOOK:
            return self.values.get(node)
        return own_value(node, self)


def check_examples(
    source: Source, path: Path, rule: RuleShape | CheckShape, node: Node, scope: Scope
) -> None:
    """Note every example that does not come out as it says."""
    for word, wanted, examples in (("pass", True, rule.pass_), ("fail", False, rule.fail)):
        for place, example in enumerate(examples):
            inner = (*path, word, place)
            values = _values(source, inner, example, scope)
            if values is None:
                continue
            result = evaluate(node, ExampleFacts(values))
            if isinstance(result, Unknown):
                source.note(inner, Message("the rule cannot be evaluated with these values"))
            elif result is not wanted:
                source.note(inner, _wrong(wanted=wanted))


def _wrong(*, wanted: bool) -> Message:
    if wanted:
        return Message("the rule should pass with these values and fails")
    return Message("the rule should fail with these values and passes")


def _values(
    source: Source, path: Path, example: dict[str, str | None], scope: Scope
) -> dict[Node, Known | None] | None:
    values: dict[Node, Known | None] = {}
    for name, text in example.items():
        inner = (*path, name)
        parsed = parse_operand(name, scope)
        for problem in parsed.problems:
            source.note_key(inner, problem.message)
        if parsed.node is None:
            return None
        value = None if text is None else _value(text, kind_of(parsed.node))
        if isinstance(value, Message):
            source.note(inner, value)
            return None
        values[parsed.node] = value
    return values


def _value(text: str, kind: KindOfValue) -> Known | Message:
    if kind == "number":
        if _NUMBER.fullmatch(text):
            return Fraction(text)
        return Message("a number is expected, not {value}", value=repr(text))
    if kind == "truth":
        if text in ("true", "false"):
            return text == "true"
        return Message("write true or false, not {value}", value=repr(text))
    return text
