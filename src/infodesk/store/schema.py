"""The fixed tables, and how a store of an older version becomes one of this version.

The tables of the answers are made from the forms, in `tables.py`.
"""

from sqlite_utils import Database, Migrations

APPLICATION_ID = 0x1D_F0_DE_5C

migrations = Migrations("infodesk")


@migrations()
def m001_first(db: Database) -> None:
    """The book of record as it began."""
    _run(db, _FIRST)


@migrations()
def m002_returns(db: Database) -> None:
    """What was sent back to whom, and the places that somebody confirmed."""
    _run(db, _RETURNS)


@migrations()
def m003_entries(db: Database) -> None:
    """The lines of the logbooks. A new logbook needs no table of its own."""
    _run(db, _ENTRIES)


@migrations()
def m004_rounds(db: Database) -> None:
    """Rounds begun and not finished: no records yet, so they may be changed and dropped."""
    db.execute(_ROUND)


def _run(db: Database, statements: str) -> None:
    for statement in statements.split(";\n"):
        if statement.strip():
            db.execute(statement)


_RETURNS = """
CREATE TABLE returned (
    id INTEGER PRIMARY KEY,
    period TEXT NOT NULL,
    sender TEXT NOT NULL,
    original TEXT NOT NULL REFERENCES original,
    due TEXT NOT NULL,
    returned_at TEXT NOT NULL,
    os_user TEXT NOT NULL,
    by_name TEXT NOT NULL,
    answer INTEGER REFERENCES workbook
) STRICT;
CREATE TABLE returned_finding (
    returned INTEGER NOT NULL REFERENCES returned,
    finding INTEGER NOT NULL REFERENCES finding,
    numbers TEXT NOT NULL,
    PRIMARY KEY (returned, finding)
) STRICT;
CREATE TABLE returned_submission (
    returned INTEGER NOT NULL REFERENCES returned,
    submission INTEGER NOT NULL REFERENCES submission,
    PRIMARY KEY (returned, submission)
) STRICT;
CREATE INDEX returned_period ON returned (period);
CREATE TABLE confirmed_place (
    id INTEGER PRIMARY KEY,
    sender TEXT NOT NULL,
    form TEXT NOT NULL,
    item TEXT NOT NULL,
    place TEXT NOT NULL,
    confirmed_at TEXT NOT NULL,
    os_user TEXT NOT NULL,
    by_name TEXT NOT NULL,
    UNIQUE (sender, form, item)
) STRICT;
"""

_ROUND = """
CREATE TABLE round (
    book TEXT NOT NULL,
    schedule TEXT NOT NULL,
    slot TEXT NOT NULL,
    begun_at TEXT NOT NULL,
    saved_at TEXT NOT NULL,
    walked_at TEXT NOT NULL,
    person TEXT NOT NULL,
    given TEXT NOT NULL,
    measured TEXT NOT NULL,
    gaps TEXT NOT NULL,
    holder TEXT NOT NULL,
    PRIMARY KEY (book, schedule, slot)
) STRICT
"""

_ENTRIES = """
CREATE TABLE entry (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    root TEXT NOT NULL,
    book TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('entry', 'amendment', 'move', 'signature', 'skip')),
    occurred_at TEXT NOT NULL,
    recorded_at TEXT NOT NULL,
    occurred_local TEXT NOT NULL,
    recorded_local TEXT NOT NULL,
    os_user TEXT NOT NULL,
    person TEXT NOT NULL,
    schedule TEXT NOT NULL,
    slot TEXT NOT NULL,
    state TEXT NOT NULL,
    level TEXT NOT NULL,
    raised TEXT NOT NULL,
    what TEXT NOT NULL,
    reason TEXT NOT NULL,
    second TEXT NOT NULL,
    answers TEXT NOT NULL,
    breaches TEXT NOT NULL,
    measured TEXT NOT NULL,
    definition TEXT NOT NULL REFERENCES definition
) STRICT;
CREATE INDEX entry_root ON entry (root, number);
CREATE INDEX entry_book ON entry (book, occurred_at);
CREATE VIEW current_entry AS
SELECT f.id, f.book, f.schedule, f.occurred_at, f.recorded_at, f.occurred_local, f.recorded_local,
    f.person AS recorder, l.state, l.level, l.answers,
    EXISTS (SELECT 1 FROM entry WHERE root = f.id AND kind = 'amendment') AS amended
FROM entry AS f
JOIN entry AS l ON l.number = (SELECT max(number) FROM entry WHERE root = f.id)
WHERE f.kind = 'entry';
"""


