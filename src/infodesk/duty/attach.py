"""Attachments: a path, and the SHA-256 of what lay there when the entry was written."""

import hashlib
import re
from pathlib import Path

from infodesk.text.message import Message

_HASHED = re.compile(r"(?P<path>.+)#sha256=(?P<hash>[0-9a-f]{64})")


def attachment(folder: Path, text: str) -> str | Message:
    """`path#sha256=…` of a file, its path as it was given; one that has its hash already stays."""
    given = _HASHED.fullmatch(text)
    if given:
        is_other = is_unchanged(folder, text) is False
        wrong = Message("{path} is not the file that this hash is of", path=given["path"])
        return wrong if is_other else text
    path = folder / text
    if not path.is_file():
        return Message("there is no file {path}", path=text)
    with path.open("rb") as file:
        return f"{text}#sha256={hashlib.file_digest(file, 'sha256').hexdigest()}"


def is_unchanged(folder: Path, answer: str) -> bool | None:
    """Whether an attachment is still what it was; nothing if it is no longer there."""
    found = _HASHED.fullmatch(answer)
    if found is None or not (folder / found["path"]).is_file():
        return None
    return attachment(folder, found["path"]) == answer
