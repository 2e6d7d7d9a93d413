"""The logbooks, a line each."""

from collections.abc import Sequence

from infodesk.cli.terminal import new_table
from infodesk.cli.workspace import Office
from infodesk.duty.overview import BookLine


def show_books(found: Office, listed: Sequence[BookLine]) -> None:
    """A table: id, title, clauses, entries, what is due next."""
    tell = found.terminal.language
    table = new_table(
        tell("Logbook"),
        tell("Title"),
        tell("Clauses"),
        tell("Entries"),
        tell("Next due"),
        tell("Kept"),
        right=(3,),
    )
    for line in listed:
        clauses = " ".join(line.book.clauses)
        due = f"{line.due.slot.planned:%Y-%m-%d %H:%M}" if line.due else ""
        table.add_row(
            line.book.id,
            tell.tell(line.book.title),
            clauses,
            str(line.entries),
            due,
            _kept(found, line),
        )
    found.terminal.table(table)
    found.terminal.next_step("infodesk log due")


def _kept(found: Office, line: BookLine) -> str:
    tell, years = found.terminal.language, line.book.keep.years
    return tell("{n} years", n=years) if years else tell("for good")


def books_json(found: Office, listed: Sequence[BookLine]) -> dict[str, object]:
    """The documented shape of `log books --json`."""
    return {
        "logbooks": [
            {
                "id": line.book.id,
                "title": found.terminal.language.tell(line.book.title),
                "clauses": list(line.book.clauses),
                "entries": line.entries,
                "class": line.book.secrecy.value,
                "kept_years": line.book.keep.years or None,
                "due": line.due.slot.planned.isoformat(timespec="minutes") if line.due else None,
            }
            for line in listed
        ]
    }
