"""A tool's report as answers of a logbook."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from infodesk.duty.names import find_key
from infodesk.duty.room import DutyRoom
from infodesk.errors import InfodeskError
from infodesk.model.item import Type
from infodesk.model.logbook import Logbook
from infodesk.model.tool import ANYTHING, Reading, ReportLine
from infodesk.text.message import Message

ENVELOPE = {"at", "occurred_at", "for", "schedule"}
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


def known_to(
    room: DutyRoom, book: Logbook, file: str, entries: list[dict[str, str]]
) -> list[dict[str, str]]:
    """The entries of a file that no tool printed; InfodeskError, once for all lines, if they name no field at all."""
    names = {name for each in entries for name in each}
    if names and all(isinstance(find_key(room, book, name), Message) for name in names - ENVELOPE):
        raise InfodeskError(
            Message("nothing in {file} is a field of logbook {book}", file=file, book=book.title),
            Message(
                "no tool in tools/ prints such lines for it (it knows {names})",
                names=[t.id for t in room.definitions.tools if t.book == book.id] or ["-"],
            ),
        )
    return entries


def _line_for(room: DutyRoom, book: Logbook, report: object) -> ReportLine | None:
    """The line of a tool that a report is; of one tool the first that fits. InfodeskError if several tools claim it."""
    found: dict[str, ReportLine] = {}
    for tool in room.definitions.tools:
        for line in tool.lines if tool.book == book.id else ():
            if all(_is(_at(report, path), wanted) for path, wanted in line.when.items()):
                found.setdefault(tool.id, line)
    if len(found) > 1:
        raise InfodeskError(
            Message("several tools claim this report: {names}", names=sorted(found)),
            Message("in tools/, say under when: what stands in the lines of one of them alone"),
        )
    return next(iter(found.values()), None)


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
