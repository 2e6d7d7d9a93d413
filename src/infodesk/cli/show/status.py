"""Who has sent what, as a table of senders, as JSON, as lines for a chat."""

from itertools import groupby

from infodesk.cli.show.names import unit_name
from infodesk.cli.terminal import new_table
from infodesk.cli.workspace import Office
from infodesk.stats.status import Status, StatusRow
from infodesk.text.message import Message

STATES = {
    "missing": Message("missing"),
    "received": Message("received"),
    "returned": Message("returned"),
    "accepted": Message("accepted"),
    "nil": Message("nil"),
}


def show_status(office: Office, status: Status, rows: list[StatusRow]) -> None:
    """A line for every sender and form: how many parts in which state, when received, how late."""
    tell = office.terminal.language
    table = new_table(
        tell("Sender"),
        tell("Form"),
        tell("State"),
        tell("Due"),
        tell("Received"),
        tell("Late by"),
        right=(5,),
    )
    ordered = sorted(rows, key=lambda row: _order(office, row))
    for (sender, form), group in groupby(ordered, key=lambda row: (row.sender, row.part.form)):
        table.add_row(*_line(office, sender, form, list(group)))
    office.terminal.table(table)
    _show_rates(office, status)


def _order(office: Office, row: StatusRow) -> tuple[int, int]:
    forms = [form.id for form in office.definitions.forms]
    return (office.definitions.units.by_id[row.sender].order, forms.index(row.part.form))


def _line(office: Office, sender: str, form: str, rows: list[StatusRow]) -> list[str]:
    tell = office.terminal.language
    received = [row.received_at for row in rows if row.received_at is not None]
    late = max(row.late_days for row in rows)
    return [
        unit_name(office.definitions, tell, sender),
        tell.tell(office.definitions.form_by_id[form].title),
        _states(office, rows),
        f"{max(row.due for row in rows):%m-%d %H:%M}",
        f"{max(received):%m-%d %H:%M}" if received else "",
        tell("{n} d", n=late) if late else "",
    ]


def _states(office: Office, rows: list[StatusRow]) -> str:
    """The state all parts share, else how many are in each."""
    tell = office.terminal.language
    counted = {state: sum(row.state == state for row in rows) for state in STATES}
    found = [(state, n) for state, n in counted.items() if n]
    if len(found) == 1:
        return tell.tell(STATES[found[0][0]])
    return tell.tell([f"{tell.tell(STATES[state])} {n}" for state, n in found])


def _show_rates(office: Office, status: Status) -> None:
    tell, terminal = office.terminal.language, office.terminal
    if status.complete_rate is None:
        terminal.result(tell("Nothing is owed for {period}", period=status.period))
        return
    owed = len(status.rows)
    came = sum(row.received_at is not None for row in status.rows)
    terminal.result(
        tell(
            "Received {came} of {owed} parts ({complete} %), in time {timely} %",
            came=came,
            owed=owed,
            complete=f"{status.complete_rate:.2f}",
            timely=f"{status.timely_rate:.2f}",
        )
    )
    missing = [unit_name(office.definitions, tell, unit) for unit in status.senders_missing()]
    if missing:
        terminal.result(tell("Missing: {units}", units=missing))


def status_text(office: Office, status: Status, unit: str | None) -> list[str]:
    """Lines for a chat: of the unit asked about, or of the hospital without naming any unit."""
    tell = office.terminal.language
    period = status.period.title
    if unit is None:
        senders = {row.sender for row in status.rows}
        missing = set(status.senders_missing())
        return [
            tell(
                "{period}: {came} of {owed} senders have reported",
                period=period,
                came=len(senders - missing),
                owed=len(senders),
            )
        ]
    mine = [row for row in status.rows if row.sender == unit]
    lines = []
    for form_id, rows in groupby(mine, key=lambda row: row.part.form):
        group = list(rows)
        form = office.definitions.form_by_id[form_id].title
        due = f"{group[0].due:%Y-%m-%d %H:%M}"
        state = _states(office, group)
        lines.append(
            tell(
                "{period} {form}: {state}, due {due}",
                period=period,
                form=form,
                state=state,
                due=due,
            )
        )
    return lines


def status_json(status: Status, rows: list[StatusRow]) -> dict[str, object]:
    """The documented shape of `stats status --json`."""
    return {
        "period": str(status.period),
        "as_of": status.as_of.isoformat(timespec="seconds"),
        "complete_rate": status.complete_rate,
        "timely_rate": status.timely_rate,
        "rows": [
            {
                "unit": row.part.unit,
                "form": row.part.form,
                "section": row.part.section,
                "sender": row.sender,
                "due": row.due.isoformat(timespec="seconds"),
                "state": row.state,
                "received_at": row.received_at.isoformat(timespec="seconds")
                if row.received_at
                else None,
                "late_days": row.late_days,
            }
            for row in rows
        ],
    }