_FIRST = """
CREATE TABLE setting (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT;
CREATE TABLE audit (
    id INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    os_user TEXT NOT NULL,
    by_name TEXT NOT NULL,
    action TEXT NOT NULL,
    subject TEXT NOT NULL,
    detail TEXT NOT NULL,
    previous TEXT NOT NULL,
    hash TEXT NOT NULL UNIQUE
) STRICT;
CREATE TABLE definition (
    sha256 TEXT PRIMARY KEY,
    form TEXT NOT NULL,
    text TEXT NOT NULL
) STRICT;
CREATE TABLE unit (
    id TEXT PRIMARY KEY,
    title TEXT NOT NULL,
    kind TEXT NOT NULL,
    parent TEXT
) STRICT;
CREATE TABLE item (
    form TEXT NOT NULL,
    section TEXT NOT NULL,
    id TEXT NOT NULL,
    type TEXT NOT NULL,
    decimals INTEGER NOT NULL,
    PRIMARY KEY (form, section, id)
) STRICT;
CREATE TABLE original (
    sha256 TEXT PRIMARY KEY,
    content BLOB NOT NULL
) STRICT;
CREATE TABLE workbook (
    id INTEGER PRIMARY KEY,
    period TEXT NOT NULL,
    sha256 TEXT NOT NULL REFERENCES original,
    name TEXT NOT NULL,
    sender TEXT NOT NULL,
    via TEXT NOT NULL,
    received_at TEXT NOT NULL,
    collected_at TEXT NOT NULL,
    os_user TEXT NOT NULL,
    by_name TEXT NOT NULL,
    cover TEXT NOT NULL
) STRICT;
CREATE TABLE submission (
    id INTEGER PRIMARY KEY,
    workbook INTEGER NOT NULL REFERENCES workbook,
    form TEXT NOT NULL,
    section TEXT NOT NULL,
    unit TEXT NOT NULL,
    period TEXT NOT NULL,
    version INTEGER NOT NULL,
    definition TEXT NOT NULL REFERENCES definition,
    nil INTEGER NOT NULL,
    cells TEXT NOT NULL,
    notes TEXT NOT NULL,
    UNIQUE (form, section, unit, period, version)
) STRICT;
CREATE INDEX submission_period ON submission (period, form, section, unit, version);
CREATE INDEX submission_workbook ON submission (workbook);
CREATE TABLE remark (
    id INTEGER PRIMARY KEY,
    workbook INTEGER NOT NULL REFERENCES workbook,
    submission INTEGER REFERENCES submission,
    rule TEXT NOT NULL,
    severity TEXT NOT NULL,
    form TEXT NOT NULL,
    section TEXT NOT NULL,
    unit TEXT NOT NULL,
    row TEXT NOT NULL,
    item TEXT NOT NULL,
    cell TEXT NOT NULL,
    raw TEXT NOT NULL,
    detail TEXT NOT NULL
) STRICT;
CREATE INDEX remark_workbook ON remark (workbook);
CREATE TABLE finding (
    id INTEGER PRIMARY KEY,
    period TEXT NOT NULL,
    form TEXT NOT NULL,
    unit TEXT NOT NULL,
    row TEXT NOT NULL,
    rule TEXT NOT NULL,
    item TEXT NOT NULL,
    first_found_at TEXT NOT NULL,
    UNIQUE (period, form, unit, row, rule, item)
) STRICT;
CREATE TABLE explanation (
    id INTEGER PRIMARY KEY,
    finding INTEGER NOT NULL REFERENCES finding,
    kind TEXT NOT NULL CHECK (kind IN ('explained', 'approved')),
    words TEXT NOT NULL,
    numbers TEXT NOT NULL,
    at TEXT NOT NULL,
    os_user TEXT NOT NULL,
    by_name TEXT NOT NULL
) STRICT;
CREATE TABLE opening (
    period TEXT NOT NULL,
    form TEXT NOT NULL,
    unit TEXT NOT NULL,
    row TEXT NOT NULL,
    item TEXT NOT NULL,
    value ANY NOT NULL,
    PRIMARY KEY (period, form, unit, row, item)
) STRICT;
CREATE TABLE release (
    id INTEGER PRIMARY KEY,
    period TEXT NOT NULL,
    number INTEGER NOT NULL,
    seal TEXT NOT NULL,
    figures TEXT NOT NULL,
    closed_at TEXT NOT NULL,
    reopened_at TEXT,
    reason TEXT,
    UNIQUE (period, number)
) STRICT;
CREATE VIEW current_submission AS
SELECT s.* FROM submission AS s
WHERE NOT EXISTS (
    SELECT 1 FROM submission AS later
    WHERE later.form = s.form AND later.section = s.section AND later.unit = s.unit
      AND later.period = s.period AND later.version > s.version
);
"""
