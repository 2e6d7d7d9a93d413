"""Comparisons: the vectors of the domain, periods of unequal length, units merged and split."""

import json
from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from infodesk.model.definitions import Definitions
from infodesk.model.expression import Number
from infodesk.model.figure import Figure
from infodesk.model.indicator import Better, Indicator
from infodesk.model.item import OverTime
from infodesk.model.months import year_to_date
from infodesk.model.period import Frequency, Period
from infodesk.model.unit import UnitTree
from infodesk.stats.accepted import Past
from infodesk.stats.compare import Against, Compared, Comparison, change, compare
from infodesk.stats.desk import Desk
from infodesk.stats.measure import Measure
from infodesk.stats.pick import find_figure, pick_measures
from infodesk.text.message import Title
from tests.conftest import Month
from tests.history import fill, month, months, without_rules

VECTORS: dict[str, Any] = json.loads(
    (Path(__file__).parents[1] / "data" / "comparisons.json").read_text(encoding="utf-8")
)
SEPTEMBER = month("2026-09")
WARD, CLINIC = "0101", "0711"


def figure(value: Fraction | None, received: int = 8) -> Figure:
    return Figure("x", "indicator", SEPTEMBER, "H", exact=value, received=received, expected=8)


def counted_in(unit: str, better: Better = Better.MONITOR) -> Measure:
    return Measure(Indicator("x", Title("某", "x"), Number(1), "1", unit, better=better))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "vector", VECTORS["changes"], ids=lambda v: f"{v['measure']} {v['now']} {v['base']}"
)
def test_the_vectors_of_the_domain(vector: dict[str, str]) -> None:
    now, base = (figure(Fraction(vector[each])) for each in ("now", "base"))
    assert str(change(counted_in(vector["unit"]), now, base).text) == vector["change"]


@pytest.mark.parametrize(
    ("now", "base", "why"),
    [
        (figure(None), figure(Fraction(1)), "missing"),
        (figure(Fraction(1)), figure(None), "missing"),
        (figure(Fraction(1)), figure(Fraction(0)), "zero"),
        (figure(Fraction(1), received=7), figure(Fraction(1)), "incomplete"),
        (figure(Fraction(1)), figure(Fraction(1), received=7), "incomplete"),
        (figure(Fraction(-1)), figure(Fraction(1)), "sign"),
    ],
)
def test_nothing_is_compared_with_nothing_zero_or_half(now: Figure, base: Figure, why: str) -> None:
    found = change(counted_in("人"), now, base)
    assert (found.value, found.why, str(found.text)) == (None, why, "—")


def test_a_change_is_good_or_bad_by_the_way_the_indicator_should_move() -> None:
    rise = change(counted_in("人"), figure(Fraction(2)), figure(Fraction(1)))
    moods = [rise.mood(each) for each in (Better.UP, Better.DOWN, Better.MONITOR, Better.RANGE)]
    assert moods == ["good", "bad", "", ""]


@pytest.fixture
def desk(month: Month) -> Desk:
    """A desk where all that came is accepted."""
    return without_rules(month.desk)


def give_vectors(desk: Desk) -> None:
    for name, items in VECTORS["months"].items():
        answers = {("ward_activity", WARD, item): value for item, value in items.items()}
        fill(desk, month(name), answers)


def measure(desk: Desk, name: str) -> Measure:
    return Measure(find_figure(desk, name))


def test_a_quarter_is_added_up_from_its_months_and_divided_last(desk: Desk) -> None:
    give_vectors(desk)
    quarter = Period(date(2026, 7, 1), Frequency.QUARTER)
    found = Past(desk).of(quarter)
    root = desk.definitions.units.root
    expected = VECTORS["quarter"]
    items = {name: measure(desk, name).figure(found, root).value for name in expected["items"]}
    assert items == expected["items"]
    indicators = {
        n: str(measure(desk, n).figure(found, root).value) for n in expected["indicators"]
    }
    assert indicators == expected["indicators"]
    assert indicators["bed_occupancy"] != expected["wrong_mean_of_occupancies"]


