"""`infodesk schema`: what editors complete and check definitions with."""

from pathlib import Path
from typing import Annotated

import typer

from infodesk.cli.workspace import find_workspace, terminal_of
from infodesk.errors import InfodeskError
from infodesk.text.folding import nearest
from infodesk.text.message import Message

schema = typer.Typer()


@schema.command("schema", help="Print the JSON Schema of a kind of definition, or write them all.")
def schemas(
    ctx: typer.Context,
    kind: Annotated[
        str | None,
        typer.Argument(help="config, units, form, …; all kinds if not given", metavar="[KIND]"),
    ] = None,
    to: Annotated[
        Path | None,
        typer.Option("--to", help="the folder to write into; all: schema/ of the workspace"),
    ] = None,
) -> None:
    from infodesk.config.schemas import FOLDER, KINDS, schema_text, write_schemas

    terminal = terminal_of(ctx)
    if kind is not None and kind not in KINDS:
        raise _stranger(kind, list(KINDS))
    if kind is not None and to is None:
        terminal.result(schema_text(kind).rstrip())
        return
    folder = find_workspace(terminal.folder) / FOLDER if to is None else terminal.folder / to
    for path in write_schemas(folder, KINDS if kind is None else (kind,)):
        terminal.result(terminal.shown(path))


def _stranger(kind: str, known: list[str]) -> InfodeskError:
    near = nearest(kind, known)
    return InfodeskError(
        Message("there is no kind of definition {name}", name=repr(kind)),
        Message("did you mean {near}?", near=near)
        if near
        else Message("write one of {names}", names=known),
    )
