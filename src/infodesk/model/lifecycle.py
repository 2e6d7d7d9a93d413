"""The life of an entry: its states, and the moves between them."""

from dataclasses import dataclass
from functools import cached_property

from infodesk.model.expression import Node
from infodesk.model.length import Length
from infodesk.text.message import Title


@dataclass(frozen=True)
class Deadline:
    """How long an entry may stay in a state, if `when` holds: a length of time after `since` (a moment of the entry,
    else when it came into the state), or until the day or moment in the field `until`."""

    within: Length | None = None
    since: str | None = None
    until: str | None = None
    when: Node | None = None


@dataclass(frozen=True)
class State:
    """A state. In a `final` one nothing more is expected; `deadlines` are tried in their order, and the first that
    applies counts, or the soonest of those that apply."""

    id: str
    title: Title
    is_final: bool = False
    deadlines: tuple[Deadline, ...] = ()
    is_waiting: bool = False  # the clock of targets stands still: suspended, waiting for parts
    is_steady: bool = (
        False  # in force: a valid permit, a medium in the vault; told of after its deadline only
    )
    is_soonest: bool = False


@dataclass(frozen=True)
class Move:
    """A step from one state to another: which posts may take it, what it asks, and who may not take it,
    having taken part already (`other_than`: moves, or fields that name a person)."""

    id: str
    title: Title
    from_: tuple[str, ...]
    to: str
    by: tuple[str, ...] = ()
    asks: tuple[str, ...] = ()
    other_than: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    when: Node | None = None  # the gate: what must hold of the entry before it
    when_text: str = ""


@dataclass(frozen=True)
class Start:
    """The state an entry begins in, if `when` holds."""

    state: str
    when: Node | None = None


@dataclass(frozen=True)
class Lifecycle:
    """States in their order; the last start has no condition."""

    states: tuple[State, ...]
    starts: tuple[Start, ...]
    moves: tuple[Move, ...] = ()

    @cached_property
    def state_by_id(self) -> dict[str, State]:
        """States by their id."""
        return {state.id: state for state in self.states}

    @cached_property
    def move_by_id(self) -> dict[str, Move]:
        """Moves by their id."""
        return {move.id: move for move in self.moves}

    @cached_property
    def asked_by_moves(self) -> frozenset[str]:
        """Fields that some move asks, and adding therefore does not."""
        return frozenset(field for move in self.moves for field in move.asks)

    def moves_from(self, state: str) -> tuple[Move, ...]:
        """What can be done with an entry in a state."""
        return tuple(move for move in self.moves if state in move.from_)


# Of a logbook that declares none: an entry is written, and that is all.
WRITTEN = Lifecycle(
    (State("recorded", Title("已记", "recorded"), is_final=True),), (Start("recorded"),)
)
