import json

import pytest

from tests.conftest import Shell

TRIAL = """\
form: ward_activity
rules:
  - id: X-1
    severity: warning
    check: >-
      bed_days_occupied <= bed_days_open * {limit}
    message: {{zh: 床位过满, en: Too full}}
"""


def test_a_rule_from_all_sides(full_shell: Shell) -> None:
    assert full_shell.run("rules", "show", "wa-01") == 0
    out = full_shell.out
    assert "Words: In-patients at start + Admissions" in out
    assert 'SQL: (("ward_activity"."pts_begin" + ' in out
    assert "Excel: =IF(COUNT([In-patients at start]" in out
    assert "each unit its own" in out
    assert "2026-09       8        8        0" in out


def test_a_rule_about_the_hospital_has_its_senders_and_causes(full_shell: Shell) -> None:
    assert full_shell.run("rules", "show", "WA-42") == 0
    assert "Follows from: WA-01" in full_shell.out


def test_a_rule_as_json(full_shell: Shell) -> None:
    assert full_shell.run("rules", "show", "WA-02", "--json") == 0
    shown = json.loads(full_shell.out)
    assert shown["excel"].startswith("=IF(")
    assert {item["sender"] for item in shown["items"]} >= {"each unit its own"}
    assert [each["passed"] for each in shown["periods"]] == [8]


def test_a_stranger_gets_the_nearest_name(full_shell: Shell) -> None:
    assert full_shell.run("rules", "show", "WA-1") == 2
    assert "did you mean WA-" in full_shell.err


def test_before_anything_came_a_rule_has_no_past(shell: Shell) -> None:
    assert shell.run("rules", "show", "WA-01") == 0
    assert "Nothing of its form is in the store yet" in shell.err
    assert not (shell.folder / "infodesk.db").exists()


@pytest.mark.parametrize(("limit", "code"), [("0.95", 1), ("2", 0)])
def test_trying_rules_says_by_unit_what_they_would_have_found(
    full_shell: Shell, limit: str, code: int
) -> None:
    (full_shell.folder / "new.yaml").write_text(TRIAL.format(limit=limit), encoding="utf-8")
    before = (full_shell.folder / "infodesk.db").read_bytes()
    assert full_shell.run("rules", "try", "new.yaml", "--since", "2026-01") == code
    assert ("2026-09 [X-1][0103 Neurology] Too full: 1382 is more than 1368" in full_shell.out) == (
        code == 1
    )
    assert "Nothing was written" in full_shell.err
    assert (full_shell.folder / "infodesk.db").read_bytes() == before


def test_trying_rules_as_json(full_shell: Shell) -> None:
    (full_shell.folder / "new.yaml").write_text(TRIAL.format(limit="0.95"), encoding="utf-8")
    assert full_shell.run("rules", "try", "new.yaml", "--json") == 1
    found = json.loads(full_shell.out)
    assert (found["form"], found["rules"]) == ("ward_activity", ["X-1"])
    assert [each["about"] for each in found["advice"]] == [["WA-19", "X-1"]]
    (period,) = found["periods"]
    assert period["outcomes"][0]["asked"] == 8
    assert period["findings"][0]["message"].startswith("Too full")


def test_what_is_proved_of_a_new_rule_is_told_before_it_is_tried(full_shell: Shell) -> None:
    text = TRIAL.format(limit="1").replace("<=", ">=").replace("bed_days_open * 1", "0")
    (full_shell.folder / "new.yaml").write_text(text, encoding="utf-8")
    assert full_shell.run("rules", "try", "new.yaml") == 0
    assert full_shell.err.startswith("Rules that can never fail (1):\n  X-1 can never fail")
    assert "X-1        8        8        0" in full_shell.out


def test_a_file_with_mistakes_or_no_file_is_told(full_shell: Shell) -> None:
    assert full_shell.run("rules", "try", "nothing.yaml") == 2
    (full_shell.folder / "new.yaml").write_text("form: ward_activity\nrules: []\n", "utf-8")
    assert full_shell.run("rules", "try", "new.yaml") == 2
    assert "1 mistakes in new.yaml" in full_shell.err


def test_periods_of_which_nothing_came_are_told(full_shell: Shell) -> None:
    (full_shell.folder / "new.yaml").write_text(TRIAL.format(limit="0.95"), encoding="utf-8")
    assert full_shell.run("rules", "try", "new.yaml", "--since", "2027-01") == 0
    assert "Nothing of its form is in the store for these periods" in full_shell.err


OF_THE_KEY = """
  - id: X-9
    check: >-
      dept_code <> '0103' or prev(pts_end) > 0
    message: {zh: 试, en: test}
"""


def test_an_item_of_the_key_is_sent_by_nobody_in_particular(shell: Shell) -> None:
    form = shell.folder / "forms" / "ward_activity.yaml"
    form.write_text(form.read_text(encoding="utf-8") + OF_THE_KEY, encoding="utf-8")
    assert shell.run("rules", "show", "X-9", "--json") == 0
    senders = [item["sender"] for item in json.loads(shell.out)["items"]]
    assert senders == ["", "each unit its own"]


def test_what_a_rule_waits_for_is_told(full_shell: Shell) -> None:
    text = TRIAL.format(limit="2").replace("bed_days_occupied <=", "last_year(pts_end) <=")
    (full_shell.folder / "new.yaml").write_text(text, encoding="utf-8")
    assert full_shell.run("rules", "try", "new.yaml") == 0
    assert "not evaluated, nothing of 2025-09: X-1" in full_shell.out
    form = full_shell.folder / "forms" / "ward_activity.yaml"
    rule = text[text.index("  - id") :]
    form.write_text(form.read_text(encoding="utf-8") + "\n" + rule, encoding="utf-8")
    assert full_shell.run("rules", "show", "X-1") == 0
    assert "not evaluated, nothing of 2025-09: X-1" in full_shell.out
