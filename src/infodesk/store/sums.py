"""The records of a period as they are added up."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from infodesk.expr.sql import identifier
from infodesk.model.form import Form
from infodesk.model.submission import Stored
from infodesk.store.relations import Relations
from infodesk.store.store import Store
from infodesk.store.tables import arrived


@dataclass(frozen=True)
class Record:
    """One record of a form: item → its stored answer, and the sections of it that came."""

    unit: str
    row: str
    answers: Mapping[str, Stored]
    sections: frozenset[str]


def records(store: Store, relations: Relations, form: Form) -> Iterator[Record]:
    """The records of every unit of which anything came, whether accepted or not."""
    items = [item.id for item in form.items()]
    sections = [section.id for section in form.sections]
    columns = ", ".join(map(identifier, [*map(arrived, sections), *items]))
    query = f"SELECT unit, row, {columns} FROM {relations.table(form.id)} ORDER BY unit, row"
    for unit, row, *values in store.connection.execute(query):
        came = dict(zip(sections, values, strict=False))
        answers = dict(zip(items, values[len(sections) :], strict=True))
        here = frozenset(section for section, number in came.items() if number is not None)
        yield Record(unit, row, answers, here)
