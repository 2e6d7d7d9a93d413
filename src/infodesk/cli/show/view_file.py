"""The answer of a view as a file to print: a list, or labels to stick on."""

import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path

from infodesk.cli.workspace import Office
from infodesk.errors import InfodeskError
from infodesk.model.item import Secrecy
from infodesk.model.logbook import Logbook, View
from infodesk.render.document import Cell, Column, Document, Row, Table
from infodesk.render.write import FORMATS, write_document
from infodesk.reports.build import stationery_in
from infodesk.store.audit import record
from infodesk.text.message import Message

Answer = tuple[Sequence[str], Sequence[Sequence[str]]]  # the headings, and the rows


def put_view(found: Office, book: Logbook, view: View, answer: Answer, to: Path) -> None:
    """Write it in the format of the file's ending, its class in its name and head; noted in the audit chain.

    InfodeskError for an ending that there is not, or a format that needs infodesk[office].
    """
    ending = to.suffix.removeprefix(".").lower()
    if ending not in FORMATS:
        raise InfodeskError(
            Message("there is no format {name}", name=repr(ending)),
            Message("the formats are {names}", names=list(FORMATS)),
        )
    document = _document(found, book, view, answer)
    stem = to.stem if document.secrecy in to.stem else f"{to.stem}_{document.secrecy}"
    target = found.terminal.folder / to.parent / stem
    target.parent.mkdir(parents=True, exist_ok=True)
    written = write_document(document, target, (ending,), stationery_in(found.folder))
    for skipped in written.skipped:
        raise InfodeskError(Message("{format}: {why}", format=skipped.format, why=skipped.why))
    for path in written.paths:
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        detail = {"logbook": book.id, "view": view.id, "sha256": digest}
        with found.desk.store.writing():
            record(found.desk.store, found.desk.actor, "export", path.name, detail)
        found.terminal.say("Written: {file}", file=found.terminal.shown(path))


def _document(found: Office, book: Logbook, view: View, answer: Answer) -> Document:
    language = found.terminal.workspace_language(found.definitions.settings.language)
    tell = language.tell
    return Document(
        hospital=tell(found.definitions.units.root.title),
        title=tell(view.title),
        period=f"{found.room.now:%Y-%m-%d}",
        secrecy=tell(Secrecy.INTERNAL.label),
        made_at=found.room.now,
        language=language,
        blocks=((_labels if view.look == "cards" else _list)(tell(book.title), answer),),
    )


def _list(title: str, answer: Answer) -> Table:
    heads, rows = answer
    columns = tuple(Column(head, align="left") for head in heads)
    return Table(title, columns, tuple(Row(tuple(map(Cell, row))) for row in rows))


def _labels(title: str, answer: Answer) -> Table:
    """A card for each row: its first answer large, the others beneath."""
    heads, rows = answer
    columns = (Column(""),) * (len(heads) + 2)
    cards = tuple(Row((Cell(title), Cell(""), *_of_card(heads, row))) for row in rows)
    return Table(title, columns, cards, look="cards")


def _of_card(heads: Sequence[str], row: Sequence[str]) -> Iterator[Cell]:
    """What stands on a card: blanks and their headings are left out."""
    yield Cell(row[0])
    for head, text in zip(heads[1:], row[1:], strict=True):
        if text:
            yield Cell(f"{head} {text}")
