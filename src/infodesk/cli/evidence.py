"""`infodesk evidence`: what the records show of each clause of the regulation."""

from pathlib import Path
from typing import Annotated

import typer

from infodesk.cli import options
from infodesk.cli.setup import setup
from infodesk.cli.workspace import office
from infodesk.errors import Exit


@setup.command(
    help="Clause by clause: what is required, what was found, what is missing; for an accreditation visit."
)
def evidence(
    ctx: typer.Context,
    period: Annotated[
        str,
        typer.Argument(
            help="year 2026, half 2026-H1, quarter 2026-Q3 or month 2026-09", metavar="PERIOD"
        ),
    ],
    clause: Annotated[
        list[str] | None,
        typer.Option(
            "--clause", help="only this clause, or this chapter: 八.2(6), 五", metavar="CLAUSE"
        ),
    ] = None,
    to: Annotated[
        Path | None, typer.Option("--to", help="a file to write, .xlsx", metavar="FILE")
    ] = None,
    as_json: options.Json = False,
    as_of: options.AsOf = None,
    by: options.By = "",
) -> None:
    from infodesk.cli.show.evidence import show_as, tell_limits
    from infodesk.reports.evidence import evidence as look
    from infodesk.reports.evidence import of_clauses
    from infodesk.reports.evidence_table import write_evidence

    with office(ctx, by, as_of) as made:
        whole = look(made.desk, made.room, made.period(period))
        found = of_clauses(whole, tuple(clause or ()))
        tell_limits(made, found.period)
        show_as(made, found, as_json=as_json)
        if to is not None:
            language = made.terminal.workspace_language(made.definitions.settings.language)
            path = write_evidence(made.desk, language, found, made.terminal.folder / to)
            made.terminal.say("Written: {file}", file=made.terminal.shown(path))
    raise typer.Exit(int(Exit.ATTENTION if found.needs_somebody else Exit.DONE))
