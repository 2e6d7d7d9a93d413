"""The time in which an entry waited: in states that stop the clock of targets (挂起)."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from infodesk.model.entry import Entry, Kind
from infodesk.model.logbook import Logbook

Pause = tuple[datetime, datetime]


def pauses(book: Logbook, whole: Entry, now: datetime) -> tuple[Pause, ...]:
    """When an entry with all its lines was in a waiting state, in order; a wait that lasts ends `now`."""
    waiting = {state.id for state in book.lifecycle.states if state.is_waiting}
    steps = [line for line in whole.lines if line.kind in (Kind.ENTRY, Kind.MOVE)]
    ends = [*(line.occurred_at for line in steps[1:]), now]
    return tuple(
        (line.occurred_at, end)
        for line, end in zip(steps, ends, strict=True)
        if line.state in waiting and end > line.occurred_at
    )


def within(found: Iterable[Pause], start: datetime, end: datetime) -> Iterator[Pause]:
    """The parts of pauses that lie between two moments."""
    for began, ended in found:
        first, last = max(began, start), min(ended, end)
        if first < last:
            yield first, last
