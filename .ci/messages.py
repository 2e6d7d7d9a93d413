"""Collects every sentence of the program into the Chinese catalogue, and compiles it.

`python .ci/messages.py` brings the .po up to date (translations are kept, new sentences come in empty) and
writes the .mo; with `--check` it changes nothing and exits 1 if the two are not complete and up to date.
"""

import ast
import io
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import ClassVar

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from jinja2 import Environment, nodes

ROOT = Path(__file__).parents[1]
SOURCES = ROOT / "src" / "infodesk"
FOLDER = SOURCES / "locale" / "zh" / "LC_MESSAGES"
NAMES = {"Message", "language", "tell", "say", "_"}  # what is called with a sentence first


def sentences() -> set[str]:
    """Every sentence in the program and its templates."""
    found: set[str] = set()
    for path in sorted(SOURCES.rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        found |= set(_in_calls(tree))
        if path.parent.name == "cli":
            found |= set(_helps(tree))
    found |= set(_in_templates())
    return found


def _in_calls(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and node.args and _name(node.func) in NAMES:
            first = node.args[0]
            if isinstance(first, ast.Constant) and isinstance(first.value, str):
                yield first.value


def _name(function: ast.expr) -> str:
    match function:
        case ast.Name(name):
            return name
        case ast.Attribute(attr=name):
            return name
        case _:
            return ""


def _helps(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.keyword)
            and node.arg == "help"
            and isinstance(node.value, ast.Constant)
        ):
            yield str(node.value.value)


def _in_templates() -> Iterator[str]:
    """`_("…")` in the report templates."""
    for path in sorted((ROOT / "templates").rglob("*.j2")):
        tree = Environment(autoescape=False).parse(path.read_text(encoding="utf-8"))
        for call in tree.find_all(nodes.Call):
            if isinstance(call.node, nodes.Name) and call.node.name == "_" and call.args:
                first = call.args[0]
                if isinstance(first, nodes.Const) and isinstance(first.value, str):
                    yield first.value


class Chinese(Catalog):
    """A catalogue whose header holds no dates and no people: the same sentences give the same file."""

    mime_headers: ClassVar[list[tuple[str, str]]] = [  # type: ignore[assignment]  # a property in babel
        ("Language", "zh"),
        ("MIME-Version", "1.0"),
        ("Content-Type", "text/plain; charset=utf-8"),
        ("Content-Transfer-Encoding", "8bit"),
    ]


def catalogue() -> Catalog:
    """All sentences, with the translations there are."""
    path = FOLDER / "infodesk.po"
    known: dict[str, str] = {}
    if path.exists():
        with path.open("rb") as file:
            known = {str(m.id): str(m.string) for m in read_po(file, locale="zh") if m.id}
    made = Chinese(locale="zh", header_comment="# The Chinese of infodesk.", fuzzy=False)
    for sentence in sorted(sentences()):
        made.add(sentence, known.get(sentence, ""))
    return made


def compiled(made: Catalog) -> tuple[bytes, bytes]:
    """The texts of the .po and the .mo."""
    po, mo = io.BytesIO(), io.BytesIO()
    write_po(po, made, width=0, sort_output=True)
    write_mo(mo, made)
    return po.getvalue(), mo.getvalue()


def main() -> int:
    made = catalogue()
    missing = [str(message.id) for message in made if message.id and not message.string]
    po, mo = compiled(made)
    if "--check" not in sys.argv:
        (FOLDER / "infodesk.po").write_bytes(po)
        (FOLDER / "infodesk.mo").write_bytes(mo)
    elif po != (FOLDER / "infodesk.po").read_bytes() or mo != (FOLDER / "infodesk.mo").read_bytes():
        missing.append("the catalogue is not up to date: make messages")
    for sentence in missing:
        sys.stdout.write(f"{sentence}\n")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
