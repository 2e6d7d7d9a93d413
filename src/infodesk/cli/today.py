"""`infodesk today`: one screen of what needs somebody."""

from typing import Annotated

import typer

from infodesk.cli import options
from infodesk.cli.setup import setup
from infodesk.cli.workspace import office
from infodesk.errors import Exit


@setup.command(
    help="What is due, late, missed, open and expiring: one screen, with the command for each."
)
def today(
    ctx: typer.Context,
    all_of_it: Annotated[
        bool, typer.Option("--all", help="more than one screen, if need be")
    ] = False,
    as_json: options.Json = False,
    as_of: options.AsOf = None,
) -> None:
    from infodesk.cli.show.today import show_today, today_json
    from infodesk.reports.today import needs_somebody
    from infodesk.reports.today import today as look

    with office(ctx, as_of=as_of) as found:
        lines = look(found.desk, found.room)
        if as_json:
            found.terminal.json(today_json(found, lines))
        else:
            show_today(found, lines, all_of_it=all_of_it)
    raise typer.Exit(int(Exit.ATTENTION if needs_somebody(lines) else Exit.DONE))
