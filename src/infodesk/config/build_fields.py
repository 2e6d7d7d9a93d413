"""Fields of YAML to the fields of a logbook."""

import re
from dataclasses import dataclass, replace

from infodesk.config.build_forms import Surroundings
from infodesk.config.build_probes import build_probe
from infodesk.config.shapes_logbook import BandShape, FieldShape, LimitsShape, LogbookShape
from infodesk.config.source import Path, Source
from infodesk.model.asset import Assets
from infodesk.model.item import Code, OverTime, Type
from infodesk.model.limit import Band, Limits
from infodesk.model.logbook import ENVELOPE, Field
from infodesk.model.masking import Mask
from infodesk.model.people import People
from infodesk.text.message import Message

_TYPE = re.compile(r"([a-z_]+)(?:\(([^)]*)\))?")
# What the columns of a logbook's view, and the keys beside an entry's answers, are called.
RESERVED = frozenset({*ENVELOPE, "id", "level", "late", "amended", "at", "for"})
OF_LOGBOOKS = tuple(kind for kind in Type if kind is not Type.MONTH)
_DEFAULT_DECIMALS = {Type.MONEY: 2, Type.NUMBER: 6}
_WITH_LIMITS = frozenset(
    {Type.INTEGER, Type.DECIMAL, Type.MONEY, Type.NUMBER, Type.YES_NO, Type.CODE}
)


@dataclass(frozen=True)
class Place:
    """What a logbook refers to."""

    around: Surroundings
    assets: Assets
    people: People
    books: tuple[str, ...]


@dataclass(frozen=True)
class FieldType:
    """What a field's type says."""

    kind: Type = Type.TEXT
    decimals: int = 0
    codes: tuple[Code, ...] = ()
    inside: str | None = None


def build_fields(source: Source, shape: LogbookShape, place: Place) -> tuple[Field, ...]:
    """The fields, without their expressions; what does not fit is noted in the source."""
    fields = [_field(source, ("fields", n), each, place) for n, each in enumerate(shape.fields)]
    groups = [group.id for group in shape.groups]
    seen: dict[str, int] = {}
    for n, each in enumerate(shape.fields):
        if each.id in seen:
            source.note(("fields", n, "id"), Message("{id} is declared twice", id=each.id))
        if each.id in RESERVED:
            source.note(
                ("fields", n, "id"),
                Message("every entry has {id} already: name it otherwise", id=each.id),
            )
        seen[each.id] = n
        if each.group is not None and each.group not in groups:
            source.note_stranger(("fields", n, "group"), each.group, groups)
        if each.among is not None and each.among not in seen:
            source.note_stranger(("fields", n, "among"), each.among, seen)
        for m, name in enumerate(each.open_in):
            if name not in place.books:
                source.note_stranger(("fields", n, "open_in", m), name, place.books)
    return tuple(fields)


def _field(source: Source, path: Path, shape: FieldShape, place: Place) -> Field:
    found = _type(source, (*path, "type"), shape, place)
    kinds = [kind.id for kind in place.assets.kinds]
    if shape.each is not None and shape.each not in kinds:
        source.note_stranger((*path, "each"), shape.each, kinds)
    _check(source, path, shape, found)
    _check_secret(source, path, shape, found.kind)
    field = Field(
        id=shape.id,
        label=shape.label,
        type=found.kind,
        decimals=found.decimals,
        unit=shape.unit,
        over_time=OverTime.NONE,
        adds_up=False,
        required=shape.required,
        negative=shape.negative,
        secrecy=shape.class_,
        mask=Mask.NAME if found.kind is Type.PERSON else Mask.ALL,
        codes=found.codes,
        note=shape.note,
        group=shape.group or "",
        each=shape.each,
        multiple=shape.multiple,
        limits=build_limits(source, path, shape, found),
        default=shape.default,
        among=shape.among,
        past=shape.past,
        open_in=tuple(shape.open_in),
        expires=shape.expires,
        book=found.inside if found.kind is Type.ENTRY else None,
        asset_kind=found.inside if found.kind is Type.ASSET else None,
        identical=shape.identical,
        source=shape.source,
    )
    return replace(field, probe=build_probe(source, (*path, "probe"), shape.probe, field))


def _check(source: Source, path: Path, shape: FieldShape, found: FieldType) -> None:
    if shape.expires is not None and found.kind not in (Type.DATE, Type.MOMENT):
        source.note((*path, "expires"), Message("only a day or a moment can expire"))
    if shape.past and found.kind not in (Type.DATE, Type.MOMENT):
        source.note((*path, "past"), Message("only a day or a moment can lie ahead"))
    if shape.multiple and found.kind not in _SEVERAL:
        source.note((*path, "multiple"), Message("a field of this type takes one answer"))
    asked = (shape.required, shape.required_if, shape.default, shape.probe)
    if shape.computed is not None and any(asked):
        source.note((*path, "computed"), Message("a computed field is not asked for"))


