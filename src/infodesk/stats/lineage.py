"""Departments that were merged or split: which of an earlier period's are within a unit today."""

from dataclasses import replace

from infodesk.model.period import Period
from infodesk.model.unit import Unit, UnitTree
from infodesk.stats.accepted import Accepted


def as_now(found: Accepted, scope: Unit, now: Period) -> Accepted | None:
    """An earlier period with its units put where their successors are in the period `now`.

    Nothing if a unit of it was split between the scope and others: it cannot be compared then.
    """
    tree = found.desk.definitions.units
    moved: dict[str, str] = {}
    for unit in tree.units:
        if not unit.is_open_in(found.period) or unit.is_open_in(now):
            continue
        inside = {scope.id in tree.with_ancestors(heir) for heir in tree.heirs(unit.id, now)}
        if inside == {True, False}:
            return None
        if inside and inside != {scope.id in tree.with_ancestors(unit.id)}:
            moved[unit.id] = scope.id if True in inside else tree.root.id
    return _regrouped(found, moved) if moved else found


def _regrouped(found: Accepted, parents: dict[str, str]) -> Accepted:
    definitions = found.desk.definitions
    units = tuple(
        replace(unit, parent=parents.get(unit.id, unit.parent)) for unit in definitions.units.units
    )
    tree = UnitTree(units, definitions.units.kinds)
    desk = replace(found.desk, definitions=replace(definitions, units=tree))
    return replace(found, desk=desk)
