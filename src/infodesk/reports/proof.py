"""What one form, report or logbook shows of a time: what was expected, what was found, what is missing."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, time
from typing import Literal

from infodesk.duty.duties import duties
from infodesk.duty.room import DutyRoom
from infodesk.duty.standing import standing
from infodesk.duty.troubles import troubles, words
from infodesk.model.entry import Duty, DutyState, Kind
from infodesk.model.form import Form
from infodesk.model.limit import Level
from infodesk.model.logbook import Logbook
from infodesk.model.period import Frequency, Period, period_of
from infodesk.model.report import Report
from infodesk.reports.due import beginning
from infodesk.stats.desk import Desk
from infodesk.stats.status import Status
from infodesk.store.book_views import VOID
from infodesk.store.entries import entries
from infodesk.store.made import was_built
from infodesk.store.releases import closed_periods
from infodesk.text.message import Message, Title


@dataclass(frozen=True)
class Often:
    """When something is expected, and of a schedule how many times it was, up to now."""

    title: Title
    expected: int | None = None


@dataclass(frozen=True)
class Proof:
    """What a form, report or logbook shows.

    `often`: when something is expected of it; of a logbook without schedules nothing, it waits for events.
    `found` counts by kind: entries, entries_late, warn, alarm, open; expected, done, late, skipped, missed, due
    (duties); owed, in_time, late, missing, waiting, accepted, wrong (with open errors), corrected (sent anew, the first
    version kept), releases (parts of forms); made, missing, waiting (reports).
    """

    kind: Literal["form", "logbook", "report"]
    id: str
    title: Title
    often: tuple[Often, ...] = ()
    found: Mapping[str, int] = field(default_factory=dict)
    missing: tuple[Message, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing at all to show."""
        return not any(self.found.get(name) for name in ("entries", "in_time", "late", "made"))


NAMED = 3  # entries named of those that are overdue
_LACKING = (
    ("missing", "{period}: {n} parts missing"),
    ("wrong", "{period}: {n} parts with errors that nobody has corrected"),
)
FREQUENCIES = {
    Frequency.MONTH: Title("每月", "every month"),
    Frequency.QUARTER: Title("每季", "every quarter"),
    Frequency.HALF: Title("每半年", "every half year"),
    Frequency.YEAR: Title("每年", "every year"),
}


def book_proof(room: DutyRoom, book: Logbook, period: Period) -> Proof:
    """What a logbook shows of a period, up to now: its entries, and what became of its duties."""
    found = _entries(room, book, period)
    listed = duties(room, period.start, period.end, (book,)) if book.schedules else ()
    begun = [duty for duty in listed if duty.opens <= room.now]
    found |= {"expected": len(begun), **Counter(duty.state.value for duty in begun)}
    times = Counter(duty.slot.schedule for duty in begun)
    often = tuple(Often(schedule.title, times[schedule.id]) for schedule in book.schedules)
    missing = (*_missed(book, begun), *_overdue(room, book, period), *_troubles(room, book, period))
    return Proof("logbook", book.id, book.title, often, found, missing)


def _entries(room: DutyRoom, book: Logbook, period: Period) -> dict[str, int]:
    zone = room.definitions.settings.zone
    start, end = (datetime.combine(day, time(), zone) for day in (period.start, period.end))
    written = [
        each
        for each in entries(room.store, book.id, start, min(end, room.now))
        if each.first.kind is Kind.ENTRY and each.last.state != VOID
    ]
    levels = Counter(each.last.level for each in written)
    return {
        "entries": len(written),
        "entries_late": sum(each.first.is_late for each in written),
        "warn": levels[Level.WARN],
        "alarm": levels[Level.ALARM],
    }


