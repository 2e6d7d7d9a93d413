"""Forms with rows, single records, and periods that are longer or shorter than a form's own."""

import dataclasses
import io
import json
import re
import shutil
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from infodesk.config.load import load_definitions
from infodesk.model.finding import Outcome
from infodesk.model.period import Period, parse_period
from infodesk.model.rule import Severity
from infodesk.stats.accepted import accepted
from infodesk.stats.blanks import plans
from infodesk.stats.check import check
from infodesk.stats.desk import Desk
from infodesk.stats.figures import figures, indicator_figure, item_figure
from infodesk.stats.pick import pick_figures
from infodesk.stats.trace import trace
from infodesk.store.store import open_store
from infodesk.store.tables import follow_definitions
from infodesk.text.language import language
from infodesk.workbooks.blank.book import draw_workbook
from tests.conftest import ACTOR, Month, Shell
from tests.stats.periods import Typed, answers, data, give

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
        assert result.result in ("new", "updated", "unchanged"), (result.reason, result.remarks)


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


def test_a_row_sees_the_records_of_the_department_it_names(
    full_month: Month, hospital: Path, tmp_path: Path
) -> None:
    monthly = with_settings(full_month, hospital, tmp_path, "frequencies: {key_specialty: month}")
    give_form(monthly, SEPTEMBER, "key_specialty")
    checked = check(monthly.desk, SEPTEMBER)
    assert outcome(monthly, SEPTEMBER, "KS-08").passed == 1  # 40 beds of the 42 of orthopaedics
    finding = next(f for f in checked.findings if f.identity.rule == "KS-09")
    assert (finding.identity.unit, finding.identity.row) == ("H", "02-ORTH-01")
    assert (str(finding.left), str(finding.right)) == ("1175", "96")
    assert {(c.form, c.sender) for c in finding.cells} == {
        ("key_specialty", "0812"),
        ("ward_activity", "0202"),
    }


def test_a_single_record_is_held_against_the_wards(
    full_month: Month, hospital: Path, tmp_path: Path
) -> None:
    monthly = with_settings(full_month, hospital, tmp_path, "frequencies: {hospital_scale: month}")
    give_form(monthly, SEPTEMBER, "hospital_scale")
    assert found(monthly, SEPTEMBER) == []
    assert (
        outcome(monthly, SEPTEMBER, "HS-12").passed
        == outcome(monthly, SEPTEMBER, "HS-13").passed
        == 1
    )
    give_form(monthly, SEPTEMBER, "hospital_scale", only={"wards": 9})
    assert found(monthly, SEPTEMBER) == [("HS-13", "")]


def test_what_a_yearly_form_is_held_against_waits_for_all_months(full_month: Month) -> None:
    give_form(full_month, YEAR, "hospital_scale")
    (why,) = outcome(full_month, YEAR, "HS-12").why
    assert (why.kind, len(why.what), "2026-09" in why.what) == ("periods", 11, False)
    give_form(full_month, YEAR, "key_specialty")
    (why,) = outcome(full_month, YEAR, "KS-09").why
    assert (why.kind, len(why.what)) == ("periods", 11)


def test_a_device_in_a_department_that_does_not_exist_is_gen_005(month: Month) -> None:
    give(
        month,
        QUARTER,
        answers(month, "large_equipment", changed("large_equipment", dept_code="0699")),
    )
    assert ("GEN-005", "EQ-CT-001") in found(month, QUARTER)


def test_rules_of_rows_say_which_row(month: Month) -> None:
    rows = changed("large_equipment", device_class="B", pm_done=0, hours_used=600)
    rows["EQ-CT-002"] = rows["EQ-CT-001"] | {
        "device_class": "OTHER",
        "pm_done": 1,
        "hours_used": 158.4,
    }
    give(month, QUARTER, answers(month, "large_equipment", rows))
    assert found(month, QUARTER) == [
        (rule, "EQ-CT-001") for rule in ("EQ-02", "EQ-04", "EQ-08", "EQ-11")
    ]


def changed(form: str, **changes: Any) -> dict[str, dict[str, Any]]:
    return {row: dict(values) | changes for row, values in EXTRA[form].items()}


def test_all_thirty_rows_are_expected_and_operations_where_they_define_the_disease(
    month: Month,
) -> None:
    rows = {"D29": dict(EXTRA["disease30"]["D15"]) | {"surgery_pts": 20}}
    give(month, QUARTER, answers(month, "disease30", rows))
    assert found(month, QUARTER) == [("DZ-14", "D29")]
    assert outcome(month, QUARTER, "DZ-13").passed == 1


def test_the_next_blank_brings_along_what_does_not_change(month: Month) -> None:
    give_form(month, QUARTER, "large_equipment")
    (plan,) = plans(month.desk, QUARTER.next(), ("0806",))
    line = "H\x1fEQ-CT-001"
    carried = {item: value for (_, at, item), value in plan.answers.values.items() if at == line}
    assert (carried["device_name"], carried["start_date"], carried["dept_code"]) == (
        "64排CT",
        "2021-06-01",
        "0602",
    )
    assert not {"exams", "revenue", "status", "original_value"} & set(carried)
    sheet = openpyxl.load_workbook(io.BytesIO(draw_workbook(plan, language("zh")))).worksheets[1]
    assert (sheet["A8"].value, sheet["D8"].value) == ("EQ-CT-001", "64排CT")


