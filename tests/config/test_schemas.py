"""The schemas that editors use: right YAML passes as an editor reads it, common mistakes do not."""

import json
from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from typing import Any

import pytest
import yaml
from jsonschema import Draft7Validator

from infodesk.config.files import example_config, starter
from infodesk.config.load import load_definitions
from infodesk.config.read import read_shape
from infodesk.config.scalars import Whole
from infodesk.config.schemas import (
    KINDS,
    MODELINE,
    Kind,
    kind_of_file,
    schema_of,
    with_modeline,
    write_schemas,
)
from infodesk.config.shape import Shape
from infodesk.config.source import read_yaml

SHIPPED = sorted(starter().rglob("*.yaml"))


class _Editor(yaml.SafeLoader):
    """YAML 1.2, which editors speak: `on` is a text."""


_Editor.yaml_implicit_resolvers = {
    first: [
        (tag, rule) for tag, rule in known if tag != "tag:yaml.org,2002:bool" or first in "tTfF"
    ]
    for first, known in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def as_an_editor_reads_it(text: str) -> Any:
    """Plain scalars have types of their own; keys are texts, and days stay as they are written."""
    return json.loads(json.dumps(yaml.load(text, _Editor), default=str))  # a safe loader


def wrong(kind: str, text: str) -> list[str]:
    """Where an editor marks the text."""
    errors = Draft7Validator(schema_of(kind)).iter_errors(as_an_editor_reads_it(text))
    return ["/".join(map(str, error.absolute_path)) for error in errors]


@pytest.mark.parametrize("kind", KINDS)
def test_every_schema_is_one(kind: str) -> None:
    Draft7Validator.check_schema(schema_of(kind))


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.name)
def test_every_shipped_definition_passes_its_schema(path: Path) -> None:
    kind = kind_of_file(PurePosixPath(path.relative_to(starter()).as_posix()))
    assert kind is not None
    assert wrong(kind, path.read_text(encoding="utf-8")) == []


def test_the_example_config_passes_its_schema() -> None:
    assert wrong("config", example_config().read_text(encoding="utf-8")) == []


def test_every_file_of_a_new_workspace_names_the_schema_it_passes(hospital: Path) -> None:
    files = [path for path in hospital.rglob("*.yaml") if "reports/2" not in path.as_posix()]
    assert {path.parent.name for path in files} >= {"forms", "indicators", "opening", "reports"}
    for path in files:
        first, text = path.read_text(encoding="utf-8").split("\n", 1)
        assert first.startswith(MODELINE), path
        schema = (path.parent / first.removeprefix(MODELINE)).resolve()
        found = json.loads(schema.read_text(encoding="utf-8"))
        data = as_an_editor_reads_it(text)
        assert list(Draft7Validator(found).iter_errors(data)) == []


FORM = """\
id: f
title: {zh: 表, en: Form}
frequency: month
due: {day: 5, at: "17:30"}
sections:
  - id: s
    title: 段
    from: 0808
    items: [{id: a, label: 甲, type: decimal(2), required: false}]
rules:
  - id: R-1
    check: >-
      a >= 1
    message: 1
    since: 2026
    pass: [{a: 1}, {a: "2.5"}, {a: }]
"""

UNITS = """\
hospital: {id: H, title: 医院}
kinds: [{id: ward, title: 病区}]
units: [{id: 0101, title: 内科, kind: ward, opened: 2020-01-01, contact: {phone: 12345}}]
"""

INDICATORS = """\
group: 组
indicators: [{id: i, title: 率, formula: f.a / f.b, decimals: 2, plausible: {low: 0, high: 99.5}}]
"""

CONFIG = "first_period: 2026-09\nexplanation_length: 8\ndeadlines: {f: {day: 8}}\n"

REPORT = "{id: r, title: 报告, frequency: year, template: r.md.j2, name: 报告, due: {day: 8}}\n"

CALENDAR = "{id: c, title: 历, years: {2026: {holidays: [2026-01-01]}}}\n"

RIGHT = {
    "form": FORM,
    "units": UNITS,
    "indicators": INDICATORS,
    "config": CONFIG,
    "report": REPORT,
    "calendar": CALENDAR,
}


