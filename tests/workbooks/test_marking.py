"""Marking changes the cells in question and nothing else of a department's own file."""

import io
import zipfile
from dataclasses import replace
from datetime import datetime
from xml.etree import ElementTree as ET

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from infodesk.demo.september import PERIOD
from infodesk.demo.story import ZONE
from infodesk.model.definitions import Definitions
from infodesk.model.rule import Severity
from infodesk.model.unit import Unit
from infodesk.stats.desk import Desk
from infodesk.store.store import open_store
from infodesk.store.tables import follow_definitions
from infodesk.text.language import language
from infodesk.text.message import Message, Title
from infodesk.workbooks.marking.cells import cell_name, place_of
from infodesk.workbooks.marking.mark import marked_workbook
from infodesk.workbooks.marking.package import Parts
from infodesk.workbooks.marking.slip import AnswerKey, Kept, Slip, SlipFinding, SlipLine
from infodesk.workbooks.marking.xml import UnmarkableError, elements
from tests.conftest import ACTOR, Month
from tests.workbooks.test_package import with_part

ZH = language("zh")
SHEET = "病房工作情况月报"
ROOM = Title("甲 & <乙>")


def slip(*cells: str, kept: tuple[Kept, ...] = ()) -> Slip:
    """A slip about these cells, a finding each."""
    findings = tuple(
        SlipFinding(
            number, f"R-{number}", Severity.ERROR if number % 2 else Severity.WARNING, ROOM,
            Message("computed {computed}, written {written}", computed=1, written=2),
            (SlipLine(Title("项目"), "2", cell, AnswerKey("f", "u", "", f"i{number}")),),
        )
        for number, cell in enumerate(cells, 1)
    )  # fmt: skip
    at = datetime(2026, 10, 9, 10, 0, tzinfo=ZONE)
    return Slip(
        7, Title("示范医院"), Unit("0103", Title("神经内科"), "MED"), PERIOD, at, at, "8866", 6,
        findings, kept,
    )  # fmt: skip


