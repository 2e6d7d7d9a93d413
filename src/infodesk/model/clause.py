"""Clauses of the regulation that the department works under."""

from dataclasses import dataclass

from infodesk.text.message import Title


@dataclass(frozen=True)
class Clause:
    """One clause: its number (四.4), what it asks for in a few words, and whether it is mere conduct.

    Conduct (change shoes, no loud talk) leaves nothing that a form, a report or a log could show.
    """

    id: str
    title: Title
    is_conduct: bool = False
