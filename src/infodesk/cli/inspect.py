"""`infodesk inspect`: walking a checklist."""

from typing import Annotated

import typer

from infodesk.cli import options
from infodesk.cli.setup import setup
from infodesk.cli.workspace import office
from infodesk.errors import Exit

Checklist = Annotated[
    str | None,
    typer.Argument(
        help="a schedule or a logbook, or logbook:schedule; what is due if not given",
        metavar="[CHECKLIST]",
    ),
]
Given = Annotated[
    list[str] | None,
    typer.Option(
        "--set", help="an answer: R01=22.9, ups_load@UPS-1=38, safety=y", metavar="FIELD=VALUE"
    ),
]
Skips = Annotated[
    list[str] | None,
    typer.Option("--skip", help="a question that cannot be answered, and why", metavar="FIELD=WHY"),
]
From = Annotated[
    str | None,
    typer.Option(
        "--from",
        help="answers from a JSON, YAML or CSV file (-: JSON from standard input)",
        metavar="FILE",
    ),
]
At = Annotated[
    str | None, typer.Option("--at", help="when the room was walked, if not now", metavar="WHEN")
]
Auto = Annotated[
    bool, typer.Option("--auto", help="for cron: fill in what probes read, ask nobody")
]
Again = Annotated[
    str, typer.Option("--again", help="inspect again what gave an alarm there", metavar="ENTRY")
]
Print = Annotated[bool, typer.Option("--print", help="the sheet for the clipboard, on A4")]
Formats = Annotated[
    list[str] | None,
    typer.Option("-f", "--format", help="of the sheet: pdf, html or docx", metavar="FORMAT"),
]
Incident = Annotated[
    bool | None,
    typer.Option(
        "--incident/--no-incident", help="an alarm opens or joins an incident; asked if not given"
    ),
]
Asset = Annotated[
    str, typer.Option("--asset", help="of a schedule for each device: which one", metavar="NAME")
]
Drop = Annotated[bool, typer.Option("--drop", help="give up the round that was begun")]


@setup.command(
    help="Walk a checklist at the terminal, print its sheet, or let the probes fill it in."
)
def inspect(
    ctx: typer.Context,
    checklist: Checklist = None,
    given: Given = None,
    skips: Skips = None,
    answers: From = None,
    at: At = None,
    auto: Auto = False,
    again: Again = "",
    asset: Asset = "",
    sheet: Print = False,
    formats: Formats = None,
    incident: Incident = None,
    drop: Drop = False,
    as_json: options.Json = False,
    as_of: options.AsOf = None,
    by: options.By = "",
) -> None:
    from infodesk.cli.checklist import inspected
    from infodesk.cli.wish import Wish

    wish = Wish(
        checklist, tuple(given or ()), answers, at, again, asset, tuple(skips or ()),
        auto=auto, sheet=sheet, formats=tuple(formats or ()), incident=incident, drop=drop, as_json=as_json,
    )  # fmt: skip
    with office(ctx, by, as_of) as found:
        attention = inspected(found, wish)
    raise typer.Exit(int(Exit.ATTENTION if attention else Exit.DONE))
