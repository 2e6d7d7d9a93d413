"""Blanks: they check themselves as people type, and look and behave like a form that is sent out."""

import io
import zipfile
from pathlib import Path

import ironcalc
import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from infodesk.demo.september import MISTAKES, PERIOD, answers
from infodesk.stats.blanks import plans
from infodesk.text.language import language
from infodesk.workbooks.blank.book import draw_workbook, file_name, write_workbook
from infodesk.workbooks.blank.plan import Answers, Plan
from tests.conftest import Month

READY = "可以上报"


def plan_of(month: Month, sender: str, given: Answers | None = None) -> Plan:
    return next(iter(plans(month.desk, PERIOD, (sender,), given)))


def blank(month: Month, sender: str) -> bytes:
    return draw_workbook(plan_of(month, sender), language("zh"))


class Typing:
    """A workbook that somebody types into; formulas are computed by another program."""

    def __init__(self, content: bytes, path: Path) -> None:
        path.write_bytes(content)
        self.model = ironcalc.load_from_xlsx(str(path), "en", "UTC", "en")
        self.book = openpyxl.load_workbook(path)
        self.model.evaluate()

    def sheet(self, place: int = 1) -> Worksheet:
        return self.book.worksheets[place]

    def row(self, role: str, place: int = 1) -> int:
        return next(
            int(row[6].row) for row in self.sheet(place).iter_rows() if row[6].value == role
        )

    def type(self, row: int, column: int, text: str, place: int = 1) -> None:
        self.model.set_user_input(place, row, column, text)
        self.model.evaluate()

    def says(self, row: int, column: int, place: int = 1) -> str:
        return str(self.model.get_formatted_cell_value(place, row, column))

    def fill_in(self, values: dict[str, int], place: int = 1) -> None:
        for item, value in values.items():
            self.type(self.row(item, place), 3, str(value), place)

    def top(self, place: int = 1) -> str:
        return self.says(4, 1, place)


FLOW_0103 = {
    "admissions": 118, "transfers_in": 8, "discharges": 115, "transfers_out": 9, "pts_end": 47,
    "bed_days_open": 1440, "bed_days_occupied": 1382, "bed_days_discharged": 1391,
}  # fmt: skip
BEDS_0103 = {"beds_authorized": 45, "beds_added": 0, "beds_removed": 0, "beds_open_end": 48}


@pytest.fixture
def ward(month: Month, tmp_path: Path) -> Typing:
    return Typing(blank(month, "0103"), tmp_path / "ward.xlsx")


def test_the_top_line_counts_down_to_ready(ward: Typing) -> None:
    assert ward.top() == "还有 8 项未填，0 处不平，暂不能报"
    assert ward.top(0) == "还有 13 项未填，0 处不平，暂不能报"
    ward.fill_in(FLOW_0103)
    ward.fill_in(BEDS_0103, place=2)
    assert (ward.top(), ward.top(2)) == (READY, READY)
    assert ward.top(0) == "还有 1 项未填，0 处不平，暂不能报"
    ward.type(14, 2, "2026-10-05", place=0)
    assert ward.top(0) == READY


def test_a_rule_shows_both_numbers_while_people_type(ward: Typing) -> None:
    ward.fill_in(FLOW_0103 | {"pts_end": 49})
    rule = ward.row("rule:WA-01")
    assert [ward.says(rule, column) for column in (3, 4, 5)] == ["47", "49", "✗ 差2"]
    assert ward.says(ward.row("pts_end"), 5) == "→ WA-01"
    assert ward.top() == "还有 0 项未填，1 处不平，暂不能报"
    ward.type(ward.row("pts_end"), 3, "47")
    assert ward.says(rule, 5) == "✓"


