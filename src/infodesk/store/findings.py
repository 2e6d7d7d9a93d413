"""The numbers of findings, and what was said of them."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from infodesk.model.actor import Actor
from infodesk.model.finding import Identity, State
from infodesk.store.audit import instant, record
from infodesk.store.store import Store


@dataclass(frozen=True)
class Said:
    """The last word on a finding, and the two sides it was said of."""

    state: State
    words: str
    numbers: tuple[str, ...]


def number_findings(store: Store, actor: Actor, found: Iterable[Identity]) -> dict[Identity, int]:
    """The numbers of these findings; new ones get the next, for good."""
    wanted = list(dict.fromkeys(found))
    known = _numbers(store, wanted)
    fresh = [identity for identity in wanted if identity not in known]
    if fresh:
        with store.writing():
            known = _numbers(store, wanted)
            fresh = [identity for identity in wanted if identity not in known]
            for identity in fresh:
                known[identity] = _add(store, actor, identity)
            record(store, actor, "findings", "", {"new": [known[identity] for identity in fresh]})
    return {identity: known[identity] for identity in wanted}


def _key(identity: Identity) -> tuple[str, ...]:
    return (
        str(identity.period),
        identity.form,
        identity.unit,
        identity.row,
        identity.rule,
        identity.item,
    )


def _numbers(store: Store, wanted: list[Identity]) -> dict[Identity, int]:
    by_key = {_key(identity): identity for identity in wanted}
    periods = {str(identity.period) for identity in wanted}
    known: dict[Identity, int] = {}
    for period in periods:
        query = "SELECT period, form, unit, row, rule, item, id FROM finding WHERE period = ?"
        for *key, number in store.connection.execute(query, (period,)):
            if tuple(key) in by_key:
                known[by_key[tuple(key)]] = number
    return known


def _add(store: Store, actor: Actor, identity: Identity) -> int:
    found = store.connection.execute(
        "INSERT INTO finding (period, form, unit, row, rule, item, first_found_at) "
        "VALUES (?, ?, ?, ?, ?, ?, ?)",
        (*_key(identity), instant(actor.now)),
    )
    return int(found.lastrowid or 0)


def said_of(store: Store) -> Mapping[int, Said]:
    """The last word on every finding that somebody spoke of."""
    query = "SELECT finding, kind, words, numbers FROM explanation ORDER BY id"
    return {
        finding: Said(State(kind), words, tuple(json.loads(numbers)))
        for finding, kind, words, numbers in store.connection.execute(query)
    }


def say(store: Store, actor: Actor, finding: int, said: Said) -> None:
    """Add a word on a finding; the earlier ones stay."""
    with store.writing():
        store.connection.execute(
            "INSERT INTO explanation (finding, kind, words, numbers, at, os_user, by_name) "
            "VALUES (?, ?, ?, ?, ?, ?, ?)",
            (
                finding,
                said.state.value,
                said.words,
                json.dumps(said.numbers),
                instant(actor.now),
                actor.os_user,
                actor.by,
            ),
        )
        detail = {"finding": finding, "state": said.state.value, "words": said.words}
        record(store, actor, "explain", str(finding), detail)
