"""Logbooks as the manual shows them, and what of assets counts when some are not in use."""

import re
from pathlib import Path

from infodesk.config.answers_file import read_csv
from infodesk.config.load import load_definitions
from infodesk.config.load_logbooks import TAKEN
from infodesk.duty.secrets import looks_like_password
from infodesk.model.limit import Level
from infodesk.model.probe import Probe
from infodesk.store.store import open_store
from infodesk.store.tables import tried_views
from tests.config.workspace import loaded, make, mistakes, told

MANUAL = (Path(__file__).parents[2] / "docs" / "logbooks.md").read_text(encoding="utf-8")


def test_the_logbook_of_the_manual_is_sound(tmp_path: Path) -> None:
    text = re.findall(r"```yaml\n(id: .*?)```", MANUAL, flags=re.DOTALL)[0]
    definitions = loaded(tmp_path, {"logbooks/ups_test.yaml": text})
    assert definitions.logbook_by_id["ups_test"].schedules[0].each == "ups"
    assert tried_views(definitions) == []


def test_the_lifecycle_of_the_manual_is_sound(tmp_path: Path) -> None:
    (lifecycle,) = re.findall(r"```yaml\n(lifecycle:.*?)```", MANUAL, flags=re.DOTALL)
    book = (
        "id: x\ntitle: 台账\nprefix: X\nfields:\n  - {id: done, label: 完成, type: yes_no}\n"
        "  - {id: severity, label: 级别, type: code, codes: {P1: 重大, P2: 较大}}\n"
        "  - {id: reported_at, label: 报修, type: moment}\n  - {id: suspend_reason, label: 原因, type: text}\n"
        "  - {id: confirmed_by, label: 确认, type: text}\n"
    )
    assert mistakes(tmp_path, {"logbooks/x.yaml": book + lifecycle}) == []


def test_limits_of_assets_for_logbooks_not_in_use_are_left_alone(tmp_path: Path) -> None:
    folder = make(tmp_path, {"config.yaml": "forms: []\nlogbooks: [incident_log]\n"})
    found = load_definitions(folder)
    assert told(found.problems) == []
    assert found.definitions is not None
    assert found.definitions.assets.by_id["UPS-1"].limits == {}


def test_logbooks_come_in_the_order_of_the_settings(tmp_path: Path) -> None:
    config = "forms: []\nlogbooks: [work_permit, incident_log]\n"
    assert [book.id for book in loaded(tmp_path, {"config.yaml": config}).logbooks] == [
        "work_permit",
        "incident_log",
    ]


def test_the_examples_of_the_manual_are_no_passwords() -> None:
    assert not looks_like_password(MANUAL.split("## In SQL")[0].split("**No logbook")[0])


def test_probes_of_a_field_and_of_an_asset_are_read(tmp_path: Path) -> None:
    book = (
        "id: x\ntitle: 台账\nprefix: X\nfields:\n"
        '  - {id: a, label: 甲, type: code, codes: {UP: 运行, DOWN: 停止}, probe: {tcp: "h:80", yes: UP, no: DOWN}}\n'
        "  - {id: b, label: 乙, type: integer, each: ups, identical: 4}\n"
    )
    assets = (
        "kinds: [{id: ups, title: 电源}]\nassets:\n"
        "  - {id: U1, title: 一号, kind: ups, probes: {b: {command: [x, '{asset}'], seconds: 9, no_answer: alarm}}}\n"
    )
    config = "forms: []\nlogbooks: [x]\n"
    files = {"config.yaml": config, "logbooks/x.yaml": book, "assets.yaml": assets}
    found = loaded(tmp_path, files)
    first, second = found.logbook_by_id["x"].fields
    assert first.probe == Probe("tcp", ("h:80",), yes="UP", no="DOWN")
    assert second.identical == 4
    own = found.assets.by_id["U1"].probes["b"]
    assert own == Probe("command", ("x", "{asset}"), seconds=9, silence=Level.ALARM)
    assert own.at("U1").target == ("x", "U1")


def test_answers_in_a_csv_have_questions_in_the_first_row() -> None:
    assert read_csv("\r\nR01,相对湿度,\r\n22.9,,x\r\n\r\n") == [{"R01": "22.9"}]
    assert read_csv("") == []


def test_a_logbook_is_not_called_as_the_store_calls_its_own(tmp_path: Path) -> None:
    book = "id: audit\ntitle: 台账\nprefix: X\nfields: [{id: a, label: 甲, type: text}]\n"
    (problem,) = mistakes(tmp_path, {"logbooks/audit.yaml": book})
    assert problem == "logbooks/audit.yaml:1:5: the store calls something of its own audit"
    with open_store(tmp_path / "a.db") as store:
        found = store.connection.execute("SELECT name FROM sqlite_schema WHERE type <> 'index'")
        names = {name for (name,) in found if not name.startswith(("sqlite", "_sqlite"))}
    assert names <= TAKEN


def test_only_what_has_a_time_lies_in_the_past(tmp_path: Path) -> None:
    book = "id: x\ntitle: 台账\nprefix: X\nfields: [{id: a, label: 甲, type: text, past: true}]\n"
    (problem,) = mistakes(tmp_path, {"logbooks/x.yaml": book})
    assert "only a day or a moment can lie ahead" in problem


def test_no_two_logbooks_are_called_the_same(tmp_path: Path) -> None:
    def book(name: str, aliases: str) -> str:
        return f"id: {name}\ntitle: 台账{name}\nprefix: {name.upper()}\naliases: [{aliases}]\nfields: [{{id: a, label: 甲, type: text}}]\n"

    files = {"config.yaml": "forms: []\nlogbooks: [x, y]\n", "logbooks/x.yaml": book("x", "甲簿")}
    files |= {"logbooks/y.yaml": book("y", "乙簿, 甲簿")}
    assert mistakes(tmp_path, files) == ["logbooks/y.yaml:4:15: logbooks/x.yaml is called 甲簿 too"]
