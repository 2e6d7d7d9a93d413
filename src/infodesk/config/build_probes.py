"""Probes of YAML to the model."""

import re
from typing import get_args

from infodesk.config.shapes_probe import ProbeShape
from infodesk.config.source import Path, Source
from infodesk.model.item import Item, Type
from infodesk.model.limit import Level
from infodesk.model.probe import Probe, Way
from infodesk.text.message import Message

_DOORS = ("tcp", "http")
_SAYING = ("command", "http")
_PLACE = re.compile(r"(\[[0-9a-fA-F:.]+\]|[^\s:\[\]]+):\d{1,5}")


def build_probe(source: Source, path: Path, shape: ProbeShape | None, item: Item) -> Probe | None:
    """The probe of a question; what does not fit is noted in the source."""
    if shape is None:
        return None
    given: list[Way] = [way for way in get_args(Way) if getattr(shape, way) is not None]
    if len(given) != 1:
        source.note(path, Message("write one of {names}", names=list(get_args(Way))))
        return None
    way = given[0]
    target = getattr(shape, way)
    _check(source, path, shape, way, item)
    return Probe(
        way,
        tuple(target) if isinstance(target, list) else (target,),
        shape.seconds,
        shape.pattern or "",
        shape.counted,
        shape.yes or "true",
        shape.no or "false",
        Level(shape.no_answer),
    )


def _check(source: Source, path: Path, shape: ProbeShape, way: Way, item: Item) -> None:
    if way in ("tcp", "tls") and not _PLACE.fullmatch(str(getattr(shape, way))):
        source.note((*path, way), Message("write host:port"))
    if way == "command" and not shape.command:
        source.note((*path, way), Message("name a program"))
    if way in ("tls", "disk", "age") and not item.is_numeric:
        source.note((*path, way), Message("this probe gives a number; the field takes none"))
    if way == "tls" and not item.negative:
        source.note((*path, way), Message("the field needs negative: true, for a day that is past"))
    _check_door(source, path, shape, way, item)
    _check_pattern(source, path, shape, way)


def _check_door(source: Source, path: Path, shape: ProbeShape, way: Way, item: Item) -> None:
    """A door is open or closed: yes and no, or the two codes that say so."""
    is_door = way in _DOORS and shape.pattern is None
    if is_door and item.type not in (Type.YES_NO, Type.CODE):
        source.note((*path, way), Message("this probe gives yes or no; the field takes neither"))
    known = [code.id for code in item.codes]
    if is_door and item.type is Type.CODE and not (shape.yes and shape.no):
        source.note(path, Message("say with yes and no which codes are meant"))
    for name in ("yes", "no"):
        code = getattr(shape, name)
        if code is not None and code not in known:
            source.note_stranger((*path, name), code, known)


def _check_pattern(source: Source, path: Path, shape: ProbeShape, way: Way) -> None:
    if shape.pattern is None:
        return
    if way not in _SAYING:
        source.note_key((*path, "pattern"), Message("only a command or http has a pattern"))
    try:
        groups = re.compile(shape.pattern).groups
    except re.error:
        groups = 0
    if groups != 1:
        source.note((*path, "pattern"), Message("write a regular expression with one group"))
