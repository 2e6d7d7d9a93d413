"""All commands, assembled."""

from typing import Annotated, Any

import typer

from infodesk import __version__
from infodesk.cli import inspect, log_look, stats_close, stats_figures, today
from infodesk.cli.audit import audit
from infodesk.cli.log import log
from infodesk.cli.report import report
from infodesk.cli.setup import setup
from infodesk.cli.stats import stats
from infodesk.cli.units import units
from infodesk.text.language import Language

app = typer.Typer(
    help="infodesk: what a hospital's information department collects, checks, reports and logs.",
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
app.add_typer(setup)
app.add_typer(units, name="units")
app.add_typer(stats, name="stats")
app.add_typer(report, name="report")
app.add_typer(log, name="log")
app.add_typer(audit, name="audit")
REGISTERED = (
    stats_close,
    stats_figures,
    log_look,
    today,
    inspect,
)  # they add commands to the groups above


def _print_version(ctx: typer.Context, wanted: bool) -> None:
    if wanted:
        ctx.obj.result(f"infodesk {__version__}")
        raise typer.Exit


@app.callback()
def root(
    _lang: Annotated[str | None, typer.Option("--lang", help="zh or en, for this command")] = None,
    _workspace: Annotated[
        str | None,
        typer.Option("--workspace", "-w", help="the workspace, if not this folder", metavar="DIR"),
    ] = None,
    _version: Annotated[
        bool,
        typer.Option("--version", help="print the version", is_eager=True, callback=_print_version),
    ] = False,
) -> None:
    """Options of all commands. `--lang` and `--workspace` were taken by the door already."""


def command(language: Language) -> Any:
    """The command, its help in a language."""
    built = typer.main.get_command(app)
    _translate(built, language)
    return built


def _translate(built: Any, language: Language) -> None:
    if built.help:
        built.help = language(built.help)
    for parameter in built.params:
        if getattr(parameter, "help", None):
            parameter.help = language(parameter.help)
    for child in getattr(built, "commands", {}).values():
        _translate(child, language)
