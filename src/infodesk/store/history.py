"""What the store holds of the past: which periods of a form came, and how often a rule found something."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from infodesk.model.period import Period, parse_period
from infodesk.store.store import Store

_ANY_DAY = date(2000, 1, 1)  # stored periods are written in full: no day is needed to read them


@dataclass(frozen=True)
class Found:
    """How many findings of a rule got a number in a period, and of how many somebody said something."""

    findings: int
    explained: int


def periods_of(store: Store, form: str) -> tuple[Period, ...]:
    """The periods of which something of a form came, oldest first."""
    query = "SELECT DISTINCT period FROM submission WHERE form = ?"
    found = (parse_period(row[0], _ANY_DAY) for row in store.connection.execute(query, (form,)))
    return tuple(sorted(found, key=lambda period: (period.start, period.end)))


def found_by(store: Store, rule: str) -> Mapping[Period, Found]:
    """What a rule ever found, by period; a finding that was corrected since is still counted."""
    query = (
        "SELECT period, count(*), sum(id IN (SELECT finding FROM explanation)) "
        "FROM finding WHERE rule = ? GROUP BY period"
    )
    return {
        parse_period(period, _ANY_DAY): Found(findings, explained)
        for period, findings, explained in store.connection.execute(query, (rule,))
    }
