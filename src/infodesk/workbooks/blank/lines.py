"""The lines of a table: a unit each, or a row each (a disease, a device, a person)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from infodesk.model.form import Form
from infodesk.model.item import Item, Type
from infodesk.model.submission import Stored
from infodesk.model.unit import Unit
from infodesk.text.message import Title

JOINT = "\x1f"  # between the unit and the row in what an answer goes by
SPARE = 5  # lines left for rows that are not known yet
FEWEST = 10


@dataclass(frozen=True)
class Line:
    """One line. `id` is what its answers go by in the plan: a unit, or a unit and a row of it.

    `is_open`: its key is still to be filled in, and nothing is asked until it is.
    """

    id: str
    code: str
    title: Title
    kind: str
    is_open: bool = False

    @property
    def unit(self) -> str:
        """The unit it is about."""
        return unit_of(self.id)


def unit_of(line: str) -> str:
    """The unit of what an answer goes by."""
    return line.partition(JOINT)[0]


def row_line(unit: str, row: str) -> str:
    """What the answers of a row go by."""
    return f"{unit}{JOINT}{row}"


def unit_lines(units: tuple[Unit, ...]) -> tuple[Line, ...]:
    """A line for each unit."""
    return tuple(Line(unit.id, unit.id, unit.title, unit.kind) for unit in units)


def row_lines(
    form: Form, unit: Unit, answers: Mapping[tuple[str, str, str], Stored]
) -> tuple[Line, ...]:
    """The lines of a form with rows: all codes of its key, or the rows known and some to fill in."""
    key = form.row_key[0]
    if key.type is Type.CODE:
        return tuple(Line(row_line(unit.id, c.id), c.id, c.title, unit.kind) for c in key.codes)
    known = list(_known(form, unit.id, answers))
    spare = max(FEWEST - len(known), SPARE)
    return tuple(
        Line(
            row_line(unit.id, row),
            "" if row.startswith(" ") else row,
            Title(),
            unit.kind,
            is_open=True,
        )
        for row in (*known, *(f" {n}" for n in range(spare)))
    )


def _known(form: Form, unit: str, answers: Mapping[tuple[str, str, str], Stored]) -> Iterator[str]:
    lines = (line for name, line, _ in answers if name == form.id and unit_of(line) == unit)
    yield from sorted({line.partition(JOINT)[2] for line in lines})


def name_item(form: Form) -> Item | None:
    """The text that tells the rows of a form apart for people: a device's name, a person's."""
    return next((item for item in form.items() if item.type is Type.TEXT), None)
