"""The demo hospital for every test: a workspace, its desk, and the clean month already taken in."""

import gc
import io
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

import pytest

from infodesk.cli.main import GARBAGE, main
from infodesk.cli.terminal import Terminal
from infodesk.config.load import load_definitions
from infodesk.config.openings import load_openings
from infodesk.demo.history.months import MONTHS
from infodesk.demo.hospital import make_demo
from infodesk.demo.september import PERIOD, answers
from infodesk.demo.story import DUE
from infodesk.model.actor import Actor
from infodesk.model.definitions import Definitions
from infodesk.model.submission import Stored
from infodesk.stats.blanks import plans
from infodesk.stats.collect import Options, collect
from infodesk.stats.desk import Desk
from infodesk.stats.file_result import FileResult
from infodesk.store.openings import replace_openings
from infodesk.store.store import open_store
from infodesk.store.tables import follow_definitions
from infodesk.text.language import language
from infodesk.workbooks.blank.book import draw_workbook, file_name
from infodesk.workbooks.blank.plan import Answer
from infodesk.workbooks.reader import Reader
from tests.thirteen_months import give_history

gc.set_threshold(GARBAGE)  # as at the door

ACTOR = Actor("tester", "", DUE)
READER = Reader()  # one for all tests: a process a test would cost more than the tests


@pytest.fixture(scope="session", autouse=True)
def reader() -> Iterator[Reader]:
    """The reader of all tests, ended with them."""
    with READER:
        yield READER


@dataclass
class Month:
    """A desk in a workspace, and workbooks for it."""

    folder: Path
    desk: Desk
    files: int = field(default=0)

    def workbook(self, sender: str, changes: Mapping[Answer, Stored] | None = None) -> bytes:
        """A sender's filled workbook, with some answers changed."""
        given = answers(self.desk.definitions, language("zh"))
        values = dict(given.values) | dict(changes or {})
        nil = frozenset(part for part in given.nil if not _touches(part.unit, changes))
        wanted = replace(given, values=values, nil=nil)
        plan = next(iter(plans(self.desk, PERIOD, (sender,), wanted)))
        return draw_workbook(plan, language("zh"))

    def name(self, sender: str) -> str:
        """What a sender's workbook is called."""
        return file_name(next(iter(plans(self.desk, PERIOD, (sender,)))), language("zh"))

    def put(self, content: bytes, name: str | None = None) -> Path:
        """Put a file where it can be collected."""
        self.files += 1
        path = self.folder / f"incoming{self.files}" / (name or f"{self.files}.xlsx")
        path.parent.mkdir(parents=True)
        path.write_bytes(content)
        return path

    def collect(self, *paths: Path, **options: object) -> list[FileResult]:
        """Take files in."""
        wanted = replace(Options(PERIOD), **options)  # type: ignore[arg-type]  # by name
        own = {"passwords", "limits"} & options.keys()
        return list(collect(self.desk, paths, wanted, None if own else READER))

    def give(self, sender: str, changes: Mapping[Answer, Stored] | None = None) -> FileResult:
        """Collect a sender's workbook with some answers changed."""
        return self.collect(self.put(self.workbook(sender, changes), self.name(sender)))[0]

    def give_all(self) -> None:
        """Collect every sender's right workbook."""
        for sender in dict.fromkeys(o.sender for o in self.desk.obligations(PERIOD)):
            assert self.give(sender).result == "new"

    def at(self, moment: datetime) -> "Month":
        """The same at another moment."""
        actor = replace(self.desk.actor, now=moment)
        return replace(self, desk=Desk(self.desk.definitions, self.desk.store, actor))


def _touches(unit: str, changes: Mapping[Answer, Stored] | None) -> bool:
    return any(answer[1] == unit for answer in changes or {})


