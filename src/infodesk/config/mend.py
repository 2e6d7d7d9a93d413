"""A file with mistakes of shape made readable, so that its other mistakes can be told in the same run.

What has a mistake is left out, or a text filled in that nothing depends on. Where leaving something out could make what is
right look wrong, the file stays unread.
"""

from copy import deepcopy
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from infodesk.config.source import Path

S = TypeVar("S", bound=BaseModel)
CUT = "cut"
TEXTS = frozenset({"title", "label", "message", "category", "en", "zh"})
DECIDES = frozenset(  # left out, these change what other parts of a file mean
    {
        "about",
        "applies_to",
        "derived",
        "key",
        "layout",
        "marks",
        "since",
        "until",
        "variant",
        "variants",
    }
)


def mended(data: Any, shape: type[S], mistakes: list[tuple[str, Path, str | None]]) -> S | None:
    """The data as a shape without the mistakes: (kind, path, the right name of an unknown key). Nothing if that cannot be."""
    copied = deepcopy(data)
    for kind, path, meant in mistakes:
        steps = {str(step) for step in (*path, meant)}
        if kind == CUT or not path or steps & DECIDES or not _mend(copied, kind, path):
            return None
    try:
        return shape.model_validate(copied)
    except ValidationError:
        return None


def _mend(data: Any, kind: str, path: Path) -> bool:
    *before, last = path
    for step in before:
        data = data[step]
    if not isinstance(data, dict):
        return False
    if last in TEXTS:
        data[last] = "?"
    elif kind == "missing":
        return False
    else:
        data.pop(last, None)
    return True
