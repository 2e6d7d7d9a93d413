"""A tool's report as answers of a logbook."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from infodesk.duty.room import DutyRoom
from infodesk.model.item import Type
from infodesk.model.logbook import Logbook
from infodesk.model.tool import ANYTHING, Reading, ReportLine

MOMENTS = "at"  # the moment of the entry itself


def from_tools(
    room: DutyRoom, book: Logbook, objects: Iterable[object]
) -> list[dict[str, str]] | None:
    """The entries that a tool's lines make, its other lines left out; nothing if no tool of the logbook is known here."""
    taken = []
    for each in objects:
        line = _line_for(room, book, each)
        if line is not None:
            taken.append({**line.always, **_fields(room, book, line, each)})
    return taken or None


def _line_for(room: DutyRoom, book: Logbook, report: object) -> ReportLine | None:
    for tool in room.definitions.tools:
        for line in tool.lines if tool.book == book.id else ():
            if all(_is(_at(report, path), wanted) for path, wanted in line.when.items()):
                return line
    return None


def _is(value: str | None, wanted: str) -> bool:
    return value is not None and wanted in (ANYTHING, value)


def _at(report: object, path: str) -> str | None:
    """The text at a path like archive.stats.nfiles; nothing if it is not there."""
    found = report
    for name in path.split("."):
        if not isinstance(found, Mapping) or name not in found:
            return None
        found = found[name]
    return None if found is None or isinstance(found, Mapping | list) else str(found)


def _fields(room: DutyRoom, book: Logbook, line: ReportLine, report: object) -> dict[str, str]:
    found = {}
    for name, readings in line.fields.items():
        texts = (_read(room, reading, report) for reading in readings)
        text = next((each for each in texts if each is not None), None)
        if text is not None:
            field = book.field_by_id.get(name)
            is_moment = name == MOMENTS or (field is not None and field.type is Type.MOMENT)
            found[name] = _moment(room, text) if is_moment else text
    return found


def _read(room: DutyRoom, reading: Reading, report: object) -> str | None:
    if not reading.ago:
        return _at(report, reading.path)
    seconds = _at(report, reading.ago) or reading.ago
    try:
        return (room.now - timedelta(seconds=float(seconds))).isoformat()
    except (ValueError, OverflowError):
        return None


def _moment(room: DutyRoom, text: str) -> str:
    """A tool's moment on the hospital's clock, to the minute; one without a zone is on that clock. What is none is left
    for the field to refuse."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return text
    zone = room.definitions.settings.zone
    return f"{found.replace(tzinfo=found.tzinfo or zone).astimezone(zone):%Y-%m-%dT%H:%M}"
