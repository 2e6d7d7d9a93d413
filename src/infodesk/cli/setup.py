"""`infodesk init`, `demo` and `check`: a workspace, an example of one, and whether it is sound."""

import shlex
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from infodesk.cli import options
from infodesk.cli.show.counted import counted
from infodesk.cli.terminal import Terminal
from infodesk.cli.workspace import CONFIG, find_workspace, office, terminal_of
from infodesk.errors import Exit, InfodeskError
from infodesk.text.language import Language, language
from infodesk.text.message import Message

if TYPE_CHECKING:
    from infodesk.config.load import Loaded
    from infodesk.config.source import Problem
    from infodesk.demo.story import Step
    from infodesk.model.advice import Advice
    from infodesk.model.definitions import Definitions
    from infodesk.stats.desk import Desk

setup = typer.Typer()


@setup.command(help="Make an empty workspace with the definitions of the starter hospital.")
def init(ctx: typer.Context, folder: options.Folder = None) -> None:
    from infodesk.config.new_workspace import make_workspace
    from infodesk.model.period import Frequency, period_of

    terminal = terminal_of(ctx)
    target = terminal.folder / (folder or Path())
    day = terminal.clock().date()
    first = period_of(day, Frequency.MONTH)
    made = make_workspace(target, terminal.language.code, first, day)
    for name in sorted({path.relative_to(target).parts[0] for path in made}):
        terminal.result(terminal.shown(target / name))
    terminal.say("Edit {file} and units.yaml, then check them", file=CONFIG)
    terminal.next_step("infodesk check")


@setup.command(help="Make the demo hospital and live one month with it.")
def demo(
    ctx: typer.Context,
    folder: options.Folder = None,
    months: Annotated[
        int,
        typer.Option(
            "--months", min=1, max=13, help="how many months it has lived when the demo ends"
        ),
    ] = 1,
    duty: Annotated[
        bool,
        typer.Option("--duty", help="three months of logbooks, and a morning in the machine room"),
    ] = False,
) -> None:
    from infodesk.demo.hospital import make_demo
    from infodesk.demo.story import DUTY_STORY, STORY

    terminal = terminal_of(ctx)
    target = (terminal.folder / (folder or Path("demo-hospital"))).resolve()
    make_demo(target, terminal.language.code, months)
    terminal.result(f"$ cd {shlex.quote(str(folder or 'demo-hospital'))}")
    if months > 1:
        live_before(replace(terminal, folder=target), months)
    if duty:
        keep_duty_books(terminal, target)
    _tell(terminal, target, DUTY_STORY if duty else STORY)
    if not duty:
        _show_reports(terminal, target)


def live_before(terminal: Terminal, months: int) -> None:
    """The months before, one line each."""
    from infodesk.demo.lived import live, moved_in

    terminal.result("")
    told = terminal.language(
        "The {n} months before: every workbook filled, collected and checked, every month closed.",
        n=months - 1,
    )
    terminal.result(f"# {told}")
    there = replace(terminal, clock=partial(_at, moved_in(months)))
    with office(typer.Context(typer.main.get_command(setup), obj=there)) as found:
        settings = found.definitions.settings
        inbox, spoken = found.path(settings.folders.inbox), language(settings.language)
        for month in live(found.desk, inbox, spoken, months):
            terminal.result(
                terminal.language(
                    "{period}: {workbooks} workbooks, {n} findings explained, closed",
                    period=month.period, workbooks=month.workbooks, n=len(month.explained),
                )
            )  # fmt: skip


def keep_duty_books(terminal: Terminal, target: Path) -> None:
    """Write what the logbooks hold when the morning begins."""
    from infodesk.demo.hospital import keep_logbooks
    from infodesk.demo.logbooks import FIRST, write_logbooks
    from infodesk.demo.story import ROUND

    keep_logbooks(target, FIRST)
    there = replace(terminal, folder=target, clock=partial(_at, ROUND))
    with office(typer.Context(typer.main.get_command(setup), obj=there)) as found:
        count = write_logbooks(found.room)
    terminal.result(
        terminal.language("{n} entries in the logbooks since {day}", n=count, day=FIRST)
    )


def _tell(terminal: Terminal, target: Path, story: "Iterable[Step]") -> None:
    for step in story:
        there = replace(terminal, folder=target, clock=partial(_at, step.at))
        terminal.result("")
        terminal.result(f"# {terminal.language.tell(step.told)}")
        if step.command:
            _run(there, step.command)
        elif step.happens is not None:
            happen(there, step.happens)


def _at(moment: datetime) -> datetime:
    """A clock that stands still."""
    return moment


def _run(terminal: Terminal, command: tuple[str, ...]) -> None:
    """Print a command and run it; talk and results go to the same place, in their order."""
    from infodesk.cli.main import main

    terminal.result(f"$ infodesk {' '.join(command)}")
    code = main([*command], replace(terminal, err=terminal.out))
    if code not in (Exit.DONE, Exit.ATTENTION):
        raise InfodeskError(Message("the demo stopped at {command}", command=" ".join(command)))


