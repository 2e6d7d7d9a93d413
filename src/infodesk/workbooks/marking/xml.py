"""Elements of an XML part with their places in its bytes, and changing the part only there."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from xml.parsers import expat
from xml.sax.saxutils import escape, quoteattr

from infodesk.errors import InfodeskError
from infodesk.text.message import Message

_TAG = re.compile(rb"<[^\s/>]+(?:\s+[^\s=/>]+\s*=\s*(?:\"[^\"]*\"|'[^']*'))*\s*(/?)>")
_ATTRIBUTE = rb"\s%s\s*=\s*(?:\"[^\"]*\"|'[^']*')"

Splice = tuple[int, int, str]  # from, to (in bytes), what stands there instead


class UnmarkableError(InfodeskError):
    """The package is made in a way that we do not change: a list of its own is sent instead."""


@dataclass(frozen=True)
class Element:
    """An element: where its start tag begins and ends, and where its end tag begins and ends."""

    name: str
    attributes: Mapping[str, str]
    start: int
    inside: int
    close: int
    end: int

    @property
    def is_empty(self) -> bool:
        """Whether it has neither content nor an end tag."""
        return self.close == self.inside == self.end


class _Finder:
    def __init__(self, content: bytes, names: frozenset[str]) -> None:
        self.content, self.names = content, names
        self.found: list[Element] = []
        self._open: list[tuple[str, dict[str, str], int]] = []
        self.parser = expat.ParserCreate()
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._finish

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag in self.names:
            self._open.append((tag, attributes, self.parser.CurrentByteIndex))

    def _finish(self, tag: str) -> None:
        if tag not in self.names:
            return
        name, attributes, start = self._open.pop()
        opening = _TAG.match(self.content, start)
        if opening is None:
            raise UnmarkableError(Message("the file's XML cannot be changed safely"))
        inside = opening.end()
        if opening[1]:
            self.found.append(Element(name, attributes, start, inside, inside, inside))
            return
        close = self.parser.CurrentByteIndex
        end = self.content.index(b">", close) + 1
        self.found.append(Element(name, attributes, start, inside, close, end))


def elements(content: bytes, *names: str) -> list[Element]:
    """The elements of these names (as written, without a prefix), in the order of their beginnings.

    Raises UnmarkableError for a part that is not UTF-8 or not well-formed.
    """
    head = content[:200].lower()
    if b"encoding" in head and b"utf-8" not in head:
        raise UnmarkableError(Message("the file's XML is not in UTF-8"))
    finder = _Finder(content, frozenset(names))
    try:
        finder.parser.Parse(content, True)  # noqa: FBT003  # expat takes it by place only
    except expat.ExpatError as error:
        raise UnmarkableError(Message("the file's XML cannot be changed safely")) from error
    return sorted(finder.found, key=lambda element: element.start)


def element(content: bytes, name: str) -> Element:
    """The first element of that name. UnmarkableError if there is none."""
    found = elements(content, name)
    if not found:
        raise UnmarkableError(Message("the file has no <{name}> where one belongs", name=name))
    return found[0]


def spliced(content: bytes, splices: Iterable[Splice]) -> bytes:
    """The part with these stretches replaced; those of one place go in the order given."""
    pieces: list[bytes] = []
    last = 0
    for start, end, text in sorted(splices, key=lambda splice: splice[:2]):
        pieces += [content[last:start], text.encode()]
        last = end
    return b"".join([*pieces, content[last:]])


def with_attributes(tag: str, attributes: Mapping[str, str | None]) -> str:
    """A start tag with these attributes set; nothing takes one away."""
    raw = tag.encode()
    for name, value in attributes.items():
        raw = re.sub(_ATTRIBUTE % re.escape(name).encode(), b"", raw, count=1)
        if value is None:
            continue
        end = -2 if raw.endswith(b"/>") else -1
        raw = raw[:end].rstrip() + f" {name}={quoteattr(value)}".encode() + raw[end:]
    return raw.decode()


def start_tag(content: bytes, found: Element) -> str:
    """The start tag of an element, as it is written."""
    return content[found.start : found.inside].decode()


def appended(content: bytes, parent: Element, inner: str) -> Splice:
    """The splice that puts something at the end of an element."""
    if not parent.is_empty:
        return parent.close, parent.close, inner
    opening = start_tag(content, parent)[:-2].rstrip()
    return parent.start, parent.end, f"{opening}>{inner}</{parent.name}>"


def text(words: str) -> str:
    """A text between tags; what XML cannot hold is left out."""
    return escape(re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]", "", words))


__all__ = ["quoteattr"]