def test_what_does_not_follow_from_shorter_periods_is_unknown_in_longer_ones(desk: Desk) -> None:
    form = desk.definitions.form_by_id["ward_activity"]
    flow = form.section("flow")
    items = tuple(replace(item, over_time=OverTime.NONE) for item in flow.items)
    sections = tuple(replace(s, items=items) if s == flow else s for s in form.sections)
    forms = (replace(form, sections=sections),)
    desk = replace(desk, definitions=replace(desk.definitions, forms=forms))
    for period in months(month("2026-07"), 3):
        fill(desk, period, {("ward_activity", WARD, "discharges"): 7})
    quarter = Past(desk).of(Period(date(2026, 7, 1), Frequency.QUARTER))
    assert measure(desk, "discharges").figure(quarter, desk.definitions.units.root).value is None
    assert not Past(desk).is_known(month("2026-01"))


def test_a_quarter_with_a_month_missing_is_incomplete(desk: Desk) -> None:
    fill(desk, month("2026-07"), {})
    fill(desk, SEPTEMBER, {})
    found = Past(desk).of(Period(date(2026, 7, 1), Frequency.QUARTER))
    assert measure(desk, "discharges").figure(found, desk.definitions.units.root).received == 0


def compared(desk: Desk, name: str, unit: str = "", period: Period = SEPTEMBER) -> Compared:
    scope = desk.definitions.units.by_id[unit] if unit else desk.definitions.units.root
    (found,) = compare(Past(desk), period, scope, [measure(desk, name)]).figures
    return found


def of(found: Compared, against: Against) -> Comparison:
    return next(each for each in found.comparisons if each.against is against)


def test_months_of_unequal_length_are_compared_by_the_day_too(desk: Desk) -> None:
    give_vectors(desk)
    found = of(compared(desk, "discharges"), Against.DAILY)
    assert {
        "measure": "discharges",
        "now": str(found.now.value),
        "base": str(found.base.value),
        "change": str(found.change.text),
    } == VECTORS["daily"]


def test_clinics_are_compared_by_working_days(desk: Desk) -> None:
    for name in ("2026-08", "2026-09"):
        fill(desk, month(name), {("outpatient_activity", CLINIC, "visits_total"): 2310})
    found = of(compared(desk, "visits_total", CLINIC), Against.DAILY)
    assert (str(found.now.value), str(found.base.value)) == (
        "105.00",
        "110.00",
    )  # 22 and 21 working days
    assert str(found.change.text) == "-4.55 %"


def test_months_of_equal_length_stocks_and_ratios_have_no_mean_of_a_day(desk: Desk) -> None:
    give_vectors(desk)
    kinds = {c.against for c in compared(desk, "discharges", period=month("2026-08")).comparisons}
    assert Against.DAILY not in kinds
    for name in ("pts_end", "bed_occupancy"):
        assert Against.DAILY not in {c.against for c in compared(desk, name).comparisons}


def test_the_year_to_date_is_divided_last(desk: Desk) -> None:
    for year, occupied in ((2025, (10, 30)), (2026, (20, 90))):
        for period, days, rate in zip(
            months(month(f"{year}-01"), 2), (100, 300), occupied, strict=True
        ):
            fill(
                desk,
                period,
                {
                    ("ward_activity", WARD, "bed_days_open"): days,
                    ("ward_activity", WARD, "bed_days_occupied"): rate,
                },
            )
    found = of(compared(desk, "bed_occupancy", period=month("2026-02")), Against.CUMULATIVE)
    assert (str(found.now.value), str(found.base.value)) == ("27.50", "10.00")
    assert str(found.change.text) == "+17.50 pp"
    assert str(found.now.period) == "2026-01..2026-02"


def test_a_year_has_no_cumulative_comparison(desk: Desk) -> None:
    year = Period(date(2026, 1, 1), Frequency.YEAR)
    kinds = {each.against for each in compared(desk, "discharges", period=year).comparisons}
    assert kinds == {Against.PREVIOUS, Against.LAST_YEAR}


def test_december_and_january_are_neighbours(desk: Desk) -> None:
    fill(desk, month("2025-12"), {("ward_activity", WARD, "discharges"): 100})
    fill(desk, month("2026-01"), {("ward_activity", WARD, "discharges"): 150})
    found = of(compared(desk, "discharges", period=month("2026-01")), Against.PREVIOUS)
    assert str(found.change.text) == "+50.00 %"