def test_a_rule_across_sheets_is_live(ward: Typing) -> None:
    ward.fill_in(FLOW_0103 | {"bed_days_occupied": 1482})
    ward.fill_in(BEDS_0103 | {"extra_bed_days": 12}, place=2)
    rule = ward.row("rule:WA-19")
    assert [ward.says(rule, column) for column in (3, 4)] == ["1482", "1452"]
    assert ward.says(rule, 5) == "△ 请说明"
    assert ward.top().endswith("1 处须说明，暂不能报")
    ward.type(rule, 6, "连续加床三日已备案")
    assert ward.says(rule, 5) == "✓ 已说明"
    assert ward.top() == READY


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("", "○ 未填"),
        ("无", "✗ 不是数字"),
        ("-3", "✗ 不能为负"),
        ("1.5", "✗ 应为整数"),
        ("9999999999", "✗ 数字过大"),
    ],
)
def test_what_is_typed_or_pasted_is_checked_by_formula(ward: Typing, typed: str, says: str) -> None:
    ward.type(ward.row("admissions"), 3, typed)
    assert ward.says(ward.row("admissions"), 5) == says


def test_what_is_wrong_with_a_number_itself_is_said_before_the_rules_it_breaks(
    ward: Typing,
) -> None:
    ward.fill_in(FLOW_0103 | {"bed_days_discharged": -5})
    line = ward.row("bed_days_discharged")
    assert ward.says(line, 5) == "✗ 不能为负"
    assert ward.says(ward.row("rule:WA-16"), 5) == "✗ 差120"
    ward.type(line, 3, "5")
    assert ward.says(line, 5) == "→ WA-16"


def test_the_opening_value_is_locked_and_corrected_with_a_reason(ward: Typing) -> None:
    opening, under = ward.row("pts_begin"), ward.row("pts_begin:correct")
    assert ward.says(opening, 3) == "45"
    assert ward.sheet().cell(opening, 3).protection.locked
    ward.type(under, 2, "✓")
    assert ward.says(under, 5).startswith("○ ")
    assert "1 项未填" not in ward.top()
    ward.type(under, 3, "46")
    ward.type(under, 6, "重新清点")
    assert (ward.says(opening, 3), ward.says(under, 5)) == ("46", "✓")
    assert ward.says(ward.row("rule:WA-51"), 5) == "✗ 差1"


@pytest.mark.parametrize("sender", ["0103", "0301", "0711", "0802", "0804", "0808", "0809"])
@pytest.mark.parametrize("filled", ["blank", "right", "wrong"])
def test_every_stored_result_is_what_another_program_computes(
    month: Month, tmp_path: Path, sender: str, filled: str
) -> None:
    """Phones and chat previews show the stored results without computing them."""
    mistakes = MISTAKES if filled == "wrong" else ()
    given = None if filled == "blank" else answers(month.desk.definitions, language("zh"), mistakes)
    path = tmp_path / "a.xlsx"
    path.write_bytes(draw_workbook(plan_of(month, sender, given), language("zh")))
    stored = openpyxl.load_workbook(path, data_only=True)
    model = ironcalc.load_from_xlsx(str(path), "en", "UTC", "en")
    model.evaluate()
    compared = 0
    for place, sheet in enumerate(openpyxl.load_workbook(path).worksheets):
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type != "f":
                    continue
                value = stored[sheet.title][cell.coordinate].value
                computed = model.get_formatted_cell_value(place, cell.row, cell.column)
                assert plain(value) == plain(computed), f"{sheet.title}!{cell.coordinate}"
                compared += 1
    assert compared > 30


def plain(value: object) -> str:
    try:
        return f"{float(str(value).replace(',', '')):.9g}"
    except ValueError:
        return str(value or "").strip()


def test_formulas_stay_within_what_excel_2007_knows(month: Month) -> None:
    import re

    known = {
        "IF", "AND", "OR", "NOT", "COUNT", "COUNTA", "COUNTBLANK", "COUNTIF", "IFERROR", "INT", "ABS", "FIND", "LEFT",
        "LEN", "MAX", "MIN", "N", "ROUND", "SUM", "SUMPRODUCT", "TRIM", "ISNUMBER", "EXACT",
    }  # fmt: skip
    for sender in ("0103", "0301", "0711", "0802", "0808"):
        book = openpyxl.load_workbook(io.BytesIO(blank(month, sender)))
        for sheet in book.worksheets:
            for row in sheet.iter_rows():
                for cell in row:
                    if cell.data_type == "f":
                        text = re.sub(r'"[^"]*"', "", str(cell.value))
                        assert set(re.findall(r"([A-Z][A-Z0-9.]*)\(", text)) <= known
                        assert len(str(cell.value)) < 8192


