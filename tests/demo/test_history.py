"""The demo hospital's thirteen months: honest, balanced, the same everywhere, and ending with September 2026."""

import hashlib
import io
import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from functools import partial
from pathlib import Path

import pytest

from infodesk.cli.setup import live_before
from infodesk.cli.terminal import Terminal
from infodesk.demo.filling import filled_quarter
from infodesk.demo.history.months import MONTHS, closing_before, first_period, history
from infodesk.demo.history.quarters import quarters
from infodesk.demo.hospital import make_demo
from infodesk.demo.lived import live_period
from infodesk.demo.numbers import Month as Numbers
from infodesk.demo.numbers import row_total
from infodesk.demo.september import PERIOD, previous_rows, rows
from infodesk.demo.story import ZONE
from infodesk.model.definitions import Definitions
from infodesk.model.period import Period, parse_period
from infodesk.model.rule import Severity
from infodesk.stats.check import check
from infodesk.stats.close import close
from infodesk.stats.pick import pick_figures
from infodesk.store.releases import closed_periods
from infodesk.text.language import language
from infodesk.workbooks.blank.lines import row_line
from tests.conftest import Month, Shell

GIVEN = json.loads((Path(__file__).parents[1] / "data" / "history.json").read_text("utf-8"))
TODAY = date(2026, 10, 8)
WARNINGS = 10  # a month, in a hospital of 300 beds
PERIODS = [str(Period(first_period(n).start, PERIOD.frequency)) for n in range(MONTHS, 0, -1)]

QUARTERS = ("2025-Q4", "2026-Q1", "2026-Q2")


def period(text: str) -> Period:
    return parse_period(text, TODAY)


@pytest.fixture(scope="session")
def past(definitions: Definitions) -> dict[Period, Numbers]:
    return history(definitions.calendar)


@pytest.mark.parametrize("name", [*PERIODS, *QUARTERS])
def test_an_honest_month_raises_no_error_and_few_warnings(history_month: Month, name: str) -> None:
    checked = check(history_month.desk, period(name))
    found = [(f.severity, f.identity.rule, f.identity.unit) for f in checked.findings]
    assert checked.missing == ()
    assert [each for each in found if each[0] in (Severity.ERROR, Severity.FLAGGED)] == []
    assert len([each for each in found if each[0] is Severity.WARNING]) <= WARNINGS, found


@pytest.mark.parametrize("name", [*PERIODS, *QUARTERS])
def test_every_rule_is_evaluated_in_every_month(history_month: Month, name: str) -> None:
    """Also those that look a month back: the first month has its opening balances."""
    for outcome in check(history_month.desk, period(name)).outcomes:
        assert outcome.not_evaluated == 0, outcome


@pytest.mark.parametrize("name", GIVEN["totals"])
def test_the_given_totals_are_hit_exactly(past: Mapping[Period, Numbers], name: str) -> None:
    wards = past[period(name)]["ward_activity"]
    given = GIVEN["totals"][name]
    assert {item: row_total(wards, item) for item in given} == given


@pytest.mark.parametrize("name", GIVEN["figures"])
def test_the_given_figures_are_hit_to_the_digit(history_month: Month, name: str) -> None:
    desk, given = history_month.desk, GIVEN["figures"][name]
    names = {"discharges": "ward_activity.discharges"}
    for figure, value in given.items():
        wanted = (names.get(figure, figure),)
        (found,) = pick_figures(desk, period(name), desk.definitions.units.root, wanted)
        assert found.value == Decimal(value), figure


def test_it_ends_with_september_exactly_and_begins_a_year_before(
    past: Mapping[Period, Numbers],
) -> None:
    assert [str(each) for each in past] == PERIODS
    assert PERIODS[0] == "2025-09"
    assert past[PERIOD] == rows()


def test_a_month_opens_as_the_one_before_closed(past: Mapping[Period, Numbers]) -> None:
    for earlier, later in zip(list(past.values()), list(past.values())[1:], strict=False):
        closing = closing_before(later)
        for form, units in closing.items():
            for unit, row in units.items():
                assert {item: earlier[form][unit][item] for item in row} == row
    assert closing_before(past[PERIOD]) == previous_rows()


def test_every_item_of_september_has_a_value_in_every_month(past: Mapping[Period, Numbers]) -> None:
    for month in past.values():
        for form, units in rows().items():
            for unit, row in units.items():
                assert month[form][unit].keys() == row.keys(), (form, unit)
                assert all(
                    value >= 0
                    for item, value in month[form][unit].items()
                    if item not in ("surplus", "rev_settlement_adj")
                )


