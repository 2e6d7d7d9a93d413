"""Putting a file in its place whole: a reader never sees half of it."""

import os
from pathlib import Path

from infodesk.errors import InfodeskError
from infodesk.text.message import Message


def place(path: Path, content: bytes) -> None:
    """Write beside the path, make sure that it is on disk, then rename over it.

    InfodeskError if that is not allowed: on Windows, for as long as somebody has the file open.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.part")
    try:
        with beside.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except PermissionError as error:
        beside.unlink(missing_ok=True)
        raise InfodeskError(
            Message("{file} cannot be written", file=path),
            Message("close it in the program that has it open and run the command again"),
        ) from error
