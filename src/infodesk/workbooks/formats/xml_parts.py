"""Parsing a part of a package with expat: no document types, no entities, in pieces."""

import io
from typing import IO
from xml.parsers import expat

from infodesk.text.message import Message
from infodesk.workbooks.unreadable import UnreadableError


class Handler:
    """Takes what expat finds; names come without their prefix."""

    def start(self, tag: str, attributes: dict[str, str], /) -> None: ...
    def end(self, tag: str, /) -> None: ...
    def text(self, text: str, /) -> None: ...


def parse(content: bytes | IO[bytes], handler: Handler) -> None:
    """Parse a part. UnreadableError for a document type, expat's own error for bad XML."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse
    parser.StartElementHandler = lambda tag, attributes: handler.start(
        tag.rpartition(":")[2], attributes
    )
    parser.EndElementHandler = lambda tag: handler.end(tag.rpartition(":")[2])
    parser.CharacterDataHandler = handler.text
    parser.ParseFile(io.BytesIO(content) if isinstance(content, bytes) else content)


def _refuse(*_: object) -> None:
    raise UnreadableError(Message("the file declares entities, which no workbook needs"))


def local(attributes: dict[str, str], name: str, missing: str = "") -> str:
    """An attribute whatever its prefix."""
    if name in attributes:
        return attributes[name]
    return next((v for k, v in attributes.items() if k.rpartition(":")[2] == name), missing)


class _FirstText(Handler):
    """The text of the first element of a name."""

    def __init__(self, wanted: str) -> None:
        self.wanted, self.found, self._inside = wanted, "", False

    def start(self, tag: str, _: dict[str, str]) -> None:
        self._inside = tag == self.wanted and not self.found

    def text(self, text: str) -> None:
        if self._inside:
            self.found += text

    def end(self, _: str) -> None:
        self._inside = False


def first_text(content: bytes, tag: str) -> str:
    """The text of the first element called `tag`, or nothing; bad XML too is nothing."""
    handler = _FirstText(tag)
    try:
        parse(content, handler)
    except (expat.ExpatError, LookupError, ValueError):  # also encodings that nobody knows
        return ""
    return handler.found.strip()
