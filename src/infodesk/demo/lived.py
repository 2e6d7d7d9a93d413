"""The months before September, really lived through: blanks filled, collected, explained and closed, one by one."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, time
from pathlib import Path

from infodesk.demo.filling import filled, filled_quarter, write_filled
from infodesk.demo.history.months import first_period, history
from infodesk.demo.history.quarters import quarters
from infodesk.demo.numbers import Month
from infodesk.demo.september import PERIOD
from infodesk.demo.story import ZONE
from infodesk.model.definitions import Definitions
from infodesk.model.finding import Finding, State
from infodesk.model.period import Period
from infodesk.model.rule import Severity
from infodesk.stats.check import check, numbered
from infodesk.stats.close import close
from infodesk.stats.collect import Options, collect
from infodesk.stats.desk import Desk
from infodesk.stats.explain import explain
from infodesk.text.language import Language
from infodesk.workbooks.blank.plan import Answers

CLOSED = (12, time(16, 0))  # day of the month after, and the hour


@dataclass(frozen=True)
class Lived:
    """What a month (or quarter) was: how many workbooks came, and what of it had to be explained."""

    period: Period
    workbooks: int
    explained: tuple[Finding, ...]


def moved_in(months: int) -> datetime:
    """The morning on which the hospital's first month begins."""
    return datetime.combine(first_period(months).start, time(9, 0), ZONE)


def live(desk: Desk, inbox: Path, language: Language, months: int) -> Iterator[Lived]:
    """Live the months that come before September 2026, each closed before the next one begins.

    A quarter follows its last month.
    """
    past = history(desk.definitions.calendar, months)
    given = _answers(desk.definitions, past)
    for period in sorted(given, key=lambda period: (period.end, period.days)):
        yield live_period(_then(desk, period), period, given[period], inbox, language)


def _answers(definitions: Definitions, past: dict[Period, Month]) -> dict[Period, Answers]:
    """What is typed in every month before September, and in the quarters that ended by then."""
    months = {
        period: filled(definitions, period, month)
        for period, month in past.items()
        if period != PERIOD
    }
    grown = quarters(past, definitions.calendar)
    return months | {
        period: filled_quarter(definitions, period, quarter) for period, quarter in grown.items()
    }


def _then(desk: Desk, period: Period) -> Desk:
    """The same desk on the day that the month is closed."""
    day, hour = CLOSED
    now = datetime.combine(period.end.replace(day=day), hour, desk.definitions.settings.zone)
    return replace(desk, actor=replace(desk.actor, now=now))


def live_period(
    desk: Desk, period: Period, answers: Answers, inbox: Path, language: Language
) -> Lived:
    """One period: the workbooks come and are taken in, what is asked is answered, the period is closed."""
    files = write_filled(desk, period, inbox / str(period), language, answers)
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
