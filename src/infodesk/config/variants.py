"""Variants: of several ways to ask or compute a thing, the one that config.yaml chooses."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from infodesk.config.source import Path, Source


@dataclass(frozen=True)
class Chosen:
    """The variants of one file: those it knows, and those chosen."""

    known: frozenset[str]
    names: frozenset[str]

    def has(self, variant: str | None) -> bool:
        """Whether something of that variant is in use; what names none always is."""
        return variant is None or variant in self.names

    def takes(self, source: Source, path: Path, variant: str | None) -> bool:
        """The same; a variant that the file does not list is noted."""
        if variant is not None and variant not in self.known:
            source.note_stranger((*path, "variant"), variant, self.known)
        return self.has(variant)


def choose(variants: Mapping[str, list[str]], wanted: Mapping[str, str]) -> Chosen:
    """The variants of a file: topic → names, the first one unless another is wanted."""
    names = set()
    for topic, options in variants.items():
        named = wanted.get(topic)
        names.add(named if named in options else options[0])
    return Chosen(frozenset(n for options in variants.values() for n in options), frozenset(names))


def check_wanted(
    source: Source, wanted: Mapping[str, str], declared: Iterable[Mapping[str, list[str]]]
) -> None:
    """Note what config.yaml chooses and no file offers."""
    known: dict[str, list[str]] = {}
    for variants in declared:
        known |= variants
    for topic, name in wanted.items():
        if topic not in known:
            source.note_stranger_key(("variants", topic), topic, known)
        elif name not in known[topic]:
            source.note_stranger(("variants", topic), name, known[topic])
