"""`infodesk stats return`: the departments' own workbooks go back to them with what is asked."""

from pathlib import Path
from typing import Annotated

import typer

from infodesk.cli import options
from infodesk.cli.show.returned import returned_json, show_returned
from infodesk.cli.stats import attention, stats
from infodesk.cli.workspace import office


@stats.command(
    "return", help="Send workbooks back: cells in question marked, a query slip to sign."
)
def send_back(
    ctx: typer.Context,
    period: options.Period = None,
    unit: options.Unit = None,
    to: Annotated[Path | None, typer.Option("--to", help="the folder to write into")] = None,
    dry_run: options.DryRun = False,
    as_json: options.Json = False,
    as_of: options.AsOf = None,
    by: options.By = "",
) -> None:
    from infodesk.stats.returning import send_back as send

    with office(ctx, by, as_of) as found:
        chosen = found.period(period)
        folder = to or found.path(found.definitions.settings.folders.returns)
        language = found.terminal.workspace_language(found.definitions.settings.language)
        sender = None if unit is None else found.unit(unit).id
        made = send(found.desk, chosen, folder, language, sender, dry_run=dry_run)
        if as_json:
            found.terminal.json(returned_json(found, chosen, made))
        else:
            show_returned(found, made, dry_run=dry_run)
    raise typer.Exit(attention(bool(made)))
