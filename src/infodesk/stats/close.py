"""Closing a period: its figures frozen under a seal; and opening it again, with a reason."""

from infodesk.errors import InfodeskError, RefusedError
from infodesk.model.finding import Finding, State
from infodesk.model.period import Period, parse_period
from infodesk.model.rule import Severity
from infodesk.stats.accepted import accepted
from infodesk.stats.check import Checked, numbered
from infodesk.stats.desk import Desk
from infodesk.stats.figures import figures
from infodesk.stats.frozen import to_freeze
from infodesk.store.releases import (
    Release,
    close_period,
    closed_periods,
    is_closed,
    reopen_period,
)
from infodesk.text.message import Message


def obstacles(checked: Checked) -> tuple[tuple[str, ...], tuple[Finding, ...]]:
    """What keeps a period from being closed: senders of missing parts, findings that are still open."""
    missing = tuple(dict.fromkeys(obligation.sender for obligation in checked.missing))
    return missing, tuple(finding for finding in checked.findings if _is_open(finding))


def _is_open(finding: Finding) -> bool:
    match finding.severity:
        case Severity.INFO:
            return False
        case Severity.FLAGGED:
            return finding.state is not State.APPROVED
        case _:
            return finding.state is State.OPEN


def close(desk: Desk, period: Period) -> Release:
    """Freeze the figures of a period of which nothing is missing and nothing open.

    A longer one is closed after those within it: its figures are made from theirs.
    """
    if is_closed(desk.store, period):
        raise RefusedError(Message("{period} is closed already", period=period))
    within = desk.open_within(period)
    if within:
        raise RefusedError(
            Message("{period} cannot be closed before {within}",
                period=period, within=list(map(str, within))),
            Message("close these first: infodesk stats close -p {period}", period=within[0]),
        )  # fmt: skip
    found = accepted(desk, period)
    missing, findings = obstacles(numbered(desk, found.checked))
    if missing or findings:
        raise RefusedError(
            Message(
                "{period} cannot be closed: {missing} senders and {findings} findings are open",
                period=period,
                missing=len(missing),
                findings=len(findings),
            ),
            Message("see infodesk stats status and infodesk stats validate"),
        )
    scopes = desk.definitions.units.units
    return close_period(desk.store, desk.actor, period, to_freeze(figures(found, scopes)))


def reopen(desk: Desk, period: Period, reason: str) -> tuple[Period, ...]:
    """Open a closed period again; the release and its seal stay.

    Gives the longer periods that stay closed: their figures are made from its own, and stay as they were sealed.
    """
    if not is_closed(desk.store, period):
        raise InfodeskError(Message("{period} is not closed", period=period))
    least = desk.definitions.settings.explanation_length
    if len(reason.strip()) < least:
        raise InfodeskError(Message("a reason has {n} characters at least", n=least))
    reopen_period(desk.store, desk.actor, period, reason.strip())
    closed = (parse_period(name, desk.now.date()) for name in sorted(closed_periods(desk.store)))
    return tuple(p for p in closed if p.start <= period.start and period.end <= p.end)
