"""Forms with rows, single records, and periods that are longer or shorter than a form's own."""

import dataclasses
import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from infodesk.config.load import load_definitions
from infodesk.model.finding import Outcome
from infodesk.model.period import Period, parse_period
from infodesk.model.rule import Severity
from infodesk.stats.accepted import accepted
from infodesk.stats.check import check
from infodesk.stats.desk import Desk
from infodesk.stats.pick import pick_figures
from infodesk.store.tables import follow_definitions
from tests.conftest import ACTOR, Month
from tests.stats.periods import answers, data, give

EXTRA = data("extra_inputs.json")
EXPECTED: dict[str, Any] = json.loads(
    (Path(__file__).parents[1] / "data" / "expected.json").read_text("utf-8")
)


def period(text: str) -> Period:
    return parse_period(text, date(2027, 1, 1))


SEPTEMBER, QUARTER, YEAR = period("2026-09"), period("2026-Q3"), period("2026")


def found(month: Month, when: Period) -> list[tuple[str, str]]:
    return [
        (f.identity.rule, f.identity.row)
        for f in check(month.desk, when).findings
        if f.severity is not Severity.INFO and f.identity.rule != "GEN-008"
    ]


def outcome(month: Month, when: Period, rule: str) -> Outcome:
    return next(o for o in check(month.desk, when).outcomes if o.rule == rule)


def give_form(month: Month, when: Period, form: str, **changes: Mapping[str, Any]) -> None:
    """Give a form's extra inputs, with some answers of some rows changed."""
    rows = {
        row: dict(values) | dict(changes.get(row or "only", {}))
        for row, values in EXTRA[form].items()
    }
    for result in give(month, when, answers(month, form, rows)):
        assert result.result in ("new", "updated"), (result.reason, result.remarks)


def values(month: Month, when: Period, name: str) -> dict[str | None, str]:
    """Row → value of an indicator of the hospital."""
    picked = pick_figures(month.desk, when, month.desk.definitions.units.root, (name,))
    return {figure.row: str(figure.value) for figure in picked}


@pytest.mark.parametrize(
    ("form", "when"),
    [
        ("hospital_scale", YEAR),
        ("disease30", QUARTER),
        ("large_equipment", QUARTER),
        ("key_specialty", YEAR),
    ],
)
def test_what_goes_out_is_what_comes_in(month: Month, form: str, when: Period) -> None:
    given = answers(month, form, EXTRA[form])
    give(month, when, given)
    assert [f for f in found(month, when) if not f[0].startswith("GEN-01")] == []
    definition = month.desk.definitions.form_by_id[form]
    records = accepted(month.desk, when).rows(form, "H")
    assert set(records) == set(EXTRA[form]) | {
        code.id for item in definition.row_key for code in item.codes
    }
    for (_, line, item), value in given.items():
        assert records[line.partition("\x1f")[2]].answers[item] == value


def test_every_indicator_that_needs_a_quarter_or_a_year_is_right_to_the_digit(
    full_month: Month,
) -> None:
    give_form(full_month, period("2025"), "hospital_scale")
    for name in ("doctor_nurse_ratio", "health_tech_share", "staff_per_bed", "pharmacists_per_100beds",
                 "doctor_daily_visits", "doctor_daily_beddays"):  # fmt: skip
        assert values(full_month, SEPTEMBER, name) == {None: EXPECTED["extra_indicators"][name]}
    give_form(full_month, QUARTER, "disease30")
    give_form(full_month, YEAR, "key_specialty")
    for name, value in EXPECTED["extra_indicators"].items():
        if name.startswith("dz_"):
            assert values(full_month, QUARTER, name)["D15"] == value
        if name.startswith("ks_"):
            assert values(full_month, YEAR, name) == {"02-ORTH-01": value}


def with_settings(month: Month, hospital: Path, tmp_path: Path, text: str) -> Month:
    """The same month in a hospital that has set something in its config.yaml."""
    import shutil

    folder = tmp_path / "set"
    shutil.copytree(hospital, folder)
    config = folder / "config.yaml"
    lines = [
        line
        for line in config.read_text("utf-8").split("\n")
        if not line.startswith(text.split(":", maxsplit=1)[0] + ":")
    ]
    config.write_text("\n".join([*lines, text, ""]), encoding="utf-8")
    definitions = load_definitions(folder).definitions
    assert definitions is not None
    follow_definitions(month.desk.store, definitions, ACTOR)
    return dataclasses.replace(month, desk=Desk(definitions, month.desk.store, ACTOR))


def test_large_equipment_may_be_reported_by_the_month(
    full_month: Month, hospital: Path, tmp_path: Path
) -> None:
    monthly = with_settings(full_month, hospital, tmp_path, "frequencies: {large_equipment: month}")
    give_form(monthly, SEPTEMBER, "large_equipment")
    assert found(monthly, SEPTEMBER) == []
    assert outcome(monthly, SEPTEMBER, "EQ-17").passed == 1
    for name, value in EXPECTED["extra_indicators"].items():
        if name.startswith("eq_"):
            assert values(monthly, SEPTEMBER, name) == {"EQ-CT-001": value}
    assert values(monthly, SEPTEMBER, "large_equipment.exams") == {None: "1320"}


def quarter_of_wards(month: Month) -> dict[str, dict[str, int]]:
    """July to September of all wards, of which the vectors know the sums: all in the first ward but 8 patients a ward."""
    vectors = json.loads((Path(__file__).parents[1] / "data" / "quarter.json").read_text("utf-8"))
    months: dict[str, dict[str, int]] = vectors["months"]
    return months
