"""A source against a shape: every mistake found, in words that say what to write instead."""

from collections.abc import Callable, Mapping
from types import UnionType
from typing import Any, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError

from infodesk.config.mend import CUT, mended
from infodesk.config.scalars import ScalarError
from infodesk.config.source import Path, Source
from infodesk.text.folding import nearest
from infodesk.text.message import Message

S = TypeVar("S", bound=BaseModel)


def read_shape(source: Source, shape: type[S], *, mend: bool = False) -> S | None:
    """The data of a source as a shape, or nothing, with all mistakes noted in the source.

    `mend`: with mistakes that can be left out it is read all the same, so that whoever reads on finds the others.
    """
    if source.data is None and not source.problems:
        source.note((), Message("the file is empty"))
    if source.problems:
        return None
    try:
        return shape.model_validate(source.data)
    except ValidationError as error:
        details = error.errors()
        for detail in details:
            _note(source, shape, detail)
        return mended(source.data, shape, _mistakes(source, shape, details)) if mend else None


def _mistakes(
    source: Source, shape: type[BaseModel], details: list[Any]
) -> list[tuple[str, Path, str | None]]:
    found = []
    for detail in details:
        path, kind = _clean(detail["loc"], source), detail["type"]
        is_unknown = kind == "extra_forbidden"
        if is_unknown and path[:-1] in source.in_flow and detail["input"] is None:
            kind = CUT  # a comma ended a text: what stands before it is not whole
        meant = nearest(str(path[-1]), _keys_of(shape, path[:-1])) if is_unknown and path else None
        found.append((kind, path, meant))
    return found


def _note(source: Source, shape: type[BaseModel], detail: Any) -> None:
    path = _clean(detail["loc"], source)
    kind = detail["type"]
    if kind == "extra_forbidden":
        source.note_key(path, _unknown_key(source, shape, path, detail["input"]))
    elif kind == "missing":
        source.note_key(path[:-1], Message("{key} is missing", key=path[-1]))
    else:
        source.note(path, _wording(kind, detail))


def _clean(location: tuple[str | int, ...], source: Source) -> Path:
    """pydantic's path, without the steps that are no keys of ours (branches of a union)."""
    path: Path = ()
    data: Any = source.data
    for place, step in enumerate(location):
        last = place == len(location) - 1
        if isinstance(data, Mapping) and (step in data or last):
            data = data.get(step)
            path = (*path, step)
        elif isinstance(data, list) and isinstance(step, int) and step < len(data):
            data = data[step]
            path = (*path, step)
    return path


def _unknown_key(source: Source, shape: type[BaseModel], path: Path, value: Any) -> Message:
    name = str(path[-1])
    if path[:-1] in source.in_flow and value is None:
        return Message(
            "a comma ends a value between braces: put a text in quotes, "
            "and an expression on lines of its own (check: >-)"
        )
    near = nearest(name, _keys_of(shape, path[:-1]))
    if near is None:
        return Message("unknown key {key}", key=name)
    return Message("unknown key {key}; did you mean {near}?", key=name, near=near)


def _keys_of(shape: type[BaseModel], path: Path) -> list[str]:
    """The keys that a shape has under a path."""
    current: Any = shape
    for step in path:
        current = _below(current, step)
        if current is None:
            return []
    return [field.alias or name for name, field in current.model_fields.items()]


def _below(shape: type[BaseModel], step: str | int) -> type[BaseModel] | None:
    if isinstance(step, int):
        return shape
    for name, field in shape.model_fields.items():
        if step in (name, field.alias):
            return _model_in(field.annotation)
    return shape


def _model_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    if get_origin(annotation) in (list, dict, Union, UnionType):
        found = (_model_in(part) for part in get_args(annotation))
        return next((model for model in found if model is not None), None)
    return None


def _wording(kind: str, detail: Any) -> Message:
    error = detail.get("ctx", {}).get("error")
    if isinstance(error, ScalarError):
        return error.message
    maker = _WORDINGS.get(kind)
    return maker(detail) if maker else Message("{reason}", reason=detail["msg"])


def _choice(detail: Any) -> Message:
    if not isinstance(detail["input"], str):
        return Message("a text is expected here")
    expected = [
        word.strip(" '") for word in detail["ctx"]["expected"].replace(" or ", ", ").split(",")
    ]
    wrong = repr(detail["input"])
    near = nearest(str(detail["input"]), expected)
    if near is None:
        return Message("{value} is not one of {choices}", value=wrong, choices=expected)
    return Message(
        "{value} is not one of {choices}; did you mean {near}?",
        value=wrong,
        choices=expected,
        near=near,
    )


_WORDINGS: dict[str, Callable[[Any], Message]] = {
    "literal_error": _choice,
    "enum": _choice,
    "string_type": lambda _: Message("a text is expected here"),
    "string_too_short": lambda _: Message("a text is expected here"),
    "list_type": lambda _: Message("a list is expected here"),
    "too_short": lambda _: Message("at least one entry is expected here"),
    "dict_type": lambda _: Message("keys and values are expected here"),
    "model_type": lambda _: Message("keys and values are expected here"),
    "greater_than_equal": lambda d: Message("at least {n} is expected", n=d["ctx"]["ge"]),
    "less_than_equal": lambda d: Message("at most {n} is expected", n=d["ctx"]["le"]),
}
