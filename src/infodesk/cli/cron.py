"""`infodesk cron`: the lines that make a system run `report due` every day."""

import os
import sys
from typing import Annotated

import typer

from infodesk.cli.workspace import find_workspace, terminal_of
from infodesk.errors import InfodeskError
from infodesk.text.message import Message

cron = typer.Typer()


@cron.command("cron", help="Print the lines that run report due every day; nothing is installed.")
def lines(
    ctx: typer.Context,
    system: Annotated[
        str | None,
        typer.Option(
            "--for", help="cron, systemd or schtasks (Windows); this machine's if not given"
        ),
    ] = None,
    at: Annotated[str, typer.Option("--at", help="the hour, like 07:30", metavar="TIME")] = "07:30",
) -> None:
    from infodesk.cli.show.schedules import SCHEDULES, time_of_day

    terminal = terminal_of(ctx)
    wanted = system or ("schtasks" if os.name == "nt" else "cron")
    if wanted not in SCHEDULES:
        raise InfodeskError(
            Message("there is no scheduler {name}", name=repr(wanted)),
            Message("write one of {names}", names=list(SCHEDULES)),
        )
    workspace = str(find_workspace(terminal.folder).resolve())
    python = [sys.executable, "-X", "utf8", "-m", "infodesk"]
    command = [*python, "--workspace", workspace, "report", "due"]
    schedule = SCHEDULES[wanted]
    terminal.result(schedule.lines(command, time_of_day(at)))
    terminal.tell(schedule.what_to_do)