def _missed(book: Logbook, found: Iterable[Duty]) -> Iterator[Message]:
    """A sentence for each schedule of which something was missed, with the last one."""
    for schedule in book.schedules:
        mine = [
            duty.slot.planned
            for duty in found
            if duty.slot.schedule == schedule.id and duty.state is DutyState.MISSED
        ]
        if mine:
            yield Message(
                "{schedule}: {n} missed, the last {day}",
                schedule=schedule.title,
                n=len(mine),
                day=f"{mine[-1]:%Y-%m-%d}",
            )


def _overdue(room: DutyRoom, book: Logbook, period: Period) -> Iterator[Message]:
    """Entries begun before the period's end that stand open longer than they may: how many, and the first."""
    found = [
        each.entry.id
        for each in standing(room, (book,))
        if each.is_overdue and each.entry.first.occurred_at.date() < period.end
    ]
    if found:
        yield Message(
            "{n} overdue: {names}",
            n=len(found),
            names=[*found[:NAMED], *(["…"] if found[NAMED:] else [])],
        )


def _troubles(room: DutyRoom, book: Logbook, period: Period) -> Iterator[Message]:
    """What is not as it should be, as things stand now: of the period that is not over."""
    if period.contains(room.now.date()):
        yield from (words(room, trouble) for trouble in troubles(room, (book,)))


def periods_of(desk: Desk, frequency: Frequency, period: Period) -> Iterator[Period]:
    """The periods of a frequency that end in a period, from the first one kept with infodesk on, up to now."""
    found = period_of(period.start, frequency)
    while found.end <= period.end:
        if found.start >= beginning(desk).start and found.start <= desk.now.date():
            yield found
        found = found.next()


def form_proof(desk: Desk, form: Form, statuses: Mapping[Period, Status], period: Period) -> Proof:
    """What came in of a form for the periods that end in a period, and whether its rules hold. A closed period counts
    as a release: its figures are sealed, and nobody changes them unseen."""
    found: Counter[str] = Counter()
    missing = []
    for each in periods_of(desk, form.frequency, period):
        kinds = _kinds(desk, form, statuses[each])
        found += kinds
        for name, template in _LACKING:
            if kinds[name]:
                missing.append(Message(template, period=each, n=kinds[name]))
        found["releases"] += str(each) in closed_periods(desk.store)
    found["owed"] = sum(found[name] for name in ("in_time", "late", "missing", "waiting"))
    often = (Often(FREQUENCIES[form.frequency]),)
    return Proof("form", form.id, form.title, often, dict(found), tuple(missing))


def _kinds(desk: Desk, form: Form, stands: Status) -> Counter[str]:
    """How many parts of a form came in time, are right, were sent anew …: see `Proof`."""
    kinds: Counter[str] = Counter()
    for row in stands.rows:
        if row.part.form == form.id:
            kinds[_how(desk, row.due, row.received_at, is_late=row.is_late)] += 1
            came = stands.checked.submissions.get(row.part)
            if came is not None:
                kinds["accepted" if row.part in stands.checked.accepted else "wrong"] += 1
                kinds["corrected"] += came.version > 1
    return kinds


def _how(desk: Desk, due: datetime, received: datetime | None, *, is_late: bool) -> str:
    if received is None:
        return "missing" if due < desk.now else "waiting"
    return "late" if is_late else "in_time"


def report_proof(desk: Desk, report: Report, period: Period) -> Proof:
    """Which of the reports that were due were made. One without a day it is due by is never missing."""
    found: Counter[str] = Counter()
    missing = []
    for each in periods_of(desk, report.frequency, period):
        if was_built(desk.store, report.id, each):
            found["made"] += 1
        elif report.due is None or _moment(desk, report, each) > desk.now:
            found["waiting"] += 1
        else:
            found["missing"] += 1
            missing.append(Message("{period}: not made", period=each))
    often = (Often(FREQUENCIES[report.frequency]),)
    return Proof("report", report.id, report.title, often, dict(found), tuple(missing))


def _moment(desk: Desk, report: Report, period: Period) -> datetime:
    assert report.due is not None, "asked of reports that are due by a day"
    return report.due.moment(period, desk.definitions.calendar, desk.definitions.settings.zone)
