"""What needs somebody today, on one screen of 24 lines."""

from collections.abc import Sequence

from rich.cells import cell_len
from rich.text import Text

from infodesk.cli.terminal import new_table
from infodesk.cli.workspace import Office
from infodesk.reports.today import Line
from infodesk.text.message import Message

SCREEN = 24  # lines of a terminal as everybody has it
LEAST = 20  # characters of what is to be done, however narrow the screen
GAPS = 6  # characters between the columns
AROUND = 5  # the day, the head of the table, its rule, what is left out, and the prompt beneath

KINDS = {
    "alarm": Message("alarm"),
    "warn": Message("warning"),
    "missed": Message("missed"),
    "overdue": Message("overdue"),
    "late": Message("late"),
    "due": Message("due"),
    "open": Message("open"),
    "expiring": Message("expiring"),
    "unsigned": Message("to sign"),
}


def show_today(found: Office, lines: Sequence[Line], *, all_of_it: bool) -> None:
    """As many lines as fit (or all), the gravest first, and how many more there are."""
    tell, terminal = found.terminal.language, found.terminal
    day = f"{found.room.now:%Y-%m-%d %H:%M}"
    if not lines:
        terminal.result(tell("{day}: nothing is due", day=day))
        return
    terminal.result(tell("{day}: {n} things need somebody", day=day, n=len(lines)))
    shown = lines if all_of_it else lines[: SCREEN - AROUND]
    states = [tell.tell(KINDS[line.kind]) for line in shown]
    others = max(map(cell_len, states)) + max(cell_len(line.command) for line in shown)
    table = new_table(tell("State"), tell("What"), tell("Command"))
    for state, line in zip(states, shown, strict=True):
        table.add_row(state, _cut(terminal.width, others, tell.tell(line.what)), line.command)
    terminal.table(table)
    if len(lines) > len(shown):
        terminal.result(tell("and {n} more: infodesk today --all", n=len(lines) - len(shown)))


def _cut(width: int | None, others: int, what: str) -> str:
    """What there is room for beside the other columns: a line stays a line, its command whole."""
    if width is None:
        return what
    text = Text(what)
    text.truncate(max(LEAST, width - others - GAPS), overflow="ellipsis")
    return text.plain


def today_json(found: Office, lines: Sequence[Line]) -> dict[str, object]:
    """The documented shape of `today --json`."""
    tell = found.terminal.language.tell
    return {
        "as_of": found.room.now.isoformat(timespec="seconds"),
        "lines": [
            {"kind": line.kind, "what": tell(line.what), "command": line.command} for line in lines
        ],
    }
