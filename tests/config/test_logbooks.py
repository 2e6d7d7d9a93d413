"""Logbooks as the manual shows them, and what of assets counts when some are not in use."""

import re
from pathlib import Path

from infodesk.config.load import load_definitions
from infodesk.duty.secrets import looks_like_password
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
