import sqlite3
from pathlib import Path

import pytest

from infodesk.errors import InfodeskError, RefusedError, StoreError
from infodesk.store.network import Mount, is_on_network, mounts
from infodesk.store.schema import APPLICATION_ID, migrations
from infodesk.store.store import open_store

LOCAL = (Mount("/", "ext4"),)


def schema(path: Path) -> list[tuple[str, str]]:
    rows = sqlite3.connect(path).execute("SELECT name, sql FROM sqlite_schema ORDER BY name")
    return [(name, sql) for name, sql in rows if not name.startswith("sqlite_")]


def test_a_new_store_is_ours_and_safe(tmp_path: Path) -> None:
    with open_store(tmp_path / "a.db") as store:
        assert store.connection.execute("PRAGMA application_id").fetchone() == (APPLICATION_ID,)
        assert store.connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert store.connection.execute("PRAGMA synchronous").fetchone() == (2,)  # FULL
        assert store.connection.execute("PRAGMA foreign_keys").fetchone() == (1,)
        assert not migrations.pending(store.db)


def test_opening_a_store_again_changes_nothing(tmp_path: Path) -> None:
    open_store(tmp_path / "a.db").close()
    before = schema(tmp_path / "a.db")
    open_store(tmp_path / "a.db").close()
    assert schema(tmp_path / "a.db") == before


def test_every_table_is_strict(tmp_path: Path) -> None:
    with open_store(tmp_path / "a.db") as store:
        lax = store.connection.execute(
            "SELECT name FROM pragma_table_list WHERE type = 'table' AND NOT strict AND schema = 'main'"
        ).fetchall()
    assert [name for (name,) in lax if not name.startswith(("sqlite_", "_sqlite"))] == []


def test_the_released_schema_upgrades_to_the_schema_of_a_new_store(tmp_path: Path) -> None:
    dump = Path(__file__).parent / "schemas" / "version-1.sql"
    old = sqlite3.connect(tmp_path / "old.db")
    old.executescript(dump.read_text(encoding="utf-8"))
    old.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    old.close()
    open_store(tmp_path / "old.db").close()
    open_store(tmp_path / "new.db").close()
    assert schema(tmp_path / "old.db") == schema(tmp_path / "new.db")


