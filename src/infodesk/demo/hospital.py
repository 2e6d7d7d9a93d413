"""The demo hospital's workspace: its departments with their (example) contacts, and what its first month opens with."""

import re
from dataclasses import replace
from datetime import date
from pathlib import Path, PurePosixPath

from infodesk.config.files import CONFIG, UNITS
from infodesk.config.load import load_definitions
from infodesk.config.new_workspace import make_workspace
from infodesk.config.schemas import with_modeline
from infodesk.config.write_units import units_yaml
from infodesk.demo.history.months import closing_before, first_period, history
from infodesk.demo.numbers import Month
from infodesk.demo.september import PERIOD, previous_rows
from infodesk.model.period import Period
from infodesk.model.unit import Contact, Unit, UnitTree

EXAMPLE = {"zh": ("示例甲", "示例乙", "示例丙"), "en": ("Example A", "Example B", "Example C")}


def make_demo(folder: Path, language: str, months: int = 1) -> None:
    """Make the workspace of the demo hospital, whose book begins so many months before October 2026.

    InfodeskError if there is a workspace already.
    """
    make_workspace(folder, language, first_period(months))
    move_in(folder, language, months)


def keep_logbooks(folder: Path, since: date) -> None:
    """The logbooks are kept since a day before the first period of the statistics."""
    config = folder / CONFIG
    text = config.read_text(encoding="utf-8")
    told = re.sub(r"^(logbooks_since:).*$", rf"\1 {since}", text, flags=re.MULTILINE)
    config.write_text(told, encoding="utf-8", newline="\n")


def move_in(folder: Path, language: str, months: int = 1) -> None:
    """What a hospital writes into a new workspace: its contacts, and what its first month opens with."""
    loaded = load_definitions(folder)
    assert loaded.definitions is not None, "the starter hospital is sound"
    units = loaded.definitions.units
    tree = UnitTree(tuple(_with_contact(unit, language) for unit in units.units), units.kinds)
    (folder / UNITS).write_text(units_yaml(tree), encoding="utf-8")
    first = first_period(months)
    past = history(loaded.definitions.calendar, months)
    closing = previous_rows() if first == PERIOD else closing_before(past[first])
    opening = PurePosixPath("opening", f"{first.previous()}.yaml")
    text = with_modeline(_openings(first.previous(), closing), opening)
    (folder / opening).write_text(text, encoding="utf-8")


def _with_contact(unit: Unit, language: str) -> Unit:
    if unit.parent is None:
        return unit
    name, reviewer, head = EXAMPLE[language]
    return replace(unit, contact=Contact(name, "0000-0000000", reviewer, head))


def _openings(before: Period, closing: Month) -> str:
    """What the first month opens with: the closing values of the month before it."""
    lines = [
        "# Closing values of the month before the first one: read by prev() only, and part of no figure.",
        f"period: {before}",
        "forms:",
    ]
    for form, units in closing.items():
        lines.append(f"  {form}:")
        for unit, row in units.items():
            values = ", ".join(f"{name}: {value}" for name, value in row.items())
            lines.append(f'    "{unit}": {{{values}}}')
    return "\n".join(lines) + "\n"
