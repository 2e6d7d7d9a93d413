"""`infodesk log`: writing in the logbooks."""

from typing import Annotated

import typer

from infodesk.cli import options
from infodesk.cli.workspace import office
from infodesk.errors import Exit
from infodesk.model.limit import Level

log = typer.Typer(help="The logbooks: write, correct, look up, export.", no_args_is_help=True)

Book = Annotated[
    str, typer.Argument(help="a logbook's id, title or alias", metavar="BOOK", show_default=False)
]
Given = Annotated[
    list[str] | None,
    typer.Argument(help="answers: field=value, or field@device=value", metavar="[FIELD=VALUE]..."),
]
Number = Annotated[
    str, typer.Argument(help="the entry's number", metavar="ENTRY", show_default=False)
]
FromJson = Annotated[
    str | None,
    typer.Option(
        "--from-json", help="answers from a JSON file (- for standard input)", metavar="FILE"
    ),
]
FromYaml = Annotated[
    str | None,
    typer.Option(
        "--from-yaml", help="answers from a YAML file (- for standard input)", metavar="FILE"
    ),
]
Schedule = Annotated[
    str | None, typer.Option("--for", help="the schedule it belongs to", metavar="SCHEDULE")
]
At = Annotated[
    str | None, typer.Option("--at", help="when it happened, if not now", metavar="WHEN")
]
Raise = Annotated[
    Level | None, typer.Option("--level", help="graver than the limits say: warn or alarm")
]
Second = Annotated[str, typer.Option("--second", help="who signs as well", metavar="NAME")]
Reason = Annotated[str, typer.Option("--reason", help="why, in a few words", metavar="TEXT")]
Measured = Annotated[
    bool, typer.Option("--measured", help="the answers were measured, not typed by a person")
]


@log.command(help="Write an entry; at a terminal it asks for what is missing.")
def add(
    ctx: typer.Context,
    book: Book,
    given: Given = None,
    at: At = None,
    schedule: Schedule = None,
    from_json: FromJson = None,
    from_yaml: FromYaml = None,
    level: Raise = None,
    measured: Measured = False,
    dry_run: options.DryRun = False,
    as_json: options.Json = False,
    as_of: options.AsOf = None,
    by: options.By = "",
) -> None:
    from infodesk.cli.answers import drafts_from, keys_of
    from infodesk.cli.show.summary import show_handed_over
    from infodesk.cli.show.written import refuse, show_written
    from infodesk.duty.write import How
    from infodesk.duty.write import add as write

    with office(ctx, by, as_of) as found:
        files = (from_json, from_yaml)
        drafts = list(drafts_from(found, book, given, at, schedule, files, level))
        done = []
        with found.desk.store.writing():  # all of a file, or nothing of it
            for draft in drafts:
                keys = keys_of(found, draft) if measured else frozenset()
                done.append((draft, write(found.room, draft, How(dry_run=dry_run, measured=keys))))
                refuse(found, *done[-1])
        shown = [show_written(found, *each, as_json=as_json, dry_run=dry_run) for each in done]
        for draft, written in done:
            show_handed_over(found, draft.book, written.line)
        attention = any(shown)
    raise typer.Exit(int(Exit.ATTENTION if attention else Exit.DONE))


@log.command(
    help="Correct an entry, take it to its next state (--move), sign it, or declare it void."
)
def amend(
    ctx: typer.Context,
    number: Number,
    given: Given = None,
    move: Annotated[
        str | None,
        typer.Option("--move", help="the step to take: approve, close …", metavar="NAME"),
    ] = None,
    sign: Annotated[
        str | None, typer.Option("--sign", help="sign for this post", metavar="POST")
    ] = None,
    void: Annotated[bool, typer.Option("--void", help="declare it void: it was never so")] = False,
    reason: Reason = "",
    second: Second = "",
    level: Raise = None,
    as_json: options.Json = False,
    as_of: options.AsOf = None,
    by: options.By = "",
) -> None:
    from infodesk.cli.answers import amended
    from infodesk.cli.show.written import show_written
    from infodesk.duty.write import How

    with office(ctx, by, as_of) as found:
        how = How(reason=reason, second=second)
        step = "void" if void else "sign" if sign else "move" if move else "amend"
        draft, written = amended(found, number, step, move or sign or "", given, how, level)
        attention = show_written(found, draft, written, as_json=as_json)
    raise typer.Exit(int(Exit.ATTENTION if attention else Exit.DONE))


@log.command(help="Record that a duty is not done, and why.")
def skip(
    ctx: typer.Context,
    book: Book,
    schedule: Annotated[str, typer.Argument(help="the schedule", metavar="SCHEDULE")],
    when: Annotated[
        str | None,
        typer.Argument(help="its day or moment; the one open now if not given", metavar="[WHEN]"),
    ] = None,
    reason: Reason = "",
    subject: Annotated[
        str, typer.Option("--asset", help="of which device, if it is due for each", metavar="NAME")
    ] = "",
    as_json: options.Json = False,
    as_of: options.AsOf = None,
    by: options.By = "",
) -> None:
    from infodesk.cli.show.written import line_json
    from infodesk.duty.choose import duty_at
    from infodesk.duty.write import skip as write

    with office(ctx, by, as_of) as found:
        chosen = found.room.book(book)
        moment = None if when is None else found.moment(when)
        asset = found.definitions.assets.find(subject)
        duty = duty_at(found.room, chosen, schedule, moment, asset.id if asset else "")
        line = write(found.room, chosen, duty.slot, reason)
        if as_json:
            found.terminal.json(line_json(line))
        else:
            tell = found.terminal.language
            shown = f"{duty.slot.planned:%Y-%m-%d %H:%M}"
            found.terminal.result(tell("{id}: skipped, due {due}", id=line.id, due=shown))
