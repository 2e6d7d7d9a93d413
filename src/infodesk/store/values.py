"""What the latest versions of several periods say, number by number."""

from collections.abc import Iterable, Mapping

from infodesk.expr.sql import identifier
from infodesk.model.form import Form
from infodesk.model.item import Item
from infodesk.model.period import Period
from infodesk.store.store import Store
from infodesk.store.tables import record_view

# period → (unit, row) → item → scaled number; blanks are left out
Values = dict[str, dict[tuple[str, str], dict[str, int | float]]]


def values_of(store: Store, form: Form, items: Iterable[Item], periods: Iterable[Period]) -> Values:
    """The numbers of some items of a form in some periods, record by record."""
    names = [item.id for item in items]
    wanted = [str(period) for period in periods]
    columns = ", ".join(["period", "unit", "row", *map(identifier, names)])
    marks = ", ".join("?" * len(wanted))
    query = f"SELECT {columns} FROM {identifier(record_view(form.id))} WHERE period IN ({marks})"
    found: Values = {period: {} for period in wanted}
    for period, unit, row, *answers in store.connection.execute(query, wanted):
        record = zip(names, answers, strict=True)
        found[period][unit, row] = {name: value for name, value in record if value is not None}
    return found


def months_known(store: Store, period: Period) -> Mapping[str, int]:
    """How many months of each unit the store holds up to a period, in periods of its length."""
    query = "SELECT DISTINCT unit, period FROM submission WHERE period <= ?"
    found: dict[str, int] = {}
    for unit, name in store.connection.execute(query, (str(period),)):
        if _kind(name) == _kind(str(period)):
            found[unit] = found.get(unit, 0) + period.frequency.months
    return found


def _kind(period: str) -> str:
    """What tells months, quarters, halves and years apart: 2026-09, 2026-Q3, 2026-H1, 2026."""
    return "".join("9" if sign.isdigit() else sign for sign in period)
