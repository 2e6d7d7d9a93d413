"""Texts of logbooks as lengths of time and prefixes."""

import re
from typing import Annotated, Any

from pydantic import BeforeValidator, WithJsonSchema

from infodesk.config.scalars import ScalarError
from infodesk.model.length import USAGE, Length, parse_length
from infodesk.text.message import Message


def _length(value: Any) -> Length:
    found = parse_length(value) if isinstance(value, str) else None
    if found is None:
        raise ScalarError(
            Message(
                "a length of time is expected ({usage}), not {value}",
                usage=USAGE,
                value=repr(value),
            )
        )
    return found


def _prefix(value: Any) -> str:
    if isinstance(value, str) and re.fullmatch(r"[A-Z][A-Z0-9]{0,7}", value):
        return value
    raise ScalarError(
        Message("a prefix is 1 to 8 capital letters and digits, not {value}", value=repr(value))
    )


_PART = "[0-9]{1,4} ?(min|h|d|w|workdays?|working hours?)"
_EDGE = "((start|end) of )?(day|week|month|quarter|half|year)"
LengthText = Annotated[
    Length,
    BeforeValidator(_length),
    WithJsonSchema({"type": "string", "pattern": f"^({_PART}( {_PART})*|{_EDGE})$"}),
]
Prefix = Annotated[
    str,
    BeforeValidator(_prefix),
    WithJsonSchema({"type": "string", "pattern": "^[A-Z][A-Z0-9]{0,7}$"}),
]
