"""Indicators: formulas over totals."""

from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from infodesk.model.expression import Node, Value
from infodesk.text.message import Title


class Better(StrEnum):
    """Which way an indicator should move."""

    UP = "up"
    DOWN = "down"
    RANGE = "range"
    MONITOR = "monitor"


@dataclass(frozen=True)
class Plausible:
    """The range outside which a figure carries a note, both ends included.

    `per_days`: the range is for that many days and scales with the period's length.
    `exempt`: kinds of unit it does not hold for.
    """

    low: Decimal
    high: Decimal
    per_days: int | None = None
    exempt: tuple[str, ...] = ()

    def holds(self, value: Decimal, days: int) -> bool:
        """Whether a figure of a period of `days` days is plausible."""
        factor = Decimal(days) / self.per_days if self.per_days else Decimal(1)
        return self.low * factor <= value <= self.high * factor


@dataclass(frozen=True)
class Indicator:
    """A figure computed from totals: add up first, over units and over time, then divide."""

    id: str
    title: Title
    formula: Node
    text: str
    unit: str = ""
    decimals: int = 2
    better: Better = Better.MONITOR
    plausible: Plausible | None = None
    per_unit: bool = False  # computed for single units too, not only for the hospital
    per_row: bool = (
        False  # computed for each row of its form (device, disease), and for nothing else
    )
    growth_of: "Indicator | Value | None" = (
        None  # it is the growth of this (an item's total) in a year, in %
    )
    group: Title = field(default_factory=Title)
    reference: Title = field(default_factory=Title)
    used_by: str = ""
    source: str = ""
