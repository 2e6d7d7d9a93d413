"""A checklist as it is walked: what is asked one by one, and what by one question."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from infodesk.duty.asking import wanted
from infodesk.duty.judge import Draft
from infodesk.duty.levels import level_of
from infodesk.duty.room import DutyRoom
from infodesk.model.entry import Answers, Key
from infodesk.model.item import Type
from infodesk.model.limit import Level, Limits
from infodesk.model.logbook import Field, Group, Logbook


@dataclass(frozen=True)
class Step:
    """One question: about a key, or about several at once (`together`): is all of it as it should be?"""

    group: Group | None
    keys: tuple[Key, ...]
    together: bool = False


def steps(room: DutyRoom, draft: Draft, answers: Answers) -> tuple[Step, ...]:
    """The questions for a person, in walking order: group after group, within one asset after asset."""
    keys = wanted(room, draft, answers)
    measured = {key for key in draft.measured if key in answers}
    gone = measured | {gap.key for gap in draft.gaps if gap.check == "no_answer"}
    return tuple(_in_order(room, draft.book, [key for key in keys if key not in gone]))


def _in_order(room: DutyRoom, book: Logbook, keys: Sequence[Key]) -> Iterator[Step]:
    for group in (None, *book.groups):
        mine = [key for key in keys if _group(book, key) == (group.id if group else "")]
        mine.sort(key=lambda key: _place(room, key))
        at_once = [key for key in mine if group and group.together and is_judged(room, book, key)]
        yield from (Step(group, (key,)) for key in mine if key not in at_once)
        if at_once:
            yield Step(group, tuple(at_once), together=True)


def _group(book: Logbook, key: Key) -> str:
    return book.field_by_id[key.field].group


def _place(room: DutyRoom, key: Key) -> int:
    """Where the asset stands on the way round; what is asked of no asset comes first."""
    ids = list(room.definitions.assets.by_id)
    return ids.index(key.asset) if key.asset in ids else -1


def limits_of(room: DutyRoom, field: Field, asset: str) -> Limits:
    """The limits of a question: the asset's own, else the field's."""
    found = room.definitions.assets.by_id.get(asset)
    return field.limits if found is None else found.limits.get(field.id, field.limits)


def is_judged(room: DutyRoom, book: Logbook, key: Key) -> bool:
    """Whether a question is answered by saying that all is well: yes and no, or codes with a normal one."""
    field = book.field_by_id[key.field]
    normal = limits_of(room, field, key.asset).normal
    return field.type in (Type.YES_NO, Type.CODE) and normal is not None and bool(normal.values)


def as_it_should_be(room: DutyRoom, book: Logbook, key: Key, last: str = "") -> str:
    """The answer that all is well stands for: the last one if that was normal, else the first normal one."""
    field = book.field_by_id[key.field]
    limits = limits_of(room, field, key.asset)
    if last and level_of(field, limits, last) is Level.NORMAL:
        return last
    assert limits.normal is not None, "is_judged() was asked first"
    return limits.normal.values[0]


def others(room: DutyRoom, book: Logbook, key: Key) -> tuple[str, ...]:
    """The answers that say something is not as it should be."""
    field = book.field_by_id[key.field]
    limits = limits_of(room, field, key.asset)
    known = ("true", "false") if field.type is Type.YES_NO else tuple(c.id for c in field.codes)
    return tuple(each for each in known if level_of(field, limits, each) is not Level.NORMAL)


def all_well(room: DutyRoom, book: Logbook, keys: Iterable[Key], last: Answers) -> dict[Key, str]:
    """The answers of several questions if all is well."""
    return {key: as_it_should_be(room, book, key, last.get(key, "")) for key in keys}
