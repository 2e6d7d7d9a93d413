"""The demo hospital's workspace: its departments with their (example) contacts, and August's closing values."""

import re
from dataclasses import replace
from datetime import date
from pathlib import Path, PurePosixPath

from infodesk.config.files import CONFIG, UNITS
from infodesk.config.load import load_definitions
from infodesk.config.new_workspace import make_workspace
from infodesk.config.schemas import with_modeline
from infodesk.config.write_units import units_yaml
from infodesk.demo.september import PERIOD, previous_rows
from infodesk.model.unit import Contact, Unit, UnitTree

EXAMPLE = {"zh": ("示例甲", "示例乙", "示例丙"), "en": ("Example A", "Example B", "Example C")}


def make_demo(folder: Path, language: str) -> None:
    """Make the workspace of the demo hospital. InfodeskError if there is one already."""
    make_workspace(folder, language, PERIOD)
    move_in(folder, language)


def keep_logbooks(folder: Path, since: date) -> None:
    """The logbooks are kept since a day before the first period of the statistics."""
    config = folder / CONFIG
    text = config.read_text(encoding="utf-8")
    told = re.sub(r"^(logbooks_since:).*$", rf"\1 {since}", text, flags=re.MULTILINE)
    config.write_text(told, encoding="utf-8", newline="\n")


def move_in(folder: Path, language: str) -> None:
    """What a hospital writes into a new workspace: its contacts, and the closing values of August."""
    loaded = load_definitions(folder)
    assert loaded.definitions is not None, "the starter hospital is sound"
    units = loaded.definitions.units
    tree = UnitTree(tuple(_with_contact(unit, language) for unit in units.units), units.kinds)
    (folder / UNITS).write_text(units_yaml(tree), encoding="utf-8")
    opening = PurePosixPath("opening", f"{PERIOD.previous()}.yaml")
    (folder / opening).write_text(with_modeline(_openings(), opening), encoding="utf-8")


def _with_contact(unit: Unit, language: str) -> Unit:
    if unit.parent is None:
        return unit
    name, reviewer, head = EXAMPLE[language]
    return replace(unit, contact=Contact(name, "0000-0000000", reviewer, head))


def _openings() -> str:
    """August's closing values, which September opens with."""
    lines = [
        "# Closing values of the month before the first one: read by prev() only, and part of no figure.",
        f"period: {PERIOD.previous()}",
        "forms:",
    ]
    for form, rows in previous_rows().items():
        lines.append(f"  {form}:")
        for row in rows:
            values = ", ".join(
                f"{name}: {value}" for name, value in row.items() if name != "dept_code"
            )
            lines.append(f'    "{row["dept_code"]}": {{{values}}}')
    return "\n".join(lines) + "\n"
