"""Small numbers: which cells of a table must not be published, so that nobody can work them out.

Counts of persons from 1 to k-1 are hidden (primary). In a row or column with a total another cell is then
hidden too (secondary), and so on until nothing changes; at last the table is attacked: who knows every
published cell, and between which limits a hidden one lies, must not be able to pin it to one value.

A table's equations are a network: each cell is an arc between the total it is part of and the total it
is itself, or the total of its column. In a network of whole numbers an arc can take another value exactly
if it lies on a cycle of arcs that have room, so one search per cell answers the question for certain.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

THRESHOLD = 5
Key = tuple[str, str]  # row, column
Node = tuple[str, ...]
GROUND: Node = ()


class Mark(StrEnum):
    """What stands for a hidden count."""

    SMALL = "small"  # printed <5
    OTHER = "other"  # printed *


@dataclass(frozen=True)
class Counts:
    """A table of counts with all its totals among the `values`, by row and column.

    `sums` names the parts of each column that is a total: months of quarters, quarters of a year.
    `total_row` is the row that adds up the others. Whatever total is not published is left out.
    """

    values: Mapping[Key, int]
    sums: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    total_row: str | None = None

    @cached_property
    def parent(self) -> dict[str, str]:
        """The total a column is part of."""
        return {part: total for total, parts in self.sums.items() for part in parts}

    @cached_property
    def rows(self) -> tuple[str, ...]:
        """The rows, without the one that adds them up."""
        found = dict.fromkeys(row for row, _ in self.values)
        return tuple(row for row in found if row != self.total_row)

    @cached_property
    def lines(self) -> tuple[tuple[Key, tuple[Key, ...]], ...]:
        """Every total with its parts, along the rows and down the columns."""
        rows = (*self.rows, *([self.total_row] if self.total_row else []))
        along = (
            ((r, c), tuple((r, p) for p in parts)) for r in rows for c, parts in self.sums.items()
        )
        columns = dict.fromkeys(column for _, column in self.values) if self.total_row else ()
        down = (((str(self.total_row), c), tuple((r, c) for r in self.rows)) for c in columns)
        return (*along, *down)


@dataclass(frozen=True)
class Limits:
    """Below which count a cell is small, and whether a 0 is hidden like one."""

    threshold: int = THRESHOLD
    hide_zero: bool = False

    def is_small(self, count: int) -> bool:
        """Whether a count must not be published."""
        return (0 if self.hide_zero else 1) <= count < self.threshold


Hidden = dict[Key, Mark]


def suppress(counts: Counts, limits: Limits | None = None) -> Hidden:
    """The cells to hide, and what is printed for each; all others are published."""
    limits = limits or Limits()
    hidden: Hidden = {k: Mark.SMALL for k, count in counts.values.items() if limits.is_small(count)}
    while (more := _next_to_hide(counts, hidden, limits)) is not None:
        is_new = more not in hidden and limits.is_small(counts.values[more])
        hidden[more] = Mark.SMALL if is_new else Mark.OTHER
    return hidden


def hides_rate(
    numerator: int, denominator: int, limits: Limits | None = None, least: int | None = None
) -> bool:
    """Whether a rate must not be published: over few persons (`least`, else the threshold) or of few."""
    limits = limits or Limits()
    return limits.is_small(numerator) or denominator < (least or limits.threshold)


def recoverable(counts: Counts, hidden: Hidden, limits: Limits | None = None) -> Iterator[Key]:
    """The hidden cells that can have one value only, for whoever knows all the others."""
    network = _Network(counts, hidden, limits or Limits())
    return (key for key in hidden if not network.can_differ(key))


def _next_to_hide(counts: Counts, hidden: Hidden, limits: Limits) -> Key | None:
    for total, parts in counts.lines:
        line = (total, *parts)
        if sum(key in hidden for key in line) == 1:
            return _cheapest(counts, hidden, parts) or _first(k for k in line if k not in hidden)
    exposed = _first(recoverable(counts, hidden, limits))
    return None if exposed is None else _cover(counts, hidden, exposed)


def _cover(counts: Counts, hidden: Hidden, exposed: Key) -> Key | None:
    """A cell to hide beside one that is exposed: near it, its totals, then any.

    A small total that is hidden already says too much by its `<5`, and gets a `*` instead.
    """
    around = [(total, parts) for total, parts in counts.lines if exposed in (total, *parts)]
    totals = [total for total, _ in around]
    everything = list(counts.values)
    return (
        _cheapest(counts, hidden, (key for _, parts in around for key in parts))
        or _cheapest(counts, hidden, totals)
        or _first(key for key in totals if hidden.get(key) is Mark.SMALL)
        or _cheapest(counts, hidden, everything)
        or _first(key for key in everything if key not in hidden)
    )


def _cheapest(counts: Counts, hidden: Hidden, keys: Iterable[Key]) -> Key | None:
    """The smallest count that is not 0 and not hidden yet; of several the one that covers most others."""
    left = [key for key in keys if key not in hidden and counts.values[key]]
    return min(
        left, key=lambda key: (counts.values[key], -_covers(counts, hidden, key)), default=None
    )


def _covers(counts: Counts, hidden: Hidden, key: Key) -> int:
    """In how many lines with one hidden cell it would be the second."""
    lines = [(total, *parts) for total, parts in counts.lines if key in (total, *parts)]
    return sum(sum(other in hidden for other in line) == 1 for line in lines)


def _first(keys: Iterable[Key]) -> Key | None:
    return next(iter(keys), None)


class _Network:
    """The hidden cells as arcs with the room everybody knows of: `<5` is below 5, and none is 0."""

    def __init__(self, counts: Counts, hidden: Hidden, limits: Limits) -> None:
        self._counts = counts
        is_never_zero = all(counts.values[key] for key in hidden)
        low = 1 if is_never_zero and not limits.hide_zero else 0
        self._room: dict[Node, list[tuple[Node, Key]]] = {}
        for key, mark in hidden.items():
            tail, head = self._ends(key)
            count = counts.values[key]
            if mark is Mark.OTHER or count < limits.threshold - 1:
                self._room.setdefault(tail, []).append((head, key))
            if count > low:
                self._room.setdefault(head, []).append((tail, key))

    def _ends(self, key: Key) -> tuple[Node, Node]:
        """The equations a cell stands in: the total it is part of, and the one it is, or its column's."""
        row, column = key
        up = self._counts.parent.get(column)
        above = GROUND if up is None else (row, up)
        if column in self._counts.sums:
            below: Node = (row, column)
        else:
            below = (column,) if self._counts.total_row else GROUND
        return (below, above) if row == self._counts.total_row else (above, below)

    def can_differ(self, key: Key) -> bool:
        """Whether the cell can be one more, or one less, while all equations hold."""
        tail, head = self._ends(key)
        arcs = self._room
        is_more = (head, key) in arcs.get(tail, []) and self._is_path(head, tail, key)
        is_less = (tail, key) in arcs.get(head, []) and self._is_path(tail, head, key)
        return is_more or is_less

    def _is_path(self, start: Node, end: Node, without: Key) -> bool:
        waiting, seen = [start], {start}
        while waiting:
            node = waiting.pop()
            if node == end:
                return True
            for after, key in self._room.get(node, []):
                if key != without and after not in seen:
                    seen.add(after)
                    waiting.append(after)
        return False
