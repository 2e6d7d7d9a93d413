"""Workbooks and submissions: taken in whole, kept in versions, found again."""

import hashlib
import json
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from infodesk.errors import StoreError
from infodesk.expr.sql import identifier
from infodesk.model.actor import Actor
from infodesk.model.form import Form
from infodesk.model.period import Period
from infodesk.model.rule import Severity
from infodesk.model.submission import Given, Part, Remark, Row, Stored, Submission
from infodesk.store.audit import instant, moment, record
from infodesk.store.store import Store
from infodesk.store.tables import data_table
from infodesk.text.message import Message


@dataclass(frozen=True)
class Reception:
    """A workbook as it came in."""

    period: Period
    name: str
    content: bytes
    sender: str
    via: str
    received_at: datetime
    cover: Mapping[str, str] = field(default_factory=dict)

    @property
    def sha256(self) -> str:
        """The hash its original is kept under."""
        return hashlib.sha256(self.content).hexdigest()


@dataclass(frozen=True)
class Earlier:
    """How a file was taken before: its name then, for which period, from whom."""

    name: str
    period: str
    sender: str


def taken_before(store: Store, sha256: str) -> list[Earlier]:
    """Every time this very file was taken, oldest first."""
    query = "SELECT name, period, sender FROM workbook WHERE sha256 = ? ORDER BY id"
    return [Earlier(*map(str, row)) for row in store.connection.execute(query, (sha256,))]


def add_workbook(
    store: Store,
    actor: Actor,
    reception: Reception,
    givens: Iterable[tuple[Given, Form, int]],
    remarks: Iterable[Remark],
) -> None:
    """Keep a workbook's original, its submissions (each with its version) and what was remarked.

    Inside `store.writing()`: all of it or nothing.
    """
    workbook = _add_reception(store, actor, reception)
    _add_remarks(store, workbook, None, remarks)
    kept = [(given, form, version) for given, form, version in givens]
    for given, form, version in kept:
        _add_submission(store, workbook, given, form, version)
    record(
        store,
        actor,
        "collect",
        reception.name,
        {
            "period": str(reception.period),
            "sha256": reception.sha256,
            "sender": reception.sender,
            "submissions": [[*given.part, version] for given, _, version in kept],
        },
    )


def current(store: Store, period: Period) -> dict[Part, Submission]:
    """The latest version of every part of a period."""
    return {submission.part: submission for submission in _submissions(store, period)}


def history(store: Store, part: Part, period: Period) -> list[Submission]:
    """All versions of a part, oldest first."""
    query = f"{_SELECT} FROM submission AS s {_JOIN} WHERE s.period = ? AND s.form = ? AND s.section = ? AND s.unit = ? ORDER BY s.version"
    found = store.connection.execute(query, (str(period), *part))
    return [_submission(row, period) for row in found]


def rows_of(store: Store, submission: Submission, form: Form) -> tuple[Row, ...]:
    """The answers of one version."""
    section = form.section(submission.part.section)
    names = [item.id for item in section.items]
    columns = ", ".join(["row", *map(identifier, names)])
    table = identifier(data_table(form.id, section.id))
    query = f"SELECT {columns} FROM {table} WHERE submission = ? ORDER BY row"
    return tuple(
        Row(row[0], dict(zip(names, row[1:], strict=True)), submission.cells.get(row[0], {}))
        for row in store.connection.execute(query, (submission.id,))
    )


def notes_of(store: Store, submission: Submission) -> dict[str, str]:
    """The notes that came with a version: item or rule id → words."""
    query = "SELECT notes FROM submission WHERE id = ?"
    notes = json.loads(store.connection.execute(query, (submission.id,)).fetchone()[0])
    return dict(notes)


def cover_of(store: Store, submission: Submission) -> dict[str, str]:
    """The cover of the workbook a version came in."""
    query = (
        "SELECT cover FROM workbook JOIN submission AS s ON s.workbook = workbook.id WHERE s.id = ?"
    )
    return dict(json.loads(store.connection.execute(query, (submission.id,)).fetchone()[0]))


def remarks(store: Store, period: Period) -> Iterator[tuple[Remark, str, str]]:
    """What reading remarked on the workbooks that still count, with each one's file and sender.

    A remark on a submission counts while that is the latest version; one on a whole workbook while any
    of its submissions is.
    """
    query = """
        SELECT m.rule, m.severity, m.form, m.section, m.unit, m.row, m.item, m.cell, m.raw, m.detail,
               w.name, w.sender
        FROM remark AS m JOIN workbook AS w ON w.id = m.workbook
        WHERE w.period = ? AND (
            m.submission IN (SELECT id FROM current_submission WHERE period = w.period)
            OR m.submission IS NULL AND w.id IN (SELECT workbook FROM current_submission WHERE period = w.period)
        )
        ORDER BY m.id"""
    for row in store.connection.execute(query, (str(period),)):
        rule, severity, *rest, name, sender = row
        yield Remark(rule, Severity(severity), *rest), name, sender


