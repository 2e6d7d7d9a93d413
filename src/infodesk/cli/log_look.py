"""`infodesk log`: reading the logbooks."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from infodesk.cli import options
from infodesk.cli.log import Book, Number, Reason, log
from infodesk.cli.workspace import Office, office
from infodesk.errors import Exit
from infodesk.model.limit import Level

if TYPE_CHECKING:
    from infodesk.model.logbook import Logbook

SomeBook = Annotated[
    str | None,
    typer.Argument(help="a logbook's id, title or alias; all if not given", metavar="[BOOK]"),
]
From = Annotated[str | None, typer.Option("--from", help="from this day on", metavar="DAY")]
Until = Annotated[
    str | None, typer.Option("--until", help="up to this day, and with it", metavar="DAY")
]
Person = Annotated[
    str | None, typer.Option("--person", help="written by or naming them", metavar="NAME")
]
Asset = Annotated[str | None, typer.Option("--asset", help="about this device", metavar="NAME")]
State = Annotated[str | None, typer.Option("--state", help="in this state", metavar="STATE")]
AtLeast = Annotated[Level, typer.Option("--level", help="of this level or graver")]


@log.command(help="List the logbooks: what they serve, how many entries, what is due.")
def books(ctx: typer.Context, as_json: options.Json = False, as_of: options.AsOf = None) -> None:
    from infodesk.cli.show.books import books_json, show_books
    from infodesk.duty.overview import overview

    with office(ctx, as_of=as_of) as found:
        listed = overview(found.room)
        if as_json:
            found.terminal.json(books_json(found, listed))
        else:
            show_books(found, listed)


@log.command("list", help="List entries.")
def list_entries(
    ctx: typer.Context,
    book: SomeBook = None,
    start: From = None,
    end: Until = None,
    person: Person = None,
    asset: Asset = None,
    state: State = None,
    level: AtLeast = Level.NORMAL,
    with_void: Annotated[bool, typer.Option("--void", help="also void ones")] = False,
    as_json: options.Json = False,
    as_of: options.AsOf = None,
) -> None:
    from infodesk.cli.show.entries import entry_json, show_entries
    from infodesk.duty.look import Wanted, look

    with office(ctx, as_of=as_of) as found:
        wanted = Wanted(*found.days(start, end), person, asset, state, level, with_void)
        listed = list(look(found.room, chosen_books(found, book), wanted))
        if as_json:
            found.terminal.json({"entries": [entry_json(each) for each in listed]})
        else:
            show_entries(found, listed)


@log.command(help="Show an entry with all that was said of it.")
def show(
    ctx: typer.Context, number: Number, as_json: options.Json = False, as_of: options.AsOf = None
) -> None:
    from infodesk.cli.show.entries import show_entry
    from infodesk.cli.show.written import line_json
    from infodesk.duty.write import find_entry

    with office(ctx, as_of=as_of) as found:
        entry = find_entry(found.room, number)
        if as_json:
            found.terminal.json({"lines": [line_json(line) for line in entry.lines]})
        else:
            show_entry(found, entry)


@log.command(help="Show what the schedules expect, and what became of it.")
def due(
    ctx: typer.Context,
    book: SomeBook = None,
    start: From = None,
    end: Until = None,
    all_states: Annotated[bool, typer.Option("--all", help="also what is done")] = False,
    as_json: options.Json = False,
    as_of: options.AsOf = None,
) -> None:
    from infodesk.cli.show.duties import due_json, show_due
    from infodesk.duty.overview import due_in

    with office(ctx, as_of=as_of) as found:
        chosen = chosen_books(found, book)
        listed = due_in(found.room, chosen, *found.days(start, end), with_done=all_states)
        if as_json:
            found.terminal.json(due_json(found, listed))
        else:
            show_due(found, listed)
    raise typer.Exit(int(Exit.ATTENTION if listed.needs_somebody else Exit.DONE))


@log.command(help="Put a logbook's named question: what is in stock, which faults are open.")
def view(
    ctx: typer.Context,
    book: Book,
    name: Annotated[
        str | None, typer.Argument(help="the view; lists them if not given", metavar="[VIEW]")
    ] = None,
    values: Annotated[
        list[str] | None, typer.Argument(help="what the view asks for", metavar="[VALUE]...")
    ] = None,
    to: Annotated[
        Path | None,
        typer.Option("--to", help="a file to print: .pdf, .docx, .html, .xlsx or .md"),
    ] = None,
    as_json: options.Json = False,
    as_of: options.AsOf = None,
    by: options.By = "",
) -> None:
    from infodesk.cli.show.entries import list_views, show_view

    with office(ctx, by, as_of) as found:
        chosen = found.room.book(book)
        if name is None:
            list_views(found, chosen, as_json=as_json)
        else:
            show_view(found, chosen, name, tuple(values or ()), as_json=as_json, to=to)


@log.command(help="Write entries into a file for others: csv, json or xlsx.")
def export(
    ctx: typer.Context,
    book: Book,
    form: Annotated[str, typer.Option("-f", "--format", help="csv, json or xlsx")] = "csv",
    to: Annotated[
        Path | None, typer.Option("--to", help="the file; the terminal if not given")
    ] = None,
    start: From = None,
    end: Until = None,
    person: Person = None,
    asset: Asset = None,
    state: State = None,
    reveal: Annotated[
        bool, typer.Option("--reveal", help="personal answers whole; needs --reason")
    ] = False,
    reason: Reason = "",
    as_of: options.AsOf = None,
    by: options.By = "",
) -> None:
    from infodesk.cli.show.export import exported, file_name, put, secrecy_of
    from infodesk.duty.exports import note_export
    from infodesk.duty.look import Wanted, look

    with office(ctx, by, as_of) as found:
        chosen = found.room.book(book)
        wanted = Wanted(*found.days(start, end), person, asset, state)
        listed = list(look(found.room, (chosen,), wanted))
        content = exported(found, chosen, listed, form, reveal=reveal)
        what = (form, secrecy_of(chosen, reveal=reveal), len(listed), content)
        note_export(found.room, chosen, what, reason if reveal else None)
        put(found, file_name(found, chosen, reveal=reveal), content, form, to)


def chosen_books(found: Office, name: str | None) -> tuple["Logbook", ...]:
    """The logbook named; all of them if none is."""
    return found.definitions.logbooks if name is None else (found.room.book(name),)
