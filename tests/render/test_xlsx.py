"""Spreadsheets: numbers as numbers, nothing a formula, native charts, every page says what it is."""

import zipfile
from dataclasses import replace
from io import BytesIO

import pytest
from openpyxl import Workbook, load_workbook

from infodesk.render.document import Document, PageBreak
from infodesk.render.write_xlsx import xlsx_of
from tests.render.conftest import TRICKY, sample_chart, sample_table


@pytest.fixture
def book(document: Document) -> Workbook:
    """The document as a workbook, read back."""
    return load_workbook(BytesIO(xlsx_of(document)))


def test_the_front_page_the_tables_the_words_and_the_chart_data_have_sheets(
    book: Workbook,
) -> None:
    assert book.sheetnames == ["医院统计月报", "各病区工作", "Notes", "Chart data"]


def test_numbers_are_numbers_in_the_format_they_are_printed_in(book: Workbook) -> None:
    sheet = book["各病区工作"]
    rows = {row[0].value: row for row in sheet.iter_rows(min_row=3)}
    assert (rows["骨科"][1].value, rows["骨科"][1].number_format) == (1096, "#,##0")
    assert (rows["全院"][2].value, rows["全院"][2].number_format) == (87, "#,##0.00")
    assert rows["重症医学科"][2].value == 0
    assert rows["重症医学科"][2].number_format == '"※ "#,##0.00'
    assert rows["=1+1"][1].number_format == '"1:"0.00'
    assert rows["儿科"][1].value == "—"


def test_cards_are_numbers_with_their_unit(book: Workbook) -> None:
    cells = [cell for row in book["医院统计月报"].iter_rows() for cell in row]
    found = {
        cell.value: cell.number_format for cell in cells if isinstance(cell.value, int | float)
    }
    assert found == {870: '#,##0" 人"', 87: '#,##0.00" %"'}


def test_no_text_is_ever_a_formula(document: Document, book: Workbook) -> None:
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f"]
    assert set(TRICKY) <= {cell.value for cell in cells}
    with zipfile.ZipFile(BytesIO(xlsx_of(document))) as archive:
        sheets = [name for name in archive.namelist() if name.startswith("xl/worksheets/sheet")]
        assert not any(b"<f>" in archive.read(name) for name in sheets)


def test_charts_are_native_and_take_their_numbers_from_the_workbook(document: Document) -> None:
    with zipfile.ZipFile(BytesIO(xlsx_of(document))) as archive:
        chart = archive.read("xl/charts/chart1.xml").decode()
    assert "'Chart data'!$B$3:$B$5" in chart
    assert "C9772B" in chart  # outside the band
    assert "参考区间 85～93" in chart


def test_a_line_is_a_line_and_a_chart_without_a_table_has_its_own_sheet(
    document: Document,
) -> None:
    line = replace(sample_chart(), kind="line", band=None)
    lines = replace(document, blocks=(PageBreak(), line))
    with zipfile.ZipFile(BytesIO(xlsx_of(lines))) as archive:
        assert b"<c:lineChart>" in archive.read("xl/charts/chart1.xml")
    assert load_workbook(BytesIO(xlsx_of(lines))).sheetnames[1:] == [
        "各病区病床使用率",
        "Chart data",
    ]


def test_two_tables_of_one_title_have_two_sheets(document: Document) -> None:
    twice = replace(document, blocks=(PageBreak(), sample_table(), sample_table()))
    assert load_workbook(BytesIO(xlsx_of(twice))).sheetnames[1:] == ["各病区工作", "各病区工作 2"]


def test_a_hospital_may_begin_with_a_digit(document: Document) -> None:
    book = load_workbook(BytesIO(xlsx_of(replace(document, hospital="301医院 & 分院"))))
    head = book.worksheets[0].oddHeader.left
    assert (head.size, head.text.strip()) == (9, "301医院 && 分院  医院统计月报  2026年9月")


def test_every_sheet_prints_on_a4_with_its_class(book: Workbook) -> None:
    for sheet in book.worksheets[:-1]:
        assert str(sheet.page_setup.paperSize) == "9"
        assert "内部" in str(sheet.oddHeader.right.text)
        assert "Compiled by:" in str(sheet.oddFooter.left.text)


def test_words_of_later_pages_are_kept(book: Workbook) -> None:
    notes = [row[0].value for row in book["Notes"].iter_rows()]
    assert notes == ["二、住院工作", "· 四舍五入"]
