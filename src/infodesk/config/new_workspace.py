"""A new workspace: the starter hospital's definitions, copied so that they can be read and changed."""

import re
import shutil
from pathlib import Path

from infodesk.config.files import ASSETS, CONFIG, PEOPLE, UNITS, example_config, starter
from infodesk.errors import InfodeskError
from infodesk.model.period import Period
from infodesk.text.message import Message

COPIED = ("forms", "indicators", "logbooks", "calendars", "codes", "reports")
MADE = ("inbox", "opening")


def make_workspace(folder: Path, language: str, first_period: Period) -> tuple[Path, ...]:
    """Make a workspace and return its files. `config.yaml` comes last: without it there is none yet.

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
            shutil.copyfile(source, target)
            made.append(target)
    config = folder / CONFIG
    text = example_config().read_text(encoding="utf-8")
    config.write_text(_adapted(text, language, first_period), encoding="utf-8")
    return (*made, config)


def _files() -> list[Path]:
    files = [starter() / name for name in (UNITS, ASSETS, PEOPLE)]
    for name in COPIED:
        files += sorted(path for path in (starter() / name).rglob("*") if path.is_file())
    return files


def _adapted(text: str, language: str, first_period: Period) -> str:
    """The example with this workspace's language and first month."""
    text = re.sub(r"^language: .*$", f"language: {language}", text, flags=re.MULTILINE)
    return re.sub(r"^first_period: .*$", f"first_period: {first_period}", text, flags=re.MULTILINE)
