"""Who has sent what: every part that is owed, its state, and how late it is."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from infodesk.model.period import Period
from infodesk.model.submission import Part
from infodesk.stats.check import Checked, check
from infodesk.stats.desk import Desk, Obligation
from infodesk.store.returns import Waiting, sent_back

PartState = Literal["missing", "received", "returned", "accepted", "nil"]


@dataclass(frozen=True)
class StatusRow:
    """One part that is owed. `late_days` are working days after the deadline (0: on time, or not due yet);
    the deadline of a part that was sent back is the new one."""

    part: Part
    sender: str
    due: datetime
    state: PartState
    received_at: datetime | None
    late_days: int
    is_late: bool


@dataclass(frozen=True)
class Status:
    """Where a period stands. Rates are of the parts owed, in percent; nothing if nothing is owed."""

    period: Period
    as_of: datetime
    rows: tuple[StatusRow, ...]
    checked: Checked

    @property
    def complete_rate(self) -> float | None:
        """Received ÷ owed."""
        return _rate(self.rows, lambda row: row.received_at is not None)

    @property
    def timely_rate(self) -> float | None:
        """Received in time ÷ owed."""
        return _rate(self.rows, lambda row: row.received_at is not None and not row.is_late)

    def senders_missing(self) -> tuple[str, ...]:
        """The senders of whom something is missing, each once."""
        return tuple(dict.fromkeys(row.sender for row in self.rows if row.state == "missing"))


def status(desk: Desk, period: Period) -> Status:
    """Look up every part that is owed for a period, as things stand now."""
    checked = check(desk, period)
    out = sent_back(desk.store, period)
    rows = tuple(_row(desk, checked, o, out.get(o.part)) for o in checked.obligations)
    return Status(period, desk.now, rows, checked)


def _row(desk: Desk, checked: Checked, obligation: Obligation, back: Waiting | None) -> StatusRow:
    found = checked.submissions.get(obligation.part)
    zone = desk.definitions.settings.zone
    came = None if found is None else found.received_at
    due = obligation.due if back is None else back.due.astimezone(zone)
    moment = desk.now if came is None or (back is not None and back.is_out) else came
    is_late = moment > due or (back is not None and back.received_at > obligation.due)
    late = 0
    if moment > due:
        calendar = desk.definitions.calendar
        late = max(1, calendar.workdays_between(due.date(), moment.astimezone(zone).date()))
    received = None if came is None else came.astimezone(zone)
    state = _state(checked, obligation, back)
    return StatusRow(obligation.part, obligation.sender, due, state, received, late, is_late)


def _state(checked: Checked, obligation: Obligation, back: Waiting | None) -> PartState:
    found = checked.submissions.get(obligation.part)
    if found is None:
        return "missing"
    if back is not None and back.is_out:
        return "returned"
    if obligation.part not in checked.accepted:
        return "received"
    return "nil" if found.nil else "accepted"


def _rate(rows: Iterable[StatusRow], wanted: Callable[[StatusRow], bool]) -> float | None:
    found = list(rows)
    if not found:
        return None
    return round(100 * sum(map(wanted, found)) / len(found), 2)