def test_an_older_store_is_kept_beside_before_it_changes(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    open_store(path).close()

    @migrations()
    def m999_of_this_test(db: object) -> None:
        db.execute("CREATE TABLE later (x TEXT) STRICT")  # type: ignore[attr-defined]  # a Database

    try:
        with open_store(path) as store:
            assert store.db["later"].exists()
    finally:
        migrations._migrations.pop()
    kept = sqlite3.connect(tmp_path / "a.db.before-version-3")
    assert kept.execute("SELECT count(*) FROM sqlite_schema WHERE name = 'later'").fetchone() == (
        0,
    )
    with pytest.raises(StoreError, match="newer infodesk"):
        open_store(path)


def test_another_programs_database_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE patients (name TEXT)")
    connection.close()
    before = path.read_bytes()
    with pytest.raises(StoreError, match="not infodesk's"):
        open_store(path)
    assert path.read_bytes() == before


def test_a_damaged_file_is_named_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    path.write_bytes(b"this is no database at all, but long enough to be taken for one" * 20)
    with pytest.raises(StoreError, match="damaged"):
        open_store(path)
    assert path.read_bytes().startswith(b"this is no database")


def test_a_folder_that_is_not_there_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(RefusedError, match="cannot be opened"):
        open_store(tmp_path / "nowhere" / "a.db")


def test_a_second_writer_waits_and_is_then_told(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    with open_store(path) as first, open_store(path, wait=0.1) as second:
        with first.writing(), pytest.raises(StoreError, match="in use"), second.writing():
            pass
        with second.reading():
            assert second.connection.execute("SELECT count(*) FROM audit").fetchone() == (0,)


def test_what_fails_while_writing_is_undone(tmp_path: Path) -> None:
    with open_store(tmp_path / "a.db") as store:
        with pytest.raises(ZeroDivisionError), store.writing():
            store.connection.execute("INSERT INTO setting VALUES ('a', 'b')")
            _ = 1 / 0
        assert store.connection.execute("SELECT count(*) FROM setting").fetchone() == (0,)


def test_a_full_disk_is_told_and_nothing_is_half_written(tmp_path: Path) -> None:
    with open_store(tmp_path / "a.db") as store:
        pages = store.connection.execute("PRAGMA page_count").fetchone()[0]
        store.connection.execute(f"PRAGMA max_page_count = {pages + 2}")
        with pytest.raises(StoreError, match="no room"), store.writing():
            for number in range(10_000):
                store.connection.execute(
                    "INSERT INTO setting VALUES (?, ?)", (str(number), "x" * 1000)
                )
        assert store.connection.execute("SELECT count(*) FROM setting").fetchone() == (0,)


@pytest.mark.parametrize(
    ("path", "mounted", "wanted"),
    [
        ("/data/a.db", (Mount("/", "ext4"), Mount("/data", "cifs")), True),
        ("/data/a.db", (Mount("/", "nfs4"), Mount("/data", "xfs")), False),
        ("/database/a.db", (Mount("/", "ext4"), Mount("/data", "nfs")), False),
        ("/home/a.db", (Mount("/", "ext4"), Mount("/home", "fuse.sshfs")), True),
        (r"\\server\share\a.db", (), True),
        ("/mnt/z/a.db", (Mount("/mnt/z", "NTFS", "rw,remote"),), True),
        ("/a.db", (), False),
    ],
)
def test_a_network_share_is_recognised(path: str, mounted: tuple[Mount, ...], wanted: bool) -> None:
    assert is_on_network(Path(path), mounted) is wanted


def test_this_machines_own_disk_is_no_network_share(tmp_path: Path) -> None:
    assert not is_on_network(tmp_path.resolve(), mounts())


def test_a_store_on_a_network_share_is_refused_with_a_hint(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="network share") as caught:
        open_store(tmp_path / "a.db", mounted=[Mount(str(tmp_path.resolve()), "cifs")])
    assert "network_share: exclusive" in str(caught.value.hint)
    assert not (tmp_path / "a.db").exists()


def test_a_store_on_a_network_share_can_be_used_by_one_alone(tmp_path: Path) -> None:
    share = [Mount(str(tmp_path.resolve()), "cifs")]
    path = tmp_path / "a.db"
    with open_store(path, "exclusive", mounted=share) as store:
        assert store.connection.execute("PRAGMA journal_mode").fetchone() == ("delete",)
        with pytest.raises(InfodeskError, match="in use"):
            open_store(path, "exclusive", wait=0.1, mounted=share)
    open_store(path, "exclusive", mounted=share).close()


def test_damage_that_is_met_in_the_middle_of_a_command_is_told_as_such(tmp_path: Path) -> None:
    path = tmp_path / "infodesk.db"
    with open_store(path) as store:
        store.connection.execute("INSERT INTO setting VALUES ('a', 'b')")
        page = store.connection.execute(
            "SELECT rootpage FROM sqlite_schema WHERE name = 'setting'"
        ).fetchone()[0]
        size = store.connection.execute("PRAGMA page_size").fetchone()[0]
    with path.open("r+b") as file:
        file.seek((page - 1) * size)
        file.write(b"\xff" * 200)
    with pytest.raises(StoreError, match="is damaged"), open_store(path) as store:
        store.connection.execute("SELECT * FROM setting").fetchall()


def test_a_mistake_of_ours_in_a_query_stays_a_bug(tmp_path: Path) -> None:
    with pytest.raises(sqlite3.OperationalError), open_store(tmp_path / "infodesk.db") as store:
        store.connection.execute("SELECT nothing")
