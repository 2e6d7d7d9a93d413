"""Opening and closing the store, and the one way to write in it."""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Literal

from sqlite_utils import Database

from infodesk.errors import StoreError
from infodesk.store.errors import known_error, store_errors
from infodesk.store.network import Mount, is_on_network, mounts
from infodesk.store.schema import APPLICATION_ID, migrations
from infodesk.text.message import Message

WAIT = 30.0  # seconds for somebody else's write to end


@dataclass
class Store:
    """An open store. Reads see one state; writes go through `writing`, one writer at a time."""

    path: Path
    db: Database
    _is_writing: bool = field(default=False, init=False)

    @property
    def connection(self) -> sqlite3.Connection:
        """The connection itself, for the queries of this room."""
        return self.db.conn

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Everything inside happens, or nothing of it; nobody else writes meanwhile.

        A write inside a write is part of it.
        """
        if self._is_writing:
            yield
            return
        with store_errors(self.path):
            self.connection.execute("BEGIN IMMEDIATE")
            self._is_writing = True
            try:
                yield
                self.connection.execute("COMMIT")
            except BaseException:
                if self.connection.in_transaction:
                    self.connection.execute("ROLLBACK")
                raise
            finally:
                self._is_writing = False

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Everything inside sees the same state; writers are not held up."""
        if self.connection.in_transaction:
            yield
            return
        with store_errors(self.path):
            self.connection.execute("BEGIN")
            try:
                yield
            finally:
                self.connection.execute("ROLLBACK")

    def close(self) -> None:
        """Close the file."""
        self.db.close()

    def __enter__(self) -> "Store":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()
        if isinstance(error, sqlite3.DatabaseError):
            known = known_error(error, self.path)
            if known is not None:
                raise known from error


def open_store(
    path: Path,
    network_share: Literal["refuse", "exclusive"] = "refuse",
    *,
    wait: float = WAIT,
    mounted: Iterable[Mount] | None = None,
) -> Store:
    """Open the store, make it if it is not there, and bring an older one up to date.

    Raises StoreError for a file that is damaged, locked for `wait` seconds, newer than the program, no
    store of ours, or on a network share (unless `network_share` says to use it exclusively, without WAL).
    `mounted` is what is mounted, looked up if not given.
    """
    shared = is_on_network(path.resolve(), mounts() if mounted is None else mounted)
    if shared and network_share == "refuse":
        raise StoreError(
            Message("{file} lies on a network share, where it can be damaged", file=str(path)),
            Message(
                "keep the workspace on this machine's disk and share only the inbox, or set {setting} in config.yaml",
                setting="network_share: exclusive",
            ),
        )
    with store_errors(path):
        connection = sqlite3.connect(path, timeout=wait, isolation_level=None)
        try:
            return _prepared(path, connection, exclusive=shared)
        except BaseException:
            connection.close()
            raise


def _prepared(path: Path, connection: sqlite3.Connection, *, exclusive: bool) -> Store:
    _check_is_ours(path, connection)
    if exclusive:
        connection.execute("PRAGMA locking_mode = EXCLUSIVE")
        connection.execute("PRAGMA journal_mode = DELETE")
        connection.execute("BEGIN EXCLUSIVE")
        connection.execute("COMMIT")
    else:
        connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")
    store = Store(path, Database(connection))
    _bring_up_to_date(store)
    return store


def open_copy(path: Path) -> Store:
    """The store as it is now, copied into memory: whatever is done to it leaves the file alone.

    An empty one, if there is no file. Raises StoreError as `open_store` does.
    """
    with store_errors(path):
        connection = sqlite3.connect(":memory:", isolation_level=None)
        try:
            if path.exists():
                _copy_into(connection, path)
            connection.execute("PRAGMA foreign_keys = ON")
            store = Store(path, Database(connection))
            _bring_up_to_date(store, in_memory=True)
        except BaseException:
            connection.close()
            raise
        return store


def _copy_into(connection: sqlite3.Connection, path: Path) -> None:
    uri = f"{path.resolve().as_uri()}?mode=ro"
    with closing(sqlite3.connect(uri, uri=True, timeout=WAIT)) as source:
        _check_is_ours(path, source)
        source.backup(connection)


def _check_is_ours(path: Path, connection: sqlite3.Connection) -> None:
    tables = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]
    application = connection.execute("PRAGMA application_id").fetchone()[0]
    if tables and application != APPLICATION_ID:
        raise StoreError(
            Message("{file} is a database, but not infodesk's", file=str(path)),
            Message("name another file under store: in config.yaml"),
        )


def _bring_up_to_date(store: Store, *, in_memory: bool = False) -> None:
    known = {migration.name for migration in migrations.pending(Database(memory=True))}
    applied = [migration.name for migration in migrations.applied(store.db)]
    if not set(applied) <= known:
        raise StoreError(
            Message("{file} was written by a newer infodesk", file=store.path.name),
            Message("update infodesk on this machine; nothing was changed"),
        )
    if not migrations.pending(store.db):
        return
    if applied and not in_memory:
        _back_up(store, len(applied))
    with store.writing():
        store.connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        migrations.apply(store.db)


def _back_up(store: Store, version: int) -> None:
    """Keep the file as it was before its tables change."""
    copy = store.path.with_name(f"{store.path.name}.before-version-{version + 1}")
    if not copy.exists():
        store.connection.execute("VACUUM INTO ?", (str(copy),))