def test_an_identity_number_is_refused_and_stands_nowhere(month: Month, tmp_path: Path) -> None:
    number = "110101199003070011"
    leader: dict[str, Typed] = {
        "name": "示例甲", "gender": "M", "birth_ym": "1970-05", "education": "MASTER", "title": "CHIEF",
        "position": "PRESIDENT", "rank_order": 1, "start_date": "2020-01-01", "duties": f"全面 {number[:6]} {number[6:]}",
        "is_full_time": True, "change_type": "NONE",
    }  # fmt: skip
    (result,) = give(month, YEAR, answers(month, "leadership", {"1": leader}))
    assert (result.result, "LD-04" in str(result.reason)) == ("refused", True)
    assert number not in f"{result.reason} {result.hint} {result.remarks}".replace(" ", "")
    month.desk.store.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    assert number[6:].encode() not in b"".join(
        f.read_bytes() for f in tmp_path.glob("infodesk.db*")
    )
    (right,) = give(month, YEAR, answers(month, "leadership", {"1": leader | {"duties": "全面"}}))
    assert right.result == "new"
    assert found(month, YEAR) == []


def test_leaders_are_counted_and_told_apart(month: Month) -> None:
    leader: dict[str, Typed] = {
        "name": "示例甲", "gender": "M", "birth_ym": "1945-05", "education": "MASTER", "title": "CHIEF",
        "position": "PRESIDENT", "rank_order": 1, "start_date": "1960-01-01", "duties": "全面",
        "is_full_time": True, "change_type": "RETIRED", "term_end": "2026-06-30",
    }  # fmt: skip
    give(month, YEAR, answers(month, "leadership", {"1": leader, "2": leader}))
    each = [(rule, row) for row in ("1", "2") for rule in ("LD-01", "LD-02", "LD-03", "LD-07")]
    assert sorted(found(month, YEAR)) == sorted([*each, ("LD-05", ""), ("LD-06", "")])


@pytest.fixture
def one_ward(hospital: Path, tmp_path: Path) -> Iterator[Month]:
    """A hospital with one ward, which so has the totals of the vectors, and the thirty diseases."""
    folder = tmp_path / "one"
    shutil.copytree(hospital, folder)
    units = (folder / "units.yaml").read_text("utf-8")
    units = re.sub(
        r"(?m)^  - id: \"0(?!101)[1-5]\d\d\"(\n    .*)*\n|^  - \{id: \"0(?!101)[1-5]\d\d\".*\n",
        "",
        units,
    )
    (folder / "units.yaml").write_text(units, encoding="utf-8")
    config = "forms: [ward_activity, ward_beds_staff, disease30]\nfirst_period: 2026-07\n"
    (folder / "config.yaml").write_text(config, encoding="utf-8")
    definitions = load_definitions(folder).definitions
    assert definitions is not None
    assert len(definitions.units.of_kind("ward", QUARTER)) == 1
    with open_store(tmp_path / "one.db") as store:
        follow_definitions(store, definitions, ACTOR)
        yield Month(tmp_path, Desk(definitions, store, ACTOR))


VECTORS: dict[str, Any] = json.loads(
    (Path(__file__).parents[1] / "data" / "quarter.json").read_text("utf-8")
)


def give_month(month: Month, when: str) -> None:
    """A month of the vectors: what they do not name is 0, and all discharges are `other`."""
    vector = VECTORS["months"][when]
    forms = month.desk.definitions.form_by_id
    ward = {
        item.id: 0
        for item in forms["ward_activity"].items()
        if item.id not in ("deliveries", "live_births")
    }
    ward |= vector | {"disch_other": vector["discharges"]}
    beds: dict[str, Any] = {
        item.id: 0 for item in forms["ward_beds_staff"].items() if item.is_numeric
    }
    begin, end = {"2026-07": (298, 298), "2026-08": (298, 300), "2026-09": (300, 300)}[when]
    beds |= {
        "beds_open_begin": begin,
        "beds_added": end - begin,
        "beds_open_end": end,
        "beds_authorized": 300,
    }
    given = answers(month, "ward_activity", {"": ward}, "0101")
    given |= answers(month, "ward_beds_staff", {"": beds}, "0101")
    for result in give(month, period(when), given):
        assert result.result == "new", (result.reason, result.remarks)


