"""What departments really send, taken in: archives, mails, locked files, files being written; what is said of them."""

import io
import os
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import openpyxl
import pytest
from msoffcrypto.format.ooxml import OOXMLFile

from infodesk.demo.september import PERIOD
from infodesk.demo.story import DUE
from infodesk.errors import InfodeskError
from infodesk.model.finding import Finding
from infodesk.model.rule import Severity
from infodesk.model.submission import Part, Stored
from infodesk.stats.check import check
from infodesk.stats.file_result import FileResult
from infodesk.stats.inbox import read_file
from infodesk.store.submissions import current, rows_of
from infodesk.workbooks.limits import LIMITS
from tests.conftest import Month, Shell
from tests.stats.test_general_rules import recalculated
from tests.workbooks.tables import packed
from tests.workbooks.test_envelope import mail

FLOW = Part("ward_activity", "flow", "0103")


def findings(month: Month, rule: str) -> list[Finding]:
    return [f for f in check(month.desk, PERIOD).findings if f.identity.rule == rule]


def flow(month: Month) -> dict[str, Stored]:
    form = month.desk.definitions.form_by_id["ward_activity"]
    return dict(rows_of(month.desk.store, current(month.desk.store, PERIOD)[FLOW], form)[0].values)


def told(results: list[FileResult]) -> list[tuple[str, str, str]]:
    return [(r.name, r.result, str(r.reason or "")) for r in results]


def locked(content: bytes, password: str) -> bytes:
    out = io.BytesIO()
    OOXMLFile(io.BytesIO(content)).encrypt(password, out)
    return out.getvalue()


def changed(content: bytes, change: object, *, sheet: int = 1) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(content))
    change(book.worksheets[sheet])  # type: ignore[operator]  # a function of a sheet
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_every_workbook_in_an_archive_has_its_own_verdict(month: Month) -> None:
    archive = packed({
        "九月/神经内科.xlsx": month.workbook("0103"),
        "broken.xlsx": b"PK\x03\x04 and no more",
        "../out.xlsx": month.workbook("0711"),
        "说明.txt": "请查收".encode(),
    })  # fmt: skip
    results = month.collect(month.put(archive, "a.zip"))
    assert [(name, result) for name, result, _ in told(results)] == [
        ("a.zip/九月/神经内科.xlsx", "new"),
        ("a.zip/broken.xlsx", "refused"),
        ("a.zip/../out.xlsx", "refused"),
        ("a.zip/说明.txt", "unknown"),
    ]
    assert "half written" in str(results[1].reason)
    assert "out of the archive" in str(results[2].reason)
    assert current(month.desk.store, PERIOD)[FLOW].file == "a.zip/九月/神经内科.xlsx"
    again = month.collect(month.put(archive, "a.zip"))
    assert [each.result for each in again] == ["unchanged", "refused", "refused", "unknown"]


def test_a_mail_was_received_when_it_says(month: Month) -> None:
    inside = packed({"w.xlsx": month.workbook("0103")})
    path = month.put(mail(a_zip=inside).as_bytes(), "m.eml")
    results = month.collect(path)
    assert [(each.name, each.result) for each in results] == [("m.eml/a.zip/w.xlsx", "new")]
    taken = current(month.desk.store, PERIOD)[FLOW]
    assert taken.received_at == datetime(2026, 10, 6, 8, 20, tzinfo=UTC)
    assert taken.collected_at == DUE
    via = month.desk.store.connection.execute("SELECT via FROM workbook").fetchone()
    assert via == ("mail",)


def test_what_somebody_says_of_a_mail_comes_before_what_it_says(month: Month) -> None:
    path = month.put(mail(w_xlsx=month.workbook("0103")).as_bytes(), "m.eml")
    month.collect(path, received=DUE, via="USB")
    assert current(month.desk.store, PERIOD)[FLOW].received_at == DUE
    via = month.desk.store.connection.execute("SELECT via FROM workbook").fetchone()
    assert via == ("USB",)


