"""SQLite's complaints that a user can do something about; the others stay bugs."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from infodesk.errors import InfodeskError, RefusedError, StoreError
from infodesk.text.message import Message


@contextmanager
def store_errors(path: Path) -> Iterator[None]:
    """Tell apart: locked, damaged, no room, no permission; let everything else through."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        known = known_error(error, path)
        if known is None:
            raise
        raise known from error


def known_error(error: sqlite3.DatabaseError, path: Path) -> InfodeskError | None:
    """What a complaint of SQLite means for the user; nothing: it is a bug of ours."""
    text, name = str(error).lower(), path.name
    if "locked" in text or "busy" in text:
        return StoreError(
            Message("{file} is in use by another process", file=name),
            Message("wait until it is done and run the command again; nothing was lost"),
        )
    if "not a database" in text or "malformed" in text:
        return StoreError(
            Message("{file} is damaged", file=name),
            Message("do not work on: put the file aside and restore the last backup"),
        )
    if "disk is full" in text or "disk i/o" in text:
        return StoreError(
            Message("the disk has no room, or fails: {reason}", reason=text),
            Message("make room and run the command again; what was not finished was undone"),
        )
    if "readonly" in text or "unable to open" in text:
        return RefusedError(
            Message("{file} cannot be opened for writing", file=str(path)),
            Message("ask the administrator for the right to write in this folder"),
        )
    return None
