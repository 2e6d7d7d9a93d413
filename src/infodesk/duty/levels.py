"""How grave a kept answer is, by the limits of its field or of its device."""

from collections.abc import Iterator
from decimal import Decimal, InvalidOperation

from infodesk.duty.room import DutyRoom
from infodesk.model.entry import Answers, Breach
from infodesk.model.limit import Level, Limits, Reading
from infodesk.model.logbook import Field, Logbook


def beyond_limits(room: DutyRoom, book: Logbook, answers: Answers) -> Iterator[Breach]:
    """The readings that are not normal."""
    for key, answer in answers.items():
        each = book.field_by_id.get(key.field)
        if each is None:
            continue
        asset = room.definitions.assets.by_id.get(key.asset)
        limits = each.limits if asset is None else asset.limits.get(each.id, each.limits)
        for part in answer.split("\n"):
            level = level_of(each, limits, part)
            if level is not Level.NORMAL:
                yield Breach(level, key, part)


def level_of(each: Field, limits: Limits, text: str) -> Level:
    """The level of a kept answer."""
    found = reading(each, text)
    return Level.NORMAL if found is None else limits.level(found)


def reading(each: Field, text: str) -> Reading | None:
    """A kept answer as limits see it; nothing if it was kept when its field was no number."""
    if not each.is_numeric:
        return text
    try:
        return Decimal(text)
    except InvalidOperation:
        return None
