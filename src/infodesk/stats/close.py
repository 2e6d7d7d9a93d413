"""Closing a period: its figures frozen under a seal; and opening it again, with a reason."""

from infodesk.errors import InfodeskError, RefusedError
from infodesk.model.finding import Finding, State
from infodesk.model.period import Period
from infodesk.model.rule import Severity
from infodesk.stats.accepted import accepted
from infodesk.stats.check import Checked, numbered
from infodesk.stats.desk import Desk
from infodesk.stats.figures import figures
from infodesk.stats.frozen import to_freeze
from infodesk.store.releases import Release, close_period, is_closed, reopen_period
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
    """Freeze the figures of a period of which nothing is missing and nothing open."""
    if is_closed(desk.store, period):
        raise RefusedError(Message("{period} is closed already", period=period))
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


def reopen(desk: Desk, period: Period, reason: str) -> None:
    """Open a closed period again; the release and its seal stay."""
    if not is_closed(desk.store, period):
        raise InfodeskError(Message("{period} is not closed", period=period))
    least = desk.definitions.settings.explanation_length
    if len(reason.strip()) < least:
        raise InfodeskError(Message("a reason has {n} characters at least", n=least))
    reopen_period(desk.store, desk.actor, period, reason.strip())
