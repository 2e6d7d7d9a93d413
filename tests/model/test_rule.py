"""Rules, findings, indicators and the definitions that hold them."""

from datetime import date
from decimal import Decimal

import pytest

from infodesk.model.calendar import Calendar
from infodesk.model.definitions import Definitions
from infodesk.model.expression import Compare, Count, Number, Total, Value
from infodesk.model.finding import Finding, Identity
from infodesk.model.general import GENERAL
from infodesk.model.indicator import Indicator, Plausible
from infodesk.model.period import parse_period
from infodesk.model.rule import Rule, Severity
from infodesk.model.settings import Settings
from infodesk.model.unit import Unit, UnitTree
from infodesk.text.message import Title
from tests.expr.samples import CLINIC, WARD

SEPTEMBER = parse_period("2026-09", date(2026, 1, 1))
A = Value("ward", "a", item=WARD.by_id["a"])
ZERO = Number(Decimal(0))


def rule(name: str, form: str = "ward", since: str | None = None) -> Rule:
    first = None if since is None else parse_period(since, date(2026, 1, 1))
    check = Compare("=", A, ZERO)
    return Rule(name, form, Severity.ERROR, check, "a = 0", Title(name), since=first)


DEFINITIONS = Definitions(
    UnitTree((Unit("H", Title("医院"), "hospital"),)),
    (WARD, CLINIC),
    (rule("R-1"), rule("R-2", "clinic"), rule("R-3", since="2026-10")),
    (Indicator("rate", Title("率"), Total("ward", A), "ward.a"),),
    Calendar(),
    Settings(),
)


def test_severities_stand_gravest_first() -> None:
    assert sorted(Severity, key=lambda severity: severity.rank) == list(Severity)
    assert [severity.label.zh for severity in Severity] == [
        "强制性", "准强制性", "核实性", "提示性",
    ]  # fmt: skip


def test_a_rule_about_an_item_is_asked_of_every_record() -> None:
    assert rule("R").is_about_records


def test_a_rule_about_totals_only_is_asked_once() -> None:
    check = Compare("=", Total("ward", A), Count("ward", Compare(">", A, ZERO)))
    whole = Rule("R", "ward", Severity.ERROR, check, "", Title("R"))
    assert not whole.is_about_records


def test_a_rule_applies_from_its_first_period_on() -> None:
    assert [r.id for r in DEFINITIONS.rules_of("ward", SEPTEMBER)] == ["R-1"]
    assert [r.id for r in DEFINITIONS.rules_of("ward", SEPTEMBER.next())] == ["R-1", "R-3"]


def test_definitions_are_found_by_id() -> None:
    assert DEFINITIONS.form_by_id["clinic"] is CLINIC
    assert DEFINITIONS.rule_by_id["R-2"].form == "clinic"
    assert DEFINITIONS.indicator_by_id["rate"].title.zh == "率"


def test_forms_are_due_for_periods_of_their_own_frequency_only() -> None:
    assert list(DEFINITIONS.forms_due(SEPTEMBER)) == [WARD, CLINIC]
    assert list(DEFINITIONS.forms_due(parse_period("2026", date(2026, 1, 1)))) == []


def test_the_difference_of_a_finding_is_how_far_its_sides_are_apart() -> None:
    identity = Identity(SEPTEMBER, "ward", "0101", "", "R-1")
    found = Finding(identity, Severity.ERROR, left=Decimal(47), right=Decimal(49))
    assert found.difference == 2
    assert Finding(identity, Severity.ERROR, left=Decimal(47)).difference is None
    assert Finding(identity, Severity.ERROR, right=Decimal(49)).difference is None


@pytest.mark.parametrize(
    ("value", "days", "holds"),
    [
        ("0.5", 30, True),
        ("8", 30, True),
        ("8.01", 30, False),
        ("0.49", 30, False),
        ("24", 90, True),
    ],
)
def test_a_plausible_range_includes_its_ends_and_scales_with_the_period(
    value: str, days: int, holds: bool
) -> None:
    per_month = Plausible(Decimal("0.5"), Decimal(8), per_days=30)
    assert per_month.holds(Decimal(value), days) is holds


def test_a_range_that_is_for_no_number_of_days_does_not_scale() -> None:
    percent = Plausible(Decimal(40), Decimal(115))
    assert percent.holds(Decimal(115), 366)
    assert not percent.holds(Decimal(116), 366)


def test_general_rules_have_a_name_in_both_languages() -> None:
    assert all(title.zh and title.en for _, title in GENERAL.values())
    assert list(GENERAL) == sorted(GENERAL)


def test_the_zone_of_the_settings_is_where_days_begin() -> None:
    assert str(Settings(timezone="Asia/Urumqi").zone) == "Asia/Urumqi"