def test_archives_in_archives_end_somewhere(month: Month) -> None:
    content = packed({"w.xlsx": month.workbook("0103")})
    for name in ("c.zip", "b.zip", "a.zip"):
        content = packed({name: content})
    results = month.collect(month.put(content, "x.zip"))
    assert [(each.result, "2 deep" in str(each.reason)) for each in results] == [("refused", True)]


def test_a_locked_workbook_is_named_and_opens_with_the_password(month: Month) -> None:
    content = locked(month.workbook("0103"), "示例2026")
    refused = month.collect(month.put(content))[0]
    assert str(refused.reason) == "an .xlsx workbook, protected with a password"
    assert "--password-from" in str(refused.hint)
    wrong = month.collect(month.put(content), passwords=("1234",))[0]
    assert "none given opens" in str(wrong.reason)
    opened = month.collect(month.put(content), passwords=("1234", "示例2026"))[0]
    assert opened.result == "new"
    assert flow(month)["admissions"] == 118
    assert "an .xlsx workbook" in str(findings(month, "GEN-025")[0].message)


def test_passwords_come_from_a_file(shell: Shell, month: Month) -> None:
    (shell.folder / "locked.xlsx").write_bytes(locked(month.workbook("0103"), "geheim"))
    (shell.folder / "passwords.txt").write_text("1234\ngeheim\n", encoding="utf-8-sig")
    asked = ("stats", "collect", "locked.xlsx", "-p", "2026-09", "--json")
    shell.run(*asked)
    assert '"result": "refused"' in shell.out
    shell.run(*asked, "--password-from", "passwords.txt")
    assert '"result": "new"' in shell.out
    assert shell.run(*asked, "--password-from", "nowhere.txt") == 2
    assert "nowhere.txt cannot be read" in shell.err


def test_what_a_file_is_and_who_made_it_is_a_finding(month: Month) -> None:
    month.collect(month.put(month.workbook("0103"), "a.xls"))
    (found,) = findings(month, "GEN-025")
    assert found.severity is Severity.INFO
    parts = found.message.values["parts"] if found.message else []
    assert [str(part) for part in parts] == [  # type: ignore[attr-defined]  # a list of messages
        "an .xlsx workbook", "its name says otherwise", "made by Microsoft Excel",
    ]  # fmt: skip


def test_an_ordinary_workbook_is_not_worth_a_word(month: Month) -> None:
    month.give("0103")
    assert [rule for n in range(21, 25) for rule in findings(month, f"GEN-0{n}")] == []


def test_hidden_rows_are_read_and_mentioned(month: Month) -> None:
    def hide(sheet: openpyxl.worksheet.worksheet.Worksheet) -> None:
        sheet.row_dimensions[10].hidden = True
        sheet.row_dimensions[11].hidden = True

    month.collect(month.put(changed(recalculated(month.workbook("0103")), hide)))
    assert flow(month)["admissions"] == 118
    (found,) = findings(month, "GEN-024")
    assert "10,11 are hidden" in str(found.message)


def test_a_hidden_sheet_is_no_data(month: Month) -> None:
    def hide(sheet: openpyxl.worksheet.worksheet.Worksheet) -> None:
        sheet.sheet_state = "hidden"

    result = month.collect(month.put(changed(recalculated(month.workbook("0103")), hide)))[0]
    assert FLOW not in [taken.part for taken in result.taken]


def test_a_merge_over_answers_is_a_finding(month: Month) -> None:
    def merge(sheet: openpyxl.worksheet.worksheet.Worksheet) -> None:
        sheet.merge_cells("C10:C11")

    month.collect(month.put(changed(recalculated(month.workbook("0103")), merge)))
    (found,) = findings(month, "GEN-023")
    assert "C10-C11 are merged" in str(found.message)
    assert findings(month, "GEN-001")[0].identity.item == "transfers_in"


def pathway(month: Month, row: int, value: object) -> bytes:
    """The table of 0804, with something put into its totals row."""

    def put(sheet: openpyxl.worksheet.worksheet.Worksheet) -> None:
        total = next(r[0].row for r in sheet.iter_rows() if r[1].value == "合计")
        columns = [cell.column for cell in sheet[total] if cell.data_type == "f"]
        sheet.cell(total, columns[row], value)

    return changed(month.workbook("0804"), put)


