"""What was sent back: to whom, which findings, until when; and the places that are remembered."""

from infodesk.cli.show.names import item_name, unit_name
from infodesk.cli.terminal import new_table
from infodesk.cli.workspace import Office
from infodesk.model.period import Period
from infodesk.stats.returning import Returned
from infodesk.store.places import ConfirmedPlace
from infodesk.text.message import Message


def show_returned(office: Office, made: list[Returned], *, dry_run: bool) -> None:
    """A line for every workbook."""
    tell, terminal = office.terminal.language, office.terminal
    if not made:
        terminal.result(tell("Nothing is open that a sender could answer"))
        return
    table = new_table(tell("Sender"), tell("Findings"), tell("Due"), tell("File"))
    for each in made:
        numbers = [f"#{f.number}" if f.number else f.identity.rule for f in each.findings]
        file = each.file if dry_run else terminal.shown(each.path)
        if not each.is_new:
            file = tell("{file} (asked before)", file=file)
        sender = unit_name(office.definitions, tell, each.sender)
        table.add_row(sender, tell.tell(numbers), f"{each.due:%m-%d %H:%M}", file)
    terminal.table(table)
    if not dry_run:
        terminal.next_step("infodesk stats status")


def returned_json(office: Office, period: Period, made: list[Returned]) -> dict[str, object]:
    """The documented shape of `stats return --json`; `file` is nothing in a dry run."""
    return {
        "period": str(period),
        "returns": [
            {
                "id": each.number,
                "sender": each.sender,
                "original": each.file,
                "file": office.terminal.shown(each.path) if each.number else None,
                "due": each.due.isoformat(timespec="seconds"),
                "findings": [finding.number for finding in each.findings],
                "new": each.is_new,
            }
            for each in made
        ],
    }


PLACES = {
    "line": Message("line {before} → {after}"),
    "column": Message("column {before} → {after}"),
}


def show_places(office: Office, places: list[ConfirmedPlace]) -> None:
    """The places that are remembered, a line each."""
    tell = office.terminal.language
    if not places:
        office.terminal.result(tell("No place is remembered"))
        return
    table = new_table(tell("No."), tell("Sender"), tell("Form"), tell("Item"), tell("Place"))
    for each in places:
        kind, before, after = each.place.split(":")
        table.add_row(
            str(each.id),
            unit_name(office.definitions, tell, each.sender),
            tell.tell(office.definitions.form_by_id[each.form].title),
            item_name(office.definitions, tell, each.form, each.item),
            tell(PLACES[kind].template, before=before, after=after),
        )
    office.terminal.table(table)


def places_json(places: list[ConfirmedPlace]) -> dict[str, object]:
    """The documented shape of `stats confirm --json`."""
    return {
        "places": [
            {
                "id": each.id,
                "sender": each.sender,
                "form": each.form,
                "item": each.item,
                "place": each.place,
                "confirmed_at": each.confirmed_at,
                "by": each.by,
            }
            for each in places
        ]
    }
