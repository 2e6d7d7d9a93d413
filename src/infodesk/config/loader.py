"""Reading definition files, and remembering them with all that is wrong in them."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path as FilePath
from typing import TypeVar

from pydantic import BaseModel

from infodesk.config.files import DefinitionFile, definition_files, find_file
from infodesk.config.read import read_shape
from infodesk.config.source import Problem, Source
from infodesk.text.message import Message

S = TypeVar("S", bound=BaseModel)
MENDED = ("forms", "indicators")


@dataclass
class Loader:
    """The files of one workspace read so far."""

    workspace: FilePath
    sources: list[Source] = field(default_factory=list)
    unused: list[str] = field(default_factory=list)  # forms that config.yaml does not name

    def read(
        self, file: DefinitionFile, shape: type[S], *, mend: bool = False
    ) -> tuple[Source, S | None]:
        """A file, and its data if it is sound; with `mend` also without what is not."""
        source = file.read()
        self.sources.append(source)
        return source, read_shape(source, shape, mend=mend)

    def each(self, folder: str, shape: type[S]) -> Iterator[tuple[DefinitionFile, Source, S]]:
        """The sound files of a folder; of forms and indicators also those without their mistakes, which are noted."""
        for file in definition_files(self.workspace, folder):
            source, data = self.read(file, shape, mend=folder in MENDED)
            if data is not None:
                yield file, source, data

    def one(self, name: str, shape: type[S]) -> tuple[Source, S | None]:
        """The file of that name, which must be there."""
        file = find_file(self.workspace, name)
        if file is None:
            source = Source(name, "")
            source.note((), Message("the file is missing"))
            self.sources.append(source)
            return source, None
        return self.read(file, shape)

    def problems(self) -> tuple[Problem, ...]:
        """All that is wrong, in the order of files and lines."""
        found = [problem for source in self.sources for problem in source.problems]
        return tuple(sorted(found, key=lambda problem: problem.place))
