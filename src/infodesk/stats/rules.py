"""Rules on trial: what they find, or would have found, in the periods that are in the store."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from infodesk.model.finding import Finding, Outcome
from infodesk.model.period import Period
from infodesk.model.rule import Rule
from infodesk.stats.check import Checked, check
from infodesk.stats.desk import Desk
from infodesk.store.history import Found, found_by, periods_of


@dataclass(frozen=True)
class Tried:
    """What rules say of a period. `before` is how often those of the same id that are in force fail there."""

    checked: Checked
    findings: tuple[Finding, ...]
    before: dict[str, int]

    @property
    def period(self) -> Period:
        """The period."""
        return self.checked.period


def try_rules(desk: Desk, rules: Sequence[Rule], periods: Iterable[Period]) -> tuple[Tried, ...]:
    """Ask rules of past periods as if they had been in force then. Nothing is written."""
    lasting = tuple(replace(rule, since=None, until=None) for rule in rules)
    trial = Desk(replace(desk.definitions, rules=lasting), desk.store, desk.actor)
    names = {rule.id for rule in rules}
    now = tuple(rule for rule in desk.definitions.rules if rule.id in names)
    return tuple(_tried(desk, check(trial, each), now) for each in periods)


def _tried(desk: Desk, checked: Checked, now: Sequence[Rule]) -> Tried:
    names = {outcome.rule for outcome in checked.outcomes}
    found = tuple(each for each in checked.findings if each.identity.rule in names)
    before: dict[str, int] = {}
    if now:
        present = Desk(replace(desk.definitions, rules=tuple(now)), desk.store, desk.actor)
        outcomes = check(present, checked.period).outcomes
        before = {outcome.rule: outcome.failed for outcome in outcomes}
    return Tried(checked, found, before)


def periods_since(desk: Desk, form: str, since: Period | None) -> tuple[Period, ...]:
    """The periods of which something of a form is in the store, from one of them on."""
    found = periods_of(desk.store, form)
    return tuple(each for each in found if since is None or each.start >= since.start)


@dataclass(frozen=True)
class Past:
    """How a rule fares on the latest versions of a period, and what it ever found there."""

    period: Period
    outcome: Outcome | None
    found: Found


def history(desk: Desk, rule: Rule) -> tuple[Past, ...]:
    """A rule's past, period by period, oldest first; no outcome where it was not in force."""
    ever = found_by(desk.store, rule.id)
    alone = Desk(replace(desk.definitions, rules=(rule,)), desk.store, desk.actor)
    return tuple(
        Past(each, next(iter(check(alone, each).outcomes), None), ever.get(each, Found(0, 0)))
        for each in periods_of(desk.store, rule.form)
    )
