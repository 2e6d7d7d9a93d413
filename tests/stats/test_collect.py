import io
from datetime import timedelta
from pathlib import Path

import openpyxl
import pytest

from infodesk.demo.september import PERIOD
from infodesk.demo.story import DUE
from infodesk.errors import StoreError
from infodesk.model.actor import Actor
from infodesk.model.submission import Part
from infodesk.stats.check import check
from infodesk.stats.close import close, reopen
from infodesk.stats.inbox import files_in, is_passed_over
from infodesk.store.releases import releases
from infodesk.store.submissions import current, history, original
from tests.conftest import Month

FLOW = Part("ward_activity", "flow", "0103")


def edited(content: bytes, cells: dict[str, object], sheet: int = 1) -> bytes:
    """A workbook after somebody typed into some cells (A1 → value)."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    for cell, value in cells.items():
        book.worksheets[sheet][cell] = value
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def rules(month: Month) -> list[tuple[str, str, str]]:
    return [
        (f.identity.rule, f.identity.unit, f.identity.item)
        for f in check(month.desk, PERIOD).findings
    ]


def nameless(content: bytes, cells: dict[str, object]) -> bytes:
    """A workbook that lost its names, and some cells of its cover."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    for sheet in book.worksheets:
        sheet.defined_names.clear()
    for cell, value in cells.items():
        book.worksheets[0][cell] = value
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def reason(month: Month, content: bytes, **options: object) -> str:
    result = month.collect(month.put(content), **options)[0]
    assert result.result in ("refused", "unknown"), result
    assert current(month.desk.store, PERIOD) == {}
    return f"{result.result}: {result.reason}"


def test_a_workbook_is_taken_whole_with_its_original(month: Month) -> None:
    content = month.workbook("0103")
    result = month.collect(month.put(content, "a.xlsx"))[0]
    assert (result.result, result.sender) == ("new", "0103")
    assert [(t.part, t.version, t.records) for t in result.taken] == [
        (FLOW, 1, 1),
        (Part("ward_beds_staff", "beds", "0103"), 1, 1),
    ]
    taken = current(month.desk.store, PERIOD)[FLOW]
    assert (taken.file, taken.sender, taken.sha256) == ("a.xlsx", "0103", result.sha256)
    assert taken.cells[""]["pts_end"].startswith("病房工作情况月报!C")
    assert original(month.desk.store, result.sha256) == content


def test_the_same_file_again_changes_nothing(month: Month) -> None:
    path = month.put(month.workbook("0103"), "a.xlsx")
    assert month.collect(path)[0].result == "new"
    again = month.collect(path)[0]
    assert (again.result, "GEN-019" in str(again.reason)) == ("unchanged", True)
    assert current(month.desk.store, PERIOD)[FLOW].version == 1


def test_the_same_numbers_in_another_file_change_nothing(month: Month) -> None:
    content = month.workbook("0711")
    assert month.collect(month.put(content))[0].result == "new"
    resaved = edited(content, {})
    assert resaved != content
    assert month.collect(month.put(resaved))[0].result == "unchanged"


def test_a_resubmission_is_a_new_version_with_its_differences(month: Month) -> None:
    month.give("0103")
    result = month.give("0103", {("ward_activity", "0103", "admissions"): 119})
    assert result.result == "updated"
    assert [(c.item, c.old, c.new) for c in result.changes] == [("admissions", 118, 119)]
    assert [s.version for s in history(month.desk.store, FLOW, PERIOD)] == [1, 2]
    beds = Part("ward_beds_staff", "beds", "0103")
    assert current(month.desk.store, PERIOD)[beds].version == 1


def test_received_is_what_lateness_goes_by(month: Month) -> None:
    received = DUE - timedelta(days=2)
    month.collect(month.put(month.workbook("0103")), received=received, via="mail")
    taken = current(month.desk.store, PERIOD)[FLOW]
    assert taken.received_at == received
    assert taken.collected_at == DUE


def test_a_dry_run_keeps_nothing(month: Month) -> None:
    assert month.collect(month.put(month.workbook("0103")), dry_run=True)[0].result == "new"
    assert current(month.desk.store, PERIOD) == {}


def test_a_blank_that_nobody_filled_in_is_refused(month: Month, hospital: Path) -> None:
    from infodesk.stats.blanks import plans
    from infodesk.text.language import language
    from infodesk.workbooks.blank.book import draw_workbook

    plan = next(iter(plans(month.desk, PERIOD, ("0103",))))
    assert reason(month, draw_workbook(plan, language("zh"))) == "refused: nothing is filled in yet"


