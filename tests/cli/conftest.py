"""A workspace with ten days of rounds, and windows onto `infodesk inspect`."""

import io
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from infodesk.cli.main import main
from infodesk.cli.terminal import Terminal
from infodesk.demo.story import ZONE
from infodesk.duty.judge import Draft, judge
from infodesk.duty.room import DutyRoom
from infodesk.duty.rounds import spread
from infodesk.duty.steps import steps
from infodesk.duty.write import add
from infodesk.model.actor import Actor
from infodesk.model.definitions import Definitions
from infodesk.store.store import open_store
from infodesk.store.tables import follow_definitions
from infodesk.text.language import language
from tests.conftest import Shell

if TYPE_CHECKING:
    from tests.cli.window import Window

MOMENT = datetime(2026, 9, 17, 8, 40, tzinfo=ZONE)
GIVEN = {
    "R02": "46", "R05": "24", "ups_load@UPS-2": "34.2", "battery_minutes@UPS-1": "42", "battery_minutes@UPS-2": "41",
    "R15@GAS-1": "4.20", "cameras_online": "8", "cameras_total": "8", "R22@SRV-HIS": "61", "R22@SRV-EMR": "55",
    "safety": "y", "devices": "y",
}  # fmt: skip


@pytest.fixture(scope="session")
def rounds_before(definitions: Definitions, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with a round on each of ten days; the load of UPS 1 rises by 0.4 a day."""
    path = tmp_path_factory.mktemp("rounds") / "infodesk.db"
    with open_store(path) as store:
        for day in range(10):
            now = datetime(2026, 9, 7, 8, 35, tzinfo=ZONE) + timedelta(days=day)
            actor = Actor("tester", "示例甲", now)
            follow_definitions(store, definitions, actor)
            room = DutyRoom(definitions, store, actor)
            book = room.book("巡检")
            draft = Draft(book, {}, now, "daily")
            keys = [k for s in steps(room, draft, judge(room, draft).answers) for k in s.keys]
            given = GIVEN | {
                "R01": f"{22.8 + day % 3 / 10:.1f}",
                "R02": f"{45 + day % 3}",
                "R05": f"{24 + day % 2 / 5:.1f}",
                "ups_load@UPS-1": f"{33.5 + day * 0.4:.1f}",
            }
            whole = spread(room, draft, given, keys)
            assert add(room, Draft(book, whole, now, "daily")).line is not None
    return path


@pytest.fixture
def desk(shell: Shell, rounds_before: Path) -> Shell:
    """A workspace in Chinese with ten days of rounds, at 08:40 of the eleventh."""
    shutil.copyfile(rounds_before, shell.folder / "infodesk.db")
    shell.now = MOMENT
    return shell


@pytest.fixture
def open_window(desk: Shell) -> Iterator[Callable[..., "Window"]]:
    """Opens windows; those that still run at the end of the test are closed."""
    pytest.importorskip("pexpect")
    pytest.importorskip("pyte")
    from tests.cli.window import Window

    opened: list[Window] = []

    def opener(*arguments: str, columns: int = 80) -> Window:
        opened.append(Window(desk.folder, arguments, columns))
        return opened[-1]

    yield opener
    for each in opened:
        each.process.close(force=True)


class Screen(io.StringIO):
    """Something printed on that says it is a terminal."""

    def isatty(self) -> bool:
        """It is."""
        return True


class Keys(Screen):
    """Lines as a person types them, a minute each; after the last one the typing ends."""

    def __init__(self, lines: tuple[str, ...], shell: Shell) -> None:
        super().__init__("".join(f"{line}\n" for line in lines))
        self.shell = shell

    def readline(self, size: int = -1, /) -> str:  # type: ignore[override]
        """The next line, a minute later."""
        self.shell.now += timedelta(minutes=1)
        return super().readline(size)


@dataclass
class Typist:
    """A person at a terminal; what is printed is in `out` and `err`."""

    shell: Shell
    out: str = ""
    err: str = ""

    def inspect(self, *arguments: str, typed: tuple[str, ...]) -> int:
        """Run `infodesk inspect` and type these lines; its exit code."""
        out, err, shell = io.StringIO(), Screen(), self.shell
        keys = Keys(typed, shell)
        clock = lambda: shell.now  # noqa: E731
        terminal = Terminal(out, err, language("en"), clock, "tester", shell.folder, keys=keys)
        code = main(["--lang", "en", "inspect", *arguments, "--by", "示例甲"], terminal)
        self.out, self.err = out.getvalue(), err.getvalue()
        return code


@pytest.fixture
def typist(desk: Shell) -> Typist:
    """A person at the desk."""
    return Typist(desk)
