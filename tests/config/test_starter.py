"""The starter hospital as shipped, its example settings, and a workspace made from them."""

import re
from datetime import date
from pathlib import Path

import pytest

from infodesk.config.files import example_config, starter
from infodesk.config.load import load_definitions
from infodesk.config.new_workspace import make_workspace
from infodesk.config.read import read_shape
from infodesk.config.shapes_hospital import ConfigShape, FoldersShape
from infodesk.config.source import read_yaml
from infodesk.errors import InfodeskError
from infodesk.model.definitions import Definitions
from infodesk.model.period import parse_period
from tests.config.workspace import told

SEPTEMBER = parse_period("2026-09", date(2026, 10, 1))
EXAMPLE = example_config().read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Definitions:
    """The starter hospital under the example settings."""
    workspace = tmp_path_factory.mktemp("workspace")
    (workspace / "config.yaml").write_text(EXAMPLE, encoding="utf-8")
    found = load_definitions(workspace)
    assert told(found.problems) == []
    assert found.definitions is not None
    return found.definitions


def test_the_starter_hospital_is_as_large_as_it_says(shipped: Definitions) -> None:
    items = sum(len(form.by_id) for form in shipped.forms)
    found = (len(shipped.forms), items, len(shipped.rules), len(shipped.indicators))
    assert found == (12, 378, 171, 105)


def test_every_logbook_says_which_clauses_it_serves_and_has_a_way_to_tell_entries_apart(
    shipped: Definitions,
) -> None:
    for book in shipped.logbooks:
        assert book.clauses, book.id
        assert book.summary, book.id
        assert all(check.message.zh and check.message.en for check in book.checks)


def test_every_field_of_a_logbook_belongs_to_a_schedule_or_to_all(shipped: Definitions) -> None:
    for book in shipped.logbooks:
        asked = {field.id for each in book.schedules for field in book.asked_in(each.id)}
        assert not book.schedules or asked == set(book.field_by_id), book.id


def test_every_name_in_the_starter_hospital_has_both_languages(shipped: Definitions) -> None:
    titles = [form.title for form in shipped.forms]
    titles += [section.title for form in shipped.forms for section in form.sections]
    titles += [item.label for form in shipped.forms for item in form.by_id.values()]
    titles += [rule.message for rule in shipped.rules]
    titles += [indicator.title for indicator in shipped.indicators]
    titles += [book.title for book in shipped.logbooks]
    titles += [field.label for book in shipped.logbooks for field in book.fields]
    titles += [code.title for book in shipped.logbooks for f in book.fields for code in f.codes]
    titles += [state.title for book in shipped.logbooks for state in book.lifecycle.states]
    titles += [move.title for book in shipped.logbooks for move in book.lifecycle.moves]
    titles += [view.title for book in shipped.logbooks for view in book.views]
    titles += [asset.title for asset in shipped.assets.assets]
    titles += [post.title for post in shipped.people.posts]
    titles += [unit.title for unit in shipped.units.units]
    assert [title for title in titles if not (title.zh and title.en)] == []


@pytest.mark.parametrize(
    "name",
    ["WA-01", "WA-02", "WA-21", "WA-22", "WA-30", "WA-51", "WB-01", "OP-08", "OP-11"],
)
def test_the_most_important_rules_have_examples_of_both_kinds(name: str) -> None:
    texts = [path.read_text(encoding="utf-8") for path in (starter() / "forms").glob("*.yaml")]
    (rule,) = (found[0] for text in texts for found in [_rule(name, text)] if found)
    assert "\n    pass:\n      " in rule
    assert "\n    fail:\n      " in rule


def _rule(name: str, text: str) -> re.Match[str] | None:
    return re.search(rf"^  - id: {name}\n(?:    .*\n)+", text, flags=re.MULTILINE)


def test_every_form_of_the_starter_hospital_says_which_unit_a_record_is_about(
    shipped: Definitions,
) -> None:
    for form in shipped.forms:
        assert (form.unit_item is None) == (form.about is None)
        assert form.source == "package"


def test_the_example_settings_load() -> None:
    source = read_yaml("config.example.yaml", EXAMPLE)
    assert read_shape(source, ConfigShape) is not None
    assert source.problems == []


def test_every_setting_stands_in_the_example_once_with_its_default() -> None:
    source = read_yaml("config.example.yaml", EXAMPLE)
    assert list(source.data) == _in_order(ConfigShape.model_fields)
    assert list(source.data["folders"]) == list(FoldersShape.model_fields)
    shape = read_shape(source, ConfigShape)
    assert shape is not None
    changed = {name for name in shape.model_fields_set if getattr(shape, name) != _default(name)}
    assert changed == {"first_period", "forms"}


def _in_order(names: object) -> list[str]:
    lines = [line.split(":")[0] for line in EXAMPLE.split("\n") if re.match(r"\w+:", line)]
    assert isinstance(names, dict)
    assert sorted(lines) == sorted(names)
    return lines


def _default(name: str) -> object:
    return ConfigShape.model_fields[name].get_default(call_default_factory=True)


def test_every_setting_is_explained_in_the_example() -> None:
    for name in ConfigShape.model_fields:
        assert re.search(rf"(^#.*\n)+{name}:", EXAMPLE, flags=re.MULTILINE), name


def test_a_new_workspace_holds_the_starter_hospital_and_is_sound(tmp_path: Path) -> None:
    made = make_workspace(tmp_path / "ours", "en", SEPTEMBER)
    assert made[-1] == tmp_path / "ours" / "config.yaml"
    names = {path.relative_to(tmp_path / "ours").as_posix() for path in made}
    assert {"units.yaml", "forms/ward_activity.yaml", "calendars/china.yaml"} <= names
    assert (tmp_path / "ours" / "inbox").is_dir()
    assert (tmp_path / "ours" / "opening").is_dir()
    found = load_definitions(tmp_path / "ours")
    assert told(found.problems) == []
    assert found.definitions is not None
    settings = found.definitions.settings
    assert (settings.language, settings.first_period) == ("en", SEPTEMBER)
    assert {form.source for form in found.definitions.forms} == {"workspace"}


def test_a_new_workspace_leaves_what_is_there_alone(tmp_path: Path) -> None:
    (tmp_path / "units.yaml").write_text("hospital: ours\n", encoding="utf-8")
    made = make_workspace(tmp_path, "zh", SEPTEMBER)
    assert tmp_path / "units.yaml" not in made
    assert (tmp_path / "units.yaml").read_text(encoding="utf-8") == "hospital: ours\n"


def test_a_workspace_is_not_made_twice(tmp_path: Path) -> None:
    make_workspace(tmp_path, "zh", SEPTEMBER)
    with pytest.raises(InfodeskError, match="is a workspace already"):
        make_workspace(tmp_path, "zh", SEPTEMBER)
