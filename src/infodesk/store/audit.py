"""The chain of changes: every row carries the hash of the one before."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime

from infodesk.model.actor import Actor
from infodesk.store.store import Store

BEGINNING = "0" * 64


@dataclass(frozen=True)
class AuditRow:
    """One change: when, by whom, what, to what; `hash` covers all of it and the row before."""

    id: int
    at: str
    os_user: str
    by_name: str
    action: str
    subject: str
    detail: str
    previous: str
    hash: str


def record(
    store: Store, actor: Actor, action: str, subject: str, detail: Mapping[str, object]
) -> None:
    """Append a row; inside `store.writing()`, so that it stands or falls with the change."""
    last = store.connection.execute(
        "SELECT id, hash FROM audit ORDER BY id DESC LIMIT 1"
    ).fetchone()
    number, previous = (last[0] + 1, last[1]) if last else (1, BEGINNING)
    row = AuditRow(
        number,
        instant(actor.now),
        actor.os_user,
        actor.by,
        action,
        subject,
        json.dumps(detail, ensure_ascii=False, sort_keys=True),
        previous,
        "",
    )
    values = asdict(row) | {"hash": _hash(row)}
    marks = ", ".join(f":{name}" for name in values)
    store.connection.execute(f"INSERT INTO audit VALUES ({marks})", values)


def rows(store: Store) -> Iterator[AuditRow]:
    """All changes, oldest first."""
    for row in store.connection.execute("SELECT * FROM audit ORDER BY id"):
        yield AuditRow(*row)


def first_break(store: Store) -> AuditRow | None:
    """The first row that does not continue the chain, or nothing if it is whole."""
    previous = BEGINNING
    for number, row in enumerate(rows(store), 1):
        if row.id != number or row.previous != previous or row.hash != _hash(row):
            return row
        previous = row.hash
    return None


def instant(moment: datetime) -> str:
    """A moment as it is stored: UTC, to the second."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def moment(text: str) -> datetime:
    """A stored moment."""
    return datetime.fromisoformat(text)


def _hash(row: AuditRow) -> str:
    content = asdict(row)
    del content["hash"]
    return hashlib.sha256(
        json.dumps(content, ensure_ascii=False, sort_keys=True).encode()
    ).hexdigest()
