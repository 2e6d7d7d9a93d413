"""The lines of the logbooks: appended, never changed; what they come to is read back from them."""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timezone, tzinfo

from infodesk.errors import RefusedError, StoreError
from infodesk.model.actor import Actor
from infodesk.model.entry import Answers, Breach, Entry, Kind, Line, key_of
from infodesk.model.limit import Level
from infodesk.model.logbook import Logbook
from infodesk.store.audit import instant, moment, record
from infodesk.store.store import Store
from infodesk.text.message import Message

_COLUMNS = (
    "id, root, book, kind, occurred_at, recorded_at, occurred_local, recorded_local, os_user, person, "
    "schedule, slot, state, level, raised, what, reason, second, answers, breaches, measured, definition"
)
_NAMES = tuple(_COLUMNS.split(", "))
_MARKS = ", ".join("?" * len(_NAMES))
OPENING = (Kind.ENTRY, Kind.SKIP)


def append(
    store: Store, actor: Actor, book: Logbook, line: Line, *, text: str = "", seen: str = ""
) -> Line:
    """Write a line and return it with its number.

    An entry or a skip begins a root of its own, `RI-20260918-001`; whatever is said of an entry later is
    numbered beneath it, `RI-20260918-001.1`. `text` is the logbook's definition. `seen` is the last line of
    the entry that the writer knew: RefusedError if somebody else has added one since.
    """
    with store.writing():
        known = (book.definition, book.id, text)
        store.connection.execute("INSERT OR IGNORE INTO definition VALUES (?, ?, ?)", known)
        if line.kind in OPENING:
            number = _next_root(store, book.prefix, line.occurred_at)
            line = replace(line, id=number, root=number)
        else:
            line = replace(line, id=_next_line(store, line.root, seen))
        line = replace(line, definition=book.definition)
        row = _row(line)
        store.connection.execute(f"INSERT INTO entry ({_COLUMNS}) VALUES ({_MARKS})", row)
        detail = {"kind": line.kind.value, "of": line.root, "sha256": _hash(row)}
        record(store, actor, "entry", line.id, detail)
    return line


def entry(store: Store, root: str) -> Entry | None:
    """An entry with all its lines, by its number or that of one of its lines."""
    query = f"SELECT {_COLUMNS} FROM entry WHERE root = ? ORDER BY number"
    lines = tuple(
        _line(row) for row in store.connection.execute(query, (root.split(".", maxsplit=1)[0],))
    )
    return Entry(lines[0], lines[-1], lines) if lines else None


def entries(
    store: Store, book: str, start: datetime | None = None, end: datetime | None = None
) -> Iterator[Entry]:
    """The entries of a logbook that happened in a time (half open), oldest first; void ones and skips too."""
    limits = (instant(start) if start else "", instant(end) if end else "9999")
    where = "f.kind IN ('entry', 'skip') AND f.occurred_at >= ? AND f.occurred_at < ?"
    yield from _found(store, book, where, limits)


def open_entries(store: Store, book: Logbook) -> Iterator[Entry]:
    """The entries of a logbook that are in no final state, oldest first."""
    states = [state.id for state in book.lifecycle.states if not state.is_final]
    marks = ", ".join("?" * len(states))
    yield from _found(store, book.id, f"f.kind = 'entry' AND l.state IN ({marks})", states)


def unsigned_entries(store: Store, book: str, post: str) -> Iterator[Entry]:
    """The entries of a logbook that nobody has signed for a post since they were last amended, void ones left
    out, oldest first."""
    where = (
        "f.kind = 'entry' AND l.state <> 'void' AND NOT EXISTS (SELECT 1 FROM entry AS s "
        "WHERE s.root = f.id AND s.kind = 'signature' AND s.what = ? AND NOT EXISTS (SELECT 1 FROM entry AS a "
        "WHERE a.root = f.id AND a.kind = 'amendment' AND a.number > s.number))"
    )
    yield from _found(store, book, where, (post,))


def _found(store: Store, book: str, where: str, values: Sequence[str]) -> Iterator[Entry]:
    query = (
        f"SELECT {_of('f')}, {_of('l')} FROM entry AS f "
        "JOIN entry AS l ON l.number = (SELECT max(number) FROM entry WHERE root = f.id) "
        f"WHERE f.book = ? AND {where} ORDER BY f.occurred_at, f.number"
    )
    for row in store.connection.execute(query, (book, *values)):
        yield _entry(row)


def earlier(
    store: Store,
    book: str,
    about: Mapping[str, str | None],
    before: datetime,
    limit: int,
    *,
    schedule: str | None = None,
) -> tuple[Entry, ...]:
    """The last entries before a moment that give the same answers to `about` (any answer where it says nothing),
    of a schedule if one is named, the latest first."""
    same = "".join(
        " AND json_extract(l.answers, ?) = coalesce(?, json_extract(l.answers, ?))" for _ in about
    )
    given = [
        part for name, value in about.items() for part in (f'$."{name}"', value, f'$."{name}"')
    ]
    if schedule is not None:
        same, given = f"{same} AND f.schedule = ?", [*given, schedule]
    query = (
        f"SELECT {_of('f')}, {_of('l')} FROM entry AS f "
        "JOIN entry AS l ON l.number = (SELECT max(number) FROM entry WHERE root = f.id) "
        f"WHERE f.book = ? AND f.kind = 'entry' AND l.state <> 'void' AND f.occurred_at < ?{same} "
        "ORDER BY f.occurred_at DESC, f.number DESC LIMIT ?"
    )
    values = (book, instant(before), *given, limit)
    return tuple(map(_entry, store.connection.execute(query, values)))


