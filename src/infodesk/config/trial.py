"""Rules in a file of their own, to be tried on past periods."""

from pathlib import Path

from infodesk.config.build_rules import build_rules, check_ids
from infodesk.config.files import DefinitionFile
from infodesk.config.mentioned import Mentioned
from infodesk.config.read import read_shape
from infodesk.config.shapes import RulesShape
from infodesk.config.source import Problem
from infodesk.expr.scope import Scope
from infodesk.model.definitions import Definitions
from infodesk.model.rule import Rule


def load_trial(
    path: Path, definitions: Definitions
) -> tuple[tuple[Rule, ...], tuple[Problem, ...]]:
    """The rules of a file (`form:` and `rules:` as in a form), and what is wrong with them."""
    source = DefinitionFile(path.name, path, is_packaged=False).read()
    shape = read_shape(source, RulesShape)
    rules: list[Rule] = []
    if shape is not None:
        form = definitions.form_by_id.get(shape.id)
        if form is None:
            source.note_stranger(("form",), shape.id, definitions.form_by_id)
        else:
            kinds = frozenset(kind.id for kind in definitions.units.kinds)
            scope = Scope(definitions.form_by_id, form, kinds)
            rules = build_rules(source, shape, scope, Mentioned(), Mentioned())
            check_ids([(source, ("rules", n), rule.id) for n, rule in enumerate(shape.rules)])
    return tuple(rules), tuple(sorted(source.problems, key=lambda problem: problem.place))