@pytest.fixture(scope="session")
def hospital(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo hospital's workspace, not to be changed."""
    folder = tmp_path_factory.mktemp("hospital") / "demo"
    make_demo(folder, "zh")
    return folder


@pytest.fixture(scope="session")
def definitions(hospital: Path) -> Definitions:
    """The starter hospital's definitions."""
    loaded = load_definitions(hospital)
    assert loaded.definitions is not None
    return loaded.definitions


@pytest.fixture(scope="session")
def full_store(
    hospital: Path, definitions: Definitions, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """A store that holds the clean September of every sender, not to be changed."""
    folder = tmp_path_factory.mktemp("full")
    with open_store(folder / "infodesk.db") as store:
        follow_definitions(store, definitions, ACTOR)
        for period, balances in load_openings(hospital, definitions)[0].items():
            replace_openings(store, ACTOR, period, balances)
        Month(folder, Desk(definitions, store, ACTOR)).give_all()
    return folder / "infodesk.db"


@pytest.fixture(scope="session")
def history_hospital(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo hospital's workspace whose book begins in September 2025, not to be changed."""
    folder = tmp_path_factory.mktemp("history") / "demo"
    make_demo(folder, "zh", MONTHS)
    return folder


@pytest.fixture(scope="session")
def history_definitions(history_hospital: Path) -> Definitions:
    """Its definitions."""
    loaded = load_definitions(history_hospital)
    assert loaded.definitions is not None
    return loaded.definitions


@pytest.fixture(scope="session")
def history_store(
    history_hospital: Path,
    history_definitions: Definitions,
    tmp_path_factory: pytest.TempPathFactory,
) -> Path:
    """A store that holds the thirteen months to September 2026, not closed, and their quarters; not to be changed."""
    path = tmp_path_factory.mktemp("history") / "infodesk.db"
    with open_store(path) as store:
        follow_definitions(store, history_definitions, ACTOR)
        for period, balances in load_openings(history_hospital, history_definitions)[0].items():
            replace_openings(store, ACTOR, period, balances)
        give_history(Desk(history_definitions, store, ACTOR))
    return path


@pytest.fixture
def history_month(
    history_store: Path, history_definitions: Definitions, tmp_path: Path
) -> Iterator[Month]:
    """September 2026 with the twelve months before it, all complete and clean."""
    shutil.copyfile(history_store, tmp_path / "history.db")
    with open_store(tmp_path / "history.db") as store:
        yield Month(tmp_path / "history", Desk(history_definitions, store, ACTOR))


@pytest.fixture
def month(hospital: Path, definitions: Definitions, tmp_path: Path) -> Iterator[Month]:
    """An empty September: August's closing values are known, nothing has come yet."""
    with open_store(tmp_path / "infodesk.db") as store:
        follow_definitions(store, definitions, ACTOR)
        for period, balances in load_openings(hospital, definitions)[0].items():
            replace_openings(store, ACTOR, period, balances)
        yield Month(tmp_path, Desk(definitions, store, ACTOR))


@pytest.fixture
def full_month(full_store: Path, definitions: Definitions, tmp_path: Path) -> Iterator[Month]:
    """The clean September, complete."""
    shutil.copyfile(full_store, tmp_path / "full.db")
    with open_store(tmp_path / "full.db") as store:
        yield Month(tmp_path / "full", Desk(definitions, store, ACTOR))


@dataclass
class Shell:
    """`infodesk` in a folder, with a clock that stands still."""

    folder: Path
    now: datetime = DUE
    out: str = ""
    err: str = ""

    def run(self, *arguments: str, lang: str = "en") -> int:
        """Run a command; what it printed is in `out` and `err`."""
        out, err = io.StringIO(), io.StringIO()
        terminal = Terminal(out, err, language(lang), lambda: self.now, "tester", self.folder)
        code = main(["--lang", lang, *arguments], terminal)
        self.out, self.err = out.getvalue(), err.getvalue()
        return code


@pytest.fixture
def shell(hospital: Path, tmp_path: Path) -> Shell:
    """A shell in a fresh copy of the demo hospital's workspace."""
    folder = tmp_path / "workspace"
    shutil.copytree(hospital, folder)
    return Shell(folder)


@pytest.fixture
def full_shell(shell: Shell, full_store: Path) -> Shell:
    """A shell in a workspace whose September is complete and clean."""
    shutil.copyfile(full_store, shell.folder / "infodesk.db")
    return shell
