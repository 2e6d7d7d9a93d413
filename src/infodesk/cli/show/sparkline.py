"""Thirteen periods as thirteen signs; all of them are in GBK, so that old consoles show them."""

from collections.abc import Sequence
from decimal import Decimal

BLOCKS = "▁▂▃▄▅▆▇█"
HOLE = "·"  # nothing known of the period


def sparkline(values: Sequence[Decimal | None]) -> str:
    """A block for each value, the lowest for the least and the highest for the greatest."""
    known = [value for value in values if value is not None]
    if not known:
        return HOLE * len(values)
    low, high = min(known), max(known)
    return "".join(HOLE if value is None else _block(value, low, high) for value in values)


def _block(value: Decimal, low: Decimal, high: Decimal) -> str:
    if low == high:
        return BLOCKS[len(BLOCKS) // 2]
    return BLOCKS[int((value - low) / (high - low) * (len(BLOCKS) - 1))]
