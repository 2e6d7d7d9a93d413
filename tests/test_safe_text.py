"""Text that a spreadsheet would take for an order never becomes one, in any file we make."""

import io
import re
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

import infodesk
from infodesk.demo.september import PERIOD
from infodesk.model.unit import UnitTree
from infodesk.stats.blanks import plans
from infodesk.stats.desk import Desk
from infodesk.text.language import language
from infodesk.text.message import Title
from infodesk.workbooks.blank.book import draw_workbook
from tests.conftest import Month

ORDERS = ("=1+1", "+1+1", "-1+1", "@SUM(A1)", "\t=1+1", '=HYPERLINK("http://example.org")')
SOURCE = Path(infodesk.__file__).parent

# The modules that write spreadsheets, and the test that each keeps texts as texts.
WRITERS = {
    "workbooks/blank/book.py": "here",
    "render/write_xlsx.py": "tests/render/test_xlsx.py",
}


def test_every_writer_of_spreadsheets_is_known() -> None:
    """A new one goes into WRITERS, with a test; openpyxl and csv make formulas of texts unasked."""
    opens = re.compile(r"\bWorkbook\(|load_workbook\(|csv\.(writer|DictWriter)\(|\.to_csv\(")
    found = {
        path.relative_to(SOURCE).as_posix()
        for path in SOURCE.rglob("*.py")
        if opens.search(path.read_text(encoding="utf-8"))
    }
    assert found == set(WRITERS)


@pytest.mark.parametrize("name", sorted(WRITERS))
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
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    shown = [cell for cell in cells if isinstance(cell.value, str) and cell.value == order]
    assert shown
    assert {cell.data_type for cell in shown} == {"s"}
