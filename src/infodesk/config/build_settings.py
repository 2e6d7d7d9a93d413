"""config.yaml to the settings."""

from collections.abc import Sequence
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from infodesk.config.shapes_hospital import ConfigShape
from infodesk.config.source import Source
from infodesk.model.exemption import Exemption
from infodesk.model.general import GENERAL, Thresholds
from infodesk.model.settings import Folders, Settings
from infodesk.model.unit import UnitTree
from infodesk.text.message import Message


def build_settings(source: Source, shape: ConfigShape) -> Settings:
    """The settings, without what refers to units and rules; a wrong time zone is noted in the source."""
    try:
        ZoneInfo(shape.timezone)
    except (ZoneInfoNotFoundError, ValueError, OSError):  # OSError: a folder of zones, like Asia
        source.note(
            ("timezone",), Message("there is no time zone {name}", name=repr(shape.timezone))
        )
    folders = shape.folders
    first = shape.first_period.start if shape.first_period else None
    return Settings(
        language=shape.language,
        timezone=shape.timezone,
        first_period=shape.first_period,
        logbooks_since=shape.logbooks_since or first,
        store=Path(shape.store),
        network_share=shape.network_share,
        folders=Folders(
            Path(folders.inbox), Path(folders.blanks), Path(folders.reports), Path(folders.returns)
        ),
        telephone=shape.telephone,
        explanation_length=shape.explanation_length,
        general=Thresholds(**shape.general.model_dump()),
    )


def build_exemptions(
    source: Source, shape: ConfigShape, rules: Sequence[str], units: UnitTree
) -> tuple[Exemption, ...]:
    """The exemptions; those of no rule or no unit are noted in the source."""
    found = []
    known = [*rules, *GENERAL]
    for place, each in enumerate(shape.exemptions):
        unit = units.find(each.unit)
        if each.rule not in known:
            source.note_stranger(("exemptions", place, "rule"), each.rule, known)
        if unit is None:
            source.note_stranger(("exemptions", place, "unit"), each.unit, list(units.by_id))
        else:
            found.append(Exemption(each.rule, unit.id, each.until, each.reason))
    return tuple(found)
