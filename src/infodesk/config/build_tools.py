"""Tools of YAML to the model; every field must be one of the logbook."""

from collections.abc import Iterable

from infodesk.config.build_rules import check_ids
from infodesk.config.loader import Loader
from infodesk.config.shapes_tool import AgoShape, ReportLineShape, ToolShape
from infodesk.config.source import Source
from infodesk.model.logbook import Logbook
from infodesk.model.tool import Reading, ReportLine, Tool

ENVELOPE = ("at", "for")  # when it happened, and the schedule


def load_tools(loader: Loader, books: Iterable[Logbook]) -> tuple[Tool, ...]:
    """The tools whose logbook is in use."""
    by_id = {book.id: book for book in books}
    found = []
    read = [(source, shape) for _, source, shape in loader.each("tools", ToolShape)]
    check_ids([(source, (), shape.id) for source, shape in read])
    for source, shape in read:
        if shape.logbook in by_id:
            _check(source, shape, by_id[shape.logbook])
            lines = tuple(map(_line, shape.lines))
            found.append(Tool(shape.id, shape.title, shape.logbook, lines))
    return tuple(found)


def _check(source: Source, shape: ToolShape, book: Logbook) -> None:
    known = (*book.field_by_id, *ENVELOPE)
    for number, line in enumerate(shape.lines):
        for part, names in (("fields", line.fields), ("always", line.always)):
            for name in names:
                if name not in known:
                    source.note_stranger_key(("lines", number, part, name), name, known)


def _line(shape: ReportLineShape) -> ReportLine:
    fields = {
        name: tuple(map(_reading, each if isinstance(each, list) else [each]))
        for name, each in shape.fields.items()
    }
    return ReportLine(shape.when, fields, shape.always)


def _reading(shape: str | AgoShape) -> Reading:
    return Reading(ago=shape.ago) if isinstance(shape, AgoShape) else Reading(shape)
