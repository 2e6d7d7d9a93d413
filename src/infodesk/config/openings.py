"""Opening balances of YAML: `opening/2026-08.yaml`, form → unit → item → value."""

import re
from decimal import Decimal
from pathlib import Path as FilePath

from infodesk.config.files import DefinitionFile
from infodesk.config.read import read_shape
from infodesk.config.shapes_hospital import OpeningShape
from infodesk.config.source import Path, Problem, Source
from infodesk.model.definitions import Definitions
from infodesk.model.item import Item
from infodesk.model.opening import Opening
from infodesk.model.period import Period
from infodesk.model.submission import Stored
from infodesk.text.message import Message

_NUMBER = re.compile(r"-?\d{1,15}(\.\d{1,6})?")


def load_openings(
    workspace: FilePath, definitions: Definitions
) -> tuple[dict[Period, tuple[Opening, ...]], tuple[Problem, ...]]:
    """The opening balances of all files in `opening/`, by period, and what is wrong with them."""
    found: dict[Period, tuple[Opening, ...]] = {}
    problems: list[Problem] = []
    for path in sorted((workspace / "opening").glob("*.yaml")):
        file = DefinitionFile(f"opening/{path.name}", path, is_packaged=False)
        source = file.read()
        shape = read_shape(source, OpeningShape)
        if shape is not None:
            balances = tuple(sorted(_balances(source, shape, definitions)))
            found[shape.period] = (*found.get(shape.period, ()), *balances)
        problems += source.problems
    return found, tuple(sorted(problems, key=lambda problem: problem.place))


def _balances(source: Source, shape: OpeningShape, definitions: Definitions) -> list[Opening]:
    balances = []
    for form_id, units in shape.forms.items():
        form = definitions.form_by_id.get(form_id)
        if form is None:
            source.note_stranger_key(("forms", form_id), form_id, definitions.form_by_id)
            continue
        for unit, items in units.items():
            if unit not in definitions.units.by_id:
                path: Path = ("forms", form_id, unit)
                source.note_stranger_key(path, unit, definitions.units.by_id)
            for name, text in items.items():
                path = ("forms", form_id, unit, name)
                if name not in form.by_id:
                    source.note_stranger_key(path, name, form.by_id)
                    continue
                value = _value(source, path, form.by_id[name], text)
                if value is not None:
                    balances.append(Opening(form_id, unit, "", name, value))
    return balances


def _value(source: Source, path: Path, item: Item, text: str | None) -> Stored:
    if text is None:
        return None
    if not item.is_numeric:
        return text
    if not _NUMBER.fullmatch(text):
        source.note(path, Message("a number is expected, not {value}", value=repr(text)))
        return None
    if not item.is_exact:
        return float(text)
    scaled = Decimal(text).scaleb(item.scale)
    if scaled != int(scaled):
        source.note(path, Message("at most {n} decimals are expected", n=item.scale))
        return None
    return int(scaled)
