"""Answers as people type them, to answers as they are kept."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from infodesk.duty.attach import attachment
from infodesk.duty.room import DutyRoom
from infodesk.model.item import Type
from infodesk.model.logbook import Field
from infodesk.store.entries import entry
from infodesk.text.folding import fold, key, nearest
from infodesk.text.message import Message
from infodesk.text.numbers import read_number

_YES = frozenset({"y", "yes", "true", "t", "1", "是", "有", "对", "好", "√", "正常"})
_NO = frozenset({"n", "no", "false", "f", "0", "否", "无", "不", "×", "x", "异常", "没有"})
_SEPARATORS = re.compile(r"[、,，;；\n]")
_DAYS = {"今天": 0, "今日": 0, "today": 0, "昨天": -1, "昨日": -1, "yesterday": -1}
LONGEST_TEXT = 20_000
_YEARS = range(1950, 2200)  # another year is a slip of the finger
_NOW = frozenset({"now", "现在", "此刻"})


def read_yes_no(text: str) -> bool | None:
    """Yes or no, as people type it; nothing if it is neither."""
    word = fold(text).casefold()
    return word in _YES if word in _YES | _NO else None


@dataclass(frozen=True)
class Reader:
    """Where answers are read: `day` is what a time of day, or a day without a year, belongs to."""

    room: DutyRoom
    day: date

    def read(self, field: Field, text: str) -> str | Message:
        """The answer a text means, or what is wrong with it. Blank: nothing."""
        if not field.multiple:
            return self._one(field, text)
        parts = [part.strip() for part in self._split(field, text)]
        read = [self._one(field, part) for part in parts if part]
        wrong = next((each for each in read if isinstance(each, Message)), None)
        return wrong or "\n".join(map(str, dict.fromkeys(read)))

    def _split(self, field: Field, text: str) -> list[str]:
        if field.type in (Type.TEXT, Type.FILE):
            return text.split("\n")
        return _SEPARATORS.split(text)

    def _one(self, field: Field, text: str) -> str | Message:
        plain = fold(text)
        if not plain:
            return ""
        if field.is_numeric:
            return _number(field, text)
        if len(text) > LONGEST_TEXT:
            return Message("at most {n} characters; attach a longer text as a file", n=LONGEST_TEXT)
        reader = _READERS.get(field.type)
        return text.strip() if reader is None else reader(self, field, plain)

    def _yes_no(self, _field: Field, text: str) -> str | Message:
        answer = read_yes_no(text)
        if answer is not None:
            return str(answer).lower()
        return Message("write y or n, not {value}", value=repr(text))

    def _code(self, field: Field, text: str) -> str | Message:
        for code in field.codes:
            if key(text) in map(key, (code.id, code.title.zh, code.title.en)):
                return code.id
        known = [f"{code.id} {code.title}" for code in field.codes]
        return Message("there is no {value} here, only {codes}", value=repr(text), codes=known)

    def _date(self, _field: Field, text: str) -> str | Message:
        found = read_day(text, self.day)
        if found is None:
            return Message("a day is expected, like 2026-09-30, not {value}", value=repr(text))
        return found.isoformat()

    def _time(self, _field: Field, text: str) -> str | Message:
        found = self.room.now.time() if text.casefold() in _NOW else _read_time(text)
        if found is None:
            return Message("a time is expected, like 17:30, not {value}", value=repr(text))
        return f"{found:%H:%M}"

    def _moment(self, _field: Field, text: str) -> str | Message:
        found = read_moment(text, self.day, self.room.now)
        if found is None:
            return Message(
                "a moment is expected, like 2026-09-30 17:30 or 17:30, not {value}",
                value=repr(text),
            )
        return f"{found:%Y-%m-%dT%H:%M}"

    def _unit(self, _field: Field, text: str) -> str | Message:
        units = self.room.definitions.units
        found = units.find(text)
        if found is not None:
            return found.id
        near = nearest(text, [unit.title.zh for unit in units.units])
        message = Message("there is no unit {name}", name=repr(text))
        return (
            Message("{problem}; did you mean {near}?", problem=message, near=near)
            if near
            else message
        )

    def _person(self, _field: Field, text: str) -> str | Message:
        found = self.room.definitions.people.find(text)
        return text if found is None else found.id

    def _asset(self, field: Field, text: str) -> str | Message:
        assets = self.room.definitions.assets
        found = assets.find(text)
        if found is None and field.asset_kind is None:
            return text  # a device nobody has declared yet: no reason to turn a report of its fault away
        if found is not None and field.asset_kind in (None, found.kind):
            return found.id
        known = [asset.id for asset in assets.of_kind(field.asset_kind or "", self.day)]
        if not known:
            return Message(
                "{file} declares none of the kind {kind}", file="assets.yaml", kind=field.asset_kind
            )
        return Message("there is no {value} here, only {codes}", value=repr(text), codes=known)

    def _file(self, _field: Field, text: str) -> str | Message:
        return attachment(self.room.folder, text)

    def _entry(self, field: Field, text: str) -> str | Message:
        found = entry(self.room.store, text.upper())
        if found is None or (field.book is not None and found.first.book != field.book):
            return Message("there is no entry {name}", name=repr(text))
        return found.id


_READERS: dict[Type, Callable[[Reader, Field, str], str | Message]] = {
    Type.YES_NO: Reader._yes_no,  # noqa: SLF001  # its own table
    Type.CODE: Reader._code,  # noqa: SLF001
    Type.DATE: Reader._date,  # noqa: SLF001
    Type.TIME: Reader._time,  # noqa: SLF001
    Type.MOMENT: Reader._moment,  # noqa: SLF001
    Type.UNIT: Reader._unit,  # noqa: SLF001
    Type.PERSON: Reader._person,  # noqa: SLF001
    Type.ASSET: Reader._asset,  # noqa: SLF001
    Type.FILE: Reader._file,  # noqa: SLF001
    Type.ENTRY: Reader._entry,  # noqa: SLF001
}


def _number(field: Field, text: str) -> str | Message:
    read = read_number(text, field.unit)
    if read.unreadable or read.value is None:
        return _no_number(field, text)
    value = read.value
    if value < 0 and not field.negative:
        return Message("{value} is below 0", value=f"{value:f}")
    if abs(value) > field.largest:
        return Message("{value} is too large", value=f"{value:f}")
    if field.type is Type.NUMBER:
        return f"{value:f}"
    whole = value.quantize(Decimal(1).scaleb(-field.decimals))
    if whole != value:
        return Message("{value} has more decimals than {n}", value=f"{value:f}", n=field.decimals)
    return f"{whole + 0:f}"  # 0.0, not -0.0


def _no_number(field: Field, text: str) -> Message:
    """That a text is no number; with the one it may mean, where a comma or a full stop stands for the point."""
    message = Message("a number is expected, not {value}", value=repr(text))
    meant = re.sub(r"[,。]", ".", fold(text))
    if meant != fold(text) and not read_number(meant, field.unit).unreadable:
        return Message("{problem}; did you mean {near}?", problem=message, near=meant)
    return message


def read_day(text: str, today: date) -> date | None:
    """`2026-09-30`, `20260930`, `2026年9月30日`, `9-30`, `9月30日`, `今天`, `昨天`."""
    folded = fold(text).casefold()
    if folded in _DAYS:
        return today + timedelta(days=_DAYS[folded])
    found = re.fullmatch(r"(?:(\d{4})[-/.年]?)?(\d{1,2})[-/.月]?(\d{1,2})日?", folded)
    if found is None:
        return None
    year = int(found[1] or today.year)
    try:
        return date(year, int(found[2]), int(found[3])) if year in _YEARS else None
    except ValueError:
        return None


def read_moment(text: str, day: date, now: datetime) -> datetime | None:
    """A day with a time of day, or one of them: a time alone is of `day`, `now` is now. In the zone of `now`."""
    folded = fold(text).casefold()
    if folded in _NOW:
        return now
    alone = _read_time(folded)
    if alone is not None:
        return datetime.combine(day, alone, now.tzinfo)
    first, _, last = folded.replace("t", " ", 1).rpartition(" ")
    on, at = read_day(first, now.date()), _read_time(last)
    if on is None or at is None:
        return None
    return datetime.combine(on, at, now.tzinfo)


def _read_time(text: str) -> time | None:
    found = re.fullmatch(r"([01]?\d|2[0-3])[:点时]([0-5]\d)分?(?::\d\d)?", text)
    return time(int(found[1]), int(found[2])) if found else None
