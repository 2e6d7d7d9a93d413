"""Reports that were made: recorded in the audit, with the state of the data they were made from."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from infodesk.model.actor import Actor
from infodesk.model.period import Period
from infodesk.store.audit import moment, record
from infodesk.store.store import Store

ACTION = "report"
BUILT = "report_build"  # by a person's command, whatever the state of the data


@dataclass(frozen=True)
class Made:
    """A report of a period that was made: when, and from which state of the data."""

    at: datetime
    data: str


def data_version(store: Store, periods: Iterable[Period]) -> str:
    """A name for the state of some periods' data: the versions there, what was said of findings, releases."""
    state = [[_state(store, query, period) for query in _STATE] for period in periods]
    return hashlib.sha256(json.dumps(state).encode()).hexdigest()


_STATE = (
    "SELECT id FROM current_submission WHERE period = ? ORDER BY id",
    "SELECT e.id FROM explanation AS e JOIN finding AS f ON f.id = e.finding "
    "WHERE f.period = ? ORDER BY e.id",
    "SELECT number, seal, reopened_at FROM release WHERE period = ? ORDER BY number",
)


def _state(store: Store, query: str, period: Period) -> list[list[object]]:
    return [list(row) for row in store.connection.execute(query, (str(period),))]


def last_made(store: Store, report: str, period: Period) -> Made | None:
    """When a report of a period was last made, if ever."""
    query = "SELECT at, detail FROM audit WHERE action = ? AND subject = ? ORDER BY id DESC LIMIT 1"
    row = store.connection.execute(query, (ACTION, _subject(report, period))).fetchone()
    return None if row is None else Made(moment(row[0]), json.loads(row[1])["data"])


def was_built(store: Store, report: str, period: Period) -> bool:
    """Whether a report of a period was ever built, by a person or because it was due."""
    query = "SELECT 1 FROM audit WHERE action IN (?, ?) AND subject = ? LIMIT 1"
    values = (ACTION, BUILT, _subject(report, period))
    return store.connection.execute(query, values).fetchone() is not None


def record_built(store: Store, actor: Actor, of: tuple[str, Period], files: Iterable[str]) -> None:
    """Record that a person built a report (`of` a period)."""
    with store.writing():
        record(store, actor, BUILT, _subject(*of), {"files": list(files)})


def record_made(
    store: Store, actor: Actor, of: tuple[str, Period], data: str, files: Iterable[str]
) -> None:
    """Record that a report (`of` a period) was made, so that it is not made again from the same data."""
    with store.writing():
        detail = {"data": data, "files": list(files)}
        record(store, actor, ACTION, _subject(*of), detail)


def _subject(report: str, period: Period) -> str:
    return f"{report} {period}"
