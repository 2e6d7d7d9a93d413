"""Forms that an expression speaks of although they are not there: not in use, or not readable."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from infodesk.config.source import Source
from infodesk.text.folding import fold


@dataclass(frozen=True)
class Mentioned:
    """Everything these forms may be called; and items (`form.item`) that the variant in use lacks."""

    names: frozenset[str] = frozenset()
    items: frozenset[str] = frozenset()

    @classmethod
    def of(cls, sources: Iterable[Source]) -> "Mentioned":
        """The names of the forms in these files."""
        return cls(frozenset(name for source in sources for name in _names(source)))

    def is_in(self, text: str) -> bool:
        """Whether an expression speaks of one of them: `form.item`, `row_count(form)`."""
        folded = fold(text)
        return any(
            re.search(rf'(?<!\w){re.escape(fold(name))}"?\s*[.)]', folded) for name in self.names
        ) or any(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", folded) for name in self.items)


def form_names(source: Source) -> Iterator[str]:
    """The id of a form; of one with mistakes also the name of its file, which is mostly the same."""
    if isinstance(source.data, dict) and source.data.get("id"):
        yield str(source.data["id"])
    if source.problems:
        yield Path(source.file).stem


def rule_names(source: Source) -> Iterator[str]:
    """The ids of a form's rules, as far as they can be read."""
    rules = source.data.get("rules") if isinstance(source.data, dict) else None
    for rule in rules if isinstance(rules, list) else ():
        if isinstance(rule, dict) and rule.get("id"):
            yield str(rule["id"])


def _names(source: Source) -> Iterator[str]:
    yield from form_names(source)
    title = source.data.get("title") if isinstance(source.data, dict) else None
    titles = title.values() if isinstance(title, dict) else [title]
    yield from (name for name in titles if isinstance(name, str) and name)
