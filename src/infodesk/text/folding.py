"""Folding text, so that what people mean as the same reads as the same."""

import difflib
import re
import unicodedata
from collections.abc import Iterable

_SPACES = re.compile(r"\s+")


def fold(text: str) -> str:
    """NFKC (full-width to half-width), runs of white space to one blank, ends stripped."""
    return _SPACES.sub(" ", unicodedata.normalize("NFKC", text)).strip()


def key(text: str) -> str:
    """What two labels are compared by: folded, without white space, lower case.

    >>> key("出院：治愈 ") == key("出院:治愈")
    True
    """
    return _SPACES.sub("", unicodedata.normalize("NFKC", text)).casefold()


def fold_with_places(text: str) -> tuple[str, tuple[int, ...]]:
    """NFKC character by character, and for each folded character its place in `text`."""
    folded: list[str] = []
    places: list[int] = []
    for place, character in enumerate(text):
        for part in unicodedata.normalize("NFKC", character):
            folded.append(part)
            places.append(place)
    return "".join(folded), (*places, len(text))


def nearest(word: str, candidates: Iterable[str]) -> str | None:
    """The candidate that `word` was most likely meant to be, or nothing."""
    found = difflib.get_close_matches(word, list(candidates), n=1, cutoff=0.6)
    return found[0] if found else None
