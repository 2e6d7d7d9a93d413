"""Files that carry workbooks: archives and mails, taken apart without writing anything to the disk."""

import email
import email.policy
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from pathlib import PurePosixPath

from infodesk.text.message import Message
from infodesk.workbooks.formats.package import DAMAGES, check_sizes, open_package
from infodesk.workbooks.kinds import kind_of_package, rough_kind
from infodesk.workbooks.limits import Limits
from infodesk.workbooks.unreadable import UnreadableError, damaged

UTF8_NAMES = 0x800  # the flag of a zip entry whose name is UTF-8


@dataclass(frozen=True)
class Piece:
    """A file out of an envelope; `refused` instead of content where it was not taken out."""

    path: str
    content: bytes
    refused: UnreadableError | None = None


@dataclass(frozen=True)
class Envelope:
    """What came out of a file: its pieces, and for a mail the moment it was sent."""

    kind: str
    pieces: tuple[Piece, ...]
    sent: datetime | None = None


def open_envelope(content: bytes, limits: Limits) -> Envelope | None:
    """Take a file apart; nothing if it is no envelope. Raises UnreadableError."""
    match rough_kind(content):
        case "packed":
            return _open_archive(content, limits)
        case "mail":
            return _open_mail(content, limits)
        case _:
            return None


def _open_archive(content: bytes, limits: Limits) -> Envelope | None:
    with open_package(content) as archive:
        check_sizes(archive, len(content), limits)
        if "[Content_Types].xml" in archive.namelist() or kind_of_package(archive) != "zip":
            return None
        pieces = tuple(_pieces(archive))
    if not pieces:
        raise UnreadableError(Message("an archive with nothing in it"))
    return Envelope("zip", pieces)


def _pieces(archive: zipfile.ZipFile) -> Iterator[Piece]:
    for info in archive.infolist():
        path = _path(info)
        if info.is_dir() or _is_passed_over(path):
            continue
        try:
            yield Piece(path, _content(archive, info, path))
        except UnreadableError as error:
            yield Piece(path, b"", error)


def _content(archive: zipfile.ZipFile, info: zipfile.ZipInfo, path: str) -> bytes:
    if _climbs_out(path):
        raise UnreadableError(
            Message("its path leads out of the archive"), Message("ask for the workbook by itself")
        )
    if info.flag_bits & 1:
        raise UnreadableError(
            Message("it lies in an archive under a password"),
            Message("take it out of the archive, and collect that"),
        )
    try:
        return archive.read(info)
    except DAMAGES as error:
        raise damaged() from error


def _path(info: zipfile.ZipInfo) -> str:
    """The path as its sender saw it: Windows in China writes names in GBK and says nothing of it."""
    name = info.orig_filename
    if not info.flag_bits & UTF8_NAMES:
        raw = name.encode("cp437", "replace")
        for codec in ("utf-8", "gbk"):
            try:
                name = raw.decode(codec)
                break
            except UnicodeDecodeError:
                continue
    return name.replace("\\", "/")


def _climbs_out(path: str) -> bool:
    return path.startswith("/") or ":" in path or "\0" in path or ".." in path.split("/")


def _is_passed_over(path: str) -> bool:
    """What archives of other systems carry besides: lock files, hidden files, thumbnails."""
    parts = PurePosixPath(path).parts
    name = parts[-1].lower() if parts else ""
    hidden = name.startswith(("~$", ".")) and ".." not in parts
    return hidden or "__MACOSX" in parts or name in ("thumbs.db", "desktop.ini")


def _open_mail(content: bytes, limits: Limits) -> Envelope:
    parsed = email.message_from_bytes(content, policy=email.policy.default)
    pieces = tuple(_attachments(parsed, limits))
    if not pieces:
        raise UnreadableError(Message("a mail without a workbook attached"))
    return Envelope("mail", pieces, _sent(parsed))


def _attachments(parsed: EmailMessage, limits: Limits) -> Iterator[Piece]:
    """The files attached, also to mails that were forwarded inside; pictures and the words are no files."""
    for number, part in enumerate(parsed.walk()):
        if number > limits.parts:
            raise UnreadableError(Message("the mail has too many parts to read"))
        if part.is_multipart() or part.get_content_maintype() == "image":
            continue
        name = part.get_filename()
        if name is None and part.get_content_maintype() == "text":
            continue
        payload = part.get_payload(decode=True)
        content = payload if isinstance(payload, bytes) else b""
        path = (name or f"part{number}").replace("\\", "/")
        yield Piece(path.rpartition("/")[2] or f"part{number}", content)


def _sent(parsed: EmailMessage) -> datetime | None:
    """The Date of a mail; without a zone it is UTC, as RFC 5322 (3.3, -0000) has it."""
    try:
        found = parsedate_to_datetime(str(parsed["Date"]))
    except (TypeError, ValueError):
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)
