"""The months before September, really lived through: blanks filled, collected, explained and closed, one by one."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, time
from pathlib import Path

from infodesk.demo.filling import filled, write_filled
from infodesk.demo.history.months import first_period, history
from infodesk.demo.numbers import Month
from infodesk.demo.september import PERIOD
from infodesk.demo.story import ZONE
from infodesk.model.finding import Finding, State
from infodesk.model.period import Period
from infodesk.model.rule import Severity
from infodesk.stats.check import check, numbered
from infodesk.stats.close import close
from infodesk.stats.collect import Options, collect
from infodesk.stats.desk import Desk
from infodesk.stats.explain import explain
from infodesk.text.language import Language

CLOSED = (12, time(16, 0))  # day of the month after, and the hour


@dataclass(frozen=True)
class Lived:
    """What a month was: how many workbooks came, and what of it had to be explained."""

    period: Period
    workbooks: int
    explained: tuple[Finding, ...]


def moved_in(months: int) -> datetime:
    """The morning on which the hospital's first month begins."""
    return datetime.combine(first_period(months).start, time(9, 0), ZONE)


def live(desk: Desk, inbox: Path, language: Language, months: int) -> Iterator[Lived]:
    """Live the months that come before September 2026, each closed before the next one begins."""
    past = history(desk.definitions.calendar, months)
    for period, month in past.items():
        if period != PERIOD:
            yield _live_month(_then(desk, period), period, month, inbox / str(period), language)


def _then(desk: Desk, period: Period) -> Desk:
    """The same desk on the day that the month is closed."""
    day, hour = CLOSED
    now = datetime.combine(period.end.replace(day=day), hour, desk.definitions.settings.zone)
    return replace(desk, actor=replace(desk.actor, now=now))


def _live_month(desk: Desk, period: Period, month: Month, inbox: Path, language: Language) -> Lived:
    answers = filled(desk.definitions, period, month)
    files = write_filled(desk, period, inbox, language, answers)
    for result in collect(desk, files, Options(period, received=_sent(desk, period))):
        assert result.result == "new", (result.file.name, result.reason)
    explained = _explain(desk, period, language)
    close(desk, period)
    return Lived(period, len(files), explained)


def _sent(desk: Desk, period: Period) -> datetime:
    """Everybody was in time: the first day that anything is due."""
    return min(obligation.due for obligation in desk.obligations(period))


def _explain(desk: Desk, period: Period, language: Language) -> tuple[Finding, ...]:
    """What an honest month is asked about is so: the departments looked again and say so."""
    checked = numbered(desk, check(desk, period))
    asked = [
        f for f in checked.findings if f.state is State.OPEN and f.severity is Severity.WARNING
    ]
    for finding in asked:
        explain(
            desk, checked, finding.number or 0, language("checked against the wards' books: right")
        )
    return tuple(asked)
