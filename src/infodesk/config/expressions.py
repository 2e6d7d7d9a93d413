"""Expressions of one file: read, with their mistakes noted where they stand."""

from dataclasses import dataclass

from infodesk.config.source import Path, Source
from infodesk.expr.parse import Parsed, parse_condition, parse_formula
from infodesk.expr.scope import Scope
from infodesk.model.expression import Node


@dataclass(frozen=True)
class Expressions:
    """A file, and what the names in its expressions mean."""

    source: Source
    scope: Scope

    def condition(self, path: Path, text: str | None) -> Node | None:
        """A condition; nothing if none is given or it is wrong."""
        return None if text is None else self._read(path, parse_condition(text, self.scope))

    def formula(self, path: Path, text: str | None) -> Node | None:
        """A number; nothing if none is given or it is wrong."""
        return None if text is None else self._read(path, parse_formula(text, self.scope))

    def _read(self, path: Path, parsed: Parsed) -> Node | None:
        for problem in parsed.problems:
            self.source.note_inside(path, problem.place, problem.message)
        return parsed.node
