"""Texts of logbooks as spans of time and prefixes."""

import re
from typing import Annotated, Any

from pydantic import BeforeValidator, WithJsonSchema

from infodesk.config.scalars import ScalarError
from infodesk.model.span import USAGE, Span, parse_span
from infodesk.text.message import Message


def _span(value: Any) -> Span:
    found = parse_span(value) if isinstance(value, str) else None
    if found is None:
        raise ScalarError(
            Message(
                "a span of time is expected ({usage}), not {value}", usage=USAGE, value=repr(value)
            )
        )
    return found


def _prefix(value: Any) -> str:
    if isinstance(value, str) and re.fullmatch(r"[A-Z][A-Z0-9]{0,7}", value):
        return value
    raise ScalarError(
        Message("a prefix is 1 to 8 capital letters and digits, not {value}", value=repr(value))
    )


SpanText = Annotated[Span, BeforeValidator(_span), WithJsonSchema({"type": "string"})]
Prefix = Annotated[
    str,
    BeforeValidator(_prefix),
    WithJsonSchema({"type": "string", "pattern": "^[A-Z][A-Z0-9]{0,7}$"}),
]
