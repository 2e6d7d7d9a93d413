"""A file on its way in: from the disk, or out of an archive or a mail."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from infodesk.errors import InfodeskError
from infodesk.stats.inbox import read_file
from infodesk.text.message import Message
from infodesk.workbooks.envelope import Envelope, Piece
from infodesk.workbooks.unreadable import UnreadableError

DEEPEST = 3  # a workbook in an archive in a mail lies two deep


@dataclass(frozen=True)
class Came:
    """A file that came in. `content` is nothing for one that still lies on the disk as it is."""

    file: Path
    inside: str
    content: bytes | None
    received: datetime | None
    via: str
    depth: int = 0
    refused: UnreadableError | None = None

    @property
    def name(self) -> str:
        """What the file is called: `archive.zip/ward.xlsx` in an archive."""
        return name_of(self.file, self.inside)

    def bytes(self, largest: int) -> bytes:
        """What it holds. InfodeskError if that cannot be had."""
        if self.refused is not None:
            raise self.refused
        return read_file(self.file, largest) if self.content is None else self.content

    def pieces(self, envelope: Envelope) -> Iterator["Came"]:
        """What came out of it. A mail's own date is when it was received, unless somebody said otherwise."""
        if self.depth + 1 >= DEEPEST:
            raise InfodeskError(Message("archives lie in it more than {n} deep", n=DEEPEST - 1))
        is_mail = envelope.kind == "mail"
        received = self.received or (envelope.sent if is_mail else None)
        via = "mail" if is_mail and self.via == "folder" else self.via
        for piece in envelope.pieces:
            yield self._piece(piece, received, via)

    def _piece(self, piece: Piece, received: datetime | None, via: str) -> "Came":
        inside = f"{self.inside}/{piece.path}" if self.inside else piece.path
        depth = self.depth + 1
        return Came(self.file, inside, piece.content, received, via, depth, piece.refused)


def name_of(file: Path, inside: str) -> str:
    """A file's name, with where it lay inside of an archive or a mail."""
    return f"{file.name}/{inside}" if inside else file.name
