"""All commands, assembled."""

from typing import Annotated, Any

import typer

from infodesk import __version__
from infodesk.cli import (
    evidence,
    inspect,
    log_look,
    log_sign,
    stats_close,
    stats_compare,
    stats_figures,
    stats_records,
    stats_return,
    today,
)
from infodesk.cli.audit import audit
from infodesk.cli.cron import cron
from infodesk.cli.log import log
from infodesk.cli.report import report
from infodesk.cli.rules import rules
from infodesk.cli.schema import schema
from infodesk.cli.setup import setup
from infodesk.cli.stats import stats
from infodesk.cli.units import units
from infodesk.cli.usage import translate
from infodesk.text.language import Language

app = typer.Typer(
    help="infodesk: what a hospital's information department collects, checks, reports and logs.",
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
app.add_typer(setup)
app.add_typer(cron)
app.add_typer(schema)
app.add_typer(units, name="units")
app.add_typer(rules, name="rules")
app.add_typer(stats, name="stats")
app.add_typer(report, name="report")
app.add_typer(log, name="log")
app.add_typer(audit, name="audit")
REGISTERED = (  # they add commands to the groups above
    stats_close,
    stats_figures,
    stats_compare,
    stats_records,
    stats_return,
    log_look,
    log_sign,
    today,
    inspect,
    evidence,
)


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
    translate(built, language)
    return built