def test_last_months_workbook_is_refused_and_taken_only_by_name(month: Month) -> None:
    content = month.workbook("0103")
    october = PERIOD.next()
    result = month.collect(month.put(content), period=october)[0]
    assert str(result.reason) == "it is a workbook of 2026年9月 (GEN-007)"
    taken = month.collect(month.put(content), period=october, take_other_period=True)[0]
    assert taken.result == "new"
    assert "GEN-007" in [f.identity.rule for f in check(month.desk, october).findings]


def test_last_months_workbook_with_a_new_cover_is_seen_through(month: Month) -> None:
    content = edited(month.workbook("0103"), {"B8": "2026-10"}, sheet=0)
    result = month.collect(month.put(content), period=PERIOD.next())[0]
    assert (
        str(result.reason) == "it looks like the workbook of 2026年9月 with a new cover (GEN-007)"
    )


def test_a_cover_of_another_month_is_refused(month: Month) -> None:
    content = edited(month.workbook("0103"), {"B8": "2026-08"}, sheet=0)
    assert "its cover says 2026年8月" in reason(month, content)


def test_a_workbook_without_a_sender_is_refused_until_it_is_named(month: Month) -> None:
    content = nameless(month.workbook("0711"), {"B6": None, "B7": None})
    assert "does not say who sent it" in reason(month, content)
    unit = month.desk.definitions.units.by_id["0711"]
    assert month.collect(month.put(content), sender=unit)[0].result == "new"


def test_a_workbook_without_names_is_known_by_its_titles_and_cover(month: Month) -> None:
    result = month.collect(month.put(nameless(month.workbook("0711"), {})))[0]
    assert (result.result, result.sender) == ("new", "0711")


def test_a_stranger_is_listed_and_not_kept(month: Month) -> None:
    book = openpyxl.Workbook()
    book.active.append(["姓名", "住院号"])
    out = io.BytesIO()
    book.save(out)
    assert reason(month, out.getvalue()).startswith("unknown: no sheet of it")
    assert month.desk.store.connection.execute("SELECT count(*) FROM original").fetchone() == (0,)


@pytest.mark.parametrize(
    ("content", "wanted"),
    [
        (b"", "empty"),
        (b"PK\x03\x04 and then the connection broke", "half written"),
        (b"\xd0\xcf\x11\xe0" + bytes(600), "old .xls"),
        (b"%PDF-1.7", "PDF"),
        (b"<html><table></table></html>", "HTML"),
        ("﻿科室,人数".encode(), "text file"),
        (b"\x00\x01\x02", "something else"),
    ],
)
def test_a_file_that_is_no_workbook_is_named_for_what_it_is(
    month: Month, content: bytes, wanted: str
) -> None:
    assert wanted in reason(month, content)


def test_one_bad_file_never_stops_the_others(month: Month) -> None:
    good = month.put(month.workbook("0103"))
    results = month.collect(month.put(b"PK broken"), good, month.put(b""))
    assert [r.result for r in results] == ["refused", "new", "refused"]


def test_a_file_open_elsewhere_is_in_use(month: Month) -> None:
    path = month.put(month.workbook("0103"), "a.xlsx")
    (path.parent / "~$a.xlsx").write_bytes(b"somebody")
    result = month.collect(path)[0]
    assert "in use" in str(result.reason)
    assert "close it" in str(result.hint)


def test_lock_files_and_thumbnails_are_passed_over(tmp_path: Path) -> None:
    for name in ("~$a.xlsx", "Thumbs.db", ".DS_Store", "a.xlsx.part", ".hidden", "desktop.ini"):
        (tmp_path / name).write_bytes(b"x")
        assert is_passed_over(tmp_path / name)
    (tmp_path / "deeper").mkdir()
    (tmp_path / "deeper" / "b.xlsx").write_bytes(b"x")
    assert [path.name for path in files_in([tmp_path])] == ["b.xlsx"]


def test_a_second_sender_for_one_record_is_a_finding_and_changes_nothing(month: Month) -> None:
    """A neighbour fills in another ward's row of a table: GEN-006, the first one stays."""
    month.give("0808")
    pathway = month.workbook("0804")
    book = openpyxl.load_workbook(io.BytesIO(pathway))
    sheet = book.worksheets[1]
    roles = next(row[0].row for row in sheet.iter_rows() if row[0].value == "@dept")
    column = sheet.max_column + 1
    sheet.cell(roles, column, "disch_cured")
    sheet.cell(roles + 1, column, 1)
    out = io.BytesIO()
    book.save(out)
    assert month.collect(month.put(out.getvalue()))[0].result == "new"
    assert ("GEN-006", "0101", "") in [(r, u, "") for r, u, _ in rules(month)]
    outcomes = Part("ward_activity", "outcomes", "0101")
    assert current(month.desk.store, PERIOD)[outcomes].sender == "0808"
    assert outcomes in check(month.desk, PERIOD).accepted


