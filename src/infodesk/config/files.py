"""Where definitions are looked for: the workspace first, then the starter hospital of the package."""

from collections.abc import Iterator
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

from infodesk.config.source import Place, Problem, Source, read_yaml
from infodesk.text.message import Message

CONFIG = "config.yaml"
UNITS = "units.yaml"
ASSETS = "assets.yaml"
PEOPLE = "people.yaml"
CLAUSES = "clauses.yaml"


@dataclass(frozen=True)
class DefinitionFile:
    """One file of definitions; `name` is its path inside the workspace or the starter hospital."""

    name: str
    path: Path
    is_packaged: bool

    def read(self) -> Source:
        """Its data; from UTF-8, with or without a byte order mark."""
        try:
            return read_yaml(self.name, self.path.read_text(encoding="utf-8-sig"))
        except UnicodeDecodeError as error:
            line = error.object[: error.start].count(b"\n") + 1
            message = Message("not UTF-8: save it as UTF-8 (in Notepad: Save as, Encoding UTF-8)")
            return Source(self.name, "", problems=[Problem(Place(self.name, line), message)])


def starter() -> Path:
    """The folder of the starter hospital, in the installed package or in the source tree."""
    installed = Path(str(resources.files("infodesk"))) / "templates"
    return installed if installed.is_dir() else Path(__file__).parents[3] / "templates"


def example_config() -> Path:
    """The commented example of config.yaml."""
    return starter().parent / "config.example.yaml"


def definition_files(
    workspace: Path, folder: str, suffix: str = ".yaml"
) -> Iterator[DefinitionFile]:
    """The files of a folder in the order of their names; one of the workspace hides a packaged one."""
    found: dict[str, DefinitionFile] = {}
    for root, is_packaged in ((starter(), True), (workspace, False)):
        for path in sorted((root / folder).glob(f"*{suffix}")):
            found[path.name] = DefinitionFile(f"{folder}/{path.name}", path, is_packaged)
    yield from (found[name] for name in sorted(found))


def find_file(workspace: Path, name: str) -> DefinitionFile | None:
    """One file by its path inside the workspace, else in the starter hospital."""
    for root, is_packaged in ((workspace, False), (starter(), True)):
        if (root / name).is_file():
            return DefinitionFile(name, root / name, is_packaged)
    return None
