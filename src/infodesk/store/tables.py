"""The tables and views that the forms ask for: a wide typed table per section, views that people can read."""

import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path

from infodesk.errors import InfodeskError
from infodesk.expr.sql import identifier, literal
from infodesk.model.actor import Actor
from infodesk.model.definitions import Definitions
from infodesk.model.form import Form
from infodesk.model.item import Item, Type
from infodesk.store.audit import record
from infodesk.store.book_views import book_views, check_states, view_mistakes
from infodesk.store.hands_views import assets, hands_views, people
from infodesk.store.store import Store, open_store
from infodesk.text.message import Message

SUBMISSION = "submission"
_STORED = {
    Type.INTEGER: "INTEGER",
    Type.DECIMAL: "INTEGER",
    Type.MONEY: "INTEGER",
    Type.NUMBER: "REAL",
    Type.YES_NO: "INTEGER",
}


def data_table(form: str, section: str) -> str:
    """The table of a section's answers; decimals and money in it are scaled integers."""
    return f"data_{form}_{section}"


def record_view(form: str) -> str:
    """The view of a form's records as they are stored, for rules and sums."""
    return f"record_{form}"


def arrived(section: str) -> str:
    """The column of a record view that holds the section's submission, NULL if none came."""
    return f"{section}@{SUBMISSION}"


def follow_definitions(store: Store, definitions: Definitions, actor: Actor) -> None:
    """Make tables, columns and views what the definitions ask for. Columns are only ever added."""
    fingerprint = _fingerprint(definitions)
    if _setting(store, "definitions") == fingerprint:
        return
    with store.writing():
        for form in definitions.forms:
            for section in form.sections:
                _follow_section(store, form, section.id, section.items)
        _rebuild_views(store, definitions)
        _check_views(store, definitions)
        for book in definitions.logbooks:
            check_states(store, book)
        _replace_units(store, definitions)
        _set(store, "definitions", fingerprint)
        declared = {form.id: form.definition for form in definitions.forms}
        declared |= {book.id: book.definition for book in definitions.logbooks}
        record(store, actor, "definitions", "", declared)


def _fingerprint(definitions: Definitions) -> str:
    described = (
        [(form.id, form.definition) for form in definitions.forms],
        [(book.id, book.definition) for book in definitions.logbooks],
        [(unit.id, unit.title, unit.kind, unit.parent) for unit in definitions.units.units],
        definitions.settings.language,
        assets(definitions),
        people(definitions),
    )
    return hashlib.sha256(repr(described).encode()).hexdigest()


def _setting(store: Store, name: str) -> str | None:
    found = store.connection.execute("SELECT value FROM setting WHERE name = ?", (name,)).fetchone()
    return None if found is None else str(found[0])


def _set(store: Store, name: str, value: str) -> None:
    store.connection.execute("INSERT OR REPLACE INTO setting VALUES (?, ?)", (name, value))


def _follow_section(store: Store, form: Form, section: str, items: Sequence[Item]) -> None:
    table = data_table(form.id, section)
    known = _known_items(store, form.id, section)
    changed = [
        i
        for i in items
        if known.get(i.id, (i.type.value, i.decimals)) != (i.type.value, i.decimals)
    ]
    for item in changed:
        _refuse_change(form, item, known[item.id])
    new = [item for item in items if item.id not in known]
    columns = [f"{identifier(item.id)} {_STORED.get(item.type, 'TEXT')}" for item in new]
    if store.db[table].exists():
        for column in columns:
            store.connection.execute(f"ALTER TABLE {identifier(table)} ADD COLUMN {column}")
    else:
        key = ["submission INTEGER NOT NULL REFERENCES submission", "row TEXT NOT NULL"]
        listed = ", ".join([*key, *columns, "PRIMARY KEY (submission, row)"])
        store.connection.execute(f"CREATE TABLE {identifier(table)} ({listed}) STRICT")
    store.connection.executemany(
        "INSERT INTO item VALUES (?, ?, ?, ?, ?)",
        [(form.id, section, item.id, item.type.value, item.decimals) for item in new],
    )


def _known_items(store: Store, form: str, section: str) -> dict[str, tuple[str, int]]:
    query = "SELECT id, type, decimals FROM item WHERE form = ? AND section = ?"
    return {row[0]: (row[1], row[2]) for row in store.connection.execute(query, (form, section))}


