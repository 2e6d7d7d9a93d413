"""Forms of YAML to the forms of the model."""

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import time

from infodesk.config.build_layout import build_layout, check_layout
from infodesk.config.shapes import DueShape, FormShape, ItemShape, SectionShape
from infodesk.config.shapes_hospital import DeadlineShape
from infodesk.config.source import Path, Source
from infodesk.model.form import Due, Form, Section
from infodesk.model.item import NUMERIC, OF_LOGBOOKS, Code, Item, OverTime, Secrecy, Type
from infodesk.model.masking import Mask
from infodesk.model.unit import UnitTree
from infodesk.text.message import Message

_TYPE = re.compile(r"([a-z_]+)(?:\(([^)]*)\))?")
OF_FORMS = tuple(kind for kind in Type if kind not in OF_LOGBOOKS)
LONGEST_SHEET_NAME = 31  # characters, in every spreadsheet program


@dataclass(frozen=True)
class Surroundings:
    """What a form refers to."""

    units: UnitTree
    codes: Mapping[str, tuple[Code, ...]]
    deadlines: Mapping[str, DeadlineShape]


def build_form(source: Source, shape: FormShape, around: Surroundings, *, packaged: bool) -> Form:
    """The form without its rules; what does not fit is noted in the source."""
    key = tuple(_item(source, ("key", n), item, around) for n, item in enumerate(shape.key))
    sections = tuple(
        _section(source, ("sections", n), section, around)
        for n, section in enumerate(shape.sections)
    )
    form = Form(
        id=shape.id,
        title=shape.title,
        frequency=shape.frequency,
        due=build_due(shape.due, around.deadlines.get(shape.id)),
        sections=sections,
        about=shape.about.kind if shape.about else None,
        category=shape.category,
        daily=shape.daily,
        number_rule=shape.number_rule,
        key=key,
        layout=None if shape.layout is None else build_layout(shape.layout),
        clauses=tuple(shape.clauses),
        since=shape.since,
        until=shape.until,
        definition=hashlib.sha256(source.text.encode()).hexdigest(),
        source="package" if packaged else "workspace",
    )
    _check(source, shape, form, around.units)
    return form


def build_due(shape: DueShape, other: DeadlineShape | None = None) -> Due:
    """A deadline, with what another says differently."""
    at = shape.at or time(17, 30)
    if other is None:
        return Due(shape.day, shape.roll, at)
    return Due(other.day or shape.day, other.roll or shape.roll, other.at or at)


def _section(source: Source, path: Path, shape: SectionShape, around: Surroundings) -> Section:
    items = tuple(
        _item(source, (*path, "items", n), item, around) for n, item in enumerate(shape.items)
    )
    return Section(shape.id, shape.title, items, shape.from_, tuple(shape.applies_to), shape.nil)


def _item(source: Source, path: Path, shape: ItemShape, around: Surroundings) -> Item:
    kind, decimals, codes = _type(source, (*path, "type"), shape.type, around)
    if shape.mask is not None and shape.class_ is not Secrecy.PERSONAL:
        source.note((*path, "mask"), Message("only answers of class personal have a mask"))
    numeric = kind in NUMERIC
    return Item(
        id=shape.id,
        label=shape.label,
        type=kind,
        decimals=decimals,
        unit=shape.unit,
        over_time=shape.over_time or (OverTime.SUM if numeric else OverTime.NONE),
        adds_up=numeric if shape.over_units is None else shape.over_units == "sum",
        required=shape.required,
        negative=shape.negative,
        secrecy=shape.class_,
        mask=shape.mask or Mask.ALL,
        opens_with=shape.opens_with,
        codes=codes,
        note=shape.note,
        since=shape.since,
        until=shape.until,
    )


def _type(
    source: Source, path: Path, text: str, around: Surroundings
) -> tuple[Type, int, tuple[Code, ...]]:
    found = _TYPE.fullmatch(text)
    name, inside = (found[1], found[2]) if found else (text, None)
    if name not in OF_FORMS:
        source.note_stranger(path, name, OF_FORMS)
        return Type.TEXT, 0, ()
    kind = Type(name)
    match kind:
        case Type.DECIMAL | Type.NUMBER:
            return kind, _decimals(source, path, kind, inside), ()
        case Type.CODE:
            return kind, 0, _codes(source, path, inside, around)
        case _:
            if inside is not None:
                source.note(path, Message("{name} takes nothing in brackets", name=name))
            return kind, 2 if kind is Type.MONEY else 0, ()


def _decimals(source: Source, path: Path, kind: Type, inside: str | None) -> int:
    if inside is None and kind is Type.NUMBER:
        return 6
    if inside is not None and re.fullmatch(r"[1-6]", inside):
        return int(inside)
    source.note(path, Message("write {usage}, with 1 to 6 decimals", usage=f"{kind}(2)"))
    return 1


def _codes(
    source: Source, path: Path, inside: str | None, around: Surroundings
) -> tuple[Code, ...]:
    if not inside:
        source.note(path, Message("write {usage}, with the id of a code list", usage="code(…)"))
    elif inside not in around.codes:
        source.note_stranger(path, inside, around.codes)
    return around.codes.get(inside or "", ())


def _check(source: Source, shape: FormShape, form: Form, units: UnitTree) -> None:
    if len(form.title.zh or form.title.en) > LONGEST_SHEET_NAME:
        message = Message(
            "a title names a sheet and has {n} characters at most", n=LONGEST_SHEET_NAME
        )
        source.note(("title",), message)
    _check_about(source, form, units)
    _check_twice(source, shape)
    _check_sections(source, form, units)
    _check_opens_with(source, shape, form)
    if shape.layout is not None:
        check_layout(source, shape.layout, form, units)


def _check_about(source: Source, form: Form, units: UnitTree) -> None:
    kinds = [kind.id for kind in units.kinds]
    if form.about is not None and form.about not in kinds:
        source.note_stranger(("about", "kind"), form.about, kinds)
    if form.about is not None and form.unit_item is None:
        source.note(("about",), Message("a form about units needs a key item of type unit"))


def _check_twice(source: Source, shape: FormShape) -> None:
    seen: dict[str, Path] = {}
    for path, name in _ids(shape):
        if name in seen:
            line = source.place((*seen[name], "id")).line
            message = Message("{id} is declared twice, first in line {line}", id=name, line=line)
            source.note((*path, "id"), message)
        seen.setdefault(name, path)


def _ids(shape: FormShape) -> Iterable[tuple[Path, str]]:
    for n, item in enumerate(shape.key):
        yield ("key", n), item.id
    for m, section in enumerate(shape.sections):
        for n, item in enumerate(section.items):
            yield ("sections", m, "items", n), item.id


def _check_sections(source: Source, form: Form, units: UnitTree) -> None:
    kinds = [kind.id for kind in units.kinds]
    for n, section in enumerate(form.sections):
        if section.sender != "unit" and section.sender not in units.by_id:
            source.note_stranger(("sections", n, "from"), section.sender, ["unit", *units.by_id])
        for m, kind in enumerate(section.applies_to):
            if kind not in kinds:
                source.note_stranger(("sections", n, "applies_to", m), kind, kinds)


def _check_opens_with(source: Source, shape: FormShape, form: Form) -> None:
    for m, section in enumerate(shape.sections):
        for n, item in enumerate(section.items):
            if item.opens_with is not None and item.opens_with not in form.by_id:
                path = ("sections", m, "items", n, "opens_with")
                source.note_stranger(path, item.opens_with, list(form.by_id))