def test_the_trend_has_thirteen_periods_and_holes_where_nothing_is_known(desk: Desk) -> None:
    give_vectors(desk)
    trend = compared(desk, "discharges").trend
    assert (len(trend), str(trend[0][0]), str(trend[-1][0])) == (13, "2025-09", "2026-09")
    values = [None if each is None else each.value for _, each in trend]
    assert values == [None] * 10 + [858, 842, 870]


def reorganised(desk: Desk, closed: dict[str, tuple[str, ...]], opened: tuple[str, ...]) -> Desk:
    """The hospital where units closed, and others opened, on 1 September."""
    day = date(2026, 9, 1)
    units = tuple(
        replace(unit, closed=day, successors=closed[unit.id])
        if unit.id in closed
        else replace(unit, opened=day)
        if unit.id in opened
        else unit
        for unit in desk.definitions.units.units
    )
    tree = UnitTree(units, desk.definitions.units.kinds)
    return replace(desk, definitions=replace(desk.definitions, units=tree))


def discharges(**values: int) -> dict[tuple[str, str, str], Any]:
    return {("ward_activity", unit[1:], "discharges"): n for unit, n in values.items()}


def test_merged_departments_are_compared_with_their_sum(desk: Desk) -> None:
    desk = reorganised(desk, {"0101": ("0103",), "0102": ("0103",)}, ("0103",))
    fill(desk, month("2026-08"), discharges(u0101=60, u0102=40))
    fill(desk, SEPTEMBER, discharges(u0103=150))
    found = of(compared(desk, "discharges", "0103"), Against.PREVIOUS)
    assert (str(found.base.value), found.base.expected) == ("100", 2)
    assert str(found.change.text) == "+50.00 %"


def test_a_split_department_is_compared_by_nobody_but_the_hospital(desk: Desk) -> None:
    desk = reorganised(desk, {"0101": ("0102", "0103")}, ("0102", "0103"))
    fill(desk, month("2026-08"), discharges(u0101=100))
    fill(desk, SEPTEMBER, discharges(u0102=60, u0103=60))
    part = compared(desk, "discharges", "0102")
    assert {c.change.why for c in part.comparisons} == {"reorganised"}
    assert part.figure.value == 60
    whole = of(compared(desk, "discharges"), Against.PREVIOUS)
    assert str(whole.change.text) == "+20.00 %"


def test_a_new_department_has_nothing_to_be_compared_with(desk: Desk) -> None:
    desk = reorganised(desk, {}, ("0103",))
    fill(desk, month("2026-08"), discharges(u0101=100))
    fill(desk, SEPTEMBER, discharges(u0103=60))
    assert of(compared(desk, "discharges", "0103"), Against.PREVIOUS).change.why == "missing"


def test_a_chain_of_successors_is_followed_and_a_circle_ends(definitions: Definitions) -> None:
    tree = definitions.units
    day, by_id = date(2026, 9, 1), tree.by_id
    units = (
        tree.root,
        replace(by_id["0101"], closed=day, successors=("0102",)),
        replace(by_id["0102"], closed=day, successors=("0103", "0101")),
        by_id["0103"],
    )
    assert UnitTree(units, tree.kinds).heirs("0101", SEPTEMBER) == {"0103"}


def test_a_span_is_named_by_its_ends() -> None:
    span = year_to_date(SEPTEMBER)
    assert (str(span), span.days, span.title) == (
        "2026-01..2026-09",
        273,
        Title("2026年1—9月", "January to September 2026"),
    )
    assert str(span.year_before()) == "2025-01..2025-09"
    assert span.previous().next() == span
    assert year_to_date(month("2026-01")).title == month("2026-01").title


def test_without_names_a_unit_is_compared_by_what_it_has(desk: Desk) -> None:
    found = Past(desk).of(SEPTEMBER)
    ward = desk.definitions.units.by_id[WARD]
    names = {each.name for each in pick_measures(found, ward)}
    assert "bed_occupancy" in names
    assert "appointment_rate" not in names
    items = {each.name for each in pick_measures(found, ward, items=True)}
    assert "ward_activity.discharges" in items
    assert "outpatient_activity.visits_total" not in items
