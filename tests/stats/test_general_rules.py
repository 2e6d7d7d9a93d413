"""The general rules, one cell at a time."""

from datetime import timedelta

import pytest

from infodesk.demo.september import PERIOD
from infodesk.demo.story import LATER
from infodesk.model.finding import Finding
from infodesk.model.rule import Severity
from infodesk.model.submission import Part
from infodesk.stats.check import check
from infodesk.text.language import language
from tests.conftest import Month
from tests.stats.test_collect import edited

ADMISSIONS, TRANSFERS_IN, DISCHARGES = "C10", "C11", "C12"
FLOW = Part("ward_activity", "flow", "0103")


def findings(month: Month) -> list[Finding]:
    return list(check(month.desk, PERIOD).findings)


def after(month: Month, cells: dict[str, object], sheet: int = 1) -> dict[str, Finding]:
    """The findings after 0103 sent its workbook with these cells."""
    content = edited(recalculated(month.workbook("0103")), cells, sheet)
    assert month.collect(month.put(content))[0].result == "new"
    return {f.identity.rule: f for f in findings(month) if f.identity.rule.startswith("GEN")}


def recalculated(content: bytes) -> bytes:
    """openpyxl keeps no stored values: put the opening ones in as numbers."""
    import io

    import openpyxl

    values = openpyxl.load_workbook(io.BytesIO(content), data_only=True)
    book = openpyxl.load_workbook(io.BytesIO(content))
    for sheet in book.worksheets:
        for row in sheet.iter_rows(max_col=3):
            for cell in row:
                if cell.data_type == "f":
                    cell.value = values[sheet.title][cell.coordinate].value
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_the_cells_used_here_are_the_ones_meant(month: Month) -> None:
    month.give("0103")
    from infodesk.store.submissions import current

    cells = current(month.desk.store, PERIOD)[FLOW].cells[""]
    assert cells["admissions"].endswith(f"!{ADMISSIONS}")
    assert cells["transfers_in"].endswith(f"!{TRANSFERS_IN}")
    assert cells["discharges"].endswith(f"!{DISCHARGES}")


def test_a_blank_is_gen_001_and_the_balance_is_not_evaluated(month: Month) -> None:
    found = after(month, {ADMISSIONS: None})
    assert (found["GEN-001"].identity.item, found["GEN-001"].severity) == (
        "admissions",
        Severity.ERROR,
    )
    outcome = next(o for o in check(month.desk, PERIOD).outcomes if o.rule == "WA-01")
    assert (outcome.failed, outcome.not_evaluated) == (0, 8)
    assert "WA-01" not in {f.identity.rule for f in findings(month)}
    assert FLOW not in check(month.desk, PERIOD).accepted


@pytest.mark.parametrize(
    ("cell", "value", "rule", "severity"),
    [
        (ADMISSIONS, "二十", "GEN-002", Severity.ERROR),
        (ADMISSIONS, -5, "GEN-003", Severity.ERROR),
        (DISCHARGES, 12.5, "GEN-004", Severity.ERROR),
        (ADMISSIONS, 10**12, "GEN-002", Severity.ERROR),
        (TRANSFERS_IN, "８", "GEN-010", Severity.INFO),
        (ADMISSIONS, "118人", "GEN-010", Severity.INFO),
        (ADMISSIONS, " 1 18 ", "GEN-010", Severity.INFO),
    ],
)
def test_a_cell_breaks_its_rule(
    month: Month, cell: str, value: object, rule: str, severity: Severity
) -> None:
    found = after(month, {cell: value})
    assert found[rule].severity is severity
    assert found[rule].cells[0].value == str(value).strip()
    assert found[rule].cells[0].cell == f"病房工作情况月报!{cell}"
    is_accepted = FLOW in check(month.desk, PERIOD).accepted
    assert is_accepted is (severity is Severity.INFO)


def test_a_normalised_number_is_the_number_meant(month: Month) -> None:
    after(month, {TRANSFERS_IN: "８"})
    rules = {f.identity.rule for f in findings(month)}
    assert "WA-01" not in rules


def test_an_error_cell_is_no_blank_and_no_zero(month: Month) -> None:
    found = after(month, {ADMISSIONS: "=1/0"})
    assert found["GEN-002"].message is not None
    assert "formula without a stored value" in str(found["GEN-002"].message)


