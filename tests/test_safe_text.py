"""Text that a spreadsheet would take for an order never becomes one, in any file we make."""

import csv
import io
import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from openpyxl.cell import Cell as SheetCell
from openpyxl.worksheet.worksheet import Worksheet

import infodesk
from infodesk.demo.september import PERIOD
from infodesk.demo.story import ZONE
from infodesk.model.rule import Severity
from infodesk.model.unit import UnitTree
from infodesk.render.document import Cell, Column, Row, Table
from infodesk.render.write_csv import csv_of, csv_of_rows
from infodesk.render.write_list import list_xlsx
from infodesk.stats.blanks import plans
from infodesk.stats.desk import Desk
from infodesk.text.language import language
from infodesk.text.message import Message, Title
from infodesk.workbooks.blank.book import draw_workbook
from infodesk.workbooks.marking.mark import marked_workbook
from infodesk.workbooks.marking.slip import AnswerKey, Kept, Slip, SlipFinding, SlipLine
from tests.conftest import Month

ORDERS = ("=1+1", "+1+1", "-1+1", "@SUM(A1)", "\t=1+1", '=HYPERLINK("http://example.org")')
SOURCE = Path(infodesk.__file__).parent

# The modules that write spreadsheets, and the test that each keeps texts as texts.
WRITERS = {
    "workbooks/blank/book.py": "here",
    "workbooks/marking/mark.py": "here",
    "workbooks/marking/slip_sheet.py": "here",
    "render/write_csv.py": "here",
    "render/write_list.py": "here",
    "render/write_xlsx.py": "tests/render/test_xlsx.py",
}
BY_XLSXWRITER = (
    "workbooks/blank/book.py",
    "workbooks/marking/mark.py",
    "render/write_list.py",
    "render/write_xlsx.py",
)


def test_every_writer_of_spreadsheets_is_known() -> None:
    """A new one goes into WRITERS, with a test; openpyxl and csv make formulas of texts unasked."""
    opens = re.compile(
        r"\bWorkbook\(|load_workbook\(|csv\.(writer|DictWriter)\(|\.to_csv\(|<sheetData"
    )
    found = {
        path.relative_to(SOURCE).as_posix()
        for path in SOURCE.rglob("*.py")
        if opens.search(path.read_text(encoding="utf-8"))
    }
    assert found == set(WRITERS)


@pytest.mark.parametrize("order", ORDERS)
def test_a_list_of_entries_keeps_texts_as_texts(order: str) -> None:
    text = csv_of_rows([order], [[order, 3]]).decode("utf-8-sig")
    assert [row[0] for row in csv.reader(io.StringIO(text, newline=""))] == [f"'{order}"] * 2
    sheet = openpyxl.load_workbook(io.BytesIO(list_xlsx("表", [order], [[order]]))).worksheets[0]
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} == {"s"}


@pytest.mark.parametrize("name", BY_XLSXWRITER)
def test_every_workbook_is_opened_with_formulas_by_name_only(name: str) -> None:
    assert '"strings_to_formulas": False' in (SOURCE / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("sender", ["0103", "0808"])
def test_a_blank_keeps_names_as_texts(month: Month, sender: str, order: str) -> None:
    """The names of departments and people come from a list that somebody sent."""
    tree = month.desk.definitions.units
    units = tuple(
        replace(u, title=Title(order, order), contact=replace(u.contact, name=order, head=order))
        for u in tree.units
    )
    definitions = replace(month.desk.definitions, units=UnitTree(units, tree.kinds))
    desk = Desk(definitions, month.desk.store, month.desk.actor)
    plan = next(iter(plans(desk, PERIOD, (sender,))))
    book = openpyxl.load_workbook(io.BytesIO(draw_workbook(plan, language("zh"))))
    shown = showing(book, order)
    assert shown
    assert {cell.data_type for cell in shown} == {"s"}


def showing(book: Iterable[Worksheet], order: str) -> list[SheetCell]:
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    return [cell for cell in cells if isinstance(cell.value, str) and cell.value == order]


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("is_theirs", [True, False])
def test_a_query_slip_keeps_what_was_sent_as_text(
    month: Month, order: str, *, is_theirs: bool
) -> None:
    """In the department's own file, and in one with the slip alone: labels, values, corrections, names."""
    key = AnswerKey("ward_activity", "0103", "", "pts_end")
    line = SlipLine(Title(order, order), order, f"{order}!A1", key)
    sides = Message("{raw}", raw=order)
    finding = SlipFinding(1, "GEN-002", Severity.WARNING, Title(order, order), sides, (line,))
    unit = replace(month.desk.definitions.units.by_id["0103"], title=Title(order, order))
    at = datetime(2026, 10, 9, 10, 0, tzinfo=ZONE)
    kept = Kept(Title(order, order), order, key)
    slip = Slip(
        1, Title(order, order), unit, PERIOD, at, at, order, 6, (finding,), (kept,)
    )  # fmt: skip
    content = month.workbook("0103") if is_theirs else b"no workbook"
    book = openpyxl.load_workbook(io.BytesIO(marked_workbook(content, slip, language("zh"))))
    shown = showing([book["核实单"]], order)
    assert len(shown) == 5  # the hospital, a label and a value, and those of a correction
    assert {cell.data_type for cell in shown} == {"s"}
    every = [cell for row in book["核实单"].iter_rows() for cell in row]
    assert "f" not in {cell.data_type for cell in every}


@pytest.mark.parametrize("order", ORDERS)
def test_a_text_with_commas_hides_orders_behind_an_apostrophe(order: str) -> None:
    """A CSV file has no types: what begins with a sign is a formula to every program."""
    table = Table("表", (Column(order),), (Row((Cell(order),)), Row((Cell("-1", Decimal(-1)),))))
    written = list(csv.reader(io.StringIO(csv_of(table, byte_order_mark=False).decode())))
    assert written == [[f"'{order}"], [f"'{order}"], ["-1"]]
