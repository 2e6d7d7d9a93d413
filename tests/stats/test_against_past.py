"""GEN-015 to GEN-018: a unit's numbers against its own past; and exemptions from rules."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import pytest

from infodesk.model.exemption import Exemption
from infodesk.model.finding import Finding
from infodesk.model.item import Type
from infodesk.model.rule import Severity
from infodesk.stats.check import Checked, check
from infodesk.stats.desk import Desk
from infodesk.text.language import language
from tests.conftest import Month
from tests.history import fill, month, months, without_rules

JULY, AUGUST, SEPTEMBER = month("2026-07"), month("2026-08"), month("2026-09")
WARD = "0101"


@pytest.fixture
def desk(month: Month) -> Desk:
    """A desk where no form rule asks anything."""
    return without_rules(month.desk)


def ward(**items: int) -> dict[tuple[str, str, str], int]:
    return {("ward_activity", WARD, item): value for item, value in items.items()}


def found(desk: Desk, period: object = AUGUST) -> Mapping[str, Finding]:
    """GEN-015 to GEN-018 of the ward."""
    findings = check(desk, period).findings  # type: ignore[arg-type]
    past = ("GEN-015", "GEN-016", "GEN-017", "GEN-018")
    mine = [f for f in findings if f.identity.unit == WARD and f.identity.rule in past]
    assert len({(f.identity.rule, f.identity.form) for f in mine}) == len(mine)
    return {f.identity.rule: f for f in mine}


def words(finding: Finding) -> str:
    return language("en").tell(finding.message)


@pytest.mark.parametrize(
    ("before", "now", "asked"),
    [
        (100, 130, False),
        (100, 131, True),
        (100, 69, True),
        (50, 70, False),
        (50, 71, True),
        (0, 90, False),
    ],
)
def test_a_change_above_30_percent_and_20_is_asked_about(
    desk: Desk, before: int, now: int, asked: bool
) -> None:
    fill(desk, JULY, ward(admissions=before))
    fill(desk, AUGUST, ward(admissions=now))
    assert ("GEN-015" in found(desk)) is asked


def test_both_numbers_and_the_change_of_a_day_are_told(desk: Desk) -> None:
    fill(desk, AUGUST, ward(admissions=310))
    fill(desk, SEPTEMBER, ward(admissions=450))
    finding = found(desk, SEPTEMBER)["GEN-015"]
    assert "Admissions 450, 2026-08 310: +50.00 % a day" in words(finding)
    (cell,) = finding.cells
    assert (cell.item, cell.value, cell.sender) == ("admissions", "450", "0808")
    assert cell.cell is not None
    assert cell.cell.startswith("病房工作情况月报!C")


def test_one_finding_of_a_unit_lists_its_items(desk: Desk) -> None:
    beds = ("ward_beds_staff", WARD, "staff_joined")
    fill(desk, JULY, ward(admissions=100, discharges=100) | {beds: 100})
    fill(desk, AUGUST, ward(admissions=200, discharges=200) | {beds: 200})
    finding = found(desk)["GEN-015"]
    assert {cell.item for cell in finding.cells} == {"admissions", "discharges", "staff_joined"}
    assert finding.identity.form == ""


def test_stocks_are_not_compared_by_the_day(desk: Desk) -> None:
    fill(desk, JULY, ward(pts_end=100))
    fill(desk, AUGUST, ward(pts_end=200))
    assert "GEN-015" not in found(desk)


@pytest.mark.parametrize("name", ["2026-02", "2026-03", "2026-04"])
def test_the_spring_festival_and_the_month_after_are_left_out(desk: Desk, name: str) -> None:
    period = month(name)
    fill(desk, period.previous(), ward(admissions=100))
    fill(desk, period, ward(admissions=200))
    assert "GEN-015" not in found(desk, period)


def test_clinics_are_compared_by_working_days(desk: Desk) -> None:
    visits = ("outpatient_activity", "0711", "visits_outpatient")
    fill(desk, AUGUST, {visits: 2100})
    fill(desk, SEPTEMBER, {visits: 2900})  # 21 and 22 working days: 31.8 % more, not 42.7 %
    finding = next(f for f in check(desk, SEPTEMBER).findings if f.identity.rule == "GEN-015")
    assert "+31.82 % a day" in words(finding)


def test_what_works_every_day_is_compared_by_calendar_days(desk: Desk) -> None:
    visits = ("outpatient_activity", "0702", "visits_emergency")
    fill(desk, AUGUST, {visits: 3100})
    fill(desk, SEPTEMBER, {visits: 3930})  # of 31 and 30 days: 31.0 % more, of working days 21.0 %
    (finding,) = (f for f in check(desk, SEPTEMBER).findings if f.identity.rule == "GEN-015")
    assert "+31.00 % a day" in words(finding)


SURPLUS = ("finance_monthly", "H", "surplus")


@pytest.mark.parametrize(
    ("before", "now", "said"),
    [
        (5_000_00, -9_000_00, ""),
        (-5_000_00, 9_000_00, ""),
        (-5_000_00, -9_000_00, "Surplus -9000, 2026-07 -5000: -80.00 % a day"),
        (-5_000_00, -2_000_00, "+60.00 % a day"),
        (5_000_00, 9_000_00, "+80.00 % a day"),
    ],
)
def test_a_loss_that_becomes_a_profit_has_no_percentage_and_no_order_of_magnitude(
    desk: Desk, before: int, now: int, said: str
) -> None:
    fill(desk, JULY, {SURPLUS: before})
    fill(desk, AUGUST, {SURPLUS: now})
    findings = [f for f in check(desk, AUGUST).findings if f.identity.unit == "H"]
    told = {f.identity.rule: words(f) for f in findings}
    assert "GEN-018" not in told
    assert said in told.get("GEN-015", "")
    assert bool(said) is ("GEN-015" in told)


def test_a_loss_many_times_the_usual_one_is_no_order_of_magnitude(desk: Desk) -> None:
    for period in months(month("2026-02"), 6):
        fill(desk, period, {SURPLUS: 90_00})
    fill(desk, AUGUST, {SURPLUS: -900_00})
    assert "GEN-018" not in {f.identity.rule for f in check(desk, AUGUST).findings}


def test_money_must_change_by_a_tenth_of_the_hospitals(desk: Desk) -> None:
    form = desk.definitions.form_by_id["ward_activity"]
    flow = form.section("flow")
    items = tuple(
        replace(item, type=Type.MONEY, decimals=2) if item.id == "admissions" else item
        for item in flow.items
    )
    sections = tuple(replace(s, items=items) if s == flow else s for s in form.sections)
    forms = (replace(form, sections=sections),)
    desk = replace(desk, definitions=replace(desk.definitions, forms=forms))
    other = ("ward_activity", "0102", "admissions")
    fill(desk, JULY, ward(admissions=100_00) | {other: 1000_00})
    fill(desk, AUGUST, ward(admissions=200_00) | {other: 800_00})
    assert "GEN-015" not in found(desk)
    fill(desk, AUGUST, ward(admissions=201_00) | {other: 800_00})
    assert "Admissions 201, 2026-07 100: +101.00 % a day" in words(found(desk)["GEN-015"])


def test_last_year_is_compared_likewise(desk: Desk) -> None:
    fill(desk, month("2025-08"), ward(admissions=100))
    fill(desk, AUGUST, ward(admissions=150))
    assert found(desk) == {}
    fill(desk, AUGUST, ward(admissions=151))
    assert "Admissions 151, 2025-08 100: +51.00 % a day" in words(found(desk)["GEN-016"])


FLOWS = (
    "admissions", "transfers_in", "discharges", "transfers_out",
    "bed_days_open", "bed_days_occupied", "bed_days_discharged", "disch_cured",
)  # fmt: skip


@pytest.mark.parametrize(
    ("changed", "filled", "asked"), [(0, 8, True), (1, 8, True), (2, 8, False), (0, 7, False)]
)
def test_what_looks_like_a_copy_is_asked_about(
    desk: Desk, changed: int, filled: int, asked: bool
) -> None:
    before = dict.fromkeys(FLOWS[:filled], 5)
    fill(desk, JULY, ward(**before))
    fill(desk, AUGUST, ward(**(before | dict.fromkeys(FLOWS[:changed], 6))))
    past = found(desk)
    assert ("GEN-017" in past) is asked
    if asked:
        same = filled - changed
        assert f"{same} of {filled} items are the same as in 2026-07" in words(past["GEN-017"])


@pytest.mark.parametrize(
    ("now", "said"),
    [
        (64, "Admissions 64, median of 6 periods 8"),
        (1, "Admissions 1, median of 6 periods 8"),
        (0, "Admissions fell to 0, median of 6 periods 8"),
        (63, ""),
        (2, ""),
    ],
)
def test_an_order_of_magnitude_is_asked_about(desk: Desk, now: int, said: str) -> None:
    for period, value in zip(months(month("2026-02"), 6), (8, 7, 9, 8, 8, 8), strict=True):
        fill(desk, period, ward(admissions=value))
    fill(desk, AUGUST, ward(admissions=now))
    past = found(desk)
    assert said in words(past["GEN-018"]) if said else "GEN-018" not in past


def test_an_item_is_not_asked_about_twice_and_small_medians_not_at_all(desk: Desk) -> None:
    fill(desk, JULY, ward(admissions=100, discharges=100, transfers_in=7))
    fill(desk, AUGUST, ward(admissions=1000, discharges=150, transfers_in=70))
    past = found(desk)
    assert [cell.item for cell in past["GEN-018"].cells] == ["admissions"]
    assert {cell.item for cell in past["GEN-015"].cells} == {"discharges", "transfers_in"}


def test_they_only_inform_until_there_are_thirteen_months(desk: Desk) -> None:
    fill(desk, month("2025-08"), ward(admissions=100))
    for period in months(month("2025-10"), 10):
        fill(desk, period, ward(admissions=100))
    fill(desk, AUGUST, ward(admissions=200))
    assert found(desk)["GEN-015"].severity is Severity.INFO
    fill(desk, month("2025-09"), ward(admissions=100))
    assert found(desk)["GEN-015"].severity is Severity.WARNING


def exempted(desk: Desk, *exemptions: Exemption) -> Checked:
    settings = replace(desk.definitions.settings, exemptions=exemptions)
    return check(replace(desk, definitions=replace(desk.definitions, settings=settings)), AUGUST)


def test_an_exemption_spares_one_unit_one_rule_until_its_day(month: Month) -> None:
    desk = month.desk
    fill(desk, AUGUST, ward(admissions=30) | {("ward_activity", "0102", "admissions"): 30})
    spared = Exemption("WA-01", WARD, date(2026, 8, 31), "病区搬迁，数据核对中")
    before, after = check(desk, AUGUST), exempted(desk, spared)
    units = {f.identity.unit for f in after.findings if f.identity.rule == "WA-01"}
    assert units == {f.identity.unit for f in before.findings if f.identity.rule == "WA-01"} - {
        WARD
    }
    assert after.exempted == ((spared, 1),)
    one, other = (next(o for o in c.outcomes if o.rule == "WA-01") for c in (before, after))
    assert (other.failed, other.exempted) == (one.failed - 1, 1)
    for outcome in after.outcomes:
        parts = (outcome.passed, outcome.failed, outcome.not_evaluated, outcome.exempted)
        assert sum(parts) == outcome.asked
    assert exempted(desk, replace(spared, until=date(2026, 8, 30))).exempted == ()


def test_general_rules_can_be_exempted_too(desk: Desk) -> None:
    fill(desk, JULY, ward(admissions=100))
    fill(desk, AUGUST, ward(admissions=200))
    spared = Exemption("GEN-015", WARD, date(2026, 12, 31), "新开病区，收治范围扩大")
    after = exempted(desk, spared)
    assert "GEN-015" not in {f.identity.rule for f in after.findings if f.identity.unit == WARD}
    assert after.exempted == ((spared, 1),)
