"""Measures: indicators and items alike, with their figures and the way these are written."""

from dataclasses import dataclass
from decimal import Decimal

from infodesk.expr.evaluate import round_half_up
from infodesk.model.figure import Figure
from infodesk.model.form import Form
from infodesk.model.indicator import Better, Indicator
from infodesk.model.item import Item
from infodesk.model.unit import Unit
from infodesk.render.document import NOTHING, Cell, Tone
from infodesk.stats.accepted import Accepted
from infodesk.stats.figures import indicator_figure, item_figure
from infodesk.text.language import Language
from infodesk.text.message import Message, Title

RATIO = "1:x"
INCOMPLETE, UNUSUAL, EXPLAINED = "△", "※", "◇"

SIGNS = {
    INCOMPLETE: Message("not all units that owe it are counted"),
    UNUSUAL: Message("outside the plausible range"),
    EXPLAINED: Message("rests on numbers with a finding"),
}

_SIGN_OF = {
    "incomplete": INCOMPLETE,
    "range": UNUSUAL,
    "flagged": EXPLAINED,
    "findings": EXPLAINED,
}

_UNITS = {
    "人": "people",
    "人次": "visits",
    "人天": "person-days",
    "床日": "bed-days",
    "张": "beds",
    "日": "days",
    "次": "times",
    "分钟": "minutes",
    "例": "cases",
    "台次": "operations",
    "工日": "working days",
    "比值": "ratio",
    "元": "yuan",
    "万元": "10,000 yuan",
}


@dataclass(frozen=True)
class Measure:
    """An indicator, or an item of a form: what a figure is of."""

    of: Indicator | tuple[Form, Item]

    @property
    def name(self) -> str:
        """Its id: `bed_occupancy`, `ward_activity.discharges`."""
        return self.of.id if isinstance(self.of, Indicator) else f"{self.of[0].id}.{self.of[1].id}"

    @property
    def title(self) -> Title:
        """What people call it."""
        return self.of.title if isinstance(self.of, Indicator) else self.of[1].label

    @property
    def unit(self) -> Title:
        """What it is counted in."""
        unit = self.of.unit if isinstance(self.of, Indicator) else self.of[1].unit
        return Title(unit, _UNITS.get(unit, unit))

    @property
    def spoken_unit(self) -> Title:
        """The unit said after a value: none after a ratio."""
        return Title() if self.unit.zh in (RATIO, "比值") else self.unit

    @property
    def decimals(self) -> int:
        """How many decimals are shown."""
        return (self.of if isinstance(self.of, Indicator) else self.of[1]).decimals

    @property
    def better(self) -> Better:
        """Which way it should move; an item has no way."""
        return self.of.better if isinstance(self.of, Indicator) else Better.MONITOR

    @property
    def is_percent(self) -> bool:
        """Whether its changes are percentage points."""
        return self.unit.zh == "%"

    def figure(self, found: Accepted, scope: Unit) -> Figure:
        """Its figure for a unit or the hospital."""
        if isinstance(self.of, Indicator):
            return indicator_figure(found, self.of, scope)
        return item_figure(found, *self.of, scope)

    def text(self, value: Decimal | None) -> str:
        """A value as it is printed: 31,200; 87.00; 1:0.53; —."""
        if value is None:
            return NOTHING
        return f"1:{value}" if self.unit.zh == RATIO else f"{value:,}"

    def pattern(self) -> str:
        """The same as a number format of spreadsheets."""
        decimals = "." + "0" * self.decimals if self.decimals else ""
        return f'"1:"0{decimals}' if self.unit.zh == RATIO else f"#,##0{decimals}"


def coverage(figure: Figure) -> str:
    """`(7/8)` where not all that is owed is counted, else nothing."""
    return "" if figure.received == figure.expected else f"({figure.received}/{figure.expected})"


def sign_of(figure: Figure) -> str:
    """The gravest sign a figure has to carry."""
    carried = {_SIGN_OF[flag] for flag in figure.flags}
    return next((sign for sign in SIGNS if sign in carried), "")


def figure_cell(measure: Measure, figure: Figure) -> Cell:
    """A figure as a cell, with its sign."""
    text, pattern = measure.text(figure.value), measure.pattern()
    return Cell(text, figure.value, pattern, sign=sign_of(figure))


def figure_words(measure: Measure, figure: Figure, language: Language) -> str:
    """A figure as sentences say it: `87.00 %`, `1:0.53`, `868 people (7/8)`, `—`."""
    text = measure.text(figure.value)
    unit = "" if figure.value is None else language.tell(measure.spoken_unit)
    return " ".join(filter(None, [text, unit, coverage(figure)]))


@dataclass(frozen=True)
class Change:
    """How a figure moved against an earlier one: percent, or percentage points."""

    value: Decimal
    is_points: bool
    tone: Tone

    @property
    def text(self) -> Message:
        """`+3.33 %`, `-1.40 pp`, `0.00 %`."""
        n = f"{self.value:+,}" if self.value else f"{abs(self.value)}"
        return Message("{n} pp", n=n) if self.is_points else Message("{n} %", n=n)


def change(measure: Measure, now: Figure, before: Figure) -> Change | None:
    """The change; nothing if one is missing or incomplete, or if the base is 0."""
    if now.exact is None or before.exact is None or coverage(now) or coverage(before):
        return None
    moved = now.exact - before.exact
    if measure.is_percent:
        points = round_half_up(moved, 2)
        return Change(points, is_points=True, tone=_tone(measure, points))
    if before.exact == 0:
        return None
    percent = round_half_up(moved / abs(before.exact) * 100, 2)
    return Change(percent, is_points=False, tone=_tone(measure, percent))


def _tone(measure: Measure, moved: Decimal) -> Tone:
    if measure.better not in (Better.UP, Better.DOWN) or moved == 0:
        return ""
    return "good" if (moved > 0) is (measure.better is Better.UP) else "bad"
