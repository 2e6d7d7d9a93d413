"""What people do to our blanks before they send them back, and that the numbers are still found."""

import io
from collections.abc import Callable

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.workbook import Workbook

from infodesk.demo.september import PERIOD
from infodesk.model.submission import Part, Stored
from infodesk.stats.blanks import plans
from infodesk.store.submissions import current, rows_of
from infodesk.text.language import language
from infodesk.workbooks.blank.book import draw_workbook
from infodesk.workbooks.blank.plan import Answers
from infodesk.workbooks.extract import extract
from infodesk.workbooks.extraction import Extraction
from infodesk.workbooks.identify import identify
from infodesk.workbooks.read import read_book
from tests.conftest import Month
from tests.stats.test_general_rules import recalculated


def changed(content: bytes, change: Callable[[Workbook], None]) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(recalculated(content)))
    change(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def answers_in(month: Month, part: Part) -> dict[str, Stored]:
    submission = current(month.desk.store, PERIOD)[part]
    form = month.desk.definitions.form_by_id[part.form]
    return dict(rows_of(month.desk.store, submission, form)[0].values)


def insert_lines(book: Workbook) -> None:
    book.worksheets[1].insert_rows(11, 2)


def insert_column(book: Workbook) -> None:
    book.worksheets[1].insert_cols(2)


def insert_above(book: Workbook) -> None:
    book.worksheets[1].insert_rows(1, 3)


def drop_ids(book: Workbook) -> None:
    book.worksheets[1].delete_cols(7)
    book.worksheets[1].delete_rows(6)


def rename_sheet(book: Workbook) -> None:
    book.worksheets[1].title = "我们科的表"


def move_sheets(book: Workbook) -> None:
    book.move_sheet(book.worksheets[1], offset=1)


def swap_lines(book: Workbook) -> None:
    sheet = book.worksheets[1]
    for column in range(1, 8):
        first, second = sheet.cell(11, column), sheet.cell(12, column)
        first.value, second.value = second.value, first.value


@pytest.mark.parametrize(
    "change",
    [insert_lines, insert_column, insert_above, drop_ids, rename_sheet, move_sheets, swap_lines],
)
def test_a_card_is_read_whatever_was_done_to_its_sheet(
    month: Month, full_month: Month, change: Callable[[Workbook], None]
) -> None:
    content = changed(month.workbook("0103"), change)
    assert month.collect(month.put(content))[0].result == "new"
    for section in ("flow",):
        part = Part("ward_activity", section, "0103")
        assert answers_in(month, part) == answers_in(full_month, part)


def test_a_copied_sheet_is_a_record_given_twice(month: Month) -> None:
    def copy(book: Workbook) -> None:
        book.copy_worksheet(book.worksheets[1])
        book.worksheets[-1].defined_names = book.worksheets[1].defined_names

    month.collect(month.put(changed(month.workbook("0711"), copy)))
    from infodesk.stats.check import check

    assert "GEN-006" in {f.identity.rule for f in check(month.desk, PERIOD).findings}


def test_a_table_is_read_by_its_labels_when_the_ids_are_gone(
    month: Month, full_month: Month
) -> None:
    def drop(book: Workbook) -> None:
        sheet = book.worksheets[1]
        for row in sheet.iter_rows():
            if row[0].value == "@dept":
                for cell in row:
                    cell.value = None

    assert month.collect(month.put(changed(month.workbook("0808"), drop)))[0].result == "new"
    part = Part("ward_activity", "outcomes", "0202")
    assert answers_in(month, part) == answers_in(full_month, part)


def test_a_code_that_lost_its_leading_zero_is_still_the_unit(month: Month) -> None:
    def spoil(book: Workbook) -> None:
        book.worksheets[1]["A8"] = 101

    assert len(month.collect(month.put(changed(month.workbook("0809"), spoil)))[0].taken) == 9


def test_a_code_and_a_name_of_different_units_are_not_guessed_at(month: Month) -> None:
    def spoil(book: Workbook) -> None:
        book.worksheets[1]["B8"] = "骨科"

    assert len(month.collect(month.put(changed(month.workbook("0809"), spoil)))[0].taken) == 8


def test_hidden_sheets_are_not_data(month: Month) -> None:
    def hide(book: Workbook) -> None:
        book.worksheets[2].sheet_state = "hidden"

    taken = month.collect(month.put(changed(month.workbook("0103"), hide)))[0].taken
    assert [t.part.form for t in taken] == ["ward_activity"]


def test_a_tick_for_nothing_to_report_makes_blanks_zero(full_month: Month) -> None:
    found = answers_in(full_month, Part("ward_activity", "surgery", "0401"))
    assert set(found.values()) == {0}
    submission = current(full_month.desk.store, PERIOD)[Part("ward_activity", "surgery", "0401")]
    assert submission.nil


counts = st.integers(0, 10**9)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.data())
def test_what_is_written_is_what_is_read(month: Month, data: st.DataObject) -> None:
    definitions = month.desk.definitions
    sender = data.draw(st.sampled_from(["0103", "0301", "0711", "0802", "0808"]))
    plan = next(iter(plans(month.desk, PERIOD, (sender,))))
    values: dict[tuple[str, str, str], Stored] = {}
    for part in plan.parts:
        form = definitions.form_by_id[part.form]
        for item in form.section(part.section).items:
            if item.is_numeric and item.opens_with is None:
                number = data.draw(counts) if item.required else data.draw(st.none() | counts)
                values[part.form, part.unit, item.id] = number
    filled = next(iter(plans(month.desk, PERIOD, (sender,), Answers(values))))
    identity = identify(read_book(draw_workbook(filled, language("zh"))), definitions)
    allowed = frozenset(filled.parts)
    extraction = Extraction(definitions, PERIOD, filled.sender, allowed)
    extract(identity.forms, extraction)
    read = {
        (given_.part.form, given_.part.unit, item): value
        for given_ in extraction.parts()
        for row in given_.rows
        for item, value in row.values.items()
        if (given_.part.form, given_.part.unit, item) in values
    }
    assert read == values
    assert [r for g in extraction.parts() for r in g.remarks] == []
