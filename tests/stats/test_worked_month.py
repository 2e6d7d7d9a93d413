"""The worked month: no finding when it is clean, exactly the listed ones for each mistake, every figure."""

import json
from collections import defaultdict
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from infodesk.config.load import load_definitions
from infodesk.demo.september import PERIOD, rows
from infodesk.model.definitions import Definitions
from infodesk.model.expression import all_values
from infodesk.model.figure import Figure
from infodesk.model.rule import Severity
from infodesk.stats.accepted import accepted
from infodesk.stats.check import check
from infodesk.stats.figures import figures, indicator_figure, item_figure
from tests.conftest import Month, Shell

EXPECTED = json.loads((Path(__file__).parents[1] / "data" / "expected.json").read_text("utf-8"))


def found(month: Month) -> list[tuple[str, str, str]]:
    return [
        (f.identity.rule, f.severity.value, f.identity.unit)
        for f in check(month.desk, PERIOD).findings
        if f.severity is not Severity.INFO
    ]


def test_the_clean_month_has_no_finding_and_every_rule_passes(full_month: Month) -> None:
    checked = check(full_month.desk, PERIOD)
    assert checked.findings == ()
    assert len(checked.outcomes) == 105
    for outcome in checked.outcomes:
        assert outcome.asked == outcome.passed > 0, outcome


@pytest.mark.parametrize("mistake", EXPECTED["mistakes"], ids=lambda m: m["id"])
def test_a_mistake_raises_exactly_its_findings(full_month: Month, mistake: dict[str, Any]) -> None:
    form, unit = str(mistake["form"]), str(mistake["unit"])
    definitions = full_month.desk.definitions
    by_sender: dict[str, dict[tuple[str, str, str], int]] = defaultdict(dict)
    for item, value in mistake["changes"].items():
        sender = definitions.form_by_id[form].section_of(item).sender
        by_sender[unit if sender == "unit" else sender][form, unit, item] = value
    for sender, answers in by_sender.items():
        assert full_month.give(sender, answers).result == "updated"
    assert sorted(found(full_month)) == sorted(map(tuple, mistake["findings"]))


@pytest.mark.parametrize("name", EXPECTED["indicators"])
def test_an_indicator_of_the_hospital_is_right_to_the_digit(full_month: Month, name: str) -> None:
    definitions = full_month.desk.definitions
    totals = accepted(full_month.desk, PERIOD)
    figure = indicator_figure(totals, definitions.indicator_by_id[name], definitions.units.root)
    assert str(figure.value) == EXPECTED["indicators"][name]
    assert figure.received == figure.expected
    assert figure.flags == ()


@pytest.mark.parametrize("name", EXPECTED["ward_indicators"])
def test_an_indicator_of_a_ward_is_right_to_the_digit(full_month: Month, name: str) -> None:
    definitions = full_month.desk.definitions
    totals = accepted(full_month.desk, PERIOD)
    indicator = definitions.indicator_by_id[name]
    for unit, wanted in EXPECTED["ward_indicators"][name].items():
        scope = definitions.units.root if unit == "hospital" else definitions.units.by_id[unit]
        value = indicator_figure(totals, indicator, scope).value
        assert ("—" if value is None else str(value)) == wanted, unit


def test_only_the_three_known_figures_are_out_of_range(full_month: Month) -> None:
    totals = accepted(full_month.desk, PERIOD)
    definitions = full_month.desk.definitions
    found = figures(totals, definitions.units.units)
    flagged = {(f.id, f.unit) for f in found if "range" in f.flags and is_of_wards(definitions, f)}
    assert flagged == {("cure_rate", "0501"), ("cure_improve_rate", "0501"), ("hai_rate", "0501")}


def is_of_wards(definitions: Definitions, figure: Figure) -> bool:
    formula = definitions.indicator_by_id[figure.id].formula
    return {value.form for value in all_values(formula)} <= {"ward_activity", "ward_beds_staff"}


def test_totals_recomputed_from_the_workbooks_alone_are_the_official_ones(shell: Shell) -> None:
    """Reads the workbooks that the demo wrote with another library, and adds up by itself."""
    demo = Shell(shell.folder.parent)
    assert demo.run("demo", "lived") == 0
    sums: dict[tuple[str, str], float] = defaultdict(float)
    forms = load_definitions(demo.folder / "lived").definitions
    assert forms is not None
    titles = {form.title.en: form.id for form in forms.forms}
    for path in (demo.folder / "lived" / "inbox" / "2026-09").glob("*.xlsx"):
        for sheet in openpyxl.load_workbook(path, data_only=True).worksheets[1:]:
            form = titles[sheet.title]
            for item, value in answers_on(sheet):
                sums[form, item] += value
    there = Shell(demo.folder / "lived")
    assert there.run("stats", "figures", "--json", "-p", "2026-09") == 0
    official = {
        (f["form"], f["id"]): float(f["value"] or 0)
        for f in json.loads(there.out)["figures"]
        if f["kind"] == "item"
    }
    assert official == {key: pytest.approx(sums[key]) for key in official}
    assert official["ward_activity", "discharges"] == 870
    assert official["ward_beds_staff", "beds_open_end"] == 302
    assert official["outpatient_activity", "visits_total"] == 31200


def answers_on(sheet: openpyxl.worksheet.worksheet.Worksheet) -> list[tuple[str, float]]:
    """Item and number of every answer on a sheet: a card has its ids in column G, a table in a row."""
    found = []
    grid = [[cell.value for cell in row] for row in sheet.iter_rows()]
    for number, line in enumerate(grid):
        if "@value" in line:
            value, item = line.index("@value"), line.index("@item")
            for below in grid[number + 1 :]:
                name, answer = below[item], below[value]
                if isinstance(name, str) and ":" not in name and isinstance(answer, int | float):
                    found.append((name, float(answer)))
        if "@dept" in line:
            for below in grid[number + 1 :]:
                if not (isinstance(below[0], str) and below[0].isdigit()):
                    break
                found += [
                    (name, float(answer))
                    for name, answer in zip(line, below, strict=True)
                    if isinstance(name, str)
                    and name.isidentifier()
                    and isinstance(answer, int | float)
                ]
    return found


def test_every_total_of_the_data_set_is_the_official_one(full_month: Month) -> None:
    definitions = full_month.desk.definitions
    totals = accepted(full_month.desk, PERIOD)
    for form_id, units in rows().items():
        form = definitions.form_by_id[form_id]
        for item in form.items():
            if not item.is_numeric:
                continue
            figure = item_figure(totals, form, item, definitions.units.root)
            assert float(figure.value or 0) == sum(row.get(item.id, 0) for row in units.values()), (
                item.id
            )
