"""The schedules of a logbook, their iCalendar rules tried out."""

import re
from datetime import date, datetime

from dateutil.rrule import rrulestr

from infodesk.config.build_fields import Place
from infodesk.config.shapes_logbook import LogbookShape, RecurrenceShape, ScheduleShape
from infodesk.config.source import Path, Source
from infodesk.model.length import Length
from infodesk.model.schedule import Recurrence, Schedule
from infodesk.text.message import Message

_OF_TIME = re.compile(
    r"FREQ=(HOURLY|MINUTELY|SECONDLY)|BYHOUR|BYMINUTE|BYSECOND|DTSTART", re.IGNORECASE
)
START_OF_DAY, END_OF_DAY = (
    Length(edge="day", text="start of day"),
    Length(edge="day", text="end of day"),
)


def build_schedules(
    source: Source, shape: LogbookShape, place: Place, first_day: date
) -> tuple[Schedule, ...]:
    """The schedules; what does not fit is noted in the source."""
    seen: set[str] = set()
    found = []
    for n, each in enumerate(shape.schedules):
        path: Path = ("schedules", n)
        if each.id in seen:
            source.note((*path, "id"), Message("{id} is declared twice", id=each.id))
        seen.add(each.id)
        _check(source, path, each, shape, place)
        found.append(_schedule(source, path, each, first_day))
    return tuple(found)


def _schedule(source: Source, path: Path, shape: ScheduleShape, first_day: date) -> Schedule:
    return Schedule(
        shape.id,
        shape.title,
        tuple(
            _recurrence(source, (*path, "rules", n, "rule"), rule, shape.start or first_day)
            for n, rule in enumerate(shape.rules)
        ),
        shape.start or first_day,
        shape.grace or END_OF_DAY,
        shape.opens or START_OF_DAY,
        shape.shift,
        shape.counts_from,
        shape.after,
        shape.each,
        tuple(shape.asks),
        tuple(shape.aliases),
        shape.until,
        shape.source,
        gives=tuple(shape.gives.items()),
    )


def _recurrence(source: Source, path: Path, shape: RecurrenceShape, start: date) -> Recurrence:
    if _OF_TIME.search(shape.rule):
        source.note(
            path, Message("write the times of day under at:, and the first day under start:")
        )
    else:
        try:
            rrulestr(shape.rule, dtstart=datetime(start.year, start.month, start.day))  # noqa: DTZ001  # days only
        except (ValueError, TypeError, KeyError):
            wrong = repr(shape.rule)
            source.note(path, Message("not an iCalendar rule: {text}", text=wrong))
    return Recurrence(shape.rule, tuple(sorted(shape.at)), shape.on)


def _check(
    source: Source, path: Path, shape: ScheduleShape, book: LogbookShape, place: Place
) -> None:
    groups = [group.id for group in book.groups]
    for n, name in enumerate(shape.asks):
        if name not in groups:
            source.note_stranger((*path, "asks", n), name, groups)
    _check_gives(source, (*path, "gives"), shape, book)
    if shape.after is not None and shape.after not in place.books:
        source.note_stranger((*path, "after"), shape.after, place.books)
    kinds = [kind.id for kind in place.assets.kinds]
    if shape.each is not None and shape.each not in kinds:
        source.note_stranger((*path, "each"), shape.each, kinds)
    elif shape.each is not None and not _names_asset(book):
        message = Message("name the field of type asset that tells them apart under about:")
        source.note((*path, "each"), message)


def _check_gives(source: Source, path: Path, shape: ScheduleShape, book: LogbookShape) -> None:
    known = {field.id: field for field in book.fields if field.computed is None}
    for name, text in shape.gives.items():
        if name not in known:
            source.note_stranger_key((*path, name), name, known)
        elif known[name].codes and text not in known[name].codes:
            source.note_stranger((*path, name), text, known[name].codes)


def _names_asset(book: LogbookShape) -> bool:
    return any(f.id in book.about and f.type.startswith("asset") for f in book.fields)
