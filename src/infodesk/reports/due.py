"""Reports that are due: made once everything they rest on is in and settled, and only once from the same data."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Literal

from infodesk.errors import InfodeskError
from infodesk.model.form import Due
from infodesk.model.period import Frequency, Period, parse_period, period_of
from infodesk.model.report import Report
from infodesk.reports.build import Built, Edition, build_report
from infodesk.reports.context import Context
from infodesk.reports.quality import is_settled, verdict
from infodesk.stats.desk import Desk
from infodesk.store.made import Made, data_version, last_made, record_made
from infodesk.store.submissions import periods as periods_in
from infodesk.text.message import Message

LOOKS_BACK = 13  # periods; what is older is nobody's duty any more

DueState = Literal["made", "made_again", "unchanged", "incomplete", "failed"]


@dataclass(frozen=True)
class DueReport:
    """A report whose day has come: what became of it, and why.

    `before` is when it was last made. A dry run says what would be made, and `built` is nothing.
    """

    report: Report
    period: Period
    due: datetime
    state: DueState
    why: Message
    before: Made | None = None
    built: Built | None = None


def make_due(desk: Desk, edition: Edition, folder: Path, *, dry_run: bool) -> Iterator[DueReport]:
    """Make what is due and complete, oldest first; one after the other, so that each is kept once it is made."""
    for report, due, period in _due(desk):
        moment = due.moment(period, desk.definitions.calendar, desk.definitions.settings.zone)
        if moment > desk.now:
            continue
        found = _looked_at(desk, report, period, edition, moment)
        if not dry_run and found.state in ("made", "made_again"):
            found = _made(desk, found, edition, folder)
        yield found


def _due(desk: Desk) -> Iterator[tuple[Report, Due, Period]]:
    for report in desk.definitions.reports:
        if report.due is not None:
            for period in _periods(desk, report.frequency):
                yield report, report.due, period


def _periods(desk: Desk, frequency: Frequency) -> Iterator[Period]:
    """The periods that have ended and lie wholly after the beginning, the last thirteen of them."""
    start = beginning(desk).start
    found: list[Period] = []
    period = period_of(desk.now.date(), frequency).previous()
    while period.start >= start and len(found) < LOOKS_BACK:
        found.append(period)
        period = period.previous()
    yield from reversed(found)


def beginning(desk: Desk) -> Period:
    """The first period kept with infodesk: by the settings, else the first one in the store."""
    first = desk.definitions.settings.first_period
    if first is not None:
        return first
    stored = [parse_period(text, desk.now.date()) for text in periods_in(desk.store)]
    return min(stored, key=lambda period: period.start, default=desk.open_period())


def _looked_at(
    desk: Desk, report: Report, period: Period, edition: Edition, due: datetime
) -> DueReport:
    data = data_version(desk.store, _rests_on(report, period))
    before = last_made(desk.store, report.id, period)
    if before is not None and before.data == data:
        why = Message("made on {day}, and the data are the same", day=_day(desk, before.at))
        return DueReport(report, period, due, "unchanged", why, before)
    for each in _rests_on(report, period):
        context = Context(desk, each, edition.language)
        if not is_settled(context):
            why = Message("{period}: {verdict}", period=each, verdict=verdict(context))
            return DueReport(report, period, due, "incomplete", why, before)
    if before is None:
        return DueReport(report, period, due, "made", Message("everything is in and settled"))
    why = Message("the data changed since {day}", day=_day(desk, before.at))
    return DueReport(report, period, due, "made_again", why, before)


def _rests_on(report: Report, period: Period) -> tuple[Period, ...]:
    """The period itself, and the shorter ones that figures of a longer one are added up from."""
    shorter = [each for each in Frequency if each.months < report.frequency.months]
    return (*(part for each in shorter for part in period.parts(each)), period)


def _made(desk: Desk, found: DueReport, edition: Edition, folder: Path) -> DueReport:
    """Build it and record it; what cannot be built is told, and the others are made all the same."""
    data = data_version(desk.store, _rests_on(found.report, found.period))
    try:
        built = build_report(desk, found.report, found.period, edition, folder)
    except InfodeskError as error:
        return replace(found, state="failed", why=error.message)
    files = [path.name for path in built.written.paths]
    record_made(desk.store, desk.actor, (found.report.id, found.period), data, files)
    return replace(found, built=built)


def _day(desk: Desk, moment: datetime) -> str:
    return f"{moment.astimezone(desk.definitions.settings.zone):%Y-%m-%d %H:%M}"