def test_a_cover_that_is_not_signed_is_flagged_and_blocks_nothing(month: Month) -> None:
    found = after(month, {"B11": None}, sheet=0)
    assert found["GEN-011"].severity is Severity.FLAGGED
    assert FLOW in check(month.desk, PERIOD).accepted


def test_a_workbook_filled_in_before_the_month_was_over_is_a_warning(month: Month) -> None:
    found = after(month, {"B14": "2026.9.29"}, sheet=0)
    assert found["GEN-020"].severity is Severity.WARNING


def test_a_strange_sheet_and_a_strange_line_are_passed_over_and_said(month: Month) -> None:
    found = after(month, {"A60": "临时加床", "C60": 7})
    assert found["GEN-009"].severity is Severity.INFO
    assert "临时加床" in str(found["GEN-009"].message)


def test_an_unknown_unit_in_a_table_is_gen_005_and_the_others_are_taken(month: Month) -> None:
    content = edited(month.workbook("0809"), {"A8": "0599", "B8": None})
    result = month.collect(month.put(content))[0]
    assert sum(t.part.form == "ward_activity" for t in result.taken) == 7
    found = {f.identity.rule: f for f in findings(month)}
    assert found["GEN-005"].identity.unit == "0599"


def test_a_unit_given_twice_in_one_workbook_is_gen_006(month: Month) -> None:
    content = edited(month.workbook("0809"), {"A9": "0101", "B9": "心血管内科"})
    month.collect(month.put(content))
    found = {(f.identity.rule, f.identity.unit) for f in findings(month)}
    assert ("GEN-006", "0101") in found
    assert Part("ward_activity", "infection", "0101") not in check(month.desk, PERIOD).accepted


def test_totals_that_were_never_computed_are_said_once_a_table(month: Month) -> None:
    content = edited(month.workbook("0808"), {})  # saved by a program that computes nothing
    month.collect(month.put(content))
    told = [f for f in findings(month) if f.identity.rule == "GEN-012"]
    tables = [cell.cell.rstrip("0123456789") for f in told for cell in f.cells if cell.cell]
    assert len(told) == len(set(tables)) == len(tables)


def test_a_totals_row_that_differs_is_a_warning(month: Month) -> None:
    content = edited(recalculated(month.workbook("0809")), {"D16": 99})
    month.collect(month.put(content))
    found = {f.identity.rule: f for f in findings(month)}
    assert "computed 13, written 99" in str(found["GEN-012"].message)


def test_a_missing_ward_is_a_finding_once_it_is_overdue(full_month: Month, month: Month) -> None:
    month.give("0103")
    before = check(month.desk, PERIOD)
    assert [f for f in before.findings if f.identity.rule == "GEN-008"] == []
    late = month.at(LATER)
    missing = {
        f.identity.unit for f in check(late.desk, PERIOD).findings if f.identity.rule == "GEN-008"
    }
    assert {"0101", "0401", "0711"} <= missing
    said = {
        language("en").tell(f.message)
        for f in check(late.desk, PERIOD).findings
        if f.identity.rule == "GEN-008" and f.identity.unit == "0101" and f.message is not None
    }
    assert "Ward activity, Surgery (Medical records and statistics)" in said
    assert check(full_month.at(LATER).desk, PERIOD).findings == ()


def test_a_record_of_zeros_is_a_warning(month: Month) -> None:
    definitions = month.desk.definitions
    zeros = {
        ("outpatient_activity", "0719", item.id): 0
        for item in definitions.form_by_id["outpatient_activity"].items()
    }
    month.give("0719", zeros)
    found = {f.identity.rule: f for f in findings(month)}
    assert (found["GEN-013"].severity, found["GEN-013"].identity.unit) == (Severity.WARNING, "0719")


def test_the_deadline_itself_is_still_in_time(month: Month) -> None:
    due = month.desk.obligations(PERIOD)[0].due
    assert (due.month, due.day, due.hour, due.minute) == (10, 8, 17, 30)
    in_time, late = month.at(due), month.at(due + timedelta(seconds=1))
    assert check(in_time.desk, PERIOD).findings == ()
    assert len(check(late.desk, PERIOD).findings) == len(month.desk.obligations(PERIOD))
