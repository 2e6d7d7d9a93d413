"""`infodesk audit`: the chain of changes."""

import json

import typer

from infodesk.cli import options
from infodesk.cli.terminal import new_table
from infodesk.cli.workspace import office
from infodesk.errors import StoreError
from infodesk.text.message import Message

# What the store's rows call a change, and what people call it; a word that is not here is printed as it is.
ACTIONS = {
    "definitions": Message("definitions followed"),
    "opening": Message("opening balances read"),
    "collect": Message("workbook taken in"),
    "findings": Message("findings numbered"),
    "explain": Message("finding explained or approved"),
    "close": Message("period closed"),
    "reopen": Message("period opened again"),
    "report": Message("report made"),
    "report_build": Message("report built"),
    "export": Message("figures or evidence written to a file"),
    "entry": Message("written in a logbook"),
}

audit = typer.Typer(help="Who changed what, when.", no_args_is_help=True)


@audit.command("list", help="List all changes, oldest first.")
def list_rows(ctx: typer.Context, as_json: options.Json = False) -> None:
    from infodesk.store.audit import moment, rows

    with office(ctx) as found:
        listed = list(rows(found.desk.store))
        if as_json:
            entries = [vars(row) | {"detail": json.loads(row.detail)} for row in listed]
            found.terminal.json({"audit": entries})
            return
        tell, zone = found.terminal.language, found.definitions.settings.zone
        table = new_table(
            tell("No."), tell("When"), tell("Who"), tell("What"), tell("Of what"), right=(0,)
        )
        for row in listed:
            who = f"{row.os_user} ({row.by_name})" if row.by_name else row.os_user
            when = f"{moment(row.at).astimezone(zone):%Y-%m-%d %H:%M:%S}"
            what = tell.tell(ACTIONS.get(row.action, row.action))
            table.add_row(str(row.id), when, who, what, row.subject)
        found.terminal.table(table)


@audit.command(help="Check that no change was altered or taken out.")
def verify(ctx: typer.Context) -> None:
    from infodesk.store.audit import rows
    from infodesk.store.integrity import first_altered

    with office(ctx) as found:
        altered = first_altered(found.desk.store)
        if altered is not None:
            raise StoreError(
                altered, Message("keep the file as it is and ask who had access to it")
            )
        count = sum(1 for _ in rows(found.desk.store))
        found.terminal.result(found.terminal.language("{n} changes, the chain is whole", n=count))
