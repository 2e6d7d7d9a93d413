"""What needs somebody today, on one screen of 24 lines."""

from collections.abc import Sequence

from rich.cells import cell_len
from rich.table import Table
from rich.text import Text

from infodesk.cli.terminal import new_table
from infodesk.cli.workspace import Office
from infodesk.reports.today import Line
from infodesk.text.message import Message

SCREEN = 24  # lines of a terminal as everybody has it
LEAST = 20  # characters of what is to be done, however narrow the screen
GAPS = 6  # characters between the columns
COMFORTABLE = 110  # a screen of so many has room for whole commands
PROGRAM = "infodesk "
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
    "later": Message("can wait"),
}


def show_today(found: Office, lines: Sequence[Line], *, all_of_it: bool) -> None:
    """As many lines as fit (or all), the gravest first; how many more there are, and how many can wait."""
    tell, terminal = found.terminal.language, found.terminal
    urgent = [line for line in lines if line.kind != "later"]
    day, waiting = f"{found.room.now:%Y-%m-%d %H:%M}", len(lines) - len(urgent)
    told = "{day}: {n} things need somebody" if urgent else "{day}: nothing is due"
    terminal.result(tell(told, day=day, n=len(urgent)))
    shown = lines if all_of_it else urgent[: SCREEN - AROUND - bool(waiting)]
    if shown:
        terminal.table(_table(found, shown, whole=all_of_it))
    if len(urgent) > len(shown):
        terminal.result(tell("and {n} more: infodesk today --all", n=len(urgent) - len(shown)))
    if waiting and not all_of_it:
        terminal.result(tell("{n} that can wait: infodesk today --all", n=waiting))


def _table(found: Office, shown: Sequence[Line], *, whole: bool) -> Table:
    """A row for each; on a narrow screen the name of the program stands once, over the commands."""
    tell, width = found.terminal.language, found.terminal.width
    head, commands = tell("Command"), [line.command for line in shown]
    if width is not None and width < COMFORTABLE:
        head = f"{head}: {PROGRAM}…"
        commands = [command.removeprefix(PROGRAM) for command in commands]
    table = new_table(tell("State"), tell("What"), head)
    states = [tell.tell(KINDS[line.kind]) for line in shown]
    others = max(map(cell_len, states)) + max(map(cell_len, (head, *commands)))
    for state, line, command in zip(states, shown, commands, strict=True):
        what = tell.tell(line.what)
        table.add_row(state, what if whole else _cut(width, others, what), command)
    return table


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
