"""What moved is found by its label and said; confirmed, it is remembered; unclear, it is asked."""

import io
import json
from collections.abc import Callable

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from infodesk.demo.september import PERIOD
from infodesk.errors import InfodeskError
from infodesk.model.finding import Finding, State
from infodesk.model.rule import Severity
from infodesk.model.submission import Part
from infodesk.stats.check import check, numbered
from infodesk.stats.confirm import confirm
from infodesk.stats.returning import send_back
from infodesk.store.submissions import current
from infodesk.text.language import language
from infodesk.workbooks.moved import settle
from tests.conftest import Month, Shell
from tests.stats.test_general_rules import recalculated

WORDS = "位置已经确认"


def changed(content: bytes, change: Callable[[Worksheet], None]) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(recalculated(content)))
    change(book.worksheets[1])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def cut(sheet: Worksheet, before: int, after: int) -> None:
    """Cut what people see of a line and paste it in another; the hidden id stays where it was."""
    for column in range(1, 7):
        sheet.cell(after, column).value = sheet.cell(before, column).value
        sheet.cell(before, column).value = None


def move_discharges(sheet: Worksheet) -> None:
    row = row_of(sheet, "出院人数")
    sheet.insert_rows(row + 2)
    cut(sheet, row, row + 2)


def row_of(sheet: Worksheet, label: str) -> int:
    return next(
        n
        for n, (text,) in enumerate(sheet.iter_rows(max_col=1, values_only=True), 1)
        if text == label
    )


def moved(month: Month) -> list[Finding]:
    found = numbered(month.desk, check(month.desk, PERIOD)).findings
    return [finding for finding in found if finding.identity.rule == "GEN-021"]


def value(month: Month, item: str) -> object:
    query = f"SELECT {item} FROM ward_activity WHERE unit = '0103'"
    return month.desk.store.connection.execute(query).fetchone()[0]


def give(month: Month, change: Callable[[Worksheet], None], name: str = "a.xlsx") -> None:
    content = changed(month.workbook("0103"), change)
    assert month.collect(month.put(content, name))[0].result == "new"


def test_what_moved_is_read_by_its_label_and_said(month: Month) -> None:
    give(month, move_discharges)
    (finding,) = moved(month)
    assert (value(month, "discharges"), finding.severity) == (115, Severity.WARNING)
    message = language("zh").tell(finding.message)
    assert message == "第12行的 出院人数 移到第14行，已按标签取数，请确认"
    assert send_back(month.desk, PERIOD, month.folder, language("zh"), dry_run=True) == []


def test_a_confirmed_place_is_remembered_for_that_sender(month: Month) -> None:
    give(month, move_discharges)
    checked = numbered(month.desk, check(month.desk, PERIOD))
    confirm(month.desk, checked, moved(month)[0].number or 0, WORDS)
    assert moved(month)[0].state is State.EXPLAINED
    content = changed(
        month.workbook("0103", {("ward_activity", "0103", "discharges"): 116}), move_discharges
    )
    assert month.collect(month.put(content))[0].result == "updated"
    (finding,) = moved(month)
    assert (value(month, "discharges"), finding.severity) == (116, Severity.INFO)


def test_a_label_in_two_lines_is_asked_about_and_never_guessed(month: Month) -> None:
    def twice(sheet: Worksheet) -> None:
        row = row_of(sheet, "出院人数")
        sheet.insert_rows(row + 2, 2)
        cut(sheet, row, row + 2)
        sheet.cell(row + 3, 1).value, sheet.cell(row + 3, 3).value = "出院人数", 999

    give(month, twice)
    (finding,) = moved(month)
    assert finding.severity is Severity.ERROR
    assert "第 12,14,15 行" in language("zh").tell(finding.message)
    assert value(month, "discharges") is None
    part = Part("ward_activity", "flow", "0103")
    assert part not in check(month.desk, PERIOD).accepted
    checked = numbered(month.desk, check(month.desk, PERIOD))
    with pytest.raises(InfodeskError, match="not about something that moved"):
        confirm(month.desk, checked, finding.number or 0, WORDS)


