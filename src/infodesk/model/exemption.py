"""Exemptions: a rule that a unit need not keep for some time, and why."""

from dataclasses import dataclass
from datetime import date

from infodesk.model.period import Period


@dataclass(frozen=True)
class Exemption:
    """A unit's breaches of a rule are counted, but asked of nobody, in periods that end by `until`."""

    rule: str
    unit: str
    until: date
    reason: str

    def covers(self, rule: str, unit: str, period: Period) -> bool:
        """Whether it holds for a rule, a unit and a period."""
        return (rule, unit) == (self.rule, self.unit) and period.last_day <= self.until
