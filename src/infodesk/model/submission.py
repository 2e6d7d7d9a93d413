"""Submissions: one (form, section, unit, period) as one workbook gave it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from infodesk.model.period import Period
from infodesk.model.rule import Severity

# What the store keeps of an answer: a scaled integer, a real, a text, or nothing for a blank.
Stored = int | float | str | None


class Part(NamedTuple):
    """What a submission is of."""

    form: str
    section: str
    unit: str


@dataclass(frozen=True)
class Row:
    """One record's answers to one section, and the cell each came from (sheet!A1)."""

    row: str  # the rest of the key, or empty
    values: Mapping[str, Stored]
    cells: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Remark:
    """Something reading a workbook had to say about one of its cells (a general rule, GEN-…)."""

    rule: str
    severity: Severity
    form: str = ""
    section: str = ""
    unit: str = ""
    row: str = ""
    item: str = ""
    cell: str = ""
    raw: str = ""
    detail: str = ""


@dataclass(frozen=True)
class Given:
    """One part as a workbook gives it, before it is known whether it is new."""

    part: Part
    period: Period
    rows: tuple[Row, ...]
    remarks: tuple[Remark, ...] = ()
    nil: bool = False
    notes: Mapping[str, str] = field(default_factory=dict)
    definition: str = ""


@dataclass(frozen=True)
class Submission:
    """A version of a part in the store, without its numbers."""

    id: int
    part: Part
    period: Period
    version: int
    sender: str
    file: str
    sha256: str
    received_at: datetime
    collected_at: datetime
    nil: bool
    cells: Mapping[str, Mapping[str, str]] = field(default_factory=dict)  # row → item → sheet!A1


@dataclass(frozen=True)
class Change:
    """One cell that differs from the version before."""

    part: Part
    row: str
    item: str
    old: Stored
    new: Stored
