"""Answers from a JSON, YAML or CSV text: of one entry, or of a list of them."""

import csv
import io
import json
from collections.abc import Iterator, Mapping
from typing import Any

from infodesk.config.source import read_yaml
from infodesk.errors import InfodeskError
from infodesk.text.folding import fold
from infodesk.text.message import Message


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """The object of some pairs. InfodeskError if a question is answered twice: nobody knows which counts."""
    found = dict(pairs)
    if len(found) < len(pairs):
        twice = next(name for n, (name, _) in enumerate(pairs) if name in dict(pairs[:n]))
        raise InfodeskError(Message("{name} is answered twice", name=repr(twice)))
    return found


# Numbers stay as they are written.
_DECODER = json.JSONDecoder(parse_float=str, parse_int=str, object_pairs_hook=_each_once)


def read_json(name: str, text: str) -> list[dict[str, str]]:
    """Entries of a JSON text: one object, a list of them, or one a line. Numbers stay as they are written."""
    return [each for data in read_objects(name, text) for each in _entries(name, data)]


def read_objects(name: str, text: str) -> list[Any]:
    """What a JSON text holds: its members if it is a list, else itself; of one object a line, each."""
    try:
        data = _DECODER.decode(text)
    except json.JSONDecodeError as error:
        lines = [line for line in text.splitlines() if line.strip()]
        if len(lines) > 1 and all(line.lstrip().startswith("{") for line in lines):
            return [each for line in lines for each in read_objects(name, line)]
        raise _no_json(name, error) from None
    return data if isinstance(data, list) else [data]


def read_stream(name: str, text: str) -> tuple[list[Any], int]:
    """The JSON objects in what a program printed, one a line or over many lines, and how many lines are other words.

    InfodeskError for an object that breaks off: half a report is none.
    """
    found: list[Any] = []
    words = place = 0
    while place < len(text):
        end = text.find("\n", place) + 1 or len(text)
        line = text[place:end]
        start = place + len(line) - len(line.lstrip())
        place = end
        try:
            data, place = _DECODER.raw_decode(text, start)
        except json.JSONDecodeError as error:
            if line.lstrip().startswith("{"):
                raise _no_json(name, error) from None
            words += bool(line.strip())
        else:
            found += data if isinstance(data, list) else [data]
    return found, words


def _no_json(name: str, error: json.JSONDecodeError) -> InfodeskError:
    return InfodeskError(
        Message(
            "{file}:{line}:{column}: not JSON", file=name, line=error.lineno, column=error.colno
        )
    )


def read_answers_yaml(name: str, text: str) -> list[dict[str, str]]:
    """Entries of a YAML text."""
    source = read_yaml(name, text)
    if source.problems:
        first = source.problems[0]
        raise InfodeskError(Message("{place}: {message}", place=first.place, message=first.message))
    return _entries(name, source.data)


def read_csv(text: str) -> list[dict[str, str]]:
    """Entries of a CSV text: questions in the first row, an entry in each row beneath it. Blank cells say nothing."""
    heads, *rows = [row for row in csv.reader(io.StringIO(text)) if any(row)] or [[]]
    names = [fold(head) for head in heads]
    return [
        {name: cell for name, cell in zip(names, row, strict=False) if name and cell.strip()}
        for row in rows
    ]


def _entries(name: str, data: Any) -> list[dict[str, str]]:
    listed = data if isinstance(data, list) else [data]
    if not all(isinstance(each, Mapping) for each in listed):
        raise InfodeskError(
            Message("{file} holds no entry", file=name),
            Message("write an object of fields and answers, or a list of them"),
        )
    return [dict(_flat(each)) for each in listed]


def _flat(entry: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Answers of each device stand beneath the field: {"ups_load": {"UPS-1": 41}} is ups_load@UPS-1."""
    for name, value in entry.items():
        if isinstance(value, Mapping):
            yield from ((f"{name}@{asset}", _text(each)) for asset, each in value.items())
        else:
            yield name, _text(value)


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    return "\n".join(map(_text, value)) if isinstance(value, list) else str(value)
