"""Rules and indicators of YAML to the model: every expression read, every name resolved."""

from infodesk.config.examples import check_examples
from infodesk.config.mentioned import Mentioned
from infodesk.config.shapes import (
    FormShape,
    IndicatorShape,
    IndicatorsShape,
    RuleShape,
    RulesShape,
)
from infodesk.config.source import Path, Source
from infodesk.expr.parse import Parsed, parse_condition, parse_formula
from infodesk.expr.scope import Scope
from infodesk.model.expression import Node
from infodesk.model.indicator import Indicator, Plausible
from infodesk.model.rule import Rule
from infodesk.text.message import Message


def build_rules(
    source: Source,
    shape: FormShape | RulesShape,
    scope: Scope,
    broken: Mentioned,
    unused: Mentioned,
) -> list[Rule]:
    """The rules of one form; those that speak of a form not in use are left out.

    What is said of `broken` forms, which could not be read, is not complained of twice.
    """
    rules = []
    for place, rule in enumerate(shape.rules):
        if unused.is_in(rule.check):
            continue
        path: Path = ("rules", place)
        parsed = parse_condition(rule.check, scope)
        node = _accepted(source, (*path, "check"), rule.check, parsed, broken)
        if node is not None:
            rules.append(_rule(shape.id, rule, node))
            check_examples(source, path, rule, node, scope)
    return rules


def _rule(form: str, shape: RuleShape, node: Node) -> Rule:
    return Rule(
        id=shape.id,
        form=form,
        severity=shape.severity,
        check=node,
        text=shape.check,
        message=shape.message,
        follows=tuple(shape.follows),
        since=shape.since,
        until=shape.until,
    )


def build_indicators(
    source: Source, shape: IndicatorsShape, scope: Scope, broken: Mentioned, unused: Mentioned
) -> list[Indicator]:
    """The indicators of one file; those that speak of a form not in use are left out."""
    indicators = []
    for place, indicator in enumerate(shape.indicators):
        if unused.is_in(indicator.formula):
            continue
        path: Path = ("indicators", place, "formula")
        parsed = parse_formula(indicator.formula, scope)
        node = _accepted(source, path, indicator.formula, parsed, broken)
        if node is not None:
            indicators.append(_indicator(indicator, node, shape))
    return indicators


def _indicator(shape: IndicatorShape, node: Node, file: IndicatorsShape) -> Indicator:
    range_ = shape.plausible
    plausible = None
    if range_ is not None:
        plausible = Plausible(range_.low, range_.high, range_.per_days, tuple(range_.exempt))
    return Indicator(
        id=shape.id,
        title=shape.title,
        formula=node,
        text=shape.formula,
        unit=shape.unit,
        decimals=shape.decimals,
        better=shape.better,
        plausible=plausible,
        per_unit=shape.per_unit,
        group=file.group,
        reference=shape.reference,
        used_by=shape.used_by,
        source=shape.source,
    )


def _accepted(
    source: Source, path: Path, text: str, parsed: Parsed, broken: Mentioned
) -> Node | None:
    if not broken.is_in(text):
        for problem in parsed.problems:
            source.note_inside(path, problem.place, problem.message)
    return parsed.node


def check_ids(sources: list[tuple[Source, Path, str]]) -> None:
    """Note every id that is used twice."""
    seen: dict[str, tuple[Source, Path]] = {}
    for source, path, name in sources:
        if name in seen:
            source.note((*path, "id"), _twice(name, source, *seen[name]))
        seen.setdefault(name, (source, path))


def _twice(name: str, source: Source, first: Source, path: Path) -> Message:
    if first is not source:
        return Message("{id} is declared twice, also in {file}", id=name, file=first.file)
    line = source.place((*path, "id")).line
    return Message("{id} is declared twice, first in line {line}", id=name, line=line)
