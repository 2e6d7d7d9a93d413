"""What an entry is about, in a line."""

from infodesk.cli.show.written import answer_text, state_title
from infodesk.cli.workspace import Office
from infodesk.model.entry import Entry, Key, Line
from infodesk.model.logbook import Logbook
from infodesk.store.entries import entry as read_entry

LONGEST = 60  # characters of an answer in a list; `log show` has all of it


def summary(found: Office, book: Logbook, each: Entry) -> str:
    """The answers that tell what an entry is about."""
    parts = []
    for name in book.summary:
        answer = each.answers.get(Key(name))
        if answer:
            parts.append(_short(answer_text(found, book.field_by_id[name], answer)))
    return " · ".join(parts)


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"


def told(found: Office, number: str) -> str:
    """An entry with the name of its logbook, what it is about and how it stands; anything else as it is."""
    entry = read_entry(found.room.store, number)
    if entry is None or entry.first.book not in found.definitions.logbook_by_id:
        return number
    book = found.definitions.logbook_by_id[entry.first.book]
    tell = found.terminal.language
    return tell(
        "{entry} {book}: {about} ({state})",
        entry=number, book=book.title, about=summary(found, book, entry),
        state=state_title(book, entry.last.state),
    )  # fmt: skip


def show_handed_over(found: Office, book: Logbook, line: Line | None) -> None:
    """What an entry hands over: a line for everything that was under way when it was written."""
    for field in book.fields if line is not None else ():
        if field.open_in and line is not None:
            for number in filter(None, line.answers.get(Key(field.id), "").split("\n")):
                found.terminal.result(f"  {told(found, number)}")