def test_february_is_quiet_and_march_makes_up_for_it(past: Mapping[Period, Numbers]) -> None:
    def a_day(name: str, form: str, item: str) -> float:
        return row_total(past[period(name)][form], item) / period(name).days

    for form, item in (("ward_activity", "surg_elective"), ("outpatient_activity", "visits_total")):
        january, february, march = (a_day(f"2026-0{n}", form, item) for n in (1, 2, 3))
        assert february < january * 0.85
        assert march > january
    emergencies = [
        a_day(f"2026-0{n}", "outpatient_activity", "visits_emergency") for n in (1, 2, 3)
    ]
    assert max(emergencies) < min(emergencies) * 1.1


def test_clinics_follow_the_working_days(past: Mapping[Period, Numbers]) -> None:
    """October 2025 has eight days of holiday, and a day more than September."""
    visits = [
        row_total(past[period(name)]["outpatient_activity"], "visits_outpatient")
        for name in ("2025-09", "2025-10")
    ]
    assert visits[1] < visits[0] * 0.92


def test_wards_keep_their_character(past: Mapping[Period, Numbers]) -> None:
    for month in past.values():
        wards = month["ward_activity"]
        assert row_total({"0501": wards["0501"]}, "admissions") < 12
        assert wards["0401"]["surgeries"] == wards["0501"]["surgeries"] == 0
        assert [unit for unit, row in wards.items() if row["deliveries"]] == ["0301"]
        stays = {u: row["bed_days_discharged"] / row["discharges"] for u, row in wards.items()}
        assert stays["0301"] < stays["0201"] < stays["0103"]


def test_quarters_keep_what_lies_within_them(
    past: Mapping[Period, Numbers], definitions: Definitions
) -> None:
    """The whole quarters before September; a disease that nobody had is there, with 0 everywhere."""
    found = quarters(past, definitions.calendar)
    assert tuple(map(str, found)) == QUARTERS
    for quarter in found.values():
        assert len(quarter["disease30"]) == 30
        assert set(quarter["disease30"]["D30"].values()) == {0}
        devices = quarter["large_equipment"].values()
        assert {row["device_kind"] for row in devices} == {"CT", "DR", "MR", "US"}


def test_the_months_are_the_same_on_every_machine(
    past: Mapping[Period, Numbers], definitions: Definitions
) -> None:
    """A changed generator changes the digest: look at the months, then write the new one down."""
    grown = quarters(past, definitions.calendar)
    text = json.dumps(
        {str(each): past.get(each) or grown[each] for each in (*past, *grown)}, sort_keys=True
    )
    assert hashlib.sha256(text.encode()).hexdigest() == GIVEN["sha256"]


def test_the_months_before_are_really_lived_through(tmp_path: Path) -> None:
    there = Shell(tmp_path)
    make_demo(there.folder, "en", 2)
    out = io.StringIO()
    clock = partial(datetime, 2026, 10, 8, 10, tzinfo=ZONE)
    live_before(Terminal(out, out, language("en"), clock, "tester", there.folder), 2)
    assert "2026-08: 26 workbooks, 0 findings explained, closed" in out.getvalue()
    assert there.run("stats", "figures", "ward_activity.discharges", "-p", "2026-08", "--json") == 0
    (figure,) = json.loads(there.out)["figures"]
    assert figure["value"] == str(GIVEN["totals"]["2026-08"]["discharges"])
    assert there.run("stats", "reopen", "2026-08", "--reason", "one more look") == 0
    assert there.run("stats", "status", "-p", "2026-08") == 0
    assert "late" not in there.out


def test_what_an_honest_period_is_asked_is_explained_before_it_is_closed(
    history_month: Month, past: Mapping[Period, Numbers], tmp_path: Path
) -> None:
    desk, spoken = history_month.desk, language("zh")
    answers = filled_quarter(
        desk.definitions,
        period("2026-Q3"),
        quarters(past, desk.definitions.calendar)[period("2026-Q2")],
    )
    late = ("large_equipment", row_line("H", "EQ-CT-001"), "pm_done")
    values = {**answers.values, late: 2}
    for month in ("2026-07", "2026-08", "2026-09"):
        close(desk, period(month))
    lived = live_period(desk, period("2026-Q3"), replace(answers, values=values), tmp_path, spoken)
    assert lived.workbooks == 2
    assert [each.identity.rule for each in lived.explained] == ["EQ-11"]
    assert "2026-Q3" in closed_periods(desk.store)
