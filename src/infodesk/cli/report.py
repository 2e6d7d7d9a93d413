"""`infodesk report`: what leaders get."""

from typing import Annotated

import typer

from infodesk.cli import options
from infodesk.cli.workspace import office, terminal_of
from infodesk.errors import Exit

report = typer.Typer(help="Reports.", no_args_is_help=True)

Names = Annotated[
    list[str] | None,
    typer.Argument(
        help="reports; all of the period's length if none is named", metavar="[NAME]..."
    ),
]
Formats = Annotated[
    list[str] | None,
    typer.Option(
        "-f", "--format", help="docx, pdf, html, xlsx or md; all if not given", metavar="FORMAT"
    ),
]


@report.command("list", help="List the reports there are.")
def list_reports(ctx: typer.Context, as_json: options.Json = False) -> None:
    from infodesk.cli.show.reports import reports_json, show_reports
    from infodesk.cli.workspace import find_workspace, read_definitions

    terminal = terminal_of(ctx)
    definitions = read_definitions(terminal, find_workspace(terminal.folder))
    if as_json:
        terminal.json(reports_json(definitions))
    else:
        show_reports(terminal, definitions)


@report.command(help="Build the reports of a period.")
def build(
    ctx: typer.Context,
    names: Names = None,
    period: options.Period = None,
    formats: Formats = None,
    as_json: options.Json = False,
    as_of: options.AsOf = None,
    by: options.By = "",
) -> None:
    from infodesk.cli.show.reports import built_json, show_built
    from infodesk.render.write import FORMATS
    from infodesk.reports.build import Edition, build_report, stationery_in
    from infodesk.reports.choose import choose_reports

    with office(ctx, by=by, as_of=as_of) as found:
        chosen = found.period(period)
        settings = found.definitions.settings
        edition = Edition(
            found.terminal.workspace_language(settings.language),
            stationery_in(found.folder),
            tuple(formats or FORMATS),
        )
        folder = found.path(settings.folders.reports)
        built = [
            build_report(found.desk, each, chosen, edition, folder)
            for each in choose_reports(found.definitions, chosen, tuple(names or ()))
        ]
        if as_json:
            found.terminal.json(built_json(found.terminal, chosen, built))
        else:
            show_built(found.terminal, built)
    settled = all(each.is_settled for each in built)
    raise typer.Exit(int(Exit.DONE if settled else Exit.ATTENTION))
