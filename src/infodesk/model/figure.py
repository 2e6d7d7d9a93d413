"""Figures: the hospital's official numbers."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from infodesk.model.period import Period

Flag = Literal["incomplete", "flagged", "range", "findings", "no_base"]


@dataclass(frozen=True)
class Figure:
    """(period, unit, item or indicator) → value or why not, and how many of the units it rests on.

    `exact` is what comparisons start from, `value` the same rounded half up for showing.
    `received` of the `expected` parts are accepted and counted.
    """

    id: str
    kind: Literal["item", "indicator"]
    period: Period
    unit: str
    form: str | None = None
    row: str | None = None
    exact: Fraction | None = None
    value: Decimal | None = None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    received: int = 0
    expected: int = 0
    flags: tuple[Flag, ...] = ()
    release: int | None = None
