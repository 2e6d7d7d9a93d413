"""Rounds that were begun and are not finished: kept after each answer, so that nothing is lost with a terminal."""

import json
from collections.abc import Iterator
from datetime import datetime

from infodesk.errors import RefusedError
from infodesk.model.entry import Breach, key_of
from infodesk.model.limit import Level
from infodesk.model.round import Place, Round
from infodesk.store.audit import instant, moment
from infodesk.store.store import Store
from infodesk.text.message import Message

_COLUMNS = (
    "book, schedule, slot, begun_at, saved_at, walked_at, person, given, measured, gaps, holder"
)
_HERE = "book = ? AND schedule = ? AND slot = ?"


def begun_rounds(store: Store, book: str) -> Iterator[Round]:
    """The rounds of a logbook that are not finished, the oldest first."""
    query = f"SELECT {_COLUMNS} FROM round WHERE book = ? ORDER BY begun_at, schedule"
    for row in store.connection.execute(query, (book,)):
        yield _round(row)


def kept_round(store: Store, place: Place) -> Round | None:
    """The round as it was last kept, left where it is; nothing if none is begun."""
    query = f"SELECT {_COLUMNS} FROM round WHERE {_HERE}"
    row = store.connection.execute(query, place).fetchone()
    return None if row is None else _round(row)


def take_round(store: Store, begun: Round) -> Round:
    """Take a round to this terminal (`holder`): as it was left if it was begun already, else begin it."""
    with store.writing():
        kept = kept_round(store, begun.place)
        if kept is None:
            marks = ", ".join("?" * 11)
            store.connection.execute(
                f"INSERT INTO round ({_COLUMNS}) VALUES ({marks})", _row(begun)
            )
            return begun
        store.connection.execute(
            f"UPDATE round SET holder = ? WHERE {_HERE}", (begun.holder, *begun.place)
        )
        return kept


def save_round(store: Store, round_: Round) -> None:
    """Keep what was answered. RefusedError if the round goes on at another terminal, or is finished there."""
    with store.writing():
        check_holder(store, round_)
        values = _row(round_)
        store.connection.execute(
            f"UPDATE round SET ({_COLUMNS}) = ({', '.join('?' * 11)}) WHERE {_HERE}",
            (*values, *round_.place),
        )


def check_holder(store: Store, round_: Round) -> None:
    """RefusedError if the round is no longer this terminal's."""
    row = store.connection.execute(
        f"SELECT holder, person, saved_at FROM round WHERE {_HERE}", round_.place
    ).fetchone()
    if row is not None and row[0] == round_.holder:
        return
    message = Message("this round was finished at another terminal")
    if row is not None:
        message = Message("this round goes on at another terminal")
    raise RefusedError(
        message, Message("what was answered here is kept, but for the last answer; nothing is lost")
    )


def drop_round(store: Store, place: Place) -> None:
    """Forget a round: it is finished, or given up."""
    with store.writing():
        store.connection.execute(f"DELETE FROM round WHERE {_HERE}", place)


def _row(round_: Round) -> tuple[str, ...]:
    gaps = [[gap.level.value, str(gap.key), gap.value, gap.check] for gap in round_.gaps]
    return (
        *round_.place,
        instant(round_.begun_at),
        instant(round_.saved_at),
        _text(round_.walked_at),
        round_.person,
        json.dumps(dict(round_.given), ensure_ascii=False),
        json.dumps(sorted(map(str, round_.measured)), ensure_ascii=False),
        json.dumps(gaps, ensure_ascii=False),
        round_.holder,
    )


def _text(walked: datetime | None) -> str:
    return "" if walked is None else instant(walked)


def _round(row: tuple[str, ...]) -> Round:
    book, schedule, slot, begun, saved, walked, person, given, measured, gaps, holder = row
    return Round(
        Place(book, schedule, slot),
        moment(begun),
        moment(saved),
        person,
        holder,
        moment(walked) if walked else None,
        json.loads(given),
        frozenset(map(key_of, json.loads(measured))),
        tuple(
            Breach(Level(level), key_of(key), value, check)
            for level, key, value, check in json.loads(gaps)
        ),
    )
