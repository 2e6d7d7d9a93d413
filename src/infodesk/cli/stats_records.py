"""`infodesk stats records`: what departments sent, record by record."""

from typing import Annotated

import typer

from infodesk.cli import options
from infodesk.cli.stats import stats
from infodesk.cli.workspace import office
from infodesk.errors import InfodeskError
from infodesk.text.message import Message


@stats.command(help="Show the records of a form; personal answers are masked.")
def records(
    ctx: typer.Context,
    form: Annotated[str, typer.Argument(help="a form's id or title")],
    period: options.Period = None,
    unit: options.Unit = None,
    reveal: Annotated[
        bool, typer.Option("--reveal", help="personal answers whole; needs --reason, and is logged")
    ] = False,
    reason: Annotated[str, typer.Option("--reason", help="why they must be seen")] = "",
    as_json: options.Json = False,
    confidential: options.ShowConfidential = False,
    as_of: options.AsOf = None,
    by: options.By = "",
) -> None:
    from infodesk.cli.show.records import records_json, show_records
    from infodesk.stats.records import records as look_up

    if reveal and not reason.strip():
        raise InfodeskError(Message("--reveal needs a reason"), Message("say why with --reason"))
    with office(ctx, by, as_of) as found:
        chosen, scope = found.period(period), found.unit(unit)
        asked = found.known_form(form)
        listed = look_up(found.desk, asked, chosen, scope, reason if reveal else None)
        if as_json:
            found.terminal.json(records_json(asked, chosen, listed))
        else:
            show_records(found, asked, listed, confidential=confidential)
