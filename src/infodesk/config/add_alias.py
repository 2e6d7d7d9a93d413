"""One more alias in a units.yaml, written where it belongs; everything else of the file stays as it is."""

import json

import yaml

from infodesk.config.files import UNITS
from infodesk.errors import InfodeskError
from infodesk.text.message import Message


def with_alias(text: str, unit: str, alias: str) -> str:
    """The text of a units.yaml with an alias added to a unit that is in its list. InfodeskError if it is not."""
    root = yaml.compose(text, Loader=yaml.CSafeLoader)
    listed = _value(root, "units")
    nodes = listed.value if isinstance(listed, yaml.SequenceNode) else []
    for node in nodes:
        found = _value(node, "id")
        if isinstance(found, yaml.ScalarNode) and found.value == unit:
            return _added(text, node, found, json.dumps(alias, ensure_ascii=False))
    raise InfodeskError(
        Message("unit {unit} is not in the list of {file}", unit=unit, file=UNITS),
        Message("the hospital itself has no aliases"),
    )


def _value(node: yaml.Node | None, name: str) -> yaml.Node | None:
    if not isinstance(node, yaml.MappingNode):
        return None
    return next((value for key, value in node.value if key.value == name), None)


def _added(text: str, unit: yaml.MappingNode, found: yaml.Node, alias: str) -> str:
    aliases = _value(unit, "aliases")
    if aliases is None:
        return _new_key(text, unit, found, alias)
    start, end = aliases.start_mark.index, aliases.end_mark.index
    if isinstance(aliases, yaml.SequenceNode) and aliases.value:
        last = aliases.value[-1]
        place = last.end_mark.index
        if aliases.flow_style:
            return _inserted(text, place, f", {alias}")
        indent = " " * aliases.start_mark.column
        return _inserted(text, _line_end(text, place), f"\n{indent}- {alias}")
    return text[:start] + f"[{alias}]" + text[end:]


def _new_key(text: str, unit: yaml.MappingNode, found: yaml.Node, alias: str) -> str:
    """`aliases` behind the id, or at the end of a unit on one line."""
    if unit.flow_style:
        last = unit.value[-1][1].end_mark.index
        return _inserted(text, last, f", aliases: [{alias}]")
    line = _line_end(text, found.end_mark.index)
    return _inserted(text, line, f"\n{' ' * unit.start_mark.column}aliases: [{alias}]")


def _line_end(text: str, place: int) -> int:
    """Where the line ends, behind a comment."""
    end = text.find("\n", place)
    return len(text) if end < 0 else end


def _inserted(text: str, place: int, words: str) -> str:
    return text[:place] + words + text[place:]
