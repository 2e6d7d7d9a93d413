"""What was sent back: to whom, which findings with which numbers, which submissions, and what came of it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from infodesk.model.actor import Actor
from infodesk.model.period import Period
from infodesk.model.submission import Part
from infodesk.store.audit import instant, moment, record
from infodesk.store.store import Store


@dataclass(frozen=True)
class Return:
    """One workbook sent back to its sender. `findings` are their numbers with the values asked about."""

    period: Period
    sender: str
    original: str  # SHA-256 of the workbook that was marked
    due: datetime
    findings: Mapping[int, tuple[str, ...]]
    submissions: tuple[int, ...]
    id: int = 0
    returned_at: datetime | None = None
    is_answered: bool = False


def add_return(store: Store, actor: Actor, made: Return) -> int:
    """Keep a return; its number."""
    with store.writing():
        found = store.connection.execute(
            "INSERT INTO returned (period, sender, original, due, returned_at, os_user, by_name) "
            "VALUES (?, ?, ?, ?, ?, ?, ?)",
            (
                str(made.period),
                made.sender,
                made.original,
                instant(made.due),
                instant(actor.now),
                actor.os_user,
                actor.by,
            ),
        )
        number = int(found.lastrowid or 0)
        store.connection.executemany(
            "INSERT INTO returned_finding VALUES (?, ?, ?)",
            [(number, finding, json.dumps(values)) for finding, values in made.findings.items()],
        )
        store.connection.executemany(
            "INSERT INTO returned_submission VALUES (?, ?)",
            [(number, submission) for submission in made.submissions],
        )
        detail = {
            "period": str(made.period),
            "sha256": made.original,
            "findings": list(made.findings),
            "due": instant(made.due),
        }
        record(store, actor, "return", made.sender, detail)
    return number


def returns(store: Store, period: Period) -> list[Return]:
    """The returns of a period, oldest first."""
    query = (
        "SELECT id, sender, original, due, returned_at, answer IS NOT NULL FROM returned "
        "WHERE period = ? ORDER BY id"
    )
    rows = store.connection.execute(query, (str(period),)).fetchall()
    return [
        Return(
            period, sender, original, moment(due), _findings(store, number),
            _submissions(store, number), number, moment(at), bool(answered),
        )
        for number, sender, original, due, at, answered in rows
    ]  # fmt: skip


def _findings(store: Store, number: int) -> dict[int, tuple[str, ...]]:
    query = "SELECT finding, numbers FROM returned_finding WHERE returned = ? ORDER BY finding"
    rows = store.connection.execute(query, (number,))
    return {finding: tuple(json.loads(numbers)) for finding, numbers in rows}


def _submissions(store: Store, number: int) -> tuple[int, ...]:
    query = "SELECT submission FROM returned_submission WHERE returned = ? ORDER BY submission"
    return tuple(row[0] for row in store.connection.execute(query, (number,)))


def answer_return(store: Store, actor: Actor, number: int, sha256: str) -> None:
    """Note that a return came back in the workbook of that hash; inside `store.writing()`."""
    query = "SELECT max(id) FROM workbook WHERE sha256 = ?"
    workbook = store.connection.execute(query, (sha256,)).fetchone()[0]
    store.connection.execute("UPDATE returned SET answer = ? WHERE id = ?", (workbook, number))
    record(store, actor, "answer", str(number), {"sha256": sha256})


@dataclass(frozen=True)
class Waiting:
    """A part that was sent back: when its first version had come, the new deadline, and whether it is still out."""

    received_at: datetime
    due: datetime
    is_out: bool


def sent_back(store: Store, period: Period) -> dict[Part, Waiting]:
    """The parts of a period that were sent back, by their last return.

    A part is out while the version sent back is the latest, nothing came in answer, and a finding of the return
    has had no word since.
    """
    query = """
        SELECT s.form, s.section, s.unit, w.received_at, r.due,
               r.answer IS NULL AND s.id IN (SELECT id FROM current_submission WHERE period = r.period)
               AND EXISTS (
                   SELECT 1 FROM returned_finding AS f WHERE f.returned = r.id AND NOT EXISTS (
                       SELECT 1 FROM explanation AS e
                       WHERE e.finding = f.finding AND e.numbers = f.numbers))
        FROM returned AS r JOIN returned_submission AS t ON t.returned = r.id
        JOIN submission AS s ON s.id = t.submission JOIN workbook AS w ON w.id = s.workbook
        WHERE r.period = ? ORDER BY r.id"""
    found: dict[Part, Waiting] = {}
    for form, section, unit, received, due, out in store.connection.execute(query, (str(period),)):
        part = Part(form, section, unit)
        first = found[part].received_at if part in found else moment(received)
        found[part] = Waiting(first, moment(due), bool(out))
    return found
