"""Tools whose own reports become entries: which of their lines, and which field is read from where."""

from collections.abc import Mapping
from dataclasses import dataclass

from infodesk.text.message import Title

ANYTHING = "*"


@dataclass(frozen=True)
class Reading:
    """Where a value stands in a tool's JSON: `archive.stats.nfiles`; or the moment so many seconds `ago`."""

    path: str = ""
    ago: str = ""  # a path, or a number of seconds


@dataclass(frozen=True)
class ReportLine:
    """A line that is taken: what must stand in it, the fields read from it (the first reading that is there counts),
    and the answers that are always given."""

    when: Mapping[str, str]
    fields: Mapping[str, tuple[Reading, ...]]
    always: Mapping[str, str]


@dataclass(frozen=True)
class Tool:
    """A tool, the logbook its reports go to, and the lines of it that are taken."""

    id: str
    title: Title
    book: str
    lines: tuple[ReportLine, ...]
