"""What needs somebody today, on one screen of 24 lines."""

from collections.abc import Sequence

from infodesk.cli.terminal import new_table
from infodesk.cli.workspace import Office
from infodesk.reports.today import Line
from infodesk.text.message import Message

SCREEN = 24  # lines of a terminal as everybody has it
AROUND = 4  # the day, the head of the table, its rule, and what is left out

KINDS = {
    "missed": Message("missed"),
    "overdue": Message("overdue"),
    "late": Message("late"),
    "due": Message("due"),
    "open": Message("open"),
    "expiring": Message("expiring"),
    "unsigned": Message("to sign"),
}


def show_today(found: Office, lines: Sequence[Line]) -> None:
    """As many lines as fit, the gravest first, and how many more there are."""
    tell, terminal = found.terminal.language, found.terminal
    day = f"{found.room.now:%Y-%m-%d %H:%M}"
    if not lines:
        terminal.result(tell("{day}: nothing is due", day=day))
        return
    terminal.result(tell("{day}: {n} things need somebody", day=day, n=len(lines)))
    table = new_table(tell("State"), tell("What"), tell("Command"))
    for column in table.columns:  # a line stays a line, however narrow the screen
        column.no_wrap, column.overflow = True, "ellipsis"
    fits = SCREEN - AROUND
    for line in lines[:fits]:
        table.add_row(tell.tell(KINDS[line.kind]), tell.tell(line.what), line.command)
    terminal.table(table)
    if len(lines) > fits:
        terminal.result(tell("and {n} more: infodesk log due", n=len(lines) - fits))


def today_json(found: Office, lines: Sequence[Line]) -> dict[str, object]:
    """The documented shape of `today --json`."""
    tell = found.terminal.language.tell
    return {
        "as_of": found.room.now.isoformat(timespec="seconds"),
        "lines": [
            {"kind": line.kind, "what": tell(line.what), "command": line.command} for line in lines
        ],
    }
