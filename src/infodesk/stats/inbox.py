"""Which files there are to take in, and which of them are passed over or in use."""

from collections.abc import Iterable, Iterator
from pathlib import Path

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