def remarks_of(store: Store, submission: Submission) -> Iterator[Remark]:
    """What reading remarked on one version."""
    query = (
        "SELECT rule, severity, form, section, unit, row, item, cell, raw, detail FROM remark "
        "WHERE submission = ? ORDER BY id"
    )
    for rule, severity, *rest in store.connection.execute(query, (submission.id,)):
        yield Remark(rule, Severity(severity), *rest)


def original(store: Store, sha256: str) -> bytes:
    """A workbook as it came, byte for byte. StoreError if what is kept is no longer that."""
    query = "SELECT content FROM original WHERE sha256 = ?"
    content = zlib.decompress(store.connection.execute(query, (sha256,)).fetchone()[0])
    if hashlib.sha256(content).hexdigest() != sha256:
        raise StoreError(Message("the original {sha256} is damaged", sha256=sha256))
    return content


def periods(store: Store) -> list[str]:
    """The periods for which anything was taken in."""
    query = "SELECT DISTINCT period FROM submission ORDER BY period"
    return [row[0] for row in store.connection.execute(query)]


_SELECT = (
    "SELECT s.id, s.form, s.section, s.unit, s.version, w.sender, w.name, w.sha256, "
    "w.received_at, w.collected_at, s.nil, s.cells"
)
_JOIN = "JOIN workbook AS w ON w.id = s.workbook"


def _submissions(store: Store, period: Period) -> Iterator[Submission]:
    query = f"{_SELECT} FROM current_submission AS s {_JOIN} WHERE s.period = ?"
    for row in store.connection.execute(query, (str(period),)):
        yield _submission(row, period)


def _submission(row: tuple[object, ...], period: Period) -> Submission:
    number, form, section, unit, version, sender, name, sha256, received, collected, nil, cells = (
        row
    )
    return Submission(
        id=int(str(number)),
        part=Part(str(form), str(section), str(unit)),
        period=period,
        version=int(str(version)),
        sender=str(sender),
        file=str(name),
        sha256=str(sha256),
        received_at=moment(str(received)),
        collected_at=moment(str(collected)),
        nil=bool(nil),
        cells=json.loads(str(cells)),
    )


def _add_reception(store: Store, actor: Actor, reception: Reception) -> int:
    packed = zlib.compress(reception.content)
    store.connection.execute(
        "INSERT OR IGNORE INTO original VALUES (?, ?)", (reception.sha256, packed)
    )
    found = store.connection.execute(
        "INSERT INTO workbook (period, sha256, name, sender, via, received_at, collected_at, "
        "os_user, by_name, cover) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            str(reception.period),
            reception.sha256,
            reception.name,
            reception.sender,
            reception.via,
            instant(reception.received_at),
            instant(actor.now),
            actor.os_user,
            actor.by,
            _json(reception.cover),
        ),
    )
    return int(found.lastrowid or 0)


def _add_submission(store: Store, workbook: int, given: Given, form: Form, version: int) -> None:
    found = store.connection.execute(
        "INSERT INTO submission (workbook, form, section, unit, period, version, definition, nil, "
        "cells, notes) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            workbook,
            *given.part,
            str(given.period),
            version,
            form.definition,
            int(given.nil),
            _json({row.row: dict(row.cells) for row in given.rows}),
            _json(given.notes),
        ),
    )
    number = int(found.lastrowid or 0)
    _add_rows(store, number, given, form)
    _add_remarks(store, workbook, number, given.remarks)


def _add_rows(store: Store, submission: int, given: Given, form: Form) -> None:
    names = [item.id for item in form.section(given.part.section).items]
    columns = ", ".join(["submission", "row", *map(identifier, names)])
    marks = ", ".join("?" * (len(names) + 2))
    table = identifier(data_table(*given.part[:2]))
    rows: list[tuple[Stored, ...]] = [
        (submission, row.row, *(row.values.get(name) for name in names)) for row in given.rows
    ]
    store.connection.executemany(f"INSERT INTO {table} ({columns}) VALUES ({marks})", rows)


def _add_remarks(
    store: Store, workbook: int, submission: int | None, found: Iterable[Remark]
) -> None:
    store.connection.executemany(
        "INSERT INTO remark (workbook, submission, rule, severity, form, section, unit, row, item, "
        "cell, raw, detail) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (
                workbook,
                submission,
                each.rule,
                each.severity.value,
                each.form,
                each.section,
                each.unit,
                each.row,
                each.item,
                each.cell,
                each.raw,
                each.detail,
            )
            for each in found
        ],
    )


def keep_definition(store: Store, form: Form, text: str) -> None:
    """Keep the text a form was declared by, so that every submission can point to it."""
    row = (form.definition, form.id, text)
    store.connection.execute("INSERT OR IGNORE INTO definition VALUES (?, ?, ?)", row)


def _json(value: object) -> str:
    return json.dumps(value if not isinstance(value, Mapping) else dict(value), ensure_ascii=False)