def entry_saying(store: Store, book: str, answers: Mapping[str, str]) -> Entry | None:
    """The first entry of a logbook that gives all these answers as it stands, void ones left out."""
    same = "".join(" AND json_extract(l.answers, ?) = ?" for _ in answers)
    given = [part for name, value in answers.items() for part in (f'$."{name}"', value)]
    where = f"f.kind = 'entry' AND l.state <> 'void'{same}"
    return next(_found(store, book, where, given), None)


def count_entries(store: Store) -> dict[str, int]:
    """How many entries each logbook has."""
    query = "SELECT book, count(*) FROM entry WHERE kind = 'entry' GROUP BY book"
    return dict(store.connection.execute(query).fetchall())


def first_changed(store: Store) -> str | None:
    """The first line that is no longer what the chain of changes says it was, that is gone, or that the chain does
    not know."""
    rows = {row[0]: row for row in store.connection.execute(f"SELECT {_COLUMNS} FROM entry")}
    query = "SELECT subject, detail FROM audit WHERE action = 'entry' ORDER BY id"
    known = set[str]()
    for subject, detail in store.connection.execute(query):
        known.add(subject)
        if subject not in rows or _hash(rows[subject]) != json.loads(detail)["sha256"]:
            return str(subject)
    return next((name for name in rows if name not in known), None)


def _of(alias: str) -> str:
    return ", ".join(f"{alias}.{name}" for name in _NAMES)


def _next_root(store: Store, prefix: str, occurred: datetime) -> str:
    begin = f"{prefix}-{occurred:%Y%m%d}-"
    query = "SELECT id FROM entry WHERE root = id AND id LIKE ? ORDER BY length(id) DESC, id DESC LIMIT 1"
    last = store.connection.execute(query, (f"{begin}%",)).fetchone()
    number = int(last[0].removeprefix(begin)) + 1 if last else 1
    return f"{begin}{number:03}"


def _next_line(store: Store, root: str, seen: str) -> str:
    query = "SELECT id, (SELECT count(*) FROM entry WHERE root = ?) FROM entry WHERE root = ? ORDER BY number DESC LIMIT 1"
    last, count = store.connection.execute(query, (root, root)).fetchone()
    if seen and last != seen:
        raise RefusedError(
            Message("somebody else wrote {line} meanwhile", line=last),
            Message("look at it and try again: infodesk log show {entry}", entry=root),
        )
    return f"{root}.{count}"


def _row(line: Line) -> tuple[str, ...]:
    return (
        line.id,
        line.root,
        line.book,
        line.kind.value,
        instant(line.occurred_at),
        instant(line.recorded_at),
        f"{line.occurred_at:%Y-%m-%d %H:%M}",
        f"{line.recorded_at:%Y-%m-%d %H:%M}",
        line.os_user,
        line.person,
        line.schedule,
        line.slot,
        line.state,
        line.level.value,
        line.raised.value,
        line.what,
        line.reason,
        line.second,
        _json({str(key): value for key, value in line.answers.items()}),
        _json([[b.level.value, str(b.key), b.value, b.check] for b in line.breaches]),
        _json(sorted(map(str, line.measured))),
        line.definition,
    )


def _entry(row: tuple[str, ...]) -> Entry:
    """An entry of its first and its last line, which are the same where nothing was said of it later."""
    count = len(_NAMES)
    first, last = row[:count], row[count:]
    begun = _line(first)
    return Entry(begun, begun if first == last else _line(last))


def _line(row: tuple[str, ...]) -> Line:
    """The line of a row. StoreError for one that no infodesk wrote so."""
    try:
        return _read(row)
    except (ValueError, TypeError, AttributeError) as error:
        raise StoreError(
            Message("entry {id} cannot be read: somebody altered it", id=row[0]),
            Message("keep the file as it is and look what else: infodesk audit verify"),
        ) from error


def _read(row: tuple[str, ...]) -> Line:
    fields = dict(zip(_NAMES, row, strict=True))
    zone = _zone(fields["occurred_local"], fields["occurred_at"])
    return Line(
        id=fields["id"],
        root=fields["root"],
        book=fields["book"],
        kind=Kind(fields["kind"]),
        occurred_at=moment(fields["occurred_at"]).astimezone(zone),
        recorded_at=moment(fields["recorded_at"]).astimezone(zone),
        os_user=fields["os_user"],
        person=fields["person"],
        state=fields["state"],
        answers=_answers(fields["answers"]),
        schedule=fields["schedule"],
        slot=fields["slot"],
        level=Level(fields["level"]),
        raised=Level(fields["raised"]),
        breaches=tuple(
            Breach(Level(level), key_of(key), value, check)
            for level, key, value, check in json.loads(fields["breaches"])
        ),
        measured=frozenset(map(key_of, json.loads(fields["measured"]))),
        what=fields["what"],
        reason=fields["reason"],
        second=fields["second"],
        definition=fields["definition"],
    )


def _answers(text: str) -> Answers:
    return {key_of(key): value for key, value in json.loads(text).items()}


def _zone(local: str, utc: str) -> tzinfo:
    """The zone in which a line was written, from its two ways to say when."""
    naive = datetime.fromisoformat(local)
    return timezone(naive - moment(utc).replace(second=0, tzinfo=None))


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _hash(row: tuple[str, ...]) -> str:
    return hashlib.sha256(json.dumps(row, ensure_ascii=False).encode()).hexdigest()
