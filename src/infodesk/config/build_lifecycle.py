"""The lifecycle of a logbook: states, starts and moves."""

from collections.abc import Mapping, Sequence

from infodesk.config.expressions import Expressions
from infodesk.config.shapes_lifecycle import (
    DeadlineOfStateShape,
    LifecycleShape,
    MoveShape,
    StateShape,
)
from infodesk.config.source import Path, Source
from infodesk.model.item import Type
from infodesk.model.lifecycle import Deadline, Lifecycle, Move, Start, State
from infodesk.model.logbook import Logbook
from infodesk.text.message import Message

_MOMENTS = (Type.DATE, Type.MOMENT)


def build_lifecycle(
    expressions: Expressions, shape: LifecycleShape, book: Logbook, posts: tuple[str, ...]
) -> Lifecycle:
    """The lifecycle; what does not fit is noted in the source."""
    path: Path = ("lifecycle",)
    states = tuple(
        _state(expressions, (*path, "states", n), state, book)
        for n, state in enumerate(shape.states)
    )
    starts = [
        Start(each.state, expressions.condition((*path, "starts", n, "when"), each.when))
        for n, each in enumerate(shape.starts)
    ]
    if not starts or shape.starts[-1].when is not None:
        starts.append(Start(shape.states[0].id))
    moves = tuple(_move(expressions, (*path, "moves", n), m) for n, m in enumerate(shape.moves))
    _check(expressions, shape, book, posts)
    return Lifecycle(states, tuple(starts), moves)


def _state(expressions: Expressions, path: Path, shape: StateShape, book: Logbook) -> State:
    deadlines = tuple(
        _deadline(expressions, (*path, "deadlines", n), each, book)
        for n, each in enumerate(shape.deadlines)
    )
    return State(
        shape.id,
        shape.title,
        is_final=shape.final,
        deadlines=deadlines,
        is_waiting=shape.waiting,
        is_steady=shape.steady,
        is_soonest=shape.soonest,
    )


def _deadline(
    expressions: Expressions, path: Path, shape: DeadlineOfStateShape, book: Logbook
) -> Deadline:
    source = expressions.source
    if (shape.within is None) == (shape.until is None):
        source.note(path, Message("write either within or until"))
    for key in ("since", "until"):
        name = getattr(shape, key)
        item = book.by_id.get(name or "")
        if name is not None and (item is None or item.type not in _MOMENTS):
            known = [each.id for each in book.by_id.values() if each.type in _MOMENTS]
            source.note_stranger((*path, key), name, known)
    when = expressions.condition((*path, "when"), shape.when)
    return Deadline(shape.within, shape.since, shape.until, when)


def _move(expressions: Expressions, path: Path, shape: MoveShape) -> Move:
    return Move(
        shape.id,
        shape.title,
        tuple(shape.from_),
        shape.to,
        tuple(shape.by),
        tuple(shape.asks),
        tuple(shape.other_than),
        tuple(shape.aliases),
        expressions.condition((*path, "when"), shape.when),
        shape.when or "",
    )


def _check(
    expressions: Expressions, shape: LifecycleShape, book: Logbook, posts: tuple[str, ...]
) -> None:
    source, path = expressions.source, ("lifecycle",)
    states = [state.id for state in shape.states]
    _check_twice(source, (*path, "states"), states)
    _check_twice(source, (*path, "moves"), [move.id for move in shape.moves])
    for n, start in enumerate(shape.starts):
        if start.state not in states:
            source.note_stranger((*path, "starts", n, "state"), start.state, states)
    people = [field.id for field in book.fields if field.type is Type.PERSON]
    known: dict[str, Sequence[str]] = {
        "from_": states,
        "by": posts,
        "asks": tuple(book.field_by_id),
        "other_than": ("add", *(move.id for move in shape.moves), *people),
    }
    for n, move in enumerate(shape.moves):
        _check_move(source, (*path, "moves", n), move, states, known)


def _check_move(
    source: Source,
    path: Path,
    move: MoveShape,
    states: Sequence[str],
    known: Mapping[str, Sequence[str]],
) -> None:
    if move.to not in states:
        source.note_stranger((*path, "to"), move.to, states)
    if move.id == "add":
        source.note(
            (*path, "id"), Message("add is what every entry begins with: name it otherwise")
        )
    for key, names in known.items():
        for m, name in enumerate(getattr(move, key)):
            if name not in names:
                source.note_stranger((*path, key.rstrip("_"), m), name, names)


def _check_twice(source: Source, path: Path, ids: Sequence[str]) -> None:
    for n, name in enumerate(ids):
        if name in ids[:n]:
            source.note((*path, n, "id"), Message("{id} is declared twice", id=name))
