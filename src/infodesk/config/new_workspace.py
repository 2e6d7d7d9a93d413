"""A new workspace: the starter hospital's definitions, copied so that they can be read and changed."""

import re
import shutil
from datetime import date
from pathlib import Path, PurePosixPath

from infodesk.config.files import (
    ASSETS,
    CLAUSES,
    CONFIG,
    PEOPLE,
    UNITS,
    example_config,
    starter,
)
from infodesk.config.schemas import FOLDER, kind_of_file, with_modeline, write_schemas
from infodesk.errors import InfodeskError
from infodesk.model.period import Period
from infodesk.text.message import Message

COPIED = ("forms", "indicators", "logbooks", "calendars", "codes", "reports", "tools")
MADE = ("inbox", "opening")


def make_workspace(
    folder: Path, language: str, first_period: Period, logbooks_since: date | None = None
) -> tuple[Path, ...]:
    """Make a workspace and return its files. `config.yaml` comes last: without it there is none yet.

    From `logbooks_since` on logbooks expect entries; from the first day of the first period if it is not given.

    Files that are there already are left alone. InfodeskError if it is a workspace already.
    """
    if (folder / CONFIG).exists():
        raise InfodeskError(
            Message("{folder} is a workspace already", folder=str(folder)),
            Message("name another folder"),
        )
    made: list[Path] = []
    for name in MADE:
        (folder / name).mkdir(parents=True, exist_ok=True)
    for source in _files():
        target = folder / source.relative_to(starter())
        if not target.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            _copy(source, target, folder)
            made.append(target)
    made += write_schemas(folder / FOLDER)
    config = folder / CONFIG
    text = example_config().read_text(encoding="utf-8")
    adapted = with_modeline(
        _adapted(text, language, first_period, logbooks_since), PurePosixPath(CONFIG)
    )
    config.write_text(adapted, encoding="utf-8", newline="\n")
    return (*made, config)


def _copy(source: Path, target: Path, folder: Path) -> None:
    """Copy a file; a definition gets the line that tells an editor its schema."""
    name = PurePosixPath(target.relative_to(folder).as_posix())
    if kind_of_file(name) is None:
        shutil.copyfile(source, target)
        return
    text = with_modeline(source.read_text(encoding="utf-8"), name)
    target.write_text(text, encoding="utf-8", newline="\n")


def _files() -> list[Path]:
    files = [starter() / name for name in (UNITS, CLAUSES, ASSETS, PEOPLE)]
    for name in COPIED:
        files += sorted(path for path in (starter() / name).rglob("*") if path.is_file())
    return files


def _adapted(text: str, language: str, first_period: Period, since: date | None) -> str:
    """The example with this workspace's language, first month and first day."""
    if since is not None:
        text = re.sub(r"^logbooks_since:$", f"logbooks_since: {since}", text, flags=re.MULTILINE)
    text = re.sub(r"^language: .*$", f"language: {language}", text, flags=re.MULTILINE)
    return re.sub(r"^first_period: .*$", f"first_period: {first_period}", text, flags=re.MULTILINE)
