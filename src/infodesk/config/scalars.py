"""Texts of YAML as numbers, days, periods and names: each read in exactly one way."""

import re
from contextlib import suppress
from datetime import date, time
from decimal import Decimal
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, StringConstraints, WithJsonSchema

from infodesk.errors import InfodeskError
from infodesk.model.period import Period, parse_period
from infodesk.text.message import Message, Title


class ScalarError(ValueError):
    """A text that is not what its key asks for."""

    def __init__(self, message: Message) -> None:
        super().__init__(str(message))
        self.message = message


def _whole(value: Any) -> int:
    if isinstance(value, str) and re.fullmatch(r"-?(0|[1-9]\d{0,8})", value):
        return int(value)
    raise ScalarError(Message("a whole number is expected, not {value}", value=repr(value)))


def _decimal(value: Any) -> Decimal:
    if isinstance(value, str) and re.fullmatch(r"-?\d{1,12}(\.\d{1,9})?", value):
        return Decimal(value)
    raise ScalarError(Message("a number is expected, not {value}", value=repr(value)))


def _flag(value: Any) -> bool:
    if value in ("true", "false"):
        return bool(value == "true")
    raise ScalarError(Message("write true or false, not {value}", value=repr(value)))


def _day(value: Any) -> date:
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
        with suppress(ValueError):
            return date.fromisoformat(value)
    raise ScalarError(Message("a day is expected, like 2026-09-30, not {value}", value=repr(value)))


def _time(value: Any) -> time:
    if isinstance(value, str) and re.fullmatch(r"([01]?\d|2[0-3]):[0-5]\d", value):
        hour, minute = value.split(":")
        return time(int(hour), int(minute))
    raise ScalarError(Message("a time is expected, like 17:30, not {value}", value=repr(value)))


def _hours(value: Any) -> tuple[time, time]:
    start, sign, end = value.partition("-") if isinstance(value, str) else ("", "", "")
    if sign:
        first, last = _time(start.strip()), _time(end.strip())
        if first < last:
            return first, last
    raise ScalarError(
        Message("hours are expected, like 08:00-12:00, not {value}", value=repr(value))
    )


def _period(value: Any) -> Period:
    if isinstance(value, str) and re.fullmatch(r"\d{4}(-(\d\d|Q[1-4]|H[12]))?", value):
        with suppress(InfodeskError):
            return parse_period(value, date(2000, 1, 1))
    raise ScalarError(
        Message("a period is expected, like 2026-09 or 2026-Q3, not {value}", value=repr(value))
    )


def _title(value: Any) -> Any:
    names = {"zh": value} if isinstance(value, str) else value
    if isinstance(names, dict) and set(names) <= {"zh", "en"}:
        texts = [name for name in names.values() if isinstance(name, str) and name.strip()]
        if texts and all(name is None or isinstance(name, str) for name in names.values()):
            return Title(names.get("zh") or "", names.get("en") or "")
    raise ScalarError(
        Message("write a title as {usage}, in quotes if it holds a comma", usage="{zh: …, en: …}")
    )


def _name(value: Any) -> Any:
    if isinstance(value, str) and not re.fullmatch(r"[a-z][a-z0-9_]{0,62}", value):
        raise ScalarError(
            Message("an id is small letters, digits and _, not {value}", value=repr(value))
        )
    return value


# What an editor takes: its YAML parser has made numbers, days and truth values of plain scalars before it looks at
# the schema, so each may come as a text or as what it looks like.
TEXT: dict[str, Any] = {"type": ["string", "number", "boolean"]}
_NUMBERS = r"^-?[0-9]{1,12}(\.[0-9]{1,9})?$"


def _either(kind: str, pattern: str) -> WithJsonSchema:
    return WithJsonSchema({"anyOf": [{"type": kind}, {"type": "string", "pattern": pattern}]})


def _like(pattern: str) -> WithJsonSchema:
    return WithJsonSchema({"type": "string", "pattern": pattern})


_YEAR_OR_PERIOD = WithJsonSchema(
    {
        "anyOf": [
            {"type": "number", "minimum": 1900, "maximum": 2199},
            {"type": "string", "pattern": r"^[0-9]{4}(-([0-9]{2}|Q[1-4]|H[12]))?$"},
        ]
    }
)
_TITLE = {
    "anyOf": [
        TEXT,
        {
            "type": "object",
            "properties": {"zh": TEXT, "en": TEXT},
            "additionalProperties": False,
            "minProperties": 1,
        },
    ]
}

Whole = Annotated[int, BeforeValidator(_whole)]
Positive = Annotated[int, BeforeValidator(_whole), Field(ge=1)]
Number = Annotated[Decimal, BeforeValidator(_decimal), _either("number", _NUMBERS)]
Flag = Annotated[bool, BeforeValidator(_flag), _either("boolean", "^(true|false)$")]
Day = Annotated[date, BeforeValidator(_day), _like("^[0-9]{4}-[0-9]{2}-[0-9]{2}$")]
Hours = Annotated[
    tuple[time, time],
    BeforeValidator(_hours),
    _like("^[0-9]{1,2}:[0-9]{2} *- *[0-9]{1,2}:[0-9]{2}$"),
]
TimeOfDay = Annotated[time, BeforeValidator(_time), _like("^([01]?[0-9]|2[0-3]):[0-5][0-9]$")]
PeriodName = Annotated[Period, BeforeValidator(_period), _YEAR_OR_PERIOD]
Titled = Annotated[Title, BeforeValidator(_title), WithJsonSchema(_TITLE)]
Name = Annotated[str, BeforeValidator(_name), _like("^[a-z][a-z0-9_]{0,62}$")]
Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
