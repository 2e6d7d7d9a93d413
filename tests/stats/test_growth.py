"""Growth indicators: a figure against the same of the year before, as figures like the others."""

import json
from datetime import date
from pathlib import Path

import pytest

from infodesk.model.figure import Figure
from infodesk.model.period import Period, parse_period
from infodesk.stats.accepted import Past
from infodesk.stats.compare import Against, compare
from infodesk.stats.measure import Measure
from infodesk.stats.pick import find_figure, pick_figures
from infodesk.stats.trace import trace
from tests.conftest import Month, Shell

VECTORS = json.loads((Path(__file__).parents[1] / "data" / "comparisons.json").read_text("utf-8"))
GROWTHS = {
    "rev_medical_growth": "finance_monthly.rev_medical",
    "fee_per_visit_growth": "fee_per_visit",
    "drug_per_visit_growth": "drug_per_visit",
    "fee_per_discharge_growth": "fee_per_discharge",
    "drug_per_discharge_growth": "drug_per_discharge",
}


def period(text: str) -> Period:
    return parse_period(text, date(2027, 1, 1))


def figure(month: Month, name: str, when: str) -> Figure:
    (found,) = pick_figures(month.desk, period(when), month.desk.definitions.units.root, (name,))
    return found


def test_medical_revenue_grew_as_the_domain_computes_it(history_month: Month) -> None:
    wanted = [
        each["change"]
        for each in VECTORS["changes"]
        if (each["measure"], each["base"]) == ("rev_medical", "15600000")
    ]
    found = figure(history_month, "医疗收入增幅", "2026-09")
    assert [f"{found.value:+} %"] == wanted
    assert (str(found.numerator), str(found.denominator)) == ("1200000", "15600000")
    assert (found.kind, found.received, found.expected, found.flags) == ("indicator", 1, 1, ())


@pytest.mark.parametrize("name", GROWTHS)
def test_a_growth_is_what_the_comparison_with_last_year_says(
    history_month: Month, name: str
) -> None:
    desk = history_month.desk
    root = desk.definitions.units.root
    measure = Measure(find_figure(desk, GROWTHS[name]))
    (compared,) = compare(
        Past(desk), period("2026-09"), root, [measure], [Against.LAST_YEAR]
    ).figures
    (against,) = compared.comparisons
    assert against.change.value is not None
    assert figure(history_month, name, "2026-09").value == against.change.value


@pytest.mark.parametrize("when", ["2025-10", "2026-Q3"])
def test_without_a_whole_year_before_there_is_no_base(history_month: Month, when: str) -> None:
    found = figure(history_month, "fee_per_visit_growth", when)
    assert (found.value, found.flags) == (None, ("no_base",))
    assert found.received == found.expected


def test_what_has_not_come_is_incomplete_and_not_without_a_base(history_month: Month) -> None:
    found = figure(history_month, "fee_per_visit_growth", "2026-11")
    assert (found.value, found.received) == (None, 0)
    assert "no_base" not in found.flags
    assert "incomplete" in found.flags


def test_a_growth_is_traced_to_the_cells_of_both_years(history_month: Month) -> None:
    desk = history_month.desk
    found = trace(desk, "fee_per_visit_growth", period("2026-09"), desk.definitions.units.root)
    assert found.formula.startswith("(finance_monthly.rev_outpatient / (")
    inputs = [(str(each.period), each.item) for each in found.inputs]
    items = ["rev_outpatient", "visits_outpatient", "visits_emergency"]
    assert inputs == [(when, item) for when in ("2026-09", "2025-09") for item in items]
    assert all(each.records for each in found.inputs)
    none = trace(desk, "fee_per_visit_growth", period("2025-10"), desk.definitions.units.root)
    assert {str(each.period) for each in none.inputs} == {"2025-10"}


def test_the_screen_says_that_there_is_no_base(full_shell: Shell) -> None:
    named = ("rev_medical_growth", "-p", "2026-09")
    assert full_shell.run("stats", "figures", *named, "--show-confidential", lang="zh") == 0
    assert "无基数：上年同期缺报、不全或为 0" in full_shell.out
    assert full_shell.run("stats", "figures", *named, "--json") == 0
    (found,) = json.loads(full_shell.out)["figures"]
    assert (found["value"], found["flags"]) == (None, ["no_base"])