def _refuse_change(form: Form, item: Item, before: tuple[str, int]) -> None:
    raise InfodeskError(
        Message(
            "item {item} of form {form} was {before} and cannot become {after}",
            item=item.id,
            form=form.id,
            before=f"{before[0]}({before[1]})",
            after=f"{item.type.value}({item.decimals})",
        ),
        Message("give the old item `until:` and declare a new one with an id of its own"),
    )


def _rebuild_views(store: Store, definitions: Definitions) -> None:
    old = store.connection.execute(
        "SELECT name FROM sqlite_schema WHERE type = 'view' AND name NOT IN ('current_submission', 'current_entry')"
    ).fetchall()
    for (name,) in old:
        store.connection.execute(f"DROP VIEW {identifier(name)}")
    for form in definitions.forms:
        store.connection.execute(_record_view(store, form))
        store.connection.execute(_readable_view(form))
    for statement in hands_views(definitions):
        store.connection.execute(statement)
    for book in definitions.logbooks:
        for statement in book_views(book):
            store.connection.execute(statement)


def tried_views(definitions: Definitions) -> list[tuple[str, str, Message]]:
    """What is wrong with the views of logbooks, found out in an empty store: logbook, view, mistake."""
    with open_store(Path(":memory:"), mounted=()) as store:
        for form in definitions.forms:
            for section in form.sections:
                _follow_section(store, form, section.id, section.items)
        _rebuild_views(store, definitions)
        return list(view_mistakes(store, definitions.logbooks))


def _check_views(store: Store, definitions: Definitions) -> None:
    for book, view, problem in view_mistakes(store, definitions.logbooks):
        raise InfodeskError(
            Message(
                "view {view} of logbook {book}: {problem}", view=view, book=book, problem=problem
            ),
            Message("mend it and check with: infodesk check"),
        )


def _sections_ever(store: Store, form: str) -> dict[str, set[str]]:
    """Sections the form has or had, and the items that ever stood in each."""
    sections: dict[str, set[str]] = {}
    for section, item in store.connection.execute(
        "SELECT section, id FROM item WHERE form = ?", (form,)
    ):
        sections.setdefault(section, set()).add(item)
    return sections


def _record_view(store: Store, form: Form) -> str:
    """One row a record: the latest version of every section, laid over each other.

    A UNION ALL that is grouped, and no joins: its cost grows with the number of records, not with its square.
    """
    sections = _sections_ever(store, form.id)
    named = [section.id for section in form.sections]
    columns = [arrived(section) for section in named] + [item.id for item in form.items()]
    layers = " UNION ALL ".join(
        _layer(form.id, section, sections[section], columns) for section in sections
    )
    joined = ", ".join(f"max({identifier(name)}) AS {identifier(name)}" for name in columns)
    return (
        f"CREATE VIEW {identifier(record_view(form.id))} AS SELECT period, unit, row, {joined} "
        f"FROM ({layers}) GROUP BY period, unit, row"
    )


def _layer(form: str, section: str, items: set[str], columns: list[str]) -> str:
    """One section's answers, with NULL for everything that stands in the others."""
    values = []
    for name in columns:
        value = "NULL"
        if name in items:
            value = f"d.{identifier(name)}"
        elif name == arrived(section):
            value = "s.id"
        values.append(f"{value} AS {identifier(name)}")
    return (
        f"SELECT s.period, s.unit, d.row, {', '.join(values)} "
        f"FROM {identifier(data_table(form, section))} AS d "
        "JOIN current_submission AS s ON s.id = d.submission "
        f"WHERE s.form = {literal(form)} AND s.section = {literal(section)}"
    )


def _readable_view(form: Form) -> str:
    columns = ", ".join(_readable_columns(form))
    return (
        f"CREATE VIEW {identifier(form.id)} AS SELECT r.period, r.unit, u.title AS unit_title, r.row, "
        f"{columns} FROM {identifier(record_view(form.id))} AS r LEFT JOIN unit AS u ON u.id = r.unit"
    )


def _readable_columns(form: Form) -> Iterator[str]:
    for item in form.items():
        name = f"r.{identifier(item.id)}"
        if item.scale:
            name = f"round({name} / {10**item.scale}.0, {item.scale})"
        yield f"{name} AS {identifier(item.id)}"


def _replace_units(store: Store, definitions: Definitions) -> None:
    store.connection.execute("DELETE FROM unit")
    store.connection.executemany(
        "INSERT INTO unit VALUES (?, ?, ?, ?)",
        [
            (unit.id, unit.title.zh or unit.title.en, unit.kind, unit.parent)
            for unit in definitions.units.units
        ],
    )