def test_labels_that_changed_places_are_followed(month: Month) -> None:
    def swap(sheet: Worksheet) -> None:
        one, two = row_of(sheet, "入院人数"), row_of(sheet, "出院人数")
        for column in range(1, 7):
            first, second = sheet.cell(one, column), sheet.cell(two, column)
            first.value, second.value = second.value, first.value

    give(month, swap)
    assert {finding.identity.item for finding in moved(month)} == {"admissions", "discharges"}
    assert (value(month, "admissions"), value(month, "discharges")) == (118, 115)


def test_a_label_that_was_renamed_is_read_by_its_id(month: Month) -> None:
    def rename(sheet: Worksheet) -> None:
        sheet.cell(row_of(sheet, "出院人数"), 1).value = "本月出院"

    give(month, rename)
    assert (moved(month), value(month, "discharges")) == ([], 115)


def test_a_column_of_a_table_that_moved_is_followed_and_said_once(
    month: Month, full_month: Month
) -> None:
    def swap(sheet: Worksheet) -> None:
        roles = next(row for row in sheet.iter_rows() if row[0].value == "@dept")[0].row
        ids = {c.value: c.column for c in sheet[roles] if c.value}
        one, two = ids["pathway_in"], ids["pathway_done"]
        for row in range(roles - 1, roles + 10):
            if row != roles:
                first, second = sheet.cell(row, one), sheet.cell(row, two)
                first.value, second.value = second.value, first.value

    content = changed(month.workbook("0804"), swap)
    assert month.collect(month.put(content))[0].result == "new"
    assert len(moved(month)) == 2
    assert "移到第" in language("zh").tell(moved(month)[0].message)
    query = "SELECT unit, pathway_in, pathway_done FROM ward_activity ORDER BY unit"
    rows = [m.desk.store.connection.execute(query).fetchall() for m in (month, full_month)]
    assert rows[0] == rows[1]
    assert current(month.desk.store, PERIOD)


@pytest.mark.parametrize(
    ("ids", "labels", "places", "unclear"),
    [
        ({"a": 1, "b": 2}, {1: "a", 2: "b"}, {"a": 1, "b": 2}, {}),
        ({"a": 1}, {}, {"a": 1}, {}),
        ({"a": 1}, {3: "a"}, {"a": 3}, {}),
        ({"a": 1}, {1: "b", 3: "a", 5: "a"}, {}, {"a": (1, 3, 5)}),
        ({"a": 1, "b": 2}, {1: "b", 2: "b"}, {"b": 2}, {"a": (1,)}),
    ],
)
def test_the_label_decides_only_where_it_stands_alone(
    ids: dict[str, int],
    labels: dict[int, str],
    places: dict[str, int],
    unclear: dict[str, tuple[int, ...]],
) -> None:
    found = settle(ids, labels)
    assert (found.places, found.unclear) == (places, unclear)


def test_places_are_shown_and_revoked_at_the_terminal(shell: Shell, month: Month) -> None:
    content = changed(month.workbook("0103"), move_discharges)
    (shell.folder / "a.xlsx").write_bytes(content)
    shell.run("stats", "collect", "a.xlsx")
    assert shell.run("stats", "confirm") == 0
    assert "No place is remembered" in shell.out
    shell.run("stats", "validate", "--json")
    found = json.loads(shell.out)["findings"]
    number = next(str(f["id"]) for f in found if f["rule"] == "GEN-021")
    assert shell.run("stats", "confirm", number) == 0
    assert "line 12 → 14" in shell.out
    assert shell.run("stats", "confirm", "--json") == 0
    (place,) = json.loads(shell.out)["places"]
    assert (place["sender"], place["item"], place["place"]) == ("0103", "discharges", "line:12:14")
    assert shell.run("stats", "confirm", "--revoke", "7") == 2
    assert shell.run("stats", "confirm", "--revoke", str(place["id"])) == 0
    assert "No place is remembered" in shell.out
