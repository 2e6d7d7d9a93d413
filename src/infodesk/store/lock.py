"""A lock that one process on this machine holds at a time, and that nobody holds once it has ended, however it ended."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from infodesk.store.errors import store_errors


@contextmanager
def alone(path: Path) -> Iterator[bool]:
    """Whether nobody else is inside; others do not wait, they get False.

    It is an exclusive transaction in an empty database of its own: SQLite locks files on every system, and the
    system unlocks the file of a process that was killed. The file stays and means nothing.
    """
    with store_errors(path):
        connection = sqlite3.connect(path, timeout=0, isolation_level=None)
    with closing(connection):
        yield _is_free(path, connection)


def _is_free(path: Path, connection: sqlite3.Connection) -> bool:
    with store_errors(path):
        try:
            connection.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as error:
            if "locked" in str(error):
                return False
            raise
    return True
