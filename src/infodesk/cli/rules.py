"""`infodesk rules`: one rule from all sides, and new rules on past periods."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from infodesk.cli import options
from infodesk.cli.workspace import Office, office
from infodesk.errors import Exit, InfodeskError
from infodesk.text.message import Message

if TYPE_CHECKING:
    from infodesk.model.rule import Rule

rules = typer.Typer(help="Edit rules.", no_args_is_help=True)

MONTHS_SHOWN = 13  # of a rule's history: a year and the month it began with


@rules.command(help="Show a rule in words, SQL and Excel, its items, and what it found.")
def show(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(help="a rule's id", metavar="RULE")],
    as_json: options.Json = False,
    as_of: options.AsOf = None,
) -> None:
    from infodesk.cli.show.rules import rule_json, show_rule
    from infodesk.stats.rules import history

    with office(ctx, as_of=as_of, rehearsal=True) as found:
        rule = _named(found, name)
        past = history(found.desk, rule)[-MONTHS_SHOWN:]
        if as_json:
            found.terminal.json(rule_json(found, rule, past))
        else:
            show_rule(found, rule, past)


def _named(found: Office, name: str) -> "Rule":
    from infodesk.text.folding import key, nearest

    for rule in found.definitions.rules:
        if key(rule.id) == key(name):
            return rule
    near = nearest(name, found.definitions.rule_by_id)
    raise InfodeskError(
        Message("there is no rule {name}", name=repr(name)),
        Message("did you mean {near}?", near=near) if near else None,
    )


@rules.command("try", help="Try new or changed rules on past periods; nothing is written.")
def try_(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(help="a YAML file with form: and rules:")],
    since: Annotated[
        str | None,
        typer.Option("--since", help="the first period; all there are if not given"),
    ] = None,
    as_json: options.Json = False,
    as_of: options.AsOf = None,
) -> None:
    from infodesk.cli.show.rules import show_tried, tried_json
    from infodesk.model.period import parse_period
    from infodesk.stats.rules import periods_since, try_rules

    with office(ctx, as_of=as_of, rehearsal=True) as found:
        wanted = _read(found, file)
        first = None if since is None else parse_period(since, found.desk.now.date())
        periods = periods_since(found.desk, wanted[0].form, first)
        tried = try_rules(found.desk, wanted, periods)
        if as_json:
            found.terminal.json(tried_json(found, wanted, tried))
        else:
            show_tried(found, wanted, tried)
    raise typer.Exit(int(Exit.ATTENTION if any(e.findings for e in tried) else Exit.DONE))


def _read(found: Office, file: Path) -> tuple["Rule", ...]:
    from infodesk.cli.show.problems import show_problems
    from infodesk.config.trial import load_trial

    path = found.terminal.folder / file
    if not path.is_file():
        raise InfodeskError(Message("there is no file {file}", file=str(file)))
    wanted, problems = load_trial(path, found.definitions)
    if problems:
        show_problems(found.terminal, problems)
        raise InfodeskError(Message("{n} mistakes in {file}", n=len(problems), file=path.name))
    return wanted
