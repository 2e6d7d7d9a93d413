"""How an entry of the demo lives on: the moves of its lifecycle, one after the other, by those who may."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from random import Random

from infodesk.demo.plausible import demanded, fill_in
from infodesk.duty.room import DutyRoom
from infodesk.duty.write import How, draft_of, find_entry, move
from infodesk.errors import InfodeskError
from infodesk.model.actor import Actor
from infodesk.model.entry import Entry
from infodesk.model.lifecycle import Lifecycle, Move

LEFT_OPEN = 0.3  # the share of entries of the last days that stand in the middle of their life
LAST_DAYS = date(2026, 9, 21)


def live(room: DutyRoom, entry: Entry, names: tuple[str, ...] | None, random: Random) -> None:
    """Take these moves, or those of a whole life; it ends early where a move is not possible."""
    lifecycle = room.definitions.logbook_by_id[entry.first.book].lifecycle
    steps = _steps(lifecycle, entry.last.state)
    if names is not None:
        steps = tuple(lifecycle.move_by_id[name] for name in names)
    elif entry.first.occurred_at.date() >= LAST_DAYS and random.random() < LEFT_OPEN:
        steps = steps[: random.randrange(len(steps) + 1)]
    at = entry.first.recorded_at
    for step in steps:
        at += timedelta(minutes=random.randint(5, 25))
        if not _taken(
            replace(room, actor=_actor(room, entry, step, at, random)), entry, step, random
        ):
            return
        entry = find_entry(room, entry.id)


def _actor(room: DutyRoom, entry: Entry, step: Move, at: datetime, random: Random) -> Actor:
    people = room.definitions.people
    holders = people.holders(step.by, at.date()) or people.people
    before = {line.person for line in entry.lines} | set(entry.answers.values())
    fresh = [person for person in holders if person.id not in before]
    return Actor("demo", random.choice(fresh or holders).id, at)


def _taken(room: DutyRoom, entry: Entry, step: Move, random: Random) -> bool:
    lifecycle = room.definitions.logbook_by_id[entry.first.book].lifecycle
    gates = {name: text for each in lifecycle.moves for name, text in demanded(each.when).items()}
    given = {name: text for name, text in gates.items() if name in step.asks}
    draft, judged = fill_in(room, replace(draft_of(room, entry, given), move=step), random)
    others = [p.id for p in room.definitions.people.people if p.id != room.writer]
    try:
        how = How(second=random.choice(others))
        return judged.is_sound and move(room, entry, step.id, draft.given, how).line is not None
    except InfodeskError:
        return False


def _steps(lifecycle: Lifecycle, state: str) -> tuple[Move, ...]:
    """The longest way to a state in which nothing more is expected, without coming by a state twice."""
    if _is_settled(lifecycle, state):
        return ()
    return max(_ways(lifecycle, state, (state,)), key=len, default=())


def _ways(lifecycle: Lifecycle, state: str, seen: tuple[str, ...]) -> Iterator[tuple[Move, ...]]:
    for step in lifecycle.moves_from(state):
        if step.to in seen:
            continue
        if _is_settled(lifecycle, step.to):
            yield (step,)
        else:
            yield from ((step, *rest) for rest in _ways(lifecycle, step.to, (*seen, step.to)))


def _is_settled(lifecycle: Lifecycle, state: str) -> bool:
    found = lifecycle.state_by_id[state]
    return found.is_final or found.is_steady
