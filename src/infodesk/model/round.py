"""A round that is being walked: what has been answered of a checklist so far."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from infodesk.model.entry import Breach, Key


class Place(NamedTuple):
    """Which round: of a logbook, a schedule, and the duty of it (or the entry that is inspected again)."""

    book: str
    schedule: str
    slot: str


@dataclass(frozen=True)
class Round:
    """A round as it was last kept. `holder` is the terminal it is walked at.

    `walked_at` is when the room was walked, if that was said; else it is when the entry is written. `given`
    holds the answers by question, `measured` which of them probes gave, `gaps` what was skipped and what
    no probe answered.
    """

    place: Place
    begun_at: datetime
    saved_at: datetime
    person: str
    holder: str
    walked_at: datetime | None = None
    given: Mapping[str, str] = field(default_factory=dict)
    measured: frozenset[Key] = frozenset()
    gaps: tuple[Breach, ...] = ()
