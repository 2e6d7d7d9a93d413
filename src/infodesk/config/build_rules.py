"""Rules of YAML to the model: every expression read, every name resolved."""

from infodesk.config.examples import check_examples
from infodesk.config.mentioned import Mentioned
from infodesk.config.shapes import FormShape, RuleShape, RulesShape
from infodesk.config.source import Path, Source
from infodesk.config.variants import Chosen
from infodesk.expr.parse import Parsed, parse_any, parse_condition
from infodesk.expr.scope import Scope
from infodesk.model.expression import Node
from infodesk.model.rule import Rule
from infodesk.text.message import Message


def build_rules(
    source: Source,
    shape: FormShape | RulesShape,
    scope: Scope,
    chosen: Chosen,
    broken: Mentioned,
    unused: Mentioned,
) -> list[Rule]:
    """The rules of one form; those of another variant, or that speak of what is not in use, are left out.

    What is said of `broken` forms, which could not be read, is not complained of twice.
    """
    rules = []
    for place, rule in enumerate(shape.rules):
        path: Path = ("rules", place)
        if not chosen.takes(source, path, rule.variant) or unused.is_in(rule.check):
            continue
        parsed = parse_condition(rule.check, scope)
        node = accepted_node(source, (*path, "check"), rule.check, parsed, broken)
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


def check_derived(source: Source, shape: FormShape, scope: Scope, broken: Mentioned) -> None:
    """Note what is wrong with the expressions that a form gives names to."""
    for place, derived in enumerate(shape.derived):
        parsed = parse_any(derived.expression, scope.before(derived.id))
        accepted_node(source, ("derived", place, "expression"), derived.expression, parsed, broken)


def accepted_node(
    source: Source, path: Path, text: str, parsed: Parsed, broken: Mentioned
) -> Node | None:
    """The tree of an expression; its problems are noted, but for those that come of `broken` forms."""
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
