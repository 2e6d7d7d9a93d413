"""`infodesk stats`: the month."""

from datetime import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from infodesk.cli import options
from infodesk.cli.workspace import Office, office, read_moment
from infodesk.errors import Exit, InfodeskError
from infodesk.text.message import Message

if TYPE_CHECKING:
    from infodesk.model.finding import Finding
    from infodesk.model.period import Period
    from infodesk.stats.check import Checked

stats = typer.Typer(help="The month: blanks, collecting, checking, figures.", no_args_is_help=True)


@stats.command(help="Write a blank workbook for every sender who owes something.")
def blank(
    ctx: typer.Context,
    period: options.Period = None,
    unit: options.Unit = None,
    to: Annotated[
        Path | None,
        typer.Option("--to", help="the folder to write into, seen from here (or from --workspace)"),
    ] = None,
    as_of: options.AsOf = None,
) -> None:
    from infodesk.stats.blanks import write_blanks

    with office(ctx, as_of=as_of) as found:
        chosen = found.period(period)
        senders = () if unit is None else (found.unit(unit).id,)
        usual = found.path(found.definitions.settings.folders.blanks)
        folder = usual if to is None else found.terminal.folder / to
        language = found.terminal.workspace_language(found.definitions.settings.language)
        written = False
        for file in write_blanks(found.desk, chosen, folder, language, senders):
            written = True
            found.terminal.result(found.terminal.shown(file.path))
        if not written:
            raise _nothing_owed(chosen)
        found.terminal.next_step("infodesk stats collect")


def _nothing_owed(period: "Period") -> InfodeskError:
    return InfodeskError(
        Message("no blank to write: nothing is owed for {period}", period=period),
        Message("who owes what is shown by: infodesk stats status"),
    )


Files = Annotated[list[Path] | None, typer.Argument(help="files and folders", metavar="[PATH]...")]
Received = Annotated[
    str | None,
    typer.Option(
        "--received",
        help="when they came in, if not now; a day alone is in time for that day",
        metavar="DATE",
    ),
]
Via = Annotated[str, typer.Option("--via", help="the way they came: mail, chat, USB, share, paper")]
Sender = Annotated[
    str | None,
    typer.Option("--from", help="who sent them, where they do not say so", metavar="NAME"),
]
OtherPeriod = Annotated[
    bool,
    typer.Option("--take-other-period", help="also take workbooks made for another period"),
]
Again = Annotated[bool, typer.Option("--again", help="also read files anew that were taken before")]
PasswordFrom = Annotated[
    Path | None,
    typer.Option("--password-from", help="a file of passwords, one a line, for locked workbooks"),
]


@stats.command(help="Take in filled workbooks: from the inbox, or the files and folders named.")
def collect(
    ctx: typer.Context,
    paths: Files = None,
    period: options.Period = None,
    received: Received = None,
    via: Via = "folder",
    sender: Sender = None,
    take_other_period: OtherPeriod = False,
    again: Again = False,
    password_from: PasswordFrom = None,
    dry_run: options.DryRun = False,
    as_json: options.Json = False,
    as_of: options.AsOf = None,
    by: options.By = "",
) -> None:
    from infodesk.cli.show.collected import collected_json, show_collected, watched
    from infodesk.stats.check import check, numbered
    from infodesk.stats.collect import Options
    from infodesk.stats.collect import collect as take_in

    with office(ctx, by, as_of) as found:
        chosen = found.period(period)
        came = received or as_of
        moment = None if came is None else read_moment(came, found.definitions, time.min)
        unit = None if sender is None else found.unit(sender)
        passwords = found.lines_of(password_from)
        wanted = Options(chosen, moment, via, unit, take_other_period, again, dry_run, passwords)
        files = found.inbox(paths, chosen)
        results = list(watched(found, files, take_in(found.desk, files, wanted)))
        checked = check(found.desk, chosen)
        checked = checked if dry_run else numbered(found.desk, checked)
        if as_json:
            found.terminal.json(collected_json(found, chosen, results, checked))
        else:
            show_collected(found, results, checked)
            found.terminal.next_step("infodesk stats status")
        refused = any(each.result == "refused" for each in results)
    raise typer.Exit(attention(refused or needs_somebody(checked)))


@stats.command(help="Show who has sent what, and who is late.")
def status(
    ctx: typer.Context,
    period: options.Period = None,
    unit: options.Unit = None,
    form: options.Form = None,
    as_json: options.Json = False,
    text: options.Text = False,
    as_of: options.AsOf = None,
) -> None:
    from infodesk.cli.show.status import show_status, status_json, status_text
    from infodesk.stats.status import status as look_up

    with office(ctx, as_of=as_of) as found:
        chosen, asked = look_up(found.desk, found.period(period)), found.form(form)
        scope = None if unit is None else found.unit(unit).id
        rows = [
            row
            for row in chosen.rows
            if (scope is None or scope in (row.sender, row.part.unit))
            and (asked is None or row.part.form == asked.id)
        ]
        if as_json:
            found.terminal.json(status_json(chosen, rows))
        elif text:
            for line in status_text(found, chosen, scope):
                found.terminal.result(line)
        else:
            show_status(found, chosen, rows)
            found.terminal.next_step("infodesk stats validate")
    raise typer.Exit(
        attention(any(row.state in ("missing", "received", "returned") for row in rows))
    )


@stats.command(help="Run all rules and list the findings.")
def validate(
    ctx: typer.Context,
    period: options.Period = None,
    unit: options.Unit = None,
    form: options.Form = None,
    as_json: options.Json = False,
    text: options.Text = False,
    info: Annotated[bool, typer.Option("--info", help="also what may be ignored")] = False,
    as_of: options.AsOf = None,
) -> None:
    from infodesk.cli.show.findings import checked_json, show_findings, text_lines
    from infodesk.stats.check import check, numbered

    with office(ctx, as_of=as_of) as found:
        checked = numbered(found.desk, check(found.desk, found.period(period)))
        findings = _wanted(found, checked, unit, form, info=info or as_json)
        if as_json:
            found.terminal.json(checked_json(found, checked, findings))
        elif text:
            for line in text_lines(found, checked.period, findings, found.unit(unit)):
                found.terminal.result(line)
        else:
            show_findings(found, checked, findings)
            found.terminal.next_step("infodesk stats figures")
    raise typer.Exit(attention(needs_somebody(checked)))


def _wanted(
    found: Office, checked: "Checked", unit: str | None, form: str | None, *, info: bool
) -> list["Finding"]:
    """The findings of the unit and the form asked for."""
    from infodesk.model.rule import Severity

    scope = None if unit is None else found.unit(unit).id
    asked = found.form(form)
    return [
        finding
        for finding in checked.findings
        if (info or finding.severity is not Severity.INFO)
        and (
            scope is None
            or finding.identity.unit == scope
            or any(c.sender == scope for c in finding.cells)
        )
        and (asked is None or finding.identity.form == asked.id)
    ]


def needs_somebody(checked: "Checked") -> bool:
    """Whether something waits for a person: an error, a warning without words, a part that is missing."""
    from infodesk.model.finding import State
    from infodesk.model.rule import Severity

    open_findings = any(
        f.state is State.OPEN and f.severity is not Severity.INFO for f in checked.findings
    )
    return open_findings or bool(checked.missing)


def attention(needed: bool) -> int:
    """The exit code that tells whether somebody is needed."""
    return int(Exit.ATTENTION if needed else Exit.DONE)
