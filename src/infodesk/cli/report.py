"""`infodesk report`: what leaders get."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from infodesk.cli import options
from infodesk.cli.workspace import Office, office, terminal_of
from infodesk.errors import Exit

if TYPE_CHECKING:
    from infodesk.reports.build import Edition

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
    from infodesk.reports.build import build_report, note_built
    from infodesk.reports.choose import choose_reports

    with office(ctx, by=by, as_of=as_of) as found:
        chosen = found.period(period)
        edition = _edition(found, formats)
        folder = found.path(found.definitions.settings.folders.reports)
        built = [
            build_report(found.desk, each, chosen, edition, folder)
            for each in choose_reports(found.definitions, chosen, tuple(names or ()))
        ]
        note_built(found.desk, chosen, built)
        if as_json:
            found.terminal.json(built_json(found.terminal, chosen, built))
        else:
            show_built(found.terminal, built)
    settled = all(each.is_settled for each in built)
    raise typer.Exit(int(Exit.DONE if settled else Exit.ATTENTION))


def _edition(found: Office, formats: list[str] | None) -> "Edition":
    from infodesk.render.write import FORMATS
    from infodesk.reports.build import Edition, stationery_in

    language = found.terminal.workspace_language(found.definitions.settings.language)
    return Edition(language, stationery_in(found.folder), tuple(formats or FORMATS))


@report.command(
    help="Make the reports that are due and complete, each once; for cron (see infodesk cron)."
)
def due(
    ctx: typer.Context,
    formats: Formats = None,
    dry_run: options.DryRun = False,
    as_json: options.Json = False,
    as_of: options.AsOf = None,
    by: options.By = "",
) -> None:
    from infodesk.cli.show.due import due_json, show_due
    from infodesk.reports.due import make_due
    from infodesk.store.lock import alone

    with office(ctx, by=by, as_of=as_of) as found, alone(_lock(found)) as is_alone:
        folder = found.path(found.definitions.settings.folders.reports)
        edition = _edition(found, formats)
        made = tuple(make_due(found.desk, edition, folder, dry_run=dry_run)) if is_alone else ()
        if as_json:
            now = found.desk.now.isoformat()
            found.terminal.json(
                due_json(found.terminal, now, made, dry_run=dry_run, busy=not is_alone)
            )
        elif is_alone:
            show_due(found.terminal, made, dry_run=dry_run)
        else:
            found.terminal.say("Another process is making reports here; nothing was done")
    waits = any(each.state in ("incomplete", "failed") for each in made)
    raise typer.Exit(int(Exit.ATTENTION if waits else Exit.DONE))


def _lock(found: Office) -> Path:
    """The file that only one maker of reports holds, beside the store."""
    store = found.desk.store.path
    return store.with_name(f"{store.name}.reports-lock")
