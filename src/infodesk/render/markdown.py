"""Markdown: putting other people's words into it unharmed, and getting the bare words out of it."""

import re
from collections.abc import Iterable, Iterator

from markdown_it import MarkdownIt
from markdown_it.token import Token

_SPACES = re.compile(r"\s+")
_ACTIVE = re.compile(r"([\\`*_\[\]<>|~&#])")
_LINE_START = re.compile(r"^(\s*)([-+=]+(?=\s|$)|\d+(?=[.)](?:\s|$)))")


def escape(text: str) -> str:
    """Text that Markdown shows as it stands, on one line, without control characters.

    >>> escape("a|b *c*")
    'a\\\\|b \\\\*c\\\\*'
    """
    shown = "".join(c for c in _SPACES.sub(" ", text) if c.isprintable())
    return _LINE_START.sub(_escaped_start, _ACTIVE.sub(r"\\\1", shown))


def _escaped_start(found: re.Match[str]) -> str:
    blanks, start = found.groups()
    return f"{blanks}{start}\\" if start.isdigit() else f"{blanks}\\{start}"


def parser() -> MarkdownIt:
    """The dialect of templates: CommonMark with pipe tables, no raw HTML."""
    return MarkdownIt("commonmark", {"html": False}).enable("table")


def paragraphs(markdown: str) -> Iterator[tuple[str, str]]:
    """The blocks of a text as (kind, bare words); kinds are h1 to h6, quote, li and p."""
    around: list[str] = []
    for token in parser().parse(markdown):
        if token.nesting > 0:
            around.append(token.tag)
        elif token.nesting < 0:
            around.pop()
        elif token.type == "inline":
            yield _kind(around), _words(token)


def with_content(found: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """The same without headings that nothing stands under."""
    kept: list[tuple[str, str]] = []
    for kind, words in found:
        if kind.startswith("h") and kept and kept[-1][0] >= kind and kept[-1][0].startswith("h"):
            kept.pop()
        kept.append((kind, words))
    if kept and kept[-1][0].startswith("h"):
        kept.pop()
    return kept


def _kind(around: list[str]) -> str:
    if "blockquote" in around:
        return "quote"
    if "li" in around:
        return "li"
    return around[-1] if around else "p"


def _words(token: Token) -> str:
    breaks = {"softbreak": " ", "hardbreak": " "}
    return "".join(breaks.get(part.type, part.content) for part in token.children or ())
