"""Periods looked up for comparing, long or short, each checked and added up once."""

from dataclasses import dataclass, field

from infodesk.model.period import Period
from infodesk.stats.accepted import Accepted, accepted
from infodesk.stats.check import Checked
from infodesk.stats.desk import Desk


@dataclass(frozen=True)
class Past:
    """What was accepted of any period, kept for as long as one command or report runs."""

    desk: Desk
    _found: dict[Period, Accepted] = field(default_factory=dict, repr=False)
    _checked: dict[Period, Checked] = field(default_factory=dict, repr=False)

    def of(self, period: Period) -> Accepted:
        """A period; a longer one is made of its months, and of what is due for just it."""
        if period not in self._found:
            self._found[period] = accepted(self.desk, period, self._checked)
        return self._found[period]

    def keep(self, found: Accepted) -> None:
        """Take a period that was looked up already."""
        self._found[found.period] = found
        self._checked[found.period] = found.checked

    def is_known(self, period: Period) -> bool:
        """Whether the store holds anything of it."""
        found = self.of(period)
        return bool(found.checked.submissions) or any(span.accepted for span in found.checked.spans)
