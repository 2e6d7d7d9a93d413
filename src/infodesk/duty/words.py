"""Answers and moments as people read them."""

from datetime import datetime, timedelta

from infodesk.duty.room import DutyRoom
from infodesk.model.item import Item, Type
from infodesk.text.message import Message


def answer_words(room: DutyRoom, item: Item, answer: str) -> list[object]:
    """The parts of an answer, to be told: 是, 电子病历数据库, 12 分钟."""
    return [_part(room, item, part) for part in answer.split("\n")]


def _part(room: DutyRoom, item: Item, part: str) -> object:
    match item.type:
        case Type.YES_NO:
            return Message("yes") if part == "true" else Message("no")
        case Type.CODE:
            return next((code.title for code in item.codes if code.id == part), part)
        case Type.MOMENT:
            return part.replace("T", " ")
        case Type.PERSON:
            return room.person_name(part)
        case Type.ASSET:
            asset = room.definitions.assets.by_id.get(part)
            return asset.title if asset else part
        case Type.UNIT:
            unit = room.definitions.units.by_id.get(part)
            return unit.title if unit else part
        case _:
            return f"{part} {item.unit}" if item.is_numeric and item.unit else part


def value_words(room: DutyRoom, item: Item | None, value: object) -> object:
    """What SQL gives for an item (none: nobody says what it is), to be told; a truth value is 1 or 0 there."""
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.6f}".rstrip("0").rstrip(".")
    if item is not None and item.type is Type.YES_NO:
        return Message("yes") if value else Message("no")
    return answer_words(room, item, value) if item and isinstance(value, str) else str(value)


def clock(moment: datetime, now: datetime) -> str:
    """`09-18 17:30`; the year too if it is another one; midnight as 24:00 of the day that ends."""
    is_midnight = (moment.hour, moment.minute) == (0, 0)
    day = moment - timedelta(minutes=1) if is_midnight else moment
    on = f"{day:%m-%d}" if day.year == now.year else f"{day:%Y-%m-%d}"
    return f"{on} 24:00" if is_midnight else f"{on} {moment:%H:%M}"
