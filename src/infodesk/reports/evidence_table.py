"""Evidence as a table: on the screen, and as a spreadsheet for the visitors."""

import hashlib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from infodesk.errors import InfodeskError
from infodesk.model.item import Secrecy
from infodesk.render.document import Cell, Column, Document, PageBreak, Row, Table, Text
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
WANTING: tuple[ClauseState, ...] = ("missing", "empty", "unserved")
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
_RIGHT = (
    ("accepted", Message("{n} without errors")),
    ("wrong", Message("{n} with open errors")),
    ("corrected", Message("{n} sent anew, the first version kept")),
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
            return tell("; ").join([expected, written] if duties else [written])
        case "form":
            return _of_parts(tell, proof)
        case "report":
            made = tell("{n} made", n=found.get("made", 0))
            return tell.tell([made, *_counted(tell, proof, _PARTS)])


def _of_parts(tell: Language, proof: Proof) -> str:
    owed, closed = proof.found.get("owed", 0), proof.found.get("releases", 0)
    if not owed:
        return tell("none is due in this time")
    told = [tell("{n} parts: {what}", n=owed, what=_counted(tell, proof, _PARTS))]
    told.append(tell.tell(_counted(tell, proof, _RIGHT)))
    told.append(tell("{n} periods closed and sealed", n=closed) if closed else "")
    return tell("; ").join(filter(None, told))


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
        texts = [
            *head,
            tell.tell(proof.title),
            often_words(tell, proof),
            found_words(tell, proof),
            tell("; ").join(tell.tell(message) for message in proof.missing),
        ]
        yield Row(tuple(Cell(text) for text in texts))
        head = ["", "", ""]


def often_words(tell: Language, proof: Proof) -> str:
    """What is expected of it, and how many times in this time: Daily set × 184, Weekly set × 26; 1 not in this time."""
    asked = [each for each in proof.often if each.expected != 0]
    words = tell.tell([_often(tell, each) for each in asked or proof.often])
    left = len(proof.often) - len(asked)
    if not proof.often:
        return tell("as it happens")
    if not asked:
        return tell("{what}; not in this time", what=words)
    return tell("{what}; {n} more not in this time", what=words, n=left) if left else words


def _often(tell: Language, often: Often) -> str:
    title = tell.tell(often.title)
    return tell("{title} × {n}", title=title, n=often.expected) if often.expected else title


def altered_words(tell: Language, found: Evidence) -> Iterator[str]:
    """That the records were altered, in one sentence; nothing if they are as they were written."""
    if found.altered is not None:
        yield tell("Altered by other hands: {what}", what=found.altered)


def summary(tell: Language, found: Evidence) -> str:
    """How many clauses are shown, and how many are not and why."""
    counts = Counter(each.state for each in found.clauses)
    words = [
        tell("{state}: {n}", state=message, n=counts[state])
        for state, message in STATES.items()
        if counts[state]
    ]
    return tell("{n} clauses. {what}", n=len(found.clauses), what=words)


def named_by_state(tell: Language, found: Evidence) -> Iterator[tuple[ClauseState, str]]:
    """Which clauses stand how, state by state."""
    for state in STATES:
        names = [each.clause.id for each in found.clauses if each.state == state]
        if names:
            yield state, tell.tell(names)


def _states_table(tell: Language, found: Evidence) -> Table:
    """Which clauses stand how: the front page."""
    columns = (Column(tell("State"), align="left"), Column(tell("Clause"), align="left"))
    named = named_by_state(tell, found)
    rows = tuple(Row((Cell(tell.tell(STATES[state])), Cell(names))) for state, names in named)
    return Table(tell("State"), columns, rows)


def write_evidence(desk: Desk, language: Language, found: Evidence, path: Path) -> Path:
    """Write the evidence as .xlsx, and note in the audit chain that it left the store; where it is.

    Its class stands in the file's name: visit_内部.xlsx. InfodeskError for a file of another kind.
    """
    if path.suffix.lower() != ".xlsx":
        raise InfodeskError(
            Message("{file} is no .xlsx", file=path.name),
            Message("name the file with that ending"),
        )
    document = _document(desk, language, found)
    if document.secrecy not in path.stem:
        path = path.with_stem(f"{path.stem}_{document.secrecy}")
    content = xlsx_of(document)
    path.parent.mkdir(parents=True, exist_ok=True)
    place(path, content)
    detail = {
        "period": str(found.period),
        "class": Secrecy.INTERNAL.value,
        "sha256": hashlib.sha256(content).hexdigest(),
    }
    with desk.store.writing():
        record(desk.store, desk.actor, "export", path.name, detail)
    return path


def _document(desk: Desk, language: Language, found: Evidence) -> Document:
    return Document(
        hospital=language.tell(desk.definitions.units.root.title),
        title=language("Evidence by clause of the regulation"),
        period=language.tell(found.period.title),
        secrecy=language.tell(Secrecy.INTERNAL.label),
        made_at=desk.now,
        language=language,
        blocks=(
            *(Text(text) for text in (*altered_words(language, found), summary(language, found))),
            _states_table(language, found),
            PageBreak(),
            evidence_table(language, found),
        ),
    )
