"""The tree of units as the text of a units.yaml."""

from pathlib import PurePosixPath

from infodesk.config.files import UNITS
from infodesk.config.schemas import with_modeline
from infodesk.model.unit import Contact, Unit, UnitTree
from infodesk.text.message import Title

HEADER = """\
# The hospital, its kinds of unit, and its units in its own order. Every unit keeps its id for good: one that is
# renamed, split or merged gets a new one, the old one a `closed` day and its `successors`.
"""


def units_yaml(tree: UnitTree) -> str:
    """A file that reads back as the same tree, a unit a line."""
    root = tree.root
    lines = [
        HEADER,
        f"hospital: {{id: {_text(root.id)}, title: {_title(root.title)}{_kind(root)}}}",
        "",
        "kinds:",
    ]
    for kind in tree.kinds:
        within = f", within: {_text(kind.within)}" if kind.within else ""
        lines.append(f"  - {{id: {_text(kind.id)}{within}, title: {_title(kind.title)}}}")
    lines += ["", "units:"]
    lines += [f"  - {{{_unit(unit, root.id)}}}" for unit in tree.units if unit.parent is not None]
    return with_modeline("\n".join(lines) + "\n", PurePosixPath(UNITS))


def _unit(unit: Unit, root: str) -> str:
    parts = [f"id: {_text(unit.id)}", f"title: {_title(unit.title)}", f"kind: {_text(unit.kind)}"]
    if unit.parent != root:
        parts.append(f"parent: {_text(unit.parent or root)}")
    if unit.aliases:
        parts.append(f"aliases: [{', '.join(map(_text, unit.aliases))}]")
    for name, day in (("opened", unit.opened), ("closed", unit.closed)):
        if day is not None:
            parts.append(f"{name}: {day.isoformat()}")
    if unit.successors:
        parts.append(f"successors: [{', '.join(map(_text, unit.successors))}]")
    if unit.every_day:
        parts.append("every_day: true")
    if unit.contact != Contact():
        parts.append(f"contact: {{{_contact(unit.contact)}}}")
    return ", ".join(parts)


def _kind(root: Unit) -> str:
    return "" if root.kind == "hospital" else f", kind: {_text(root.kind)}"


def _contact(contact: Contact) -> str:
    named = {
        "name": contact.name,
        "phone": contact.phone,
        "reviewer": contact.reviewer,
        "head": contact.head,
    }
    return ", ".join(f"{name}: {_text(text)}" for name, text in named.items() if text)


def _title(title: Title) -> str:
    parts = [
        f"{code}: {_text(text)}" for code, text in (("zh", title.zh), ("en", title.en)) if text
    ]
    return f"{{{', '.join(parts)}}}"


def _text(text: str) -> str:
    """A text in quotes, whatever it is made of."""
    return '"' + "".join(map(_character, text)) + '"'


def _character(character: str) -> str:
    if character in '"\\':
        return "\\" + character
    return character if character.isprintable() else f"\\U{ord(character):08x}"