def test_a_sender_who_does_not_report_it_is_refused(month: Month) -> None:
    unit = month.desk.definitions.units.by_id["0804"]
    content = nameless(month.workbook("0808"), {"B6": None, "B7": None})
    result = month.collect(month.put(content), sender=unit)[0]
    assert result.result == "refused"
    assert str(result.reason) == "its sender does not report what is in it (GEN-007)"


def test_a_closed_period_takes_nothing_more(full_month: Month) -> None:
    close(full_month.desk, PERIOD)
    result = full_month.give("0103", {("ward_activity", "0103", "admissions"): 119})
    assert result.result == "refused"
    assert "GEN-014" in str(result.reason)
    assert full_month.desk.open_period() == PERIOD.next()
    reopen(full_month.desk, PERIOD, "儿科补报一例")
    assert (
        full_month.give("0103", {("ward_activity", "0103", "admissions"): 119}).result == "updated"
    )
    assert [r.is_open for r in releases(full_month.desk.store, PERIOD)] == [True]


def test_who_took_it_in_is_kept(month: Month) -> None:
    actor = Actor("root", "值班员", DUE)
    from infodesk.stats.desk import Desk

    other = Month(month.folder, Desk(month.desk.definitions, month.desk.store, actor))
    other.give("0103")
    row = month.desk.store.connection.execute("SELECT os_user, by_name FROM workbook").fetchone()
    assert row == ("root", "值班员")


def test_last_months_file_byte_for_byte_is_refused_for_this_month(month: Month) -> None:
    """The folder of last month, dropped in again: not "unchanged", for nothing of this month has come."""
    path = month.put(month.workbook("0103"), "a.xlsx")
    assert month.collect(path)[0].result == "new"
    october = PERIOD.next()
    result = month.collect(path, period=october)[0]
    assert (result.result, str(result.reason)) == (
        "refused",
        "the very file of 2026年9月, taken as a.xlsx (GEN-007)",
    )
    assert month.collect(path, period=october, take_other_period=True)[0].result == "new"
    assert month.collect(path, period=october)[0].result == "unchanged"
    assert month.collect(path)[0].result == "unchanged"


def test_a_card_is_not_taken_in_anothers_name(month: Month) -> None:
    """`--from` for a whole folder must not make one ward's numbers another's."""
    path = month.put(month.workbook("0103"))
    neighbour, own = (month.desk.definitions.units.by_id[unit] for unit in ("0102", "0103"))
    for _ in range(2):  # before and after it was taken from the right one
        result = month.collect(path, sender=neighbour)[0]
        assert (result.result, "comes from 神经内科, not from 呼吸内科" in str(result.reason)) == (
            "refused",
            True,
        )
        month.collect(path, sender=own)
    assert {s.sender for s in current(month.desk.store, PERIOD).values()} == {"0103"}


def test_two_workbooks_of_one_sender_without_signatures_are_one_finding(month: Month) -> None:
    content = edited(month.workbook("0808"), {"B10": None}, sheet=0)
    first = edited(content, {"D12": 59})
    assert [r.result for r in month.collect(month.put(content, "a.xlsx"))] == ["new"]
    assert [r.result for r in month.collect(month.put(first, "b.xlsx"))] == ["updated"]
    found = [f for f in check(month.desk, PERIOD).findings if f.identity.rule == "GEN-011"]
    assert [[cell.file for cell in f.cells] for f in found] == [["a.xlsx", "b.xlsx"]]


def test_a_full_disk_ends_the_command_and_keeps_nothing_of_the_workbook(month: Month) -> None:
    month.give("0102")
    connection = month.desk.store.connection
    pages = connection.execute("PRAGMA page_count").fetchone()[0]
    connection.execute(f"PRAGMA max_page_count = {pages}")
    path = month.put(month.workbook("0103"))
    with pytest.raises(StoreError, match="the disk has no room"):
        month.collect(path)
    assert {s.sender for s in current(month.desk.store, PERIOD).values()} == {"0102"}
    assert connection.execute("SELECT count(*) FROM original").fetchone() == (1,)
    connection.execute("PRAGMA max_page_count = 100000")
    assert month.collect(path)[0].result == "new"