def typed_over(month: Month, content: bytes) -> list[str]:
    assert month.collect(month.put(content))[0].result == "new"
    return [str(f.message) for f in findings(month, "GEN-022")]


def test_a_total_typed_over_is_its_own_finding(month: Month) -> None:
    assert typed_over(month, pathway(month, 0, 5)) == [
        "a number was typed where the total is a formula"
    ]


def test_all_totals_of_a_blank_of_ours_typed_over_are_found(month: Month) -> None:
    """No formula is left in the row; but in our blanks there were some."""

    def put(sheet: openpyxl.worksheet.worksheet.Worksheet) -> None:
        total = next(r[0].row for r in sheet.iter_rows() if r[1].value == "合计")
        for cell in sheet[total]:
            if cell.data_type == "f":
                cell.value = 5

    assert len(typed_over(month, changed(month.workbook("0804"), put))) >= 1


def test_a_total_that_shows_an_error_or_was_never_computed_is_said(month: Month) -> None:
    month.collect(month.put(pathway(month, 0, "#REF!")))
    told = {str(f.message) for f in findings(month, "GEN-012")}
    assert told == {
        "the cell shows #REF!",
        "a formula without a stored value: open the file once and save it",
    }


def test_a_text_that_may_be_cut_is_taken_with_a_warning(month: Month, shell: Shell) -> None:
    from infodesk.stats.reading import reading_remarks
    from infodesk.workbooks.extraction import Extraction
    from infodesk.workbooks.read import read_book

    unit = month.desk.definitions.units.root
    extraction = Extraction(month.desk.definitions, PERIOD, unit, frozenset())
    found = list(reading_remarks(read_book(b"a,b\n1,2", "a.csv"), extraction))
    assert [(each.severity, each.detail) for each in found] == [
        (Severity.INFO, "origin:csv:ASCII::"),
        (Severity.WARNING, "cut"),
    ]


def test_a_file_that_grows_while_it_is_read_is_refused(tmp_path: Path) -> None:
    """As a slow copy does it: the size is another one as soon as it was looked at."""
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"x" * 100)

    class Growing(type(path)):  # type: ignore[misc]  # the class of this system's paths
        def open(self, *args: object, **more: object) -> object:
            with open(self, "ab") as file:  # noqa: PTH123  # not this one again
                file.write(b"more")
            return super().open(*args, **more)

    with pytest.raises(InfodeskError, match="changed while it was read"):
        read_file(Growing(path), 1000)
    assert read_file(path, 1000) == b"x" * 100 + b"more"


def test_a_file_replaced_while_it_is_read_is_refused(tmp_path: Path) -> None:
    path, other = tmp_path / "a.xlsx", tmp_path / "b.xlsx"
    path.write_bytes(b"x" * 100)
    other.write_bytes(b"y" * 100)
    stat = path.stat()
    os.utime(other, ns=(stat.st_atime_ns, stat.st_mtime_ns))

    class Replaced(type(path)):  # type: ignore[misc]  # the class of this system's paths
        def open(self, *args: object, **more: object) -> object:
            opened = super().open(*args, **more)
            other.replace(path)
            return opened

    with pytest.raises(InfodeskError, match="changed while it was read"):
        read_file(Replaced(path), 1000)


def test_a_file_too_large_a_pipe_and_one_that_is_gone_are_refused(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(bytes(3 * 2**20))
    with pytest.raises(InfodeskError, match="larger than 2 MB"):
        read_file(tmp_path / "a.xlsx", 2 * 2**20)
    with pytest.raises(InfodeskError, match="cannot be read"):
        read_file(tmp_path / "b.xlsx", 100)
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pipe.xlsx")
        with pytest.raises(InfodeskError, match="no file"):
            read_file(tmp_path / "pipe.xlsx", 100)


def test_a_file_that_ends_the_reader_never_ends_the_run(month: Month) -> None:
    good = month.put(month.workbook("0103"))
    limits = replace(LIMITS, memory=40 * 2**20)
    results = month.collect(month.put(b"a,b\n" * 4_000_000, "a.csv"), good, limits=limits)
    assert [each.result for each in results] == ["refused", "new"]
