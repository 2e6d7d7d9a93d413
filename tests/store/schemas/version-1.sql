BEGIN TRANSACTION;
CREATE TABLE "_sqlite_migrations" (
   "id" INTEGER PRIMARY KEY,
   "migration_set" TEXT,
   "name" TEXT,
   "applied_at" TEXT
);
INSERT INTO "_sqlite_migrations" VALUES(1,'infodesk','m001_first','2026-11-23 17:32:36.523000+00:00');
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
CREATE TABLE item (
    form TEXT NOT NULL,
    section TEXT NOT NULL,
    id TEXT NOT NULL,
    type TEXT NOT NULL,
    decimals INTEGER NOT NULL,
    PRIMARY KEY (form, section, id)
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
CREATE TABLE original (
    sha256 TEXT PRIMARY KEY,
    content BLOB NOT NULL
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
CREATE TABLE setting (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
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
CREATE TABLE unit (
    id TEXT PRIMARY KEY,
    title TEXT NOT NULL,
    kind TEXT NOT NULL,
    parent TEXT
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
CREATE UNIQUE INDEX "idx__sqlite_migrations_migration_set_name"
    ON "_sqlite_migrations" ("migration_set", "name");
CREATE INDEX submission_period ON submission (period, form, section, unit, version);
CREATE INDEX submission_workbook ON submission (workbook);
CREATE INDEX remark_workbook ON remark (workbook);
CREATE VIEW current_submission AS
SELECT s.* FROM submission AS s
WHERE NOT EXISTS (
    SELECT 1 FROM submission AS later
    WHERE later.form = s.form AND later.section = s.section AND later.unit = s.unit
      AND later.period = s.period AND later.version > s.version
);
COMMIT;
