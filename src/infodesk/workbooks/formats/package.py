"""A zip package, looked at before anything parses it: sizes, ratio, checksums, passwords."""

import io
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from xml.parsers import expat

from infodesk.text.message import Message
from infodesk.workbooks.limits import Limits
from infodesk.workbooks.unreadable import UnreadableError, damaged

# What the standard library raises on bytes that are no sound package: RuntimeError for a password, a zip
# version or a compression that nobody uses, ValueError for names that are no UTF-8, LookupError for unknown encodings.
DAMAGES = (
    zipfile.BadZipFile,
    zlib.error,
    expat.ExpatError,
    EOFError,
    LookupError,
    OSError,
    RuntimeError,
    ValueError,
)


@contextmanager
def open_package(content: bytes) -> Iterator[zipfile.ZipFile]:
    """Open a package; whatever is wrong with it while it is open is damage."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            yield archive
    except DAMAGES as error:
        raise damaged() from error


def check_package(archive: zipfile.ZipFile, packed: int, limits: Limits) -> None:
    """Refuse what would grow too large, what is locked, and what is not as it was written."""
    check_sizes(archive, packed, limits)
    if any(info.flag_bits & 1 for info in archive.infolist()):
        raise UnreadableError(Message("the file is protected with a password"))
    if archive.testzip() is not None:
        raise damaged()


def check_sizes(archive: zipfile.ZipFile, packed: int, limits: Limits) -> None:
    """Refuse too many parts, and bombs: zipfile never unpacks more of a part than it declares."""
    parts = archive.infolist()
    if len(parts) > limits.parts:
        raise UnreadableError(Message("the file has {n} parts, too many to read", n=len(parts)))
    unpacked = sum(info.file_size for info in parts)
    is_bomb = unpacked > limits.unpacked_freely and unpacked > packed * limits.ratio
    if unpacked > limits.unpacked or is_bomb:
        raise UnreadableError(Message("the file unpacks to more than any workbook of ours"))
    if len({info.filename for info in parts}) < len(parts):
        raise damaged(Message("a part stands in it twice"))
