"""Limits of a reading, and the level that follows from them."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from infodesk.text.message import Title

Reading = Decimal | str | bool


class Level(StrEnum):
    """How grave what was found is."""

    NORMAL = "normal"
    WARN = "warn"  # 预警: note and watch, check again in the same shift
    ALARM = "alarm"  # 报警: tell the head at once, open an incident

    @property
    def rank(self) -> int:
        """0 for normal, 2 for the gravest."""
        return list(Level).index(self)

    @property
    def label(self) -> Title:
        """What people call it."""
        return _TITLES[self]


_TITLES = {
    Level.NORMAL: Title("正常", "normal"),
    Level.WARN: Title("预警", "warn"),
    Level.ALARM: Title("报警", "alarm"),
}


def worst(*levels: Level) -> Level:
    """The gravest of them; normal if there is none."""
    return max(levels, key=lambda level: level.rank, default=Level.NORMAL)


@dataclass(frozen=True)
class Band:
    """Some of the readings: from `low` to `high` (both included); or, if not `inside`, those below `low`
    or above `high`; or the `values` named; or all `others` that no other band of the limits names.
    """

    low: Decimal | None = None
    high: Decimal | None = None
    inside: bool = True
    values: tuple[str, ...] = ()
    others: bool = False

    def holds(self, reading: Reading) -> bool:
        """Whether a reading lies in it."""
        if self.values:
            return written_reading(reading) in self.values
        if not isinstance(reading, Decimal):
            return False
        below = self.low is not None and reading < self.low
        above = self.high is not None and reading > self.high
        return not (below or above) if self.inside else below or above


@dataclass(frozen=True)
class Limits:
    """The alarm band counts first, then the warning band, then the normal one.

    Without a warning band, what is not normal warns. `possible` is what the instrument can show at all:
    a reading beyond it is asked about again.
    """

    normal: Band | None = None
    warn: Band | None = None
    alarm: Band | None = None
    possible: Band | None = None

    def level(self, reading: Reading) -> Level:
        """The level of a reading."""
        if self.alarm is not None and self._is_in(self.alarm, reading):
            return Level.ALARM
        if self.warn is not None and self._is_in(self.warn, reading):
            return Level.WARN
        if self.normal is None or self.normal.holds(reading):
            return Level.NORMAL
        return Level.WARN

    def _is_in(self, band: Band, reading: Reading) -> bool:
        if not band.others:
            return band.holds(reading)
        named = [each for each in (self.normal, self.warn) if each is not None and each != band]
        return not any(each.holds(reading) for each in named)


def written_reading(reading: Reading) -> str:
    """A reading as definitions and the store write it: 22.8, ONLINE, true."""
    if isinstance(reading, bool):
        return str(reading).lower()
    return f"{reading:f}" if isinstance(reading, Decimal) else reading
