"""Opening balances: what `prev()` needs of the month before the first one."""

from collections.abc import Iterable

from infodesk.model.actor import Actor
from infodesk.model.opening import Opening
from infodesk.model.period import Period
from infodesk.store.audit import record
from infodesk.store.store import Store


def openings(store: Store, period: Period) -> tuple[Opening, ...]:
    """The opening balances of a period."""
    query = "SELECT form, unit, row, item, value FROM opening WHERE period = ? ORDER BY 1, 2, 3, 4"
    return tuple(Opening(*row) for row in store.connection.execute(query, (str(period),)))


def opening_periods(store: Store) -> list[str]:
    """The periods there are opening balances for."""
    query = "SELECT DISTINCT period FROM opening ORDER BY period"
    return [row[0] for row in store.connection.execute(query)]


def replace_openings(store: Store, actor: Actor, period: Period, wanted: Iterable[Opening]) -> bool:
    """Make the openings of a period what the file says; whether anything changed."""
    new = tuple(sorted(wanted))
    if new == openings(store, period):
        return False
    with store.writing():
        before = openings(store, period)
        store.connection.execute("DELETE FROM opening WHERE period = ?", (str(period),))
        store.connection.executemany(
            "INSERT INTO opening VALUES (?, ?, ?, ?, ?, ?)", [(str(period), *each) for each in new]
        )
        detail = {"before": [list(each) for each in before], "after": [list(each) for each in new]}
        record(store, actor, "opening", str(period), detail)
    return True
