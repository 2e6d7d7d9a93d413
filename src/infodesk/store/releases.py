"""Closed periods: figures frozen under a seal."""

import hashlib
import json
from dataclasses import dataclass

from infodesk.model.actor import Actor
from infodesk.model.period import Period
from infodesk.store.audit import instant, record
from infodesk.store.store import Store


@dataclass(frozen=True)
class Release:
    """A closed period's figures: `seal` is the SHA-256 of `figures`, which is their JSON text."""

    period: str
    number: int
    seal: str
    figures: str
    closed_at: str
    reopened_at: str | None
    reason: str | None

    @property
    def is_open(self) -> bool:
        """Whether the period was opened again after it."""
        return self.reopened_at is not None


def releases(store: Store, period: Period) -> tuple[Release, ...]:
    """All releases of a period, the last one last."""
    query = "SELECT period, number, seal, figures, closed_at, reopened_at, reason FROM release WHERE period = ? ORDER BY number"
    return tuple(Release(*row) for row in store.connection.execute(query, (str(period),)))


def is_closed(store: Store, period: Period) -> bool:
    """Whether the period's numbers are locked."""
    found = releases(store, period)
    return bool(found) and not found[-1].is_open


def closed_periods(store: Store) -> frozenset[str]:
    """The periods that are locked now."""
    query = "SELECT period FROM release GROUP BY period HAVING count(*) = count(reopened_at) + 1"
    return frozenset(row[0] for row in store.connection.execute(query))


def close_period(store: Store, actor: Actor, period: Period, figures: object) -> Release:
    """Freeze figures; the caller has made sure that the period can be closed."""
    text = json.dumps(figures, ensure_ascii=False, sort_keys=True)
    seal = hashlib.sha256(text.encode()).hexdigest()
    number = len(releases(store, period)) + 1
    with store.writing():
        store.connection.execute(
            "INSERT INTO release (period, number, seal, figures, closed_at) VALUES (?, ?, ?, ?, ?)",
            (str(period), number, seal, text, instant(actor.now)),
        )
        record(store, actor, "close", str(period), {"number": number, "seal": seal})
    return releases(store, period)[-1]


def reopen_period(store: Store, actor: Actor, period: Period, reason: str) -> None:
    """Open a closed period again, with a reason; its release stays."""
    with store.writing():
        store.connection.execute(
            "UPDATE release SET reopened_at = ?, reason = ? "
            "WHERE period = ? AND reopened_at IS NULL",
            (instant(actor.now), reason, str(period)),
        )
        record(store, actor, "reopen", str(period), {"reason": reason})
