"""JSON Schemas of the definitions, made from their shapes: with them an editor completes and checks YAML."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema

from infodesk.config.scalars import TEXT
from infodesk.config.shapes import FormShape, IndicatorsShape, RulesShape
from infodesk.config.shapes_hands import AssetsShape, PeopleShape
from infodesk.config.shapes_hospital import (
    CalendarShape,
    ClausesShape,
    CodesShape,
    ConfigShape,
    OpeningShape,
    ReportShape,
    UnitsShape,
)
from infodesk.config.shapes_logbook import LogbookShape
from infodesk.config.shapes_tool import ToolShape

DIALECT = "http://json-schema.org/draft-07/schema#"  # the latest that YAML editors know
FOLDER = "schema"
MODELINE = "# yaml-language-server: $schema="


@dataclass(frozen=True)
class Kind:
    """A kind of definition: its shape, and where in a workspace its files stand (nowhere: anywhere)."""

    shape: type[BaseModel]
    place: str = ""


KINDS: Mapping[str, Kind] = {
    "config": Kind(ConfigShape, "config.yaml"),
    "units": Kind(UnitsShape, "units.yaml"),
    "clauses": Kind(ClausesShape, "clauses.yaml"),
    "form": Kind(FormShape, "forms"),
    "rules": Kind(RulesShape),
    "indicators": Kind(IndicatorsShape, "indicators"),
    "codes": Kind(CodesShape, "codes"),
    "calendar": Kind(CalendarShape, "calendars"),
    "report": Kind(ReportShape, "reports"),
    "tool": Kind(ToolShape, "tools"),
    "logbook": Kind(LogbookShape, "logbooks"),
    "assets": Kind(AssetsShape, "assets.yaml"),
    "people": Kind(PeopleShape, "people.yaml"),
    "opening": Kind(OpeningShape, "opening"),
}


class _Generous(GenerateJsonSchema):
    """Takes anything where a type of ours says nothing of JSON: the reader is the one who is strict."""

    def handle_invalid_for_json_schema(self, schema: Any, error_info: str) -> dict[str, Any]:  # noqa: ARG002
        return {}


def schema_of(kind: str) -> dict[str, Any]:
    """The JSON Schema of a kind of definition. KeyError for a kind there is not."""
    made = KINDS[kind].shape.model_json_schema(schema_generator=_Generous)
    return {"$schema": DIALECT, **_for_editors(made)}


def kind_of_file(name: PurePosixPath) -> str | None:
    """The kind of a YAML file by its path inside the workspace, if it is one of ours."""
    if name.suffix != ".yaml":
        return None
    place = name.name if len(name.parts) == 1 else name.parts[0]
    return next((kind for kind, each in KINDS.items() if each.place == place), None)


def with_modeline(text: str, name: PurePosixPath) -> str:
    """The text with the line that tells an editor its schema; as it is if it has one or is none of ours."""
    kind = kind_of_file(name)
    if kind is None or MODELINE in text:
        return text
    up = "../" * (len(name.parts) - 1)
    return f"{MODELINE}{up}{FOLDER}/{kind}.json\n{text}"


def write_schemas(folder: Path, kinds: Iterable[str] = KINDS) -> list[Path]:
    """Write schemas into a folder, made if need be, and return their files. KeyError for a kind there is not."""
    made = {folder / f"{kind}.json": schema_text(kind) for kind in kinds}
    folder.mkdir(parents=True, exist_ok=True)
    for path, text in made.items():
        path.write_text(text, encoding="utf-8", newline="\n")
    return list(made)


def schema_text(kind: str) -> str:
    """The same as the text of a file."""
    return json.dumps(schema_of(kind), ensure_ascii=False, indent=2) + "\n"


def _for_editors(node: Any) -> Any:
    """Texts and numbers may come as either; titles that pydantic makes up are left out."""
    if isinstance(node, list):
        return [_for_editors(each) for each in node]
    if not isinstance(node, dict):
        return node
    plain = {key: value for key, value in node.items() if not _is_title(key, value)}
    if plain.get("type") == "string" and not {"pattern", "enum", "const"} & set(plain):
        return {**plain, **TEXT}
    if plain.get("type") == "integer" and "anyOf" not in plain:
        return _whole(plain)
    return {key: _for_editors(value) for key, value in plain.items()}


def _is_title(key: str, value: object) -> bool:
    """A title that pydantic made up; a property called title has a schema, which is a dict."""
    return key == "title" and isinstance(value, str)


def _whole(node: dict[str, Any]) -> dict[str, Any]:
    """A whole number, or the text of one (whose size the reader checks)."""
    limits = {key: node[key] for key in ("minimum", "maximum") if key in node}
    about = {key: value for key, value in node.items() if key in ("description", "default")}
    text = {"type": "string", "pattern": "^-?(0|[1-9][0-9]{0,8})$"}
    return {"anyOf": [{"type": "integer", **limits}, text], **about}
