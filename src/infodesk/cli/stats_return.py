"""`infodesk stats return` and `confirm`: what goes back to the departments, and what moved in what they sent."""

from pathlib import Path
from typing import Annotated

import typer

from infodesk.cli import options
from infodesk.cli.stats import attention, stats
from infodesk.cli.workspace import office
from infodesk.errors import InfodeskError
from infodesk.text.message import Message


@stats.command(
    "return", help="Send workbooks back: cells in question marked, a query slip to sign."
)
def send_back(
    ctx: typer.Context,
    period: options.Period = None,
    unit: options.Unit = None,
    to: Annotated[
        Path | None,
        typer.Option("--to", help="the folder to write into, seen from here (or from --workspace)"),
    ] = None,
    dry_run: options.DryRun = False,
    as_json: options.Json = False,
    as_of: options.AsOf = None,
    by: options.By = "",
) -> None:
    from infodesk.cli.show.returned import returned_json, show_returned
    from infodesk.stats.returning import send_back as send

    with office(ctx, by, as_of) as found:
        chosen = found.period(period)
        usual = found.path(found.definitions.settings.folders.returns)
        folder = usual if to is None else found.terminal.folder / to
        language = found.terminal.workspace_language(found.definitions.settings.language)
        sender = None if unit is None else found.unit(unit).id
        made = send(found.desk, chosen, folder, language, sender, dry_run=dry_run)
        if as_json:
            found.terminal.json(returned_json(found, chosen, made))
        else:
            show_returned(found, made, dry_run=dry_run)
    raise typer.Exit(attention(bool(made)))


@stats.command(help="Confirm where a moved item stands; it is remembered for that sender and form.")
def confirm(
    ctx: typer.Context,
    finding: Annotated[int | None, typer.Argument(help="the finding's number")] = None,
    revoke: Annotated[
        int | None, typer.Option("--revoke", help="forget a place, by its number in the list")
    ] = None,
    period: options.Period = None,
    as_json: options.Json = False,
    as_of: options.AsOf = None,
    by: options.By = "",
) -> None:
    from infodesk.cli.show.returned import places_json, show_places
    from infodesk.stats.check import check, numbered
    from infodesk.stats.confirm import confirm as agree
    from infodesk.store.places import confirmed_places, revoke_place

    with office(ctx, by, as_of) as found:
        desk = found.desk
        if revoke is not None and revoke_place(desk.store, desk.actor, revoke) is None:
            raise InfodeskError(Message("no place {n} is remembered", n=revoke))
        if finding is not None:
            checked = numbered(desk, check(desk, found.period(period)))
            agree(desk, checked, finding, found.terminal.language("its place is confirmed"))
        places = confirmed_places(desk.store)
        if as_json:
            found.terminal.json(places_json(places))
        else:
            show_places(found, places)
