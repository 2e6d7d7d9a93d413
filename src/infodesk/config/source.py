"""A YAML file as plain data, with the place of every key and value.

Scalars are never guessed at: all of them are texts, and the schema says which of them are numbers. So
`0808` stays a code, `8:30` a time of day, and `no` a word.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

import yaml

from infodesk.config.yaml_mistakes import mistake_of
from infodesk.text.folding import nearest
from infodesk.text.message import Message

Path = tuple[str | int, ...]
_NOTHING = frozenset({"", "~", "null", "Null", "NULL"})
_SPACE = re.compile(r"\s")
_UNTAGGED = {  # the tag of a node that nobody gave one
    yaml.ScalarNode: yaml.resolver.BaseResolver.DEFAULT_SCALAR_TAG,
    yaml.SequenceNode: yaml.resolver.BaseResolver.DEFAULT_SEQUENCE_TAG,
    yaml.MappingNode: yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG,
}

# How a character of a text in quotes stands in the file.
_ESCAPES: dict[str | None, Callable[[str], str]] = {
    "'": lambda text: text.replace("'", "''"),
    '"': lambda text: text.replace("\\", "\\\\").replace('"', '\\"'),
}


@dataclass(frozen=True, order=True)
class Place:
    """A place in a file; lines and columns count from 1."""

    file: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True)
class Problem:
    """A mistake in a definition, and where it is."""

    place: Place
    message: Message


@dataclass
class Source:
    """One file's data. `keys` and `values` give the places of what is found under a path."""

    file: str
    text: str
    data: Any = None
    keys: dict[Path, Place] = field(default_factory=dict)
    values: dict[Path, Place] = field(default_factory=dict)
    in_flow: set[Path] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)
    _nodes: dict[Path, yaml.ScalarNode] = field(default_factory=dict)

    def place(self, path: Path) -> Place:
        """Where the value under a path stands, or the nearest thing around it."""
        while path and path not in self.values:
            path = path[:-1]
        return self.values.get(path, Place(self.file))

    def key_place(self, path: Path) -> Place:
        """Where the key of a path stands, or the nearest thing around it."""
        return self.keys.get(path) or self.place(path)

    def place_inside(self, path: Path, offset: int) -> Place:
        """Where a character of a text stands, also in a block that was folded together."""
        node = self._nodes.get(path)
        if node is None:
            return self.place(path)
        start = node.start_mark.index
        if node.style in (">", "|"):
            start = self.text.index("\n", start) + 1
        elif node.style in _ESCAPES:
            start += 1
        escape = _ESCAPES.get(node.style, str)
        before, after = escape(node.value[:offset]), node.value[offset:]
        seen = len(_SPACE.sub("", before))
        letters = (n for n in range(start, len(self.text)) if not self.text[n].isspace())
        if after.strip():
            return self._place_at(next(islice(letters, seen, None)))
        return self._place_at(next(islice(letters, seen - 1, None)) + 1)

    def _place_at(self, index: int) -> Place:
        line_start = self.text.rfind("\n", 0, index) + 1
        return Place(self.file, self.text.count("\n", 0, index) + 1, index - line_start + 1)

    def note(self, path: Path, message: Message) -> None:
        """Note a mistake in the value under a path."""
        self.problems.append(Problem(self.place(path), message))

    def note_key(self, path: Path, message: Message) -> None:
        """Note a mistake in the key of a path."""
        self.problems.append(Problem(self.key_place(path), message))

    def note_stranger(self, path: Path, name: str, known: Iterable[str]) -> None:
        """Note a name that nothing has, with the nearest one that something has."""
        self.note(path, stranger(name, known))

    def note_stranger_key(self, path: Path, name: str, known: Iterable[str]) -> None:
        """The same of a key."""
        self.note_key(path, stranger(name, known))

    def note_at(self, index: int, message: Message) -> None:
        """Note a mistake at a character of the file."""
        self.problems.append(Problem(self._place_at(index), message))

    def note_inside(self, path: Path, offset: int, message: Message) -> None:
        """Note a mistake at a character of a text."""
        self.problems.append(Problem(self.place_inside(path, offset), message))


def stranger(name: str, known: Iterable[str]) -> Message:
    """What to say of a name that nothing has."""
    message = Message("there is no {name}", name=repr(name))
    near = nearest(name, known)
    if near is None:
        return message
    return Message("{problem}; did you mean {near}?", problem=message, near=near)


def read_yaml(file: str, text: str) -> Source:
    """Read one document. Mistakes of YAML itself, and keys given twice, are in its problems."""
    source = Source(file, text)
    try:
        root = yaml.compose(text, Loader=yaml.CBaseLoader)
    except (yaml.MarkedYAMLError, yaml.reader.ReaderError) as error:
        index, message = mistake_of(error, text)
        source.note_at(index, message)
        return source
    if root is not None:
        source.data = _Reader(source).read(root, ())
    return source


def _is_plain(node: yaml.Node) -> bool:
    return isinstance(node, yaml.ScalarNode) and not node.style  # None, or "" from the C parser


class _Reader:
    """Turns nodes into data and notes their places."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._seen: set[int] = set()

    def read(self, node: yaml.Node, path: Path) -> Any:
        mark = node.start_mark
        source = self._source
        source.values[path] = Place(source.file, mark.line + 1, mark.column + 1)
        if id(node) in self._seen:
            source.note_key(path, Message("anchors and aliases are not read here: write it out"))
            return None
        self._seen.add(id(node))
        self._check_tag(node, path)
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, path)
        if isinstance(node, yaml.SequenceNode):
            return [self.read(child, (*path, place)) for place, child in enumerate(node.value)]
        assert isinstance(node, yaml.ScalarNode), "a node is a mapping, a list or a scalar"
        return self._scalar(node, path)

    def _scalar(self, node: yaml.ScalarNode, path: Path) -> str | None:
        self._source._nodes[path] = node  # noqa: SLF001  # its own half
        return None if _is_plain(node) and node.value in _NOTHING else str(node.value)

    def _check_tag(self, node: yaml.Node, path: Path) -> None:
        """Refuse a tag that somebody wrote."""
        if node.tag != _UNTAGGED[type(node)]:
            self._source.note(path, Message("tags are not read here: {tag}", tag=node.tag))

    def _mapping(self, node: yaml.MappingNode, path: Path) -> dict[str, Any]:
        data: dict[str, Any] = {}
        if node.flow_style:
            self._source.in_flow.add(path)
        for key_node, value_node in node.value:
            mark = key_node.start_mark
            place = Place(self._source.file, mark.line + 1, mark.column + 1)
            if not isinstance(key_node, yaml.ScalarNode):
                self._source.problems.append(Problem(place, Message("a key is a text")))
                continue
            name = str(key_node.value)
            inner = (*path, name)
            if name in data:
                first = self._source.keys[inner].line
                message = Message(
                    "{key} is given twice, first in line {line}", key=name, line=first
                )
                self._source.problems.append(Problem(place, message))
                continue
            self._source.keys[inner] = place
            data[name] = self.read(value_node, inner)
        return data
