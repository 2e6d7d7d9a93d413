"""`infodesk stats compare`: figures beside those of the periods before."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from infodesk.cli import options
from infodesk.cli.stats import attention, stats
from infodesk.cli.workspace import office


class With(StrEnum):
    """What can be compared with."""

    LAST_YEAR = "last_year"
    PREVIOUS = "previous"
    CUMULATIVE = "cumulative"


@stats.command(help="Compare figures with the period before, with last year, and year to date.")
def compare(
    ctx: typer.Context,
    names: Annotated[
        list[str] | None,
        typer.Argument(
            help="indicators or items; all indicators if none is named", metavar="[NAME]..."
        ),
    ] = None,
    period: options.Period = None,
    unit: options.Unit = None,
    against: Annotated[
        list[With] | None,
        typer.Option("--with", help="what to compare with; all of it if not given"),
    ] = None,
    items: Annotated[bool, typer.Option("--items", help="also every item")] = False,
    to: Annotated[
        Path | None, typer.Option("--to", help="a file to write, .xlsx or .csv", metavar="FILE")
    ] = None,
    bom: Annotated[
        bool, typer.Option(help="begin a csv with a byte order mark, which Excel needs")
    ] = True,
    as_json: options.Json = False,
    text: options.Text = False,
    confidential: options.ShowConfidential = False,
    as_of: options.AsOf = None,
    by: options.By = "",
) -> None:
    from infodesk.cli.show.compared import show_as
    from infodesk.reports.compared import write_compared
    from infodesk.stats.compare import Against
    from infodesk.stats.pick import pick_compared

    wanted = [Against(each.value) for each in against or With]
    wanted += [Against.DAILY] if Against.PREVIOUS in wanted else []
    with office(ctx, by, as_of) as found:
        chosen, scope = found.period(period), found.unit(unit)
        compared = pick_compared(found.desk, chosen, scope, tuple(names or ()), wanted, items=items)
        show_as(found, compared, as_json=as_json, text=text, confidential=confidential)
        if to is not None:
            language = found.terminal.workspace_language(found.definitions.settings.language)
            path = found.terminal.folder / to
            write_compared(
                found.desk, language, compared, path, confidential=confidential, byte_order_mark=bom
            )
            found.terminal.say("Written: {file}", file=found.terminal.shown(path))
    raise typer.Exit(attention(not compared.is_complete))
