"""Blanks of forms with rows: what they list, what they bring along, and that they check themselves."""

import io
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from infodesk.model.period import Period, parse_period
from infodesk.stats.blanks import plans
from infodesk.text.language import language
from infodesk.workbooks.blank.book import draw_workbook
from infodesk.workbooks.blank.plan import Answers
from tests.conftest import Month
from tests.stats.periods import answers, data
from tests.workbooks.test_blank import Typing, compared_results

QUARTER, YEAR = (parse_period(text, date(2027, 1, 1)) for text in ("2026-Q3", "2026"))
SENDERS = {"0806": QUARTER, "0808": QUARTER, "0802": YEAR, "0812": YEAR, "0801": YEAR}
FORMS = {"0806": "large_equipment", "0808": "disease30", "0812": "key_specialty"}


def drawn(month: Month, sender: str, when: Period, *, filled: bool = False) -> bytes:
    given = Answers()
    if filled and sender in FORMS:
        rows = data("extra_inputs.json")[FORMS[sender]]
        given = Answers(answers(month, FORMS[sender], rows))
    return draw_workbook(next(iter(plans(month.desk, when, (sender,), given))), language("zh"))


@pytest.mark.parametrize("sender", SENDERS)
@pytest.mark.parametrize("filled", [False, True])
def test_every_stored_result_is_what_another_program_computes(
    month: Month, tmp_path: Path, sender: str, filled: bool
) -> None:
    content = drawn(month, sender, SENDERS[sender], filled=filled)
    assert compared_results(content, tmp_path / "a.xlsx") > 15


def test_all_thirty_diseases_are_listed_and_not_to_be_changed(month: Month) -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(drawn(month, "0808", QUARTER))).worksheets[1]
    first = next(row for row in range(1, 20) if sheet.cell(row, 1).value == "D01")
    codes = [sheet.cell(first + n, 1).value for n in range(30)]
    assert codes == [f"D{n:02}" for n in range(1, 31)]
    assert sheet.cell(first + 14, 2).value == "急性阑尾炎"
    assert sheet.cell(first, 1).protection.locked
    assert not sheet.cell(first, 4).protection.locked


def test_an_empty_list_of_devices_is_not_ready(month: Month, tmp_path: Path) -> None:
    devices = Typing(drawn(month, "0806", QUARTER), tmp_path / "a.xlsx")
    assert devices.top() == "还有 1 项未填，0 处不平，暂不能报"
    devices.type(8, 1, "EQ-1")
    assert devices.says(8, 3) == "○ 9项未填"
    devices.type(8, 1, "")
    devices.type(8, 4, "CT")
    assert devices.says(8, 3).startswith("✗")


def test_a_device_is_named_once_and_checked_in_its_line(month: Month, tmp_path: Path) -> None:
    devices = Typing(drawn(month, "0806", QUARTER, filled=True), tmp_path / "a.xlsx")
    sheet = devices.sheet()
    heads = [row for row in range(1, sheet.max_row) if sheet.cell(row, 1).value == "device_code"]
    use = heads[1]
    columns = {sheet.cell(use, column).value: column for column in range(1, 40)}
    assert (devices.says(use + 1, 1), devices.says(use + 1, 2)) == ("EQ-CT-001", "64排CT")
    assert devices.says(use + 1, 3) == "✓"
    devices.type(use + 1, columns["positive"], "2000")
    assert devices.says(use + 1, 3) == "✗ EQ-05"
    assert devices.says(use + 1, columns["rule:EQ-05"]) == "✗ 2000＞1320"
    assert devices.says(use + 2, columns["rule:EQ-05"]) == ""


def test_codes_are_picked_from_a_list(month: Month) -> None:
    book = openpyxl.load_workbook(io.BytesIO(drawn(month, "0802", YEAR)))
    leaders = next(sheet for sheet in book.worksheets if sheet.title == "医院领导班子情况表")
    lists = {
        str(rule.formula1)
        for rule in leaders.data_validations.dataValidation
        if rule.type == "list"
    }
    assert {'"男,女"', '"是,否"'} <= lists
