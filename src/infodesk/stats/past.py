"""Periods looked up for comparing, long or short, each added up once."""

from dataclasses import dataclass, field

from infodesk.model.period import Period
from infodesk.stats.accepted import Accepted, accepted
from infodesk.stats.check import Checked
from infodesk.stats.desk import Desk
from infodesk.stats.longer import added_up, parts_of
from infodesk.store.submissions import current


@dataclass(frozen=True)
class Past:
    """What was accepted of any period, kept for as long as one command or report runs."""

    desk: Desk
    _direct: dict[Period, Accepted] = field(default_factory=dict, repr=False)
    _longer: dict[Period, Accepted] = field(default_factory=dict, repr=False)

    def of(self, period: Period) -> Accepted:
        """A period; a longer one is made of its months, and of what is due for just it."""
        parts = tuple(parts_of(period))
        if parts == (period,):
            return self._due_for(period)
        if period not in self._longer:
            self._longer[period] = added_up(period, [self._due_for(part) for part in parts])
        return self._longer[period]

    def keep(self, found: Accepted) -> None:
        """Take a period that was looked up already."""
        self._direct[found.period] = found

    def is_known(self, period: Period) -> bool:
        """Whether the store holds anything of it."""
        return bool(self.of(period).sums)

    def _due_for(self, period: Period) -> Accepted:
        if period not in self._direct:
            self._direct[period] = self._looked_up(period)
        return self._direct[period]

    def _looked_up(self, period: Period) -> Accepted:
        """No rule is run over a period of which nothing came."""
        if current(self.desk.store, period):
            return accepted(self.desk, period)
        checked = Checked(period, (), (), {}, self.desk.obligations(period))
        return Accepted(self.desk, period, checked, {})