def happen(terminal: Terminal, happens: Callable[["Desk", Path, Language], None]) -> None:
    """What others do in the story: workbooks arrive."""
    from infodesk.demo.september import PERIOD

    context = typer.Context(typer.main.get_command(setup), obj=terminal)
    with office(context) as found:
        settings = found.definitions.settings
        inbox = found.path(settings.folders.inbox) / str(PERIOD)
        happens(found.desk, inbox, language(settings.language))
        terminal.result(
            terminal.language(
                "{n} workbooks in {folder}",
                n=len(list(inbox.iterdir())),
                folder=terminal.shown(inbox),
            )
        )


def _show_reports(terminal: Terminal, target: Path) -> None:
    terminal.result("")
    terminal.result(f"# {terminal.language('The bulletin:')}")
    for path in sorted((target / "reports").rglob("2026-09*")):
        if path.is_file():
            terminal.result(terminal.shown(path))


@setup.command(help="Check all definitions; every mistake with its place, and advice.")
def check(
    ctx: typer.Context,
    periods: Annotated[
        int,
        typer.Option(
            "--periods", help="speak of rules not evaluated in so many last periods", min=1
        ),
    ] = 3,
    all_advice: Annotated[bool, typer.Option("--all", help="list all advice")] = False,
    as_json: options.Json = False,
) -> None:
    from infodesk.cli.show.advice import advice_json, show_advice
    from infodesk.cli.show.problems import problem_json, problem_lines
    from infodesk.config.load import load_definitions
    from infodesk.config.openings import load_openings

    terminal = terminal_of(ctx)
    folder = find_workspace(terminal.folder)
    loaded = load_definitions(folder)
    problems = loaded.problems
    if loaded.definitions is not None:
        problems = load_openings(folder, loaded.definitions)[1] or _view_problems(loaded)
    advice = () if problems else _advice(ctx, periods)
    if as_json:
        found = [problem_json(terminal, problem) for problem in problems]
        counts = count(loaded.definitions)
        advised = advice_json(terminal, advice)
        terminal.json({"counts": counts, "problems": found, "advice": advised})
    else:
        for line in problem_lines(terminal, problems):
            terminal.result(line)
        _show_unused(terminal, loaded.unused)
        _show_counts(terminal, loaded.definitions, problems=len(problems))
        show_advice(terminal, advice, all_of_it=all_advice)
    raise typer.Exit(int(Exit.WRONG if problems else Exit.DONE))


def _view_problems(loaded: "Loaded") -> tuple["Problem", ...]:
    """The mistakes in the SQL of logbooks' views, tried on the tables of an empty store."""
    from infodesk.config.source import Problem
    from infodesk.store.tables import tried_views

    assert loaded.definitions is not None, "only sound definitions are tried"
    found = tried_views(loaded.definitions)
    return tuple(Problem(loaded.views[book, view], message) for book, view, message in found)


def _advice(ctx: typer.Context, periods: int) -> tuple["Advice", ...]:
    """What could be better, looked up in a copy of the store."""
    from infodesk.reports.advice import advise

    with office(ctx, rehearsal=True) as found:
        return advise(found.desk, periods)


def _show_unused(terminal: Terminal, forms: Iterable[str]) -> None:
    """A form that lies in the workspace and is not in use: easily taken for one that is."""
    if forms:
        terminal.say(
            "Not in use, for `forms:` in {file} does not name them: {forms}",
            file=CONFIG,
            forms=list(forms),
        )


def count(definitions: "Definitions | None") -> dict[str, int]:
    """How many of each there are; all 0 where the definitions could not be read."""
    counts: Counter[str] = Counter()
    if definitions is not None:
        counts["forms"] = len(definitions.forms)
        counts["items"] = sum(len(form.by_id) for form in definitions.forms)
        counts["rules"] = len(definitions.rules)
        counts["indicators"] = len(definitions.indicators)
        counts["logbooks"] = len(definitions.logbooks)
        counts["reports"] = len(definitions.reports)
    names = ("forms", "items", "rules", "indicators", "logbooks", "reports")
    return {name: counts[name] for name in names}


def _show_counts(terminal: Terminal, definitions: "Definitions | None", *, problems: int) -> None:
    if definitions is None or problems:
        terminal.say("{n} mistakes in the definitions", n=problems)
        return
    terminal.result(
        terminal.language(
            "{forms} with {items}, {rules}, {indicators}, {logbooks}, {reports}: sound",
            **{name: counted(name, n) for name, n in count(definitions).items()},
        )
    )
    year = terminal.clock().year
    if year not in definitions.calendar.years:
        terminal.say(
            "The holidays of {year} are not announced here: Monday to Friday is taken", year=year
        )
