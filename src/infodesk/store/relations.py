"""The records that rules and sums look at, as temporary tables of one run.

`<form>@now`, `<form>@previous` and `<form>@year_before` hold a form's records of three periods, opening
balances filled into the earlier ones. `asked` says for each unit which parts it owes. A form of shorter periods has
in each its records of all those within the longer one, joined.
"""

from collections.abc import Container, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from infodesk.expr.sql import identifier, literal
from infodesk.model.expression import When
from infodesk.model.form import Form
from infodesk.model.item import OverTime
from infodesk.model.period import Period
from infodesk.model.submission import Part
from infodesk.store.spans import AT_END, Spans, joined_records
from infodesk.store.store import Store
from infodesk.store.tables import record_view

ASKED = "asked"


@dataclass(frozen=True)
class Relations:
    """The temporary tables of one run: which forms and which parts they know."""

    period: Period
    forms: Mapping[str, Form]
    parts: frozenset[tuple[str, str]]

    def table(self, form: str, when: When = When.NOW) -> str:
        """The quoted name of a form's table."""
        return identifier(f"{form}@{when.value}")

    def is_asked(self, form: str, section: str, alias: str = ASKED) -> str:
        """SQL: whether the unit of the row owes the part (1, else NULL)."""
        if (form, section) not in self.parts:
            return "NULL"
        return f"{identifier(alias)}.{identifier(f'{form}.{section}')}"


@contextmanager
def relations(
    store: Store,
    period: Period,
    forms: Mapping[str, Form],
    owed: Iterable[Part],
    spans: Spans | None = None,
) -> Iterator[Relations]:
    """Fill the tables for the forms of a period and of the shorter ones in it, and take them away again.

    `spans` are those of the period, and of the earlier ones that a rule looks back to.
    """
    made: list[str] = []
    spans = spans or {}
    shorter = {part for span in spans.get(When.NOW, ()) for part in span.owed}
    with store.reading():
        parts = _asked(store, sorted(shorter | set(owed)), made)
        for form in forms.values():
            for when in When:
                _records(store, form, period, when, made)
                if form.frequency.months < period.months:
                    _fill_joined(store, form, when, spans)
        try:
            yield Relations(period, forms, parts)
        finally:
            for name in made:
                store.connection.execute(f"DROP TABLE temp.{name}")


def period_for(period: Period, when: When) -> Period:
    """The period that `prev()` or `last_year()` means."""
    match when:
        case When.NOW:
            return period
        case When.PREVIOUS:
            return period.previous()
        case When.YEAR_BEFORE:
            return period.year_before()


def _asked(store: Store, owed: list[Part], made: list[str]) -> frozenset[tuple[str, str]]:
    parts = sorted({(part.form, part.section) for part in owed})
    columns = "".join(f", {identifier(f'{form}.{section}')} INTEGER" for form, section in parts)
    store.connection.execute(f"CREATE TEMP TABLE {ASKED} (unit TEXT PRIMARY KEY{columns})")
    made.append(ASKED)
    for part in owed:
        column = identifier(f"{part.form}.{part.section}")
        store.connection.execute(
            f"INSERT INTO {ASKED} (unit, {column}) VALUES (?, 1) "
            f"ON CONFLICT (unit) DO UPDATE SET {column} = 1",
            (part.unit,),
        )
    return frozenset(parts)


def _records(store: Store, form: Form, period: Period, when: When, made: list[str]) -> None:
    name = identifier(f"{form.id}@{when.value}")
    wanted = period_for(period, when)
    store.connection.execute(
        f"CREATE TEMP TABLE {name} AS SELECT *, 1 AS {identifier(AT_END)} "
        f"FROM {identifier(record_view(form.id))} WHERE period = {literal(str(wanted))}"
    )
    made.append(name)
    if when is not When.NOW:
        _fill_openings(store, form.id, wanted, name, form.by_id)
    store.connection.execute(
        f"CREATE INDEX temp.{identifier(f'{form.id}@{when.value} key')} ON {name} (unit, row)"
    )


def _fill_joined(store: Store, form: Form, when: When, spans: Spans) -> None:
    """A form's records of the shorter periods; what an opening balance says of their end fills its stocks."""
    mine = [span for span in spans.get(when, ()) if span.period.frequency is form.frequency]
    name = identifier(f"{form.id}@{when.value}")
    for record in joined_records(store, form, mine) if mine else ():
        columns, marks = ", ".join(map(identifier, record)), ", ".join("?" * len(record))
        insert = f"INSERT INTO {name} ({columns}) VALUES ({marks})"
        store.connection.execute(insert, tuple(record.values()))
    if mine and when is not When.NOW:
        stocks = {item.id for item in form.items() if item.over_time is OverTime.LAST}
        _fill_openings(store, form.id, mine[-1].period, name, stocks)


def _fill_openings(
    store: Store, form: str, period: Period, name: str, items: Container[str]
) -> None:
    openings = store.connection.execute(
        "SELECT unit, row, item, value FROM opening WHERE period = ? AND form = ?",
        (str(period), form),
    ).fetchall()
    for unit, row, item, value in openings:
        if item not in items:
            continue
        there = f"SELECT 1 FROM {name} WHERE unit = ? AND row = ?"
        if store.connection.execute(there, (unit, row)).fetchone() is None:
            insert = f"INSERT INTO {name} (period, unit, row) VALUES (?, ?, ?)"
            store.connection.execute(insert, (str(period), unit, row))
        column = identifier(item)
        store.connection.execute(
            f"UPDATE {name} SET {column} = coalesce({column}, ?) WHERE unit = ? AND row = ?",
            (value, unit, row),
        )
