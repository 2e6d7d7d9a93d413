from dataclasses import replace

from infodesk.demo.september import PERIOD
from infodesk.expr.parse import parse_condition
from infodesk.expr.scope import Scope
from infodesk.model.definitions import Definitions
from infodesk.model.rule import Rule, Severity
from infodesk.stats.advice import logical, not_evaluated, unprotected
from infodesk.stats.desk import Desk
from infodesk.text.language import language
from infodesk.text.message import Title
from tests.conftest import Month

TELL = language("en").tell


def ward_rule(definitions: Definitions, name: str, text: str) -> Rule:
    form = definitions.form_by_id["ward_activity"]
    parsed = parse_condition(text, Scope(definitions.form_by_id, form))
    assert parsed.node is not None
    return Rule(name, form.id, Severity.ERROR, parsed.node, text, Title(name))


def test_logic_has_nothing_to_say_of_the_starter_hospital(definitions: Definitions) -> None:
    assert list(logical(definitions.rules)) == []


def test_logic_names_both_rules_and_the_words_of_a_lone_one(definitions: Definitions) -> None:
    balance = "admissions + pts_begin + transfers_in = pts_end + transfers_out + discharges"
    rules = [
        definitions.rule_by_id["WA-01"],
        ward_rule(definitions, "X-1", balance),
        ward_rule(definitions, "X-2", "pts_end\n >= 0"),
    ]
    found = [(each.kind, each.about, TELL(each.words)) for each in logical(rules)]
    assert found == [
        ("never_fails", ("X-2",), "X-2 can never fail, whatever is filled in: pts_end >= 0"),
        ("repeats", ("X-1", "WA-01"), "X-1 says the same as WA-01"),
    ]


def test_numbers_that_no_rule_speaks_of_are_told_form_by_form(definitions: Definitions) -> None:
    few = replace(definitions, rules=(definitions.rule_by_id["WB-01"],))
    by_form = {each.about[0].split(".")[0]: each.about for each in unprotected(few)}
    assert set(by_form) == {form.id for form in definitions.forms}
    assert "ward_beds_staff.beds_added" not in by_form["ward_beds_staff"]
    assert "ward_beds_staff.staff_end" in by_form["ward_beds_staff"]


def test_a_rule_that_nothing_ever_answered_is_told_after_so_many_periods(full_month: Month) -> None:
    desk = full_month.desk
    definitions = desk.definitions
    waits = ward_rule(definitions, "X-1", "last_year(pts_end) <= pts_end * 10")
    later = replace(waits, id="X-2", since=PERIOD.next())
    other = replace(definitions, rules=(*definitions.rules, waits, later))
    desk = Desk(other, desk.store, desk.actor)
    (found,) = not_evaluated(desk, 1)
    assert found.about == ("X-1",)
    assert TELL(found.words) == "X-1 was not evaluated once from 2026-09 to 2026-09"
    assert list(not_evaluated(desk, 2)) == []
