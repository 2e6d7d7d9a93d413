"""Evidence as a table: on the screen, and as a spreadsheet for the visitors."""

import hashlib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from infodesk.errors import InfodeskError
from infodesk.model.item import Secrecy
from infodesk.render.document import Cell, Column, Document, Row, Table, Text
from infodesk.render.place import place
from infodesk.render.write_xlsx import xlsx_of
from infodesk.reports.evidence import ClauseEvidence, ClauseState, Evidence
from infodesk.reports.proof import Often, Proof
from infodesk.stats.desk import Desk
from infodesk.store.audit import record
from infodesk.text.language import Language
from infodesk.text.message import Message

STATES: dict[ClauseState, Message] = {
    "shown": Message("shown"),
    "missing": Message("incomplete"),
    "empty": Message("nothing recorded"),
    "unserved": Message("nothing serves it"),
    "conduct": Message("conduct, which no record can show"),
}
_DUTIES = (
    ("done", Message("{n} in time")),
    ("late", Message("{n} late")),
    ("skipped", Message("{n} skipped")),
    ("missed", Message("{n} missed")),
    ("due", Message("{n} not over yet")),
)
_ENTRIES = (
    ("entries_late", Message("{n} recorded late")),
    ("warn", Message("{n} warned")),
    ("alarm", Message("{n} alarmed")),
)
_PARTS = (
    ("in_time", Message("{n} in time")),
    ("late", Message("{n} late")),
    ("missing", Message("{n} missing")),
    ("waiting", Message("{n} not due yet")),
)


def found_words(tell: Language, proof: Proof) -> str:
    """What was found, in a few words: 52 expected: 49 in time, 1 late, 2 missed; 50 entries."""
    found = proof.found
    match proof.kind:
        case "logbook":
            duties = _counted(tell, proof, _DUTIES)
            expected = tell("{n} expected: {what}", n=found.get("expected", 0), what=duties)
            written = tell("{n} entries", n=found.get("entries", 0))
            written = tell.tell([written, *_counted(tell, proof, _ENTRIES)])
            return "; ".join([expected, written] if duties else [written])
        case "form":
            came = _counted(tell, proof, _PARTS)
            parts = tell("{n} parts: {what}", n=found.get("owed", 0), what=came or ["-"])
            return "; ".join([parts, tell("{n} periods closed", n=found.get("releases", 0))])
        case "report":
            made = tell("{n} made", n=found.get("made", 0))
            return tell.tell([made, *_counted(tell, proof, _PARTS)])


def _counted(tell: Language, proof: Proof, kinds: tuple[tuple[str, Message], ...]) -> list[str]:
    return [
        tell(message.template, n=proof.found[name])
        for name, message in kinds
        if proof.found.get(name)
    ]


def evidence_table(tell: Language, found: Evidence) -> Table:
    """A row for each clause and what shows it; a clause that nothing shows has one too."""
    heads = (
        tell("Clause"),
        tell("Required"),
        tell("State"),
        tell("Shown by"),
        tell("How often"),
        tell("Found"),
        tell("Missing"),
    )
    columns = tuple(Column(head, align="left") for head in heads)
    rows = tuple(row for each in found.clauses for row in _rows(tell, each))
    return Table(tell("Evidence by clause"), columns, rows)


def _rows(tell: Language, each: ClauseEvidence) -> Iterator[Row]:
    head = [each.clause.id, tell.tell(each.clause.title), tell.tell(STATES[each.state])]
    if not each.proofs:
        yield Row(tuple(Cell(text) for text in head))
    for proof in each.proofs:
        often = [_often(tell, each) for each in proof.often] or [tell("as it happens")]
        texts = [
            *head,
            tell.tell(proof.title),
            tell.tell(often),
            found_words(tell, proof),
            "; ".join(tell.tell(message) for message in proof.missing),
        ]
        yield Row(tuple(Cell(text) for text in texts))
        head = ["", "", ""]


def _often(tell: Language, often: Often) -> str:
    title = tell.tell(often.title)
    return title if often.expected is None else tell("{title} × {n}", title=title, n=often.expected)


def summary(tell: Language, found: Evidence) -> str:
    """How many clauses are shown, and how many are not and why."""
    counts = Counter(each.state for each in found.clauses)
    words = [
        tell("{state}: {n}", state=message, n=counts[state])
        for state, message in STATES.items()
        if counts[state]
    ]
    return tell("{n} clauses. {what}", n=len(found.clauses), what=words)


def write_evidence(desk: Desk, language: Language, found: Evidence, path: Path) -> None:
    """Write the evidence as .xlsx, and note in the audit chain that it left the store.

    InfodeskError for a file of another kind.
    """
    if path.suffix.lower() != ".xlsx":
        raise InfodeskError(
            Message("{file} is no .xlsx", file=path.name),
            Message("name the file with that ending"),
        )
    tell = language.tell
    document = Document(
        hospital=tell(desk.definitions.units.root.title),
        title=language("Evidence by clause of the regulation"),
        period=tell(found.period.title),
        secrecy=tell(Secrecy.INTERNAL.label),
        made_at=desk.now,
        language=language,
        blocks=(Text(summary(language, found)), evidence_table(language, found)),
    )
    content = xlsx_of(document)
    path.parent.mkdir(parents=True, exist_ok=True)
    place(path, content)
    detail = {"period": str(found.period), "sha256": hashlib.sha256(content).hexdigest()}
    with desk.store.writing():
        record(desk.store, desk.actor, "export", path.name, detail)
