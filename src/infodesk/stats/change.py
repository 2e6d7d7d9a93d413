"""How far a figure moved: the one place that computes it.

Formulas: (now - base) / |base| * 100 on unrounded values, rounded half up to 2 decimals; for what is counted
in % the difference in percentage points. The base 0, missing or incomplete gives no change.
"""

from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from infodesk.expr.evaluate import round_half_up
from infodesk.model.figure import Figure
from infodesk.model.indicator import Better
from infodesk.text.message import Message

DECIMALS = 2
WHOLE = 100  # percent
Why = Literal["", "missing", "incomplete", "zero", "sign", "to_profit", "to_loss", "reorganised"]


@dataclass(frozen=True)
class Change:
    """How far a figure moved: percent or percentage points, or why that cannot be said."""

    value: Decimal | None = None
    is_points: bool = False
    why: Why = ""
    exact: Fraction | None = field(default=None, compare=False)  # not rounded

    @property
    def text(self) -> Message:
        """`+3.33 %`, `-1.40 pp`, `0.00 %`, `—`, `— 扭亏`."""
        if self.value is None:
            return _REASONS.get(self.why, Message("—"))
        n = f"{self.value:+,}" if self.value else f"{abs(self.value)}"
        return Message("{n} pp", n=n) if self.is_points else Message("{n} %", n=n)

    def mood(self, better: Better) -> Literal["good", "bad", ""]:
        """Whether the figure moved the way it should; nothing where it has no way."""
        if better not in (Better.UP, Better.DOWN) or not self.value:
            return ""
        return "good" if (self.value > 0) is (better is Better.UP) else "bad"


_REASONS: dict[str, Message] = {
    "to_profit": Message("— (loss to profit)"),
    "to_loss": Message("— (profit to loss)"),
}


def change_between(
    now: Figure, base: Figure, *, is_points: bool = False, is_money: bool = False
) -> Change:
    """How a figure moved against an earlier one of the same measure.

    `is_points`: it is counted in %, so the difference is told. `is_money`: a change of sign is one from loss to
    profit, or back.
    """
    if now.exact is None or base.exact is None:
        return Change(why="missing")
    if now.received != now.expected or base.received != base.expected:
        return Change(why="incomplete")
    if is_points:
        return _rounded(now.exact - base.exact, is_points=True)
    if base.exact == 0:
        return Change(why="zero")
    if now.exact * base.exact < 0:
        words: Why = "to_profit" if now.exact > 0 else "to_loss"
        return Change(why=words if is_money else "sign")
    return _rounded((now.exact - base.exact) / abs(base.exact) * WHOLE, is_points=False)


def _rounded(exact: Fraction, *, is_points: bool) -> Change:
    return Change(round_half_up(exact, DECIMALS), is_points, exact=exact)
