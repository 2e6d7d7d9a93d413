from pathlib import Path

from infodesk.config.trial import load_trial
from infodesk.demo.september import PERIOD
from infodesk.model.rule import Rule
from infodesk.stats.check import check, numbered
from infodesk.stats.explain import explain
from infodesk.stats.rules import history, periods_since, try_rules
from infodesk.store.audit import rows
from infodesk.text.language import language
from tests.conftest import Month

CROWDED = {("ward_activity", "0103", "bed_days_occupied"): 1482}  # WA-19, a warning

TRIAL = """\
form: ward_activity
rules:
  - id: WA-19
    severity: warning
    since: 2027-01
    check: >-
      bed_days_occupied <= bed_days_open * 0.95
    message: {zh: 床位过满, en: Too full}
  - id: X-1
    check: >-
      last_year(pts_end) > 0
    message: {zh: 上年有人, en: somebody last year}
"""


def trial(month: Month) -> tuple[Rule, ...]:
    path = month.folder / "new.yaml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(TRIAL, encoding="utf-8")
    rules, problems = load_trial(path, month.desk.definitions)
    assert problems == ()
    return rules


def test_rules_are_tried_on_the_past_as_if_they_had_been_in_force(full_month: Month) -> None:
    full_month.give("0103", CROWDED)
    (tried,) = try_rules(full_month.desk, trial(full_month), [PERIOD])
    assert {each.identity.rule for each in tried.findings} == {"WA-19"}
    assert "0103" in {each.identity.unit for each in tried.findings}
    by_rule = {out.rule: out for out in tried.checked.outcomes}
    assert by_rule["WA-19"].failed == len(tried.findings)
    assert by_rule["X-1"].not_evaluated == by_rule["X-1"].asked == 8
    assert tried.before == {"WA-19": 1}


def test_trying_writes_nothing(full_month: Month) -> None:
    before = list(rows(full_month.desk.store))
    try_rules(full_month.desk, trial(full_month), [PERIOD])
    assert list(rows(full_month.desk.store)) == before


def test_the_periods_to_try_on_are_those_in_the_store(full_month: Month) -> None:
    desk = full_month.desk
    assert periods_since(desk, "ward_activity", None) == (PERIOD,)
    assert periods_since(desk, "ward_activity", PERIOD) == (PERIOD,)
    assert periods_since(desk, "ward_activity", PERIOD.next()) == ()


def test_the_past_of_a_rule_keeps_what_was_corrected(full_month: Month) -> None:
    full_month.give("0103", CROWDED)
    explain(
        full_month.desk,
        numbered(full_month.desk, check(full_month.desk, PERIOD)),
        1,
        "流感高峰，临时加床",
    )
    full_month.give("0103")
    rule = full_month.desk.definitions.rule_by_id["WA-19"]
    (past,) = history(full_month.desk, rule)
    assert past.outcome is not None
    assert (past.outcome.failed, past.found.findings, past.found.explained) == (0, 1, 1)


def test_mistakes_in_the_file_have_their_places(full_month: Month, tmp_path: Path) -> None:
    path = tmp_path / "new.yaml"
    tell = language("en").tell

    def told(text: str) -> list[str]:
        path.write_text(text, encoding="utf-8")
        rules, problems = load_trial(path, full_month.desk.definitions)
        assert rules == ()
        return [f"{each.place}: {tell(each.message)}" for each in problems]

    (wrong_form,) = told(TRIAL.replace("form: ward_activity", "form: ward_activty"))
    assert wrong_form == "new.yaml:1:7: there is no 'ward_activty'; did you mean ward_activity?"
    (no_rules,) = told("form: ward_activity\n")
    assert no_rules == "new.yaml:1:1: rules is missing"
