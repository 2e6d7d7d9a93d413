"""units.yaml to the tree of units."""

from infodesk.config.shapes_hospital import HospitalShape, UnitShape, UnitsShape
from infodesk.config.source import Source
from infodesk.model.unit import Contact, Kind, Unit, UnitTree
from infodesk.text.folding import key
from infodesk.text.message import Message

HOSPITAL = "hospital"


def build_units(source: Source, shape: UnitsShape) -> UnitTree:
    """The tree; what does not fit together is noted in the source."""
    kinds = tuple(Kind(kind.id, kind.title, kind.within) for kind in shape.kinds)
    units = (
        _hospital(shape.hospital),
        *(_unit(unit, place, shape.hospital.id) for place, unit in enumerate(shape.units, 1)),
    )
    _check_kinds(source, shape)
    _check_units(source, shape)
    _check_names(source, shape)
    return UnitTree(units, kinds)


def _hospital(shape: HospitalShape) -> Unit:
    return Unit(shape.id, shape.title, shape.kind)


def _unit(shape: UnitShape, order: int, root: str) -> Unit:
    contact = shape.contact
    return Unit(
        shape.id,
        shape.title,
        shape.kind,
        shape.parent or root,
        order,
        tuple(shape.aliases),
        shape.opened,
        shape.closed,
        tuple(shape.successors),
        Contact(contact.name, contact.phone, contact.reviewer, contact.head),
        shape.every_day,
    )


def _check_kinds(source: Source, shape: UnitsShape) -> None:
    ids = [kind.id for kind in shape.kinds]
    for place, kind in enumerate(shape.kinds):
        if kind.id in ids[:place]:
            source.note(("kinds", place, "id"), Message("{id} is declared twice", id=kind.id))
        if kind.within is not None and kind.within not in ids:
            source.note_stranger(("kinds", place, "within"), kind.within, ids)
        elif _circles(shape, kind.id):
            source.note(("kinds", place), Message("{id} lies within itself", id=kind.id))


def _circles(shape: UnitsShape, start: str) -> bool:
    within = {kind.id: kind.within for kind in shape.kinds}
    current = within.get(start)
    for _ in shape.kinds:
        if current is None or current == start:
            break
        current = within.get(current)
    return current == start


def _check_units(source: Source, shape: UnitsShape) -> None:
    ids = [shape.hospital.id, *(unit.id for unit in shape.units)]
    kinds = [kind.id for kind in shape.kinds]
    for place, unit in enumerate(shape.units):
        path = ("units", place)
        if unit.id in ids[: place + 1]:
            source.note((*path, "id"), Message("{id} is declared twice", id=unit.id))
        if unit.kind not in kinds:
            source.note_stranger((*path, "kind"), unit.kind, kinds)
        if unit.parent is not None and unit.parent not in ids:
            source.note_stranger((*path, "parent"), unit.parent, ids)
        elif _is_own_ancestor(shape, unit):
            source.note((*path, "parent"), Message("{id} lies within itself", id=unit.id))
        for number, successor in enumerate(unit.successors):
            if successor not in ids:
                source.note_stranger((*path, "successors", number), successor, ids)


def _is_own_ancestor(shape: UnitsShape, unit: UnitShape) -> bool:
    parents = {each.id: each.parent for each in shape.units}
    current = unit.parent
    for _ in shape.units:
        if current is None or current == unit.id:
            break
        current = parents.get(current)
    return current == unit.id


def _check_names(source: Source, shape: UnitsShape) -> None:
    """An alias that names two units would decide nothing."""
    owners: dict[str, str] = {}
    for place, unit in enumerate(shape.units):
        for name in {key(n) for n in (unit.title.zh, unit.title.en, *unit.aliases) if n}:
            owner = owners.setdefault(name, unit.id)
            if owner != unit.id and unit.closed is None:
                message = Message("{name} already names unit {id}", name=repr(name), id=owner)
                source.note(("units", place), message)
