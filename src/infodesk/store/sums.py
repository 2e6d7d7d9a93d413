"""The items of accepted submissions, added up per unit."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from infodesk.expr.sql import identifier
from infodesk.model.form import Form
from infodesk.store.relations import Relations
from infodesk.store.store import Store
from infodesk.store.tables import arrived


@dataclass(frozen=True)
class UnitSums:
    """One unit's records of a form added up: item → scaled sum (nothing if all are blank), and the
    submission of each section that came."""

    unit: str
    sums: Mapping[str, int | float | None]
    submissions: Mapping[str, int]


def unit_sums(store: Store, relations: Relations, form: Form) -> Iterator[UnitSums]:
    """The sums of every unit of which anything came, whether accepted or not."""
    items = [item for item in form.items() if item.is_numeric]
    sections = [section.id for section in form.sections]
    columns = [f"max({identifier(arrived(section))})" for section in sections]
    columns += [f"sum({identifier(item.id)})" for item in items]
    table = relations.table(form.id)
    query = f"SELECT unit, {', '.join(columns)} FROM {table} GROUP BY unit ORDER BY unit"
    for unit, *values in store.connection.execute(query):
        came = dict(zip(sections, values, strict=False))
        sums = values[len(sections) :]
        yield UnitSums(
            unit,
            {item.id: value for item, value in zip(items, sums, strict=True)},
            {section: number for section, number in came.items() if number is not None},
        )
