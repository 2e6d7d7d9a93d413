"""Indicators of YAML to the model: formulas first, then those that are the growth of another."""

from collections.abc import Mapping

from infodesk.config.build_rules import accepted_node
from infodesk.config.mentioned import Mentioned
from infodesk.config.shapes import IndicatorShape, IndicatorsShape
from infodesk.config.source import Path, Source
from infodesk.config.variants import Chosen
from infodesk.expr.parse import parse_formula
from infodesk.expr.scope import Scope
from infodesk.model.expression import Node, Total, Value
from infodesk.model.indicator import Indicator, Plausible
from infodesk.text.message import Message

Taken = list[tuple[Path, IndicatorShape]]


def build_indicators(
    source: Source,
    shape: IndicatorsShape,
    scope: Scope,
    chosen: Chosen,
    broken: Mentioned,
    unused: Mentioned,
) -> list[Indicator]:
    """The indicators of one file; those of another variant, or that speak of what is not in use, are left out."""
    every: Taken = [(("indicators", n), each) for n, each in enumerate(shape.indicators)]
    taken = [(path, each) for path, each in every if chosen.takes(source, path, each.variant)]
    used = [
        (path, each) for path, each in taken if not unused.is_in(each.formula or each.growth_of)
    ]
    built: dict[str, Indicator] = {}
    for path, each in used:
        if each.formula:
            parsed = parse_formula(each.formula, scope)
            node = accepted_node(source, (*path, "formula"), each.formula, parsed, broken)
            if node is not None:
                built[each.id] = _indicator(each, node, each.formula, shape)
    around = (shape, scope, broken)
    grown = [(path, each) for path, each in used if each.growth_of]
    found = {each.id: _growth(source, path, each, around, built) for path, each in grown}
    built |= {name: each for name, each in found.items() if each is not None}
    return [built[each.id] for _, each in used if each.id in built]


def _item(source: Source, path: Path, text: str, scope: Scope, broken: Mentioned) -> Value | None:
    """The item whose total grows."""
    node = accepted_node(source, path, text, parse_formula(text, scope), broken)
    if isinstance(node, Total) and isinstance(node.of, Value) and node.where is None:
        return node.of
    if node is not None:
        source.note(path, Message("name an indicator of this file, or form.item"))
    return None


def _growth(
    source: Source,
    path: Path,
    shape: IndicatorShape,
    around: tuple[IndicatorsShape, Scope, Mentioned],
    built: Mapping[str, Indicator],
) -> Indicator | None:
    file, scope, broken = around
    known = {each.id for each in file.indicators}
    if shape.growth_of in built:
        of = built[shape.growth_of]
        return _indicator(shape, of.formula, of.text, file, growth_of=of)
    if shape.growth_of in known:  # it has a mistake of its own, or is not in use
        return None
    item = _item(source, (*path, "growth_of"), shape.growth_of, scope, broken)
    if item is None:
        return None
    return _indicator(shape, Total(item.form, item), shape.growth_of, file, growth_of=item)


def _indicator(
    shape: IndicatorShape,
    node: Node,
    text: str,
    file: IndicatorsShape,
    growth_of: Indicator | Value | None = None,
) -> Indicator:
    range_ = shape.plausible
    plausible = None
    if range_ is not None:
        plausible = Plausible(range_.low, range_.high, range_.per_days, tuple(range_.exempt))
    return Indicator(
        id=shape.id,
        title=shape.title,
        formula=node,
        text=text,
        unit=shape.unit,
        decimals=shape.decimals,
        better=shape.better,
        plausible=plausible,
        per_unit=shape.per_unit,
        per_row=shape.per_row,
        growth_of=growth_of,
        group=file.group,
        reference=shape.reference,
        used_by=shape.used_by,
        source=shape.source,
    )
