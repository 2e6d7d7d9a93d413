"""Workbooks that came in archives, mails and other formats go back too: their own bytes, under a name that is no path."""

import io
from datetime import date

import openpyxl
import pytest
import xlwt

from infodesk.demo.september import PERIOD
from infodesk.stats.file_result import FileResult
from infodesk.stats.returning import LONGEST, Returned
from infodesk.store.submissions import current, original
from infodesk.workbooks.read import read_book
from tests.conftest import Month
from tests.stats.test_departments_files import locked
from tests.stats.test_returning import FLOW, UNBALANCED, answer, back, only, stored
from tests.workbooks.tables import packed
from tests.workbooks.test_envelope import mail

CORRECTED: dict[str, object] = {"期末在院人数": 47}


def folder_of(month: Month) -> list[str]:
    folder = month.folder / "returns"
    return [path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()]


def come_back(month: Month, made: Returned) -> FileResult:
    """Answered, and sent in an archive again."""
    content = packed({"答复/回.xlsx": answer(made, "WA-01", CORRECTED)})
    return month.collect(month.put(content, "回.zip"))[0]


def test_a_workbook_in_an_archive_goes_back_by_its_own_name(full_month: Month) -> None:
    inside = full_month.workbook("0103", UNBALANCED)
    archive = packed({"九月/神经内科.xlsx": inside, "九月/说明.txt": "请查收".encode()})
    results = full_month.collect(full_month.put(archive, "a.zip"))
    assert [each.result for each in results] == ["updated", "unknown"]
    given = current(full_month.desk.store, PERIOD)[FLOW]
    assert (given.file, given.sha256) == ("a.zip/九月/神经内科.xlsx", results[0].sha256)
    assert original(full_month.desk.store, given.sha256) == inside
    assert not (full_month.folder / "returns").exists()
    assert back(full_month, dry_run=True)[0].path.parent.name == str(PERIOD)
    made = only(full_month)
    assert folder_of(full_month) == [f"{PERIOD}/神经内科_核实1.xlsx"]
    assert openpyxl.load_workbook(made.path).sheetnames[-1] == "核实单"
    result = come_back(full_month, made)
    assert (result.name, result.result) == ("回.zip/答复/回.xlsx", "updated")
    assert [each.result for each in result.answers] == ["corrected"]
    assert stored(full_month, "pts_end") == 47


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("..", ".._核实1.xlsx"),
        ('a:b*"<c>|.xlsx', "a_b_c__核实1.xlsx"),
        ("内科" * 100 + ".xlsx", "内科" * (LONGEST // 2) + "_核实1.xlsx"),
    ],
)
def test_a_name_out_of_a_mail_becomes_one_that_a_file_may_have(
    full_month: Month, name: str, wanted: str
) -> None:
    content = mail(x=full_month.workbook("0103", UNBALANCED))
    part = next(content.iter_attachments())
    part.replace_header("Content-Disposition", "attachment")
    part.set_param("filename", name, header="Content-Disposition", replace=True)
    (result,) = full_month.collect(full_month.put(content.as_bytes(), "m.eml"))
    assert result.result == "updated"
    assert only(full_month).path.name == wanted
    assert folder_of(full_month) == [f"{PERIOD}/{wanted}"]


def as_xls(content: bytes) -> bytes:
    """What it shows, in the old format: no names, no formulas."""
    book = xlwt.Workbook()
    for sheet in read_book(content).sheets:
        made = book.add_sheet(sheet.name)
        made.visibility = 0 if sheet.is_visible else 1
        for row, values in enumerate(sheet.rows):
            for column, value in enumerate(values):
                if value != "":
                    made.write(row, column, str(value) if isinstance(value, date) else value)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize("kind", ["xls", "locked"])
def test_a_workbook_of_another_format_gets_its_list_as_a_new_workbook(
    full_month: Month, kind: str
) -> None:
    content = full_month.workbook("0103", UNBALANCED)
    content = as_xls(content) if kind == "xls" else locked(content, "示例")
    path = full_month.put(packed({f"病房.{kind}": content}), "a.zip")
    (result,) = full_month.collect(path, passwords=("示例",))
    assert (result.result, result.name) == ("updated", f"a.zip/病房.{kind}")
    assert original(full_month.desk.store, result.sha256) == content
    made = only(full_month)
    assert made.path.name == "病房_核实1.xlsx"
    assert openpyxl.load_workbook(made.path).sheetnames == ["核实单"]
    assert [each.result for each in come_back(full_month, made).answers] == ["corrected"]
    assert (stored(full_month, "pts_end"), stored(full_month, "admissions")) == (47, 118)


def test_the_very_file_of_last_month_is_refused_out_of_an_archive_too(month: Month) -> None:
    inside = month.workbook("0103")
    assert month.collect(month.put(inside, "九月.xlsx"))[0].result == "new"
    october = PERIOD.next()
    archive = month.put(packed({"十月.xlsx": inside}), "十月.zip")
    (result,) = month.collect(archive, period=october)
    assert (result.name, result.result) == ("十月.zip/十月.xlsx", "refused")
    assert "the very file of 2026年9月, taken as 九月.xlsx" in str(result.reason)
    assert month.collect(archive)[0].result == "unchanged"
    assert month.collect(archive, again=True)[0].result == "unchanged"
