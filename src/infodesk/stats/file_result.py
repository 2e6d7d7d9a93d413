"""What became of one file that came in."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from infodesk.model.submission import Change, Part, Remark
from infodesk.stats.incoming import name_of
from infodesk.stats.slip_answers import Answered
from infodesk.text.message import Message

Result = Literal["new", "updated", "unchanged", "refused", "unknown"]


@dataclass(frozen=True)
class Taken:
    """One part that was taken: its version, and how many records it has."""

    part: Part
    version: int
    records: int


@dataclass(frozen=True)
class FileResult:
    """What became of one file."""

    file: Path
    result: Result
    sha256: str = ""
    sender: str | None = None
    reason: Message | None = None
    hint: Message | None = None
    inside: str = ""  # where it lay in an archive or a mail
    taken: tuple[Taken, ...] = ()
    changes: tuple[Change, ...] = ()
    answers: tuple[Answered, ...] = ()
    remarks: tuple[Remark, ...] = field(default=(), repr=False)

    @property
    def name(self) -> str:
        """What the file is called: `archive.zip/ward.xlsx` in an archive."""
        return name_of(self.file, self.inside)
