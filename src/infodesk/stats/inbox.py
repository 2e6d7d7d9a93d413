"""Which files there are to take in, which are passed over or in use, and what one holds at one moment."""

import os
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path

from infodesk.errors import InfodeskError
from infodesk.text.message import Message

PASSED_OVER = frozenset({"thumbs.db", "desktop.ini", ".ds_store"})
_UNFINISHED = (".tmp", ".part", ".crdownload")


def files_in(paths: Iterable[Path]) -> Iterator[Path]:
    """The files named, and those in the folders named, in the order of their names."""
    for path in paths:
        if path.is_dir():
            yield from sorted(
                each for each in path.rglob("*") if each.is_file() and not is_passed_over(each)
            )
        else:
            yield path


def is_passed_over(path: Path) -> bool:
    """Lock files, thumbnails, hidden and unfinished files: nobody sent them."""
    name = path.name.lower()
    return name.startswith(("~$", ".")) or name in PASSED_OVER or name.endswith(_UNFINISHED)


def is_in_use(path: Path) -> bool:
    """Whether a spreadsheet program has the file open: it lays a lock beside it."""
    locks = (f"~${path.name}", f"~${path.name[2:]}", f".~lock.{path.name}#")
    return any((path.parent / lock).exists() for lock in locks)


def read_file(path: Path, largest: int) -> bytes:
    """What a file holds, all of it from one moment. InfodeskError if it is in use or just being written."""
    if is_in_use(path):
        raise _in_use()
    try:
        return _read(path, largest)
    except PermissionError:
        raise _in_use() from None
    except OSError as error:
        raise InfodeskError(
            Message("the file cannot be read: {reason}", reason=error.strerror)
        ) from error


def _read(path: Path, largest: int) -> bytes:
    """Only a plain file: a pipe would never end. What lies there afterwards must be what was read."""
    before = path.stat()
    if not stat.S_ISREG(before.st_mode):
        raise InfodeskError(Message("it is no file, but a pipe or a device"))
    if before.st_size > largest:
        raise InfodeskError(
            Message("the file is larger than {n} MB", n=largest // 2**20),
            Message("take pictures and old sheets out of it, and collect it again"),
        )
    with path.open("rb") as file:
        content = file.read(largest + 1)
        after = os.fstat(file.fileno())
    marks = {_mark(each) for each in (before, after, path.stat())}
    if len(marks) > 1 or len(content) != before.st_size:
        raise InfodeskError(
            Message("the file was changed while it was read"),
            Message("wait until it is whole, and collect again"),
        )
    return content


def _mark(found: os.stat_result) -> tuple[int, int, int]:
    return (found.st_ino, found.st_size, found.st_mtime_ns)


def _in_use() -> InfodeskError:
    return InfodeskError(
        Message("the file is in use"),
        Message("close it in the spreadsheet program and collect again"),
    )
