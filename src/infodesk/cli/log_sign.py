"""`infodesk log sign`: the week's entries, listed and then signed in one go."""

from typing import Annotated

import typer

from infodesk.cli import options
from infodesk.cli.log import Second, log
from infodesk.cli.log_look import From, SomeBook, Until, chosen_books
from infodesk.cli.workspace import office
from infodesk.errors import Exit


@log.command(help="List the entries that wait for your signature, and sign them all.")
def sign(
    ctx: typer.Context,
    book: SomeBook = None,
    post: Annotated[
        str | None,
        typer.Option("--post", help="the post signed for; all of yours if not given", metavar="POST"),
    ] = None,
    start: From = None,
    end: Until = None,
    yes: Annotated[bool, typer.Option("--yes", help="sign what is listed without asking")] = False,
    second: Second = "",
    as_json: options.Json = False,
    as_of: options.AsOf = None,
    by: options.By = "",
) -> None:  # fmt: skip
    from infodesk.cli.show.signed import confirmed, show_signed, show_to_sign, signed_json
    from infodesk.duty.signing import posts_of_writer, sign_all, to_sign

    with office(ctx, by, as_of) as found:
        posts = posts_of_writer(found.room, post)
        listed = to_sign(found.room, chosen_books(found, book), posts, found.days(start, end))
        if not as_json:
            show_to_sign(found, listed)
        signed = sign_all(found.room, listed, second) if confirmed(found, listed, yes=yes) else None
        if as_json:
            found.terminal.json(signed_json(listed, signed))
        else:
            show_signed(found, signed)
    is_done = not listed or (signed is not None and not signed.refused)
    raise typer.Exit(int(Exit.DONE if is_done else Exit.ATTENTION))