def test_a_quarter_is_added_up_over_its_months_and_divided_last(one_ward: Month) -> None:
    for when in VECTORS["months"]:
        give_month(one_ward, when)
        (occupancy,) = values(one_ward, period(when), "bed_occupancy").values()
        assert occupancy == VECTORS["monthly_occupancy"][when]
    totals = accepted(one_ward.desk, QUARTER)
    root, definitions = one_ward.desk.definitions.units.root, one_ward.desk.definitions
    form = definitions.form_by_id["ward_activity"]
    for item, value in VECTORS["quarter"].items():
        assert item_figure(totals, form, form.by_id[item], root).value == value
    for name, value in VECTORS["indicators"].items():
        figure = indicator_figure(totals, definitions.indicator_by_id[name], root)
        assert (str(figure.value), figure.received, figure.expected) == (value, 1, 1)
    shares = [Decimal(share) for share in VECTORS["monthly_occupancy"].values()]
    assert str(round(sum(shares) / 3, 2)) == VECTORS["mean_of_monthly_occupancies"] != "85.11"
    traced = trace(one_ward.desk, "bed_occupancy", QUARTER, root)
    assert [str(r.period) for r in traced.inputs[0].records] == ["2026-07", "2026-08", "2026-09"]


def test_a_quarter_waits_for_its_last_month_and_halves_and_years_follow(one_ward: Month) -> None:
    give_month(one_ward, "2026-07")
    give_month(one_ward, "2026-08")
    give_form(one_ward, QUARTER, "disease30")
    (why,) = outcome(one_ward, QUARTER, "DZ-16").why
    assert (why.kind, why.what) == ("periods", ("2026-09",))
    assert values(one_ward, QUARTER, "bed_occupancy") == {None: "None"}
    give_month(one_ward, "2026-09")
    assert outcome(one_ward, QUARTER, "DZ-16").passed == 1
    assert ("DZ-18", "") in found(one_ward, QUARTER)  # 22 operated patients, and none in the wards
    half = pick_figures(
        one_ward.desk, period("2026-H2"), one_ward.desk.definitions.units.root, ("discharges",)
    )
    assert (half[0].value, half[0].received) == (None, 0)


def test_ranges_for_thirty_days_are_scaled_to_the_quarter(one_ward: Month) -> None:
    for when in VECTORS["months"]:
        give_month(one_ward, when)
    totals = accepted(one_ward.desk, QUARTER)
    out = {
        f.id for f in figures(totals, [one_ward.desk.definitions.units.root]) if "range" in f.flags
    }
    assert not {"bed_turnover", "bed_working_days"} & out


@pytest.mark.parametrize("name", ["bed_turnover", "bed_working_days"])
def test_days_and_turnover_are_never_summed_over_departments(full_month: Month, name: str) -> None:
    """The totals row of a real hospital system does that."""
    totals = accepted(full_month.desk, SEPTEMBER)
    definitions = full_month.desk.definitions
    indicator = definitions.indicator_by_id[name]
    wards = definitions.units.of_kind("ward", SEPTEMBER)
    each = [indicator_figure(totals, indicator, ward).value or 0 for ward in wards]
    hospital = indicator_figure(totals, indicator, definitions.units.root).value
    assert str(hospital) == EXPECTED["indicators"][name]
    assert sum(each) > 7 * (hospital or 0)


def test_a_device_that_came_and_went_is_joined_over_the_months_it_was_there(
    month: Month, hospital: Path, tmp_path: Path
) -> None:
    monthly = with_settings(month, hospital, tmp_path, "frequencies: {large_equipment: month}")
    first = changed("large_equipment")
    second = {"exams": 100, "days_running": 10, "positive_checked": 100, "positive": 70}
    both = first | {"EQ-CT-002": first["EQ-CT-001"] | second}
    for when, rows in (("2026-07", first), ("2026-08", both), ("2026-09", first)):
        give(monthly, period(when), answers(monthly, "large_equipment", rows))
    assert values(monthly, QUARTER, "eq_daily_exams") == {
        "EQ-CT-001": "60.00",
        "EQ-CT-002": "10.00",
    }
    records = accepted(monthly.desk, QUARTER).rows("large_equipment", "H")
    assert records["EQ-CT-001"].answers["exams"] == 3 * 1320
    gone, there = records["EQ-CT-002"].answers, records["EQ-CT-001"].answers
    assert (gone["operators"], there["operators"], gone["status"]) == (0, 6, None)
    assert (gone["device_name"], there["original_value"]) == ("64排CT", 720000000)


def test_figures_of_rows_are_listed_with_their_names(full_shell: Shell, full_month: Month) -> None:
    give_form(full_month, QUARTER, "disease30")
    path = full_month.desk.store.path
    full_month.desk.store.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    shutil.copyfile(path, full_shell.folder / "infodesk.db")
    assert full_shell.run("stats", "figures", "-p", "2026-Q3", "dz_avg_los") == 0
    assert "D15 Acute appendicitis" in full_shell.out
    assert "6.25" in full_shell.out
    assert full_shell.run("stats", "figures", "-p", "2026-Q3", "--json") == 1
    listed = json.loads(full_shell.out)["figures"]
    rows = {f["row"]: f["value"] for f in listed if f["id"] == "dz_fee_avg"}
    assert (len(rows), rows["D15"], rows["D01"]) == (30, "8400.00", None)
    assert not [f for f in listed if f["id"].startswith("ks_")]