def parts(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def book(**sheets: dict[str, object]) -> bytes:
    """A plain workbook of another maker: sheet → cells."""
    out = io.BytesIO()
    made = xlsxwriter.Workbook(out, {"in_memory": True})
    for name, cells in sheets.items():
        sheet = made.add_worksheet(name)
        for cell, value in cells.items():
            sheet.write(cell, value)
    made.close()
    return out.getvalue()


PLACES = st.lists(
    st.tuples(st.integers(0, 60), st.integers(0, 30)), min_size=1, max_size=12, unique=True
)


@pytest.fixture(scope="module")
def filled(definitions: Definitions, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Filled workbooks: a ward's card, the records room's table, a clinic's card."""
    with open_store(tmp_path_factory.mktemp("filled") / "a.db") as store:
        follow_definitions(store, definitions, ACTOR)
        month = Month(tmp_path_factory.mktemp("m"), Desk(definitions, store, ACTOR))
        return {sender: month.workbook(sender) for sender in ("0103", "0808", "0711")}


SENDERS = st.sampled_from(["0103", "0808", "0711"])


@settings(max_examples=20, deadline=None)
@given(places=PLACES, sender=SENDERS)
def test_every_part_but_the_marked_ones_stays_byte_for_byte(
    filled: dict[str, bytes], places: list[tuple[int, int]], sender: str
) -> None:
    """And the marked sheet stays but for the styles of the marked cells, and cells that were not there."""
    before = filled[sender]
    own = dict(Parts.of(before).sheets())
    sheet = list(own)[1]
    names = {cell_name(place) for place in places}
    after = marked_workbook(before, slip(*(f"{sheet}!{name}" for name in sorted(names))), ZH)
    old, new = parts(before), parts(after)
    changed = {own["封面"], own[sheet], "xl/workbook.xml", "xl/styles.xml", "[Content_Types].xml"}
    changed |= {name for name in old if "comments" in name or "vmlDrawing" in name}
    changed |= {name for name in old if name.endswith(".rels")}
    assert {name for name in old if old[name] != new[name]} <= changed
    assert plain(new[own["封面"]], set()) == plain(old[own["封面"]], set())
    assert plain(new[own[sheet]], names) == plain(old[own[sheet]], names)
    for name in new:
        ET.fromstring(new[name])


MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def plain(xml: bytes, marked: set[str]) -> str:
    """A sheet without what marking changes: the marked cells' styles, cells that hold nothing, the selected tab."""
    root = ET.fromstring(xml)
    for view in root.iter(f"{MAIN}sheetView"):
        view.attrib.pop("tabSelected", None)
    cells = {cell: row for row in root.iter(f"{MAIN}row") for cell in row}
    for cell, row in cells.items():
        if cell.get("r") in marked:
            cell.attrib.pop("s", None)
            row.remove(cell) if not len(cell) else None
    data = root.find(f"{MAIN}sheetData")
    assert data is not None
    for row in list(data):
        if not len(row) and set(row.attrib) <= {"r", "spans"}:
            data.remove(row)
    for drawing in root.findall(f"{MAIN}legacyDrawing"):
        root.remove(drawing)
    return ET.canonicalize(ET.tostring(root, encoding="unicode"))


def test_what_our_blanks_hold_is_still_there(filled: dict[str, bytes]) -> None:
    before = filled["0103"]
    after = marked_workbook(before, slip(f"{SHEET}!C14"), ZH)
    one, two = (openpyxl.load_workbook(io.BytesIO(c))[SHEET] for c in (before, after))
    assert two["C14"].fill.fgColor.rgb == "FFFFC7CE"
    assert two["C14"].number_format == one["C14"].number_format
    assert not two["C14"].protection.locked
    assert two["C15"].fill.fgColor.rgb == one["C15"].fill.fgColor.rgb
    assert two.protection.sheet
    assert two.data_validations.count == one.data_validations.count > 0
    assert len(two.conditional_formatting) == len(one.conditional_formatting) > 0
    assert set(two.defined_names) == set(one.defined_names)
    assert two.print_area == one.print_area
    notes = {c.coordinate: c.comment.text for r in one.iter_rows() for c in r if c.comment}
    kept = {c.coordinate: c.comment.text for r in two.iter_rows() for c in r if c.comment}
    assert {name: kept[name] for name in notes} == notes
    assert set(kept) == set(notes) | {"C14"}


def test_a_comment_that_is_there_keeps_its_words_and_gets_ours(filled: dict[str, bytes]) -> None:
    before = filled["0103"]
    sheet = openpyxl.load_workbook(io.BytesIO(before))[SHEET]
    place = next(c.coordinate for r in sheet.iter_rows() for c in r if c.comment)
    after = marked_workbook(before, slip(f"{SHEET}!{place}"), ZH)
    words = openpyxl.load_workbook(io.BytesIO(after))[SHEET][place].comment.text
    assert words.startswith(sheet[place].comment.text)
    assert "核实1 [R-1] 甲 & <乙>" in words


def test_a_sheet_without_comments_gets_them_and_a_cell_that_is_not_there(
    filled: dict[str, bytes],
) -> None:
    content = book(表={"A1": "x", "C3": 5}, 空={})
    after = marked_workbook(content, slip("表!B3", "表!C3", "表!A9", "空!D4", "没有!A1"), ZH)
    read = openpyxl.load_workbook(io.BytesIO(after))
    assert [read["表"][c].comment is not None for c in ("B3", "C3", "A9", "A1")] == [
        True, True, True, False,
    ]  # fmt: skip
    assert read["空"]["D4"].fill.fgColor.rgb == "FFFFC7CE"
    assert read["表"]["C3"].value == 5


def test_marking_again_puts_the_new_slip_in_the_place_of_the_old(filled: dict[str, bytes]) -> None:
    key = AnswerKey("f", "u", "", "i")
    once = marked_workbook(book(表={"A1": 1}), slip("表!A1", "表!A1"), ZH)
    twice = marked_workbook(once, slip("表!A1", kept=(Kept(Title("旧项"), "3", key),)), ZH)
    read = openpyxl.load_workbook(io.BytesIO(twice))
    assert read.sheetnames == ["表", "核实单"]
    texts = [str(c.value) for row in read["核实单"].iter_rows() for c in row if c.value]
    assert "旧项" in texts
    assert sum("[R-1]" in text for text in texts) == 1
    assert sorted(read["核实单"].defined_names) == [
        "infodesk_period", "infodesk_return", "infodesk_sender",
    ]  # fmt: skip


def test_a_chart_that_is_a_sheet_is_left_alone_and_no_longer_selected() -> None:
    out = io.BytesIO()
    made = xlsxwriter.Workbook(out, {"in_memory": True})
    made.add_worksheet("表").write("A1", 1)
    chart = made.add_chart({"type": "column"})
    chart.add_series({"values": "=表!$A$1:$A$1"})
    page = made.add_chartsheet("图")
    page.set_chart(chart)
    page.activate()
    made.close()
    after = marked_workbook(out.getvalue(), slip("表!A1"), ZH)
    selected = [name for name, xml in parts(after).items() if b'tabSelected="1"' in xml]
    assert len(selected) == 1
    assert openpyxl.load_workbook(io.BytesIO(after)).sheetnames == ["表", "图", "核实单"]


@pytest.mark.parametrize(
    ("part", "change"),
    [
        ("[Content_Types].xml", {b"sheet.main+xml": b"sheet.macroEnabled.main+xml"}),
        ("xl/workbook.xml", {b"<workbook ": b'<workbook xmlns:s="http://purl.oclc.org/x" '}),
    ],
)
def test_a_workbook_that_we_do_not_change_is_left_alone(
    part: str, change: dict[bytes, bytes]
) -> None:
    content = with_part(book(表={"A1": 1}), part, change)
    after = marked_workbook(content, slip("表!A1"), ZH)
    assert openpyxl.load_workbook(io.BytesIO(after)).sheetnames == ["核实单"]


def test_marks_that_are_settled_are_taken_away(filled: dict[str, bytes]) -> None:
    note = "A11"  # has a comment of the blank's own
    once = marked_workbook(
        filled["0103"], slip(f"{SHEET}!C14", f"{SHEET}!C15", f"{SHEET}!{note}"), ZH
    )
    twice = marked_workbook(once, slip(f"{SHEET}!C15"), ZH)
    one, two = (openpyxl.load_workbook(io.BytesIO(c))[SHEET] for c in (filled["0103"], twice))
    assert two["C14"].fill.fill_type is None
    assert two["C14"].number_format == one["C14"].number_format
    assert two["C14"].comment is None
    assert two["C15"].fill.fgColor.rgb == "FFFFC7CE"
    assert two["C15"].comment.text.count("核实") == 1
    assert two[note].comment.text.startswith(one[note].comment.text)
    drawings = [name for name in parts(twice) if "vmlDrawing" in name]
    boxes = sum(parts(twice)[name].count(b"</v:shape>") for name in drawings)
    comments = [name for name in parts(twice) if "xl/comments" in name]
    assert boxes == sum(parts(twice)[name].count(b"</comment>") for name in comments)


def test_one_sheet_is_selected_and_shown_first(filled: dict[str, bytes]) -> None:
    after = marked_workbook(filled["0103"], slip(f"{SHEET}!C14"), ZH)
    read = openpyxl.load_workbook(io.BytesIO(after))
    assert read.active is not None
    assert read.active.title == "核实单"
    selected = [s.title for s in read.worksheets if s.sheet_view.tabSelected]
    assert selected == ["核实单"]


def test_a_sheet_of_that_name_that_is_no_slip_stays(filled: dict[str, bytes]) -> None:
    after = marked_workbook(book(核实单={"A1": 1}, 表={"A1": 1}), slip("表!A1"), ZH)
    assert openpyxl.load_workbook(io.BytesIO(after)).sheetnames == ["核实单", "表", "核实单2"]


def test_a_text_on_the_slip_never_becomes_a_formula(filled: dict[str, bytes]) -> None:
    line = SlipLine(Title("=1+1"), "=cmd", "表!A1", None)
    finding = SlipFinding(1, "R", Severity.ERROR, Title("+x"), None, (line,))
    asked = replace(slip(), findings=(finding,))
    after = marked_workbook(book(表={"A1": 1}), asked, ZH)
    sheet = openpyxl.load_workbook(io.BytesIO(after))["核实单"]
    assert [cell.data_type for row in sheet.iter_rows() for cell in row if cell.value].count(
        "f"
    ) == 0


def test_who_is_asked_by_whom_and_how_to_answer_stand_on_it() -> None:
    after = marked_workbook(book(表={"A1": 1}), slip("表!A1", "表!A1"), ZH)
    sheet = openpyxl.load_workbook(io.BytesIO(after))["核实单"]
    said = "\n".join(str(c.value) for row in sheet.iter_rows() for c in row if c.value)
    for words in ("示范医院", "神经内科（0103）", "2026年9月", "信息科电话：8866", "科室负责人：", "不少于6个字",
                  "1\n必须改正", "2\n改正或说明", "[R-1] 甲 & <乙>"):  # fmt: skip
        assert words in said


def test_a_long_slip_takes_more_pages_that_can_still_be_read(filled: dict[str, bytes]) -> None:
    cells = [f"表!A{n}" for n in range(1, 50)]
    after = marked_workbook(book(表={"A1": 1}), slip(*cells), ZH)
    assert openpyxl.load_workbook(io.BytesIO(after))["核实单"].page_setup.fitToHeight == 0


@pytest.mark.parametrize(
    "content", [b"", b"PK broken", b"\xd0\xcf\x11\xe0", "姓名,数\n".encode("gbk")]
)
def test_a_file_of_another_format_cannot_be_marked(content: bytes) -> None:
    with pytest.raises(UnmarkableError):
        Parts.of(content)
    alone = marked_workbook(content, slip("表!A1"), ZH)
    assert openpyxl.load_workbook(io.BytesIO(alone)).sheetnames == ["核实单"]


@pytest.mark.parametrize(
    "xml",
    [b'<?xml version="1.0" encoding="GBK"?><a/>', b"<a><b></a>", b'<a x="1'],
)
def test_xml_that_cannot_be_changed_safely_is_said_so(xml: bytes) -> None:
    with pytest.raises(UnmarkableError):
        elements(xml, "a", "b")


@pytest.mark.parametrize(("name", "place"), [("A1", (0, 0)), ("$AB$12", (11, 27))])
def test_a_cell_by_its_name(name: str, place: tuple[int, int]) -> None:
    assert place_of(name) == place
    assert cell_name(place) == name.replace("$", "")
    with pytest.raises(ValueError, match="A0x"):
        place_of("A0x")
