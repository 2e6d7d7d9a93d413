"""Evidence on the screen, and as JSON."""

from collections.abc import Iterator

from rich.cells import cell_len

from infodesk.cli.show.paragraph import paragraph
from infodesk.cli.workspace import Office
from infodesk.model.period import Period
from infodesk.reports.evidence import ClauseEvidence, Evidence
from infodesk.reports.evidence_table import (
    STATES,
    WANTING,
    altered_words,
    found_words,
    named_by_state,
    often_words,
    summary,
)
from infodesk.reports.proof import Proof


def show_as(found: Office, evidence: Evidence, *, as_json: bool) -> None:
    """In the form asked for: JSON, or clause by clause, what it comes to at the end."""
    if as_json:
        found.terminal.json(evidence_json(found, evidence))
        return
    tell, terminal = found.terminal.language, found.terminal
    for each in evidence.clauses:
        for line in _block(found, each):
            terminal.result(line)
        terminal.result("")
    wanting = [
        tell("{what}: {value}", what=STATES[state], value=names)
        for state, names in named_by_state(tell, evidence)
        if state in WANTING
    ]
    for text in (*altered_words(tell, evidence), summary(tell, evidence), *wanting):
        for line in paragraph(terminal, "", text):
            terminal.result(line)


def tell_limits(found: Office, period: Period) -> None:
    """Say of what part of a period there can be no evidence: what is to come, and what was before infodesk."""
    since = found.definitions.settings.logbooks_since
    if period.start > found.room.now.date():
        found.terminal.say("{period} has not begun", period=period)
    elif since is not None and period.start < since:
        found.terminal.say(
            "Logbooks are kept since {day}: before it nothing is expected", day=since
        )


def _block(found: Office, each: ClauseEvidence) -> Iterator[str]:
    """A clause: its number, how it stands, what is required; beneath it what shows it."""
    tell, terminal = found.terminal.language, found.terminal
    stands = tell.tell(STATES[each.state])
    required = tell("{what} [{state}]", what=each.clause.title, state=stands)
    yield from paragraph(terminal, f"{each.clause.id}  ", required)
    for proof in each.proofs:
        yield from _shown_by(found, proof)


def _shown_by(found: Office, proof: Proof) -> Iterator[str]:
    tell, terminal = found.terminal.language, found.terminal
    yield from paragraph(terminal, "  ", tell.tell(proof.title))
    told = [
        (tell("How often"), often_words(tell, proof)),
        (tell("Found"), found_words(tell, proof)),
        *((tell("Missing"), tell.tell(message)) for message in proof.missing),
    ]
    wide = max(cell_len(name) for name, _ in told)
    before = ""
    for name, text in told:
        head = name if name != before else ""
        yield from paragraph(terminal, f"    {head}{' ' * (wide - cell_len(head) + 2)}", text)
        before = name


def evidence_json(found: Office, evidence: Evidence) -> dict[str, object]:
    """The documented shape of `evidence --json`."""
    return {
        "period": str(evidence.period),
        "altered": None
        if evidence.altered is None
        else found.terminal.language.tell(evidence.altered),
        "as_of": found.room.now.isoformat(timespec="seconds"),
        "clauses": [_clause(found, each) for each in evidence.clauses],
    }


def _clause(found: Office, each: ClauseEvidence) -> dict[str, object]:
    return {
        "clause": each.clause.id,
        "title": found.terminal.language.tell(each.clause.title),
        "conduct": each.clause.is_conduct,
        "state": each.state,
        "shown_by": [_proof(found, proof) for proof in each.proofs],
    }


def _proof(found: Office, proof: Proof) -> dict[str, object]:
    tell = found.terminal.language.tell
    return {
        "kind": proof.kind,
        "id": proof.id,
        "title": tell(proof.title),
        "often": [{"title": tell(each.title), "expected": each.expected} for each in proof.often],
        "found": dict(proof.found),
        "missing": [tell(message) for message in proof.missing],
    }