@pytest.mark.parametrize("kind", RIGHT)
def test_what_a_person_writes_without_quotes_passes_like_the_text(kind: str) -> None:
    assert wrong(kind, RIGHT[kind]) == []
    source = read_yaml("x.yaml", RIGHT[kind])
    assert read_shape(source, KINDS[kind].shape) is not None, source.problems


@pytest.mark.parametrize(
    ("kind", "right", "mistake", "place"),
    [
        ("form", "frequency: month", "frequency: monthly", "frequency"),
        ("form", "frequency: month\n", "", ""),
        ("form", "day: 5", "day: 31", "due/day"),
        ("form", "day: 5", "day: five", "due/day"),
        ("form", '"17:30"', '"25:30"', "due/at"),
        ("form", "id: f", "id: Form-1", "id"),
        ("form", "required: false", "required: perhaps", "sections/0/items/0/required"),
        ("form", "required: false", "requird: false", "sections/0/items/0"),
        ("form", "{zh: 表, en: Form}", "{cn: 表}", "title"),
        ("form", "since: 2026", "since: 2026-9", "rules/0/since"),
        ("form", "check: >-\n      a >= 1\n", "severity: fatal\n", "rules/0"),
        ("form", "from: 0808", "from: [0808]", "sections/0/from"),
        ("units", "kind: ward,", "", "units/0"),
        ("units", "opened: 2020-01-01", "opened: 2020", "units/0/opened"),
        ("indicators", "decimals: 2", "decimals: 9", "indicators/0/decimals"),
        ("indicators", "low: 0", "low: none", "indicators/0/plausible"),
        ("config", "first_period", "first_month", ""),
        ("config", "explanation_length: 8", "explanation_length: 1.5", "explanation_length"),
        ("report", "template: r.md.j2, ", "", ""),
        ("calendar", "2026-01-01", "1 January", "years/2026/holidays/0"),
    ],
)  # fmt: skip
def test_common_mistakes_are_marked_where_they_stand(
    kind: str, right: str, mistake: str, place: str
) -> None:
    text = RIGHT[kind].replace(right, mistake, 1)
    assert text != RIGHT[kind]
    assert place in wrong(kind, text)
    assert read_shape(read_yaml("x.yaml", text), KINDS[kind].shape) is None


@pytest.mark.parametrize("name", ["decimal", "intger", "code", "decimal(7)", "money(2)"])
def test_a_type_there_is_not_is_marked(name: str) -> None:
    assert wrong("form", FORM.replace("decimal(2)", name)) == ["sections/0/items/0/type"]


class Strange:
    """A type that says nothing of JSON."""


class Odd(Shape):
    """A shape with one."""

    when: Strange
    often: Whole


def test_where_a_type_says_nothing_of_json_anything_passes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("infodesk.config.schemas.KINDS", {"odd": Kind(Odd)})
    assert wrong("odd", "{when: [1, 2], often: 3}") == []
    assert wrong("odd", "{when: x, often: y}") == ["often"]


def test_an_editor_shows_what_a_key_means() -> None:
    properties: Mapping[str, Any] = schema_of("form")["$defs"]["ItemShape"]["properties"]
    assert properties["opens_with"]["description"].startswith("the item whose value")
    assert "title" not in schema_of("form")["$defs"]["ItemShape"]
    assert set(schema_of("form")["properties"]) >= {"title", "clauses"}


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("config.yaml", "schema/config.json"),
        ("forms/a.yaml", "../schema/form.json"),
        ("opening/2026-08.yaml", "../schema/opening.json"),
        ("reports/a.md.j2", None),
        ("notes.yaml", None),
        ("forms/old/a.yaml", "../../schema/form.json"),
    ],
)
def test_the_modeline_leads_from_the_file_to_its_schema(name: str, line: str | None) -> None:
    text = with_modeline("a: 1\n", PurePosixPath(name))
    assert text == (f"{MODELINE}{line}\na: 1\n" if line else "a: 1\n")
    assert with_modeline(text, PurePosixPath(name)) == text


def test_schemas_are_written_with_both_languages_in_them(tmp_path: Path) -> None:
    (path,) = write_schemas(tmp_path / "new" / "schema", ["form"])
    assert "床日" in path.read_text(encoding="utf-8")


def test_a_workspace_with_modelines_is_read_as_before(hospital: Path) -> None:
    assert load_definitions(hospital).problems == ()