def _check_secret(source: Source, path: Path, shape: FieldShape, kind: Type) -> None:
    """Refuse a field that asks for a password; whether and when it was changed, and by whom, may be asked."""
    names = (shape.id, shape.label.zh, shape.label.en)
    if kind in _MAY_HOLD_SECRETS and any(_SECRET.search(name) for name in names):
        message = Message(
            "no logbook keeps a password: ask whether it was changed, when or by whom"
        )
        source.note((*path, "label"), message)


_SECRET = re.compile(r"密码|口令|密钥|password|passwd|passphrase|pwd|secret", re.IGNORECASE)
_MAY_HOLD_SECRETS = (Type.TEXT, Type.INTEGER, Type.NUMBER, Type.FILE)
_SEVERAL = (Type.CODE, Type.TEXT, Type.PERSON, Type.ASSET, Type.FILE, Type.ENTRY, Type.UNIT)


def _type(source: Source, path: Path, shape: FieldShape, place: Place) -> FieldType:
    match = _TYPE.fullmatch(shape.type)
    name, inside = (match[1], match[2]) if match else (shape.type, None)
    if name not in OF_LOGBOOKS:
        source.note_stranger(path, name, OF_LOGBOOKS)
        return FieldType()
    kind = Type(name)
    if shape.codes and kind is not Type.CODE:
        source.note_key((*path[:-1], "codes"), Message("only a field of type code has codes"))
    match kind:
        case Type.DECIMAL:
            return FieldType(kind, _decimals(source, path, inside))
        case Type.CODE:
            return FieldType(kind, codes=_codes(source, path, shape, inside, place))
        case Type.ASSET:
            _check_known(source, path, inside, tuple(k.id for k in place.assets.kinds))
        case Type.ENTRY:
            _check_known(source, path, inside, place.books)
        case _ if inside is not None:
            source.note(path, Message("{name} takes nothing in brackets", name=name))
    return FieldType(kind, _DEFAULT_DECIMALS.get(kind, 0), inside=inside)


def _check_known(source: Source, path: Path, name: str | None, known: tuple[str, ...]) -> None:
    if name is not None and name not in known:
        source.note_stranger(path, name, known)


def _decimals(source: Source, path: Path, inside: str | None) -> int:
    if inside is not None and re.fullmatch(r"[1-6]", inside):
        return int(inside)
    source.note(path, Message("write {usage}, with 1 to 6 decimals", usage="decimal(2)"))
    return 1


def _codes(
    source: Source, path: Path, shape: FieldShape, inside: str | None, place: Place
) -> tuple[Code, ...]:
    if inside is not None:
        _check_known(source, path, inside, tuple(place.around.codes))
        return place.around.codes.get(inside, ())
    if not shape.codes:
        source.note(path, Message("write {usage}, with the id of a code list", usage="code(…)"))
    return tuple(Code(name, title) for name, title in shape.codes.items())


def build_limits(source: Source, path: Path, shape: LimitsShape, found: FieldType) -> Limits:
    """The bands of a field, or of one asset's field."""
    bands = {}
    for name in ("normal", "warn", "alarm", "possible"):
        band: BandShape | None = getattr(shape, name)
        if band is not None:
            bands[name] = _band(source, (*path, name), band, found)
    return Limits(**bands)


def _band(source: Source, path: Path, shape: BandShape, found: FieldType) -> Band:
    if found.kind not in _WITH_LIMITS:
        source.note(path, Message("a field of this type has no limits"))
    known = ("true", "false") if found.kind is Type.YES_NO else tuple(c.id for c in found.codes)
    for n, value in enumerate(shape.is_):
        if value not in known:
            source.note_stranger((*path, "is", n), value, known)
    inside, outside = (shape.from_, shape.to), (shape.below, shape.above)
    ways = sum((any(v is not None for v in inside), any(v is not None for v in outside),
                bool(shape.is_), shape.other))  # fmt: skip
    if ways != 1:
        source.note(
            path, Message("write a band in one way: from and to, below and above, is, or other")
        )
    low, high = inside if inside != (None, None) else outside
    if low is not None and high is not None and low > high:
        source.note(path, Message("{low} is more than {high}", low=low, high=high))
    is_inside = outside == (None, None)
    return Band(low, high, is_inside, tuple(shape.is_), shape.other)
