"""Answers that a demo entry may have: mostly normal, drawn from a seeded source."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from random import Random

from infodesk.demo.usual import usual
from infodesk.duty.facts import assets_of
from infodesk.duty.judge import Draft, Judged, asked, judge
from infodesk.duty.room import DutyRoom
from infodesk.model.entry import Key
from infodesk.model.expression import All, Compare, In, Node, Number, Text, Value
from infodesk.model.item import Type
from infodesk.model.limit import Band, Level, Limits
from infodesk.model.logbook import Field
from infodesk.store.entries import entries

TRIES = 3  # more drafts, of which the most normal one is taken
ROUNDS = 4  # answers may make others necessary


def fill_in(room: DutyRoom, draft: Draft, random: Random) -> tuple[Draft, Judged]:
    """The draft with everything answered that is asked; the most normal of a few tries."""
    best = _attempt(room, draft, random)
    for _ in range(TRIES):
        if best[1].is_sound and best[1].level is not Level.ALARM:
            break
        other = _attempt(room, draft, random)
        if _rank(other[1]) < _rank(best[1]):
            best = other
    return best


def _rank(judged: Judged) -> tuple[bool, int]:
    return (not judged.is_sound, judged.level.rank)


def _attempt(room: DutyRoom, draft: Draft, random: Random) -> tuple[Draft, Judged]:
    draft = replace(draft, given={**dict(usual(draft, random)), **draft.given})
    keys = [key for key in _keys(room, draft) if str(key) not in draft.given]
    draft = _given(room, draft, keys, random)
    judged = judge(room, draft)
    for _ in range(ROUNDS):
        if not judged.missing:
            break
        draft = _given(room, draft, judged.missing, random)
        judged = judge(room, draft)
    return draft, judged


def _given(room: DutyRoom, draft: Draft, keys: Iterable[Key], random: Random) -> Draft:
    new = {str(key): answer(room, draft, key, random) for key in keys}
    return replace(
        draft, given={**{name: text for name, text in new.items() if text}, **draft.given}
    )


def _keys(room: DutyRoom, draft: Draft) -> Iterator[Key]:
    """What is needed whatever the other answers are, and every reading with limits; not what fills itself."""
    for field in asked(draft):
        if (
            field.default
            or field.open_in
            or not (field.required or field.limits.normal or draft.move)
        ):
            continue
        for asset in assets_of(room, field, draft.occurred_at):
            yield Key(field.id, asset)


def demanded(node: Node | None) -> dict[str, str]:
    """What a condition asks of single fields: set = 'daily' gives {set: daily}; of several values the first."""
    match node:
        case Value() as field:
            return {field.id: "true"}
        case Compare("=", Value() as field, Text(value) | Number(value)):
            return {field.id: f"{value}"}
        case In(Value() as field, (Text(value), *_)):
            return {field.id: value}
        case All(parts):
            return {name: text for part in parts for name, text in demanded(part).items()}
        case _:
            return {}


def answer(room: DutyRoom, draft: Draft, key: Key, random: Random) -> str:
    """A plausible answer to one question; nothing where there is none."""
    field = draft.book.field_by_id[key.field]
    asset = room.definitions.assets.by_id.get(key.asset)
    if field.among is not None:
        return draft.before.get(Key(field.among), "")
    limits = field.limits if asset is None else asset.limits.get(field.id, field.limits)
    if field.is_numeric:
        return number(field, limits, random)
    if limits.normal is not None and limits.normal.values:
        return limits.normal.values[0]
    return _word(room, draft, field, random)


def _word(room: DutyRoom, draft: Draft, field: Field, random: Random) -> str:
    definitions = room.definitions
    clocks = [
        f.id for f in draft.book.fields if f.type in (Type.TIME, Type.MOMENT) and not f.default
    ]
    later = 10 * clocks.index(field.id) if field.id in clocks else 0  # one thing after the other
    at = draft.occurred_at + timedelta(minutes=later)
    ahead = at + timedelta(days=180 if field.expires is not None else 0)
    match field.type:
        case Type.CODE:
            return random.choice(field.codes).id
        case Type.PERSON:
            return random.choice(definitions.people.people).id
        case Type.UNIT:
            return random.choice(definitions.units.units[1:]).id
        case Type.ASSET:
            return _asset(room, field, draft, random)
        case Type.ENTRY:
            return _entry(room, field)
    return {
        Type.YES_NO: "false",
        Type.DATE: f"{ahead:%Y-%m-%d}",
        Type.TIME: f"{at:%H:%M}",
        Type.MOMENT: f"{ahead:%Y-%m-%dT%H:%M}",
        Type.TEXT: _text(field, draft),
    }.get(field.type, "")


def _asset(room: DutyRoom, field: Field, draft: Draft, random: Random) -> str:
    day = draft.occurred_at.date()
    known = room.definitions.assets.assets
    if field.asset_kind is not None:
        known = room.definitions.assets.of_kind(field.asset_kind, day)
    return random.choice(known).id if known else ""


def _entry(room: DutyRoom, field: Field) -> str:
    if field.book is None:
        return ""
    known = [each.id for each in entries(room.store, field.book)]
    return known[-1] if known else ""


def _text(field: Field, draft: Draft) -> str:
    return f"示例 {field.label} {draft.occurred_at:%m-%d %H:%M}"


def number(field: Field, limits: Limits, random: Random) -> str:
    """A number well inside the normal band, or a small one where there is no band."""
    low, high = _range(limits.normal, limits.possible)
    span = high - low
    value = low + span * Decimal(random.randint(35, 65)) / 100
    return f"{value.quantize(Decimal(1).scaleb(-field.decimals))}"


def _range(normal: Band | None, possible: Band | None) -> tuple[Decimal, Decimal]:
    for band in (normal, possible):
        if band is None or not band.inside:
            continue
        if band.low is not None and band.high is not None:
            return band.low, band.high
        if band.high is not None:
            return band.high * Decimal("0.4"), band.high * Decimal("0.9")
        if band.low is not None:
            return band.low, band.low + max(Decimal(1), abs(band.low) * Decimal("0.05"))
    return Decimal(1), Decimal(9)
