"""What was due and what became of it."""

from collections.abc import Sequence

from infodesk.cli.terminal import Terminal
from infodesk.reports.due import DueReport, DueState
from infodesk.text.message import Message

STATES: dict[DueState, Message] = {
    "made": Message("made"),
    "made_again": Message("made again"),
    "unchanged": Message("not made again"),
    "incomplete": Message("not made"),
    "failed": Message("could not be made"),
}

WOULD: dict[DueState, Message] = {
    "made": Message("would be made"),
    "made_again": Message("would be made again"),
}


def show_due(terminal: Terminal, found: Sequence[DueReport], *, dry_run: bool) -> None:
    """The files as results; what became of each report as talk."""
    if not found:
        terminal.say("Nothing is due")
    for each in found:
        state = WOULD.get(each.state, STATES[each.state]) if dry_run else STATES[each.state]
        terminal.say(
            "{period} {report}, due {due}: {state} ({why})",
            period=each.period,
            report=each.report.title,
            due=f"{each.due:%Y-%m-%d %H:%M}",
            state=state,
            why=each.why,
        )
        if each.built is not None:
            for path in each.built.written.paths:
                terminal.result(terminal.shown(path))
            for skipped in each.built.written.skipped:
                terminal.say("{format}: {why}", format=skipped.format, why=skipped.why)


def due_json(
    terminal: Terminal, as_of: str, found: Sequence[DueReport], *, dry_run: bool, busy: bool
) -> dict[str, object]:
    """The shape of `report due --json`."""
    return {
        "as_of": as_of,
        "dry_run": dry_run,
        "busy": busy,
        "reports": [
            {
                "id": each.report.id,
                "period": str(each.period),
                "due": each.due.isoformat(),
                "state": each.state,
                "why": terminal.language.tell(each.why),
                "made_before": None if each.before is None else each.before.at.isoformat(),
                "files": [str(path) for path in each.built.written.paths] if each.built else [],
            }
            for each in found
        ],
    }
