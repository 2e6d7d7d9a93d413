"""Measures: indicators and items alike, with their figures and the way these are written."""

from dataclasses import dataclass
from decimal import Decimal

from infodesk.model.expression import all_values
from infodesk.model.figure import Figure
from infodesk.model.form import Form
from infodesk.model.indicator import Better, Indicator
from infodesk.model.item import Item, OverTime, Secrecy, Type, highest
from infodesk.model.unit import Unit
from infodesk.stats.accepted import Accepted
from infodesk.stats.figures import indicator_figure, item_figure
from infodesk.text.message import Title

NO_VALUE = "—"
RATIO = "1:x"
MONEY = ("元", "万元")

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

    @property
    def is_money(self) -> bool:
        """Whether it may be a loss and become a profit."""
        is_typed = not isinstance(self.of, Indicator) and self.of[1].type is Type.MONEY
        return is_typed or self.unit.zh in MONEY

    @property
    def is_flow(self) -> bool:
        """Whether it grows with the days of its period, so that means of a day can be compared."""
        return not isinstance(self.of, Indicator) and self.of[1].over_time is OverTime.SUM

    @property
    def counts_workdays(self) -> bool:
        """Whether a mean of a day is one of working days: clinics close on holidays, wards do not."""
        return not isinstance(self.of, Indicator) and self.of[0].daily == "workdays"

    @property
    def secrecy(self) -> Secrecy:
        """The class of its figures: the highest among the items they are made from."""
        if isinstance(self.of, Indicator):
            return highest(value.item.secrecy for value in all_values(self.of.formula))
        return self.of[1].secrecy

    def figure(self, found: Accepted, scope: Unit, row: str | None = None) -> Figure:
        """Its figure for a unit or the hospital; of one row of its form, if it is named."""
        if isinstance(self.of, Indicator):
            return indicator_figure(found, self.of, scope, row)
        return item_figure(found, *self.of, scope, row)

    def text(self, value: Decimal | None) -> str:
        """A value as it is printed: 31,200; 87.00; 1:0.53; —."""
        if value is None:
            return NO_VALUE
        return f"1:{value}" if self.unit.zh == RATIO else f"{value:,}"

    def pattern(self) -> str:
        """The same as a number format of spreadsheets."""
        decimals = "." + "0" * self.decimals if self.decimals else ""
        return f'"1:"0{decimals}' if self.unit.zh == RATIO else f"#,##0{decimals}"


def coverage(figure: Figure) -> str:
    """`(7/8)` where not all that is owed is counted, else nothing."""
    return "" if figure.received == figure.expected else f"({figure.received}/{figure.expected})"