def test_nothing_dangerous_is_in_a_blank(month: Month) -> None:
    names = zipfile.ZipFile(io.BytesIO(blank(month, "0808"))).namelist()
    assert not [n for n in names if "vba" in n.lower() or "externalLink" in n or "connections" in n]
    assert [n for n in names if n.startswith("xl/comments")]
    assert not [n for n in names if "threadedComment" in n]


def test_sheets_are_protected_without_a_password_and_only_inputs_can_be_reached(
    month: Month,
) -> None:
    book = openpyxl.load_workbook(io.BytesIO(blank(month, "0103")))
    for sheet in book.worksheets:
        assert sheet.protection.sheet
        assert sheet.protection.password is None
        assert sheet.protection.selectLockedCells
    flow = book.worksheets[1]
    unlocked = [
        c.coordinate for row in flow.iter_rows(max_col=4) for c in row if not c.protection.locked
    ]
    assert [c for c in unlocked if c.startswith("C")][:3] == ["C9", "C10", "C11"]
    assert not [c for c in unlocked if c.startswith(("A", "D"))]


def test_a_card_prints_on_a4_portrait_two_pages_at_most(month: Month) -> None:
    for sender in ("0103", "0301", "0711"):
        for sheet in openpyxl.load_workbook(io.BytesIO(blank(month, sender))).worksheets[1:]:
            assert sheet.page_setup.paperSize == 9
            assert sheet.page_setup.orientation == "portrait"
            assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 2)
            assert sheet.sheet_properties.pageSetUpPr.fitToPage


def test_form_definition_sender_and_period_travel_with_each_sheet(month: Month) -> None:
    book = openpyxl.load_workbook(io.BytesIO(blank(month, "0103")))
    form = month.desk.definitions.form_by_id["ward_activity"]
    names = {name: found.attr_text for name, found in book.worksheets[1].defined_names.items()}
    assert names["infodesk_form"] == '"ward_activity"'
    assert names["infodesk_definition"] == f'"{form.definition}"'
    assert names["infodesk_sender"] == '"0103"'
    assert names["infodesk_period"] == '"2026-09"'


def test_the_names_of_the_contacts_are_filled_in(month: Month) -> None:
    cover = openpyxl.load_workbook(io.BytesIO(blank(month, "0103"))).worksheets[0]
    assert [cover.cell(row, 2).value for row in (6, 7, 8, 10, 11, 12)] == [
        "神经内科", "0103", "2026-09", "示例甲", "示例乙", "示例丙",
    ]  # fmt: skip


def test_a_workbook_is_named_for_period_sender_and_kind(month: Month) -> None:
    assert file_name(plan_of(month, "0103"), language("zh")) == "2026-09_神经内科_月报.xlsx"
    assert file_name(plan_of(month, "0713"), language("en")) == "2026-09_OB_GYN_clinic_monthly.xlsx"


def test_every_sender_gets_one_workbook_with_a_sheet_a_form(month: Month) -> None:
    found = {plan.sender.id: [form.id for form in plan.forms] for plan in plans(month.desk, PERIOD)}
    assert len(found) == 18
    assert found["0103"] == ["ward_activity", "ward_beds_staff"]
    assert found["0808"] == ["ward_activity"]
    assert found["0711"] == ["outpatient_activity"]


def test_only_obstetrics_is_asked_for_deliveries(month: Month) -> None:
    for sender, asked in (("0301", True), ("0103", False)):
        sections = {part.section for part in plan_of(month, sender).parts}
        assert ("delivery" in sections) is asked


def test_a_file_is_put_in_its_place_whole(tmp_path: Path) -> None:
    path = tmp_path / "new" / "a.xlsx"
    write_workbook(path, b"first")
    write_workbook(path, b"second")
    assert path.read_bytes() == b"second"
    assert [found.name for found in path.parent.iterdir()] == ["a.xlsx"]
