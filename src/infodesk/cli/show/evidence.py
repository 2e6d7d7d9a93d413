"""Evidence on the screen, and as JSON."""

from infodesk.cli.terminal import new_table
from infodesk.cli.workspace import Office
from infodesk.reports.evidence import ClauseEvidence, Evidence
from infodesk.reports.evidence_table import evidence_table, summary
from infodesk.reports.proof import Proof


def show_as(found: Office, evidence: Evidence, *, as_json: bool) -> None:
    """In the form asked for: JSON, or a table with what it comes to."""
    if as_json:
        found.terminal.json(evidence_json(found, evidence))
        return
    tell = found.terminal.language
    made = evidence_table(tell, evidence)
    table = new_table(*(column.title for column in made.columns))
    for row in made.rows:
        table.add_row(*(cell.text for cell in made.padded(row)))
    found.terminal.table(table)
    found.terminal.result(summary(tell, evidence))


def evidence_json(found: Office, evidence: Evidence) -> dict[str, object]:
    """The documented shape of `evidence --json`."""
    return {
        "period": str(evidence.period),
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
