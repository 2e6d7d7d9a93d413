"""Workbooks go back with what is asked, and come back with what was answered."""

import io
from datetime import timedelta

import openpyxl
import pytest

from infodesk.demo.september import PERIOD
from infodesk.model.finding import State
from infodesk.model.submission import Part
from infodesk.stats.check import check, numbered
from infodesk.stats.collect import FileResult
from infodesk.stats.explain import explain
from infodesk.stats.returning import Returned, send_back
from infodesk.stats.status import status
from infodesk.store.audit import first_break, rows
from infodesk.store.submissions import current, original
from infodesk.text.language import language
from infodesk.workbooks.read import read_book
from infodesk.workbooks.slip_reader import ReadSlip, read_slip
from tests.conftest import Month
from tests.stats.test_general_rules import recalculated
from tests.workbooks.test_package import with_part
from tests.workbooks.typing_in import typed_into

W = "ward_activity"
FLOW = Part(W, "flow", "0103")
UNBALANCED = {(W, "0103", "pts_end"): 49}  # M1: WA-01, an error
CROWDED = {(W, "0103", "bed_days_occupied"): 1482}  # M12: WA-19, a warning
ZH = language("zh")


def back(month: Month, sender: str | None = "0103", **options: bool) -> list[Returned]:
    return send_back(month.desk, PERIOD, month.folder / "returns", ZH, sender, **options)


def only(month: Month, sender: str = "0103") -> Returned:
    (made,) = back(month, sender)
    return made


def slip_of(content: bytes) -> ReadSlip:
    slip = read_slip(read_book(content))
    assert slip is not None
    return slip


def rows_of_slip(content: bytes, rule: str) -> list[dict[str, str]]:
    """Label, value and row (from 1) of each line of a finding."""
    sheet = slip_of(content).sheet
    found, inside = [], False
    for row in range(6, len(sheet.rows)):
        if sheet.text(row, 3):
            inside = f"[{rule}]" in sheet.text(row, 3)
        if inside and "|" in sheet.text(row, 7):
            line = {"label": sheet.text(row, 1), "was": sheet.text(row, 2), "row": str(row + 1)}
            found.append(line | {"number": sheet.text(row, 7).partition("|")[0]})
    return found


def answer(
    made: Returned, rule: str, right: dict[str, object] | None = None, **words: str
) -> bytes:
    """The workbook with one finding answered: label → right value; `reason` and `words`."""
    content = made.path.read_bytes()
    lines = rows_of_slip(content, rule)
    known = right or {}
    cells: dict[str, object] = {
        f"E{line['row']}": known[line["label"]] for line in lines if line["label"] in known
    }
    columns = {"reason": "F", "words": "G"}
    cells |= {f"{columns[name]}{lines[0]['row']}": said for name, said in words.items()}
    return typed_into(content, "核实单", cells)  # type: ignore[arg-type]  # numbers and texts


def come_back(month: Month, content: bytes) -> FileResult:
    return month.collect(month.put(content, "回.xlsx"))[0]


def states(month: Month) -> dict[str, tuple[State, str]]:
    found = numbered(month.desk, check(month.desk, PERIOD)).findings
    return {f.identity.rule: (f.state, f.words) for f in found}


def part_state(month: Month, part: Part = FLOW) -> str:
    return next(row.state for row in status(month.desk, PERIOD).rows if row.part == part)


def stored(month: Month, item: str) -> object:
    query = f"SELECT {item} FROM ward_activity WHERE unit = '0103'"
    return month.desk.store.connection.execute(query).fetchone()[0]


def test_a_senders_own_workbook_goes_back_with_its_cells_marked(full_month: Month) -> None:
    given = full_month.give("0103", UNBALANCED)
    made = only(full_month)
    assert made.path.name == "2026-09_神经内科_月报_核实1.xlsx"
    assert original(full_month.desk.store, given.sha256) != made.path.read_bytes()
    book = openpyxl.load_workbook(made.path)
    assert book.sheetnames == ["封面", "病房工作情况月报", "病房床位及人员情况表", "核实单"]
    sheet = book["病房工作情况月报"]
    cell = current(full_month.desk.store, PERIOD)[FLOW].cells[""]["pts_end"].partition("!")[2]
    assert sheet[cell].fill.fgColor.rgb == "FFFFC7CE"
    assert "核实1 [WA-01]" in sheet[cell].comment.text
    assert "计算 47，填报 49，差 2 → 必须改正" in sheet[cell].comment.text
    lines = rows_of_slip(made.path.read_bytes(), "WA-01")
    assert [(line["label"], line["was"]) for line in lines][-1] == ("期末在院人数", "49")
    assert len(lines) == 6


def test_every_line_of_the_slip_leads_to_its_cell(full_month: Month) -> None:
    full_month.give("0103", UNBALANCED)
    book = openpyxl.load_workbook(only(full_month).path)
    places = {
        cell.coordinate: cell.hyperlink.location
        for row in book["核实单"].iter_rows()
        for cell in row
        if cell.hyperlink
    }
    cells = current(full_month.desk.store, PERIOD)[FLOW].cells[""]
    assert places["B12"] == "'病房工作情况月报'!" + cells["pts_end"].partition("!")[2]


def test_each_sender_is_shown_its_own_cells_alone(full_month: Month) -> None:
    full_month.give("0808", {(W, "0202", "disch_improved"): 53})  # M2: WA-02, two senders
    made = {each.sender: each for each in back(full_month, None)}
    assert set(made) == {"0202", "0808"}
    of_ward = rows_of_slip(made["0202"].path.read_bytes(), "WA-02")
    of_records = rows_of_slip(made["0808"].path.read_bytes(), "WA-02")
    assert [line["label"] for line in of_ward] == ["出院人数"]
    assert [line["label"] for line in of_records][1] == "骨科 · 出院:好转"
    # deaths are confidential: the ward is not told the sum that would give them away
    text = slip_of(made["0202"].path.read_bytes()).sheet.text(6, 3)
    assert "[WA-02]" in text
    assert "114" not in text


def test_a_rule_about_the_whole_hospital_marks_nobodys_workbook(full_month: Month) -> None:
    full_month.give("0501", {(W, "0501", "transfers_in"): 31, (W, "0501", "pts_end"): 7})  # M3
    assert set(states(full_month)) == {"WA-41", "WA-42"}
    assert back(full_month, None) == []


def test_a_returned_part_is_returned_and_due_two_working_days_later(full_month: Month) -> None:
    full_month.give("0103", UNBALANCED)
    assert part_state(full_month) == "received"
    made = only(full_month)
    calendar = full_month.desk.definitions.calendar
    day = calendar.add_workdays(full_month.desk.now.date(), 2)
    assert (made.due.date(), f"{made.due:%H:%M}") == (day, "17:30")
    row = next(row for row in status(full_month.desk, PERIOD).rows if row.part == FLOW)
    assert (row.state, row.due, row.late_days) == ("returned", made.due, 0)
    late = full_month.at(made.due + timedelta(days=4))
    row = next(row for row in status(late.desk, PERIOD).rows if row.part == FLOW)
    assert row.late_days >= 1
    assert row.is_late
    actions = [each.action for each in rows(full_month.desk.store)]
    assert actions[-1] == "return"
    assert first_break(full_month.desk.store) is None


def test_a_dry_run_writes_nothing(full_month: Month) -> None:
    full_month.give("0103", UNBALANCED)
    made = back(full_month, dry_run=True)
    assert [f.identity.rule for f in made[0].findings] == ["WA-01"]
    assert not (full_month.folder / "returns").exists()
    assert part_state(full_month) == "received"


def test_the_same_questions_are_asked_once(full_month: Month) -> None:
    full_month.give("0103", UNBALANCED)
    first = only(full_month)
    again = only(full_month)
    assert (again.number, again.is_new, again.path) == (first.number, False, first.path)
    full_month.give("0103", UNBALANCED | CROWDED)
    more = only(full_month)
    assert (more.number, more.is_new) == (2, True)


def test_a_right_value_on_the_slip_is_a_new_version(full_month: Month) -> None:
    full_month.give("0103", UNBALANCED)
    made = only(full_month)
    result = come_back(full_month, answer(made, "WA-01", {"期末在院人数": 47}))
    assert result.result == "updated"
    assert [(c.item, c.old, c.new) for c in result.changes] == [("pts_end", 49, 47)]
    assert [(a.finding, a.result) for a in result.answers] == [(1, "corrected")]
    assert (stored(full_month, "pts_end"), part_state(full_month)) == (47, "accepted")
    assert {r for r, (_, _) in states(full_month).items()} == {"GEN-010"}
    again = come_back(full_month, answer(made, "WA-01", {"期末在院人数": 47}))
    assert again.result == "unchanged"


def test_a_reason_and_words_explain_a_warning(full_month: Month) -> None:
    full_month.give("0103", CROWDED)
    made = only(full_month)
    result = come_back(full_month, answer(made, "WA-19", reason="设备故障", words="加床三日"))
    assert [(a.finding, a.result) for a in result.answers] == [(1, "explained")]
    assert states(full_month)["WA-19"] == (State.EXPLAINED, "设备故障：加床三日")
    assert (part_state(full_month), result.changes) == ("accepted", ())


def test_a_workbook_that_openpyxl_saved_is_read_too(full_month: Month) -> None:
    full_month.give("0103", CROWDED)
    made = only(full_month)
    content = made.path.read_bytes()
    row = rows_of_slip(content, "WA-19")[0]["row"]
    book = openpyxl.load_workbook(io.BytesIO(recalculated(content)))
    book["核实单"][f"G{row}"] = "流感高峰，临时加床三日"
    out = io.BytesIO()
    book.save(out)
    result = come_back(full_month, out.getvalue())
    assert [(a.finding, a.result) for a in result.answers] == [(1, "explained")]
    assert states(full_month)["WA-19"][1] == "流感高峰，临时加床三日"


@pytest.mark.parametrize(
    ("changes", "rule", "right", "words", "why"),
    [
        (UNBALANCED, "WA-01", None, {"words": "就是这样的数字"}, "must be corrected"),
        (CROWDED, "WA-19", None, {"reason": "停床"}, "6 characters"),
        (CROWDED, "WA-19", {"实际占用总床日数": 1382}, {"reason": "补录"}, "which of the two"),
        (CROWDED, "WA-19", {"实际占用总床日数": 1482}, {}, "repeats the value"),
        (CROWDED, "WA-19", {"实际占用总床日数": "五百多"}, {}, "no right value"),
    ],
)
def test_what_is_ambiguous_or_against_the_rules_is_refused(
    full_month: Month,
    changes: dict[tuple[str, str, str], int],
    rule: str,
    right: dict[str, object] | None,
    words: dict[str, str],
    why: str,
) -> None:
    full_month.give("0103", changes)
    before = current(full_month.desk.store, PERIOD)[FLOW].version
    result = come_back(full_month, answer(only(full_month), rule, right, **words))
    (answered,) = result.answers
    assert (answered.result, why in str(answered.reason)) == ("refused", True)
    assert current(full_month.desk.store, PERIOD)[FLOW].version == before
    assert states(full_month)[rule][0] is State.OPEN


def test_two_corrections_of_one_cell_that_differ_are_refused_both(full_month: Month) -> None:
    full_month.give("0103", UNBALANCED | {(W, "0103", "bed_days_discharged"): 110})
    made = only(full_month)
    content = answer(made, "WA-01", {"出院人数": 113})
    row = next(ln["row"] for ln in rows_of_slip(content, "WA-16") if ln["label"] == "出院人数")
    result = come_back(full_month, typed_into(content, "核实单", {f"E{row}": 110}))
    assert {a.result for a in result.answers} == {"refused"}
    assert len(result.answers) == 2
    assert "two different corrections" in str(result.answers[0].reason)
    assert stored(full_month, "discharges") == 115


def test_the_cell_itself_may_be_corrected_instead(full_month: Month) -> None:
    full_month.give("0103", UNBALANCED)
    made = only(full_month)
    place = current(full_month.desk.store, PERIOD)[FLOW].cells[""]["pts_end"].partition("!")[2]
    content = typed_into(made.path.read_bytes(), "病房工作情况月报", {place: 47})
    assert [c.new for c in come_back(full_month, content).changes] == [47]
    assert part_state(full_month) == "accepted"


def test_a_cell_and_a_slip_that_say_different_things_are_refused(full_month: Month) -> None:
    full_month.give("0103", UNBALANCED)
    made = only(full_month)
    place = current(full_month.desk.store, PERIOD)[FLOW].cells[""]["pts_end"].partition("!")[2]
    content = answer(made, "WA-01", {"期末在院人数": 47})
    result = come_back(full_month, typed_into(content, "病房工作情况月报", {place: 48}))
    assert [(a.result, "different things" in str(a.reason)) for a in result.answers] == [
        ("refused", True)
    ]
    assert stored(full_month, "pts_end") == 48


def test_words_about_numbers_that_changed_meanwhile_are_refused(full_month: Month) -> None:
    full_month.give("0103", CROWDED)
    content = answer(only(full_month), "WA-19", words="流感高峰，临时加床三日")
    place = current(full_month.desk.store, PERIOD)[FLOW].cells[""]["bed_days_occupied"]
    content = typed_into(content, "病房工作情况月报", {place.partition("!")[2]: 1490})
    (answered,) = come_back(full_month, content).answers
    assert "have changed" in str(answered.reason)


def test_nobody_answers_for_another(full_month: Month) -> None:
    full_month.give("0103", CROWDED)
    content = answer(only(full_month), "WA-19", words="流感高峰，临时加床三日")
    unit = full_month.desk.definitions.units.by_id["0102"]
    result = full_month.collect(full_month.put(content), sender=unit)[0]
    assert (result.result, "never sent to 0102" in str(result.reason)) == ("refused", True)


def test_a_slip_cannot_correct_what_its_sender_does_not_report(full_month: Month) -> None:
    full_month.give("0103", UNBALANCED)
    made = only(full_month)
    content = made.path.read_bytes()
    line = rows_of_slip(content, "WA-01")[-1]
    other: dict[str, str | int | float] = {
        f"H{line['row']}": "1|ward_activity|0102||pts_end",
        f"E{line['row']}": 1,
    }
    result = come_back(full_month, typed_into(content, "核实单", other))
    assert (result.result, str(result.answers[0].reason)) == (
        "refused", "correct it in its own cell",
    )  # fmt: skip
    strange: dict[str, str | int | float] = {
        f"H{line['row']}": "99|ward_activity|0103||pts_end",
        f"E{line['row']}": 47,
    }
    result = come_back(full_month, typed_into(content, "核实单", strange))
    assert "not asked" in str(result.answers[0].reason)
    assert stored(full_month, "pts_end") == 49


def test_a_finding_of_the_general_rules_is_asked_too(full_month: Month) -> None:
    """A cover that nobody signed, a text that is no number: the one has no item, the other no number."""
    content = typed_into(full_month.workbook("0103"), "封面", {"B10": " ", "B11": " "})
    place = current(full_month.desk.store, PERIOD)[FLOW].cells[""]["admissions"].partition("!")[2]
    content = typed_into(content, "病房工作情况月报", {place: "52+"})
    assert full_month.collect(full_month.put(content, "a.xlsx"))[0].result == "updated"
    made = only(full_month)
    assert sorted(f.identity.rule for f in made.findings) == ["GEN-002", "GEN-011"]
    (line,) = rows_of_slip(made.path.read_bytes(), "GEN-002")
    assert (line["label"], line["was"]) == ("入院人数", "52+")
    result = come_back(full_month, answer(made, "GEN-002", {"入院人数": 118}))
    assert [(c.old, c.new) for c in result.changes] == [(None, 118)]
    assert "GEN-002" not in states(full_month)


def test_a_record_of_zeros_alone_is_asked_about_as_a_whole(full_month: Month) -> None:
    form = full_month.desk.definitions.form_by_id["outpatient_activity"]
    zeros = {(form.id, "0719", item.id): 0 for item in form.items() if item.is_numeric}
    full_month.give("0719", zeros)
    made = only(full_month, "0719")
    assert [f.identity.rule for f in made.findings] == ["GEN-013"]
    (line,) = rows_of_slip(made.path.read_bytes(), "GEN-013")
    assert line["label"] == "其他门诊 · 门急诊工作情况月报"
    assert part_state(full_month, Part(form.id, form.sections[0].id, "0719")) == "returned"
    result = come_back(full_month, answer(made, "GEN-013", reason="停床", words="诊室装修整月"))
    assert [a.result for a in result.answers] == ["explained"]


def test_a_slip_that_nobody_wrote_on_changes_nothing(full_month: Month) -> None:
    full_month.give("0103", CROWDED)
    made = only(full_month)
    assert come_back(full_month, made.path.read_bytes()).result == "unchanged"
    assert part_state(full_month) == "returned"


def test_a_correction_holds_on_when_the_workbook_is_returned_again(full_month: Month) -> None:
    full_month.give("0103", UNBALANCED | CROWDED)
    first = only(full_month)
    come_back(full_month, answer(first, "WA-01", {"期末在院人数": 47}))
    second = only(full_month)
    book = openpyxl.load_workbook(second.path)
    assert book.sheetnames.count("核实单") == 1
    assert [f.identity.rule for f in second.findings] == ["WA-19"]
    result = come_back(full_month, answer(second, "WA-19", words="流感高峰，临时加床三日"))
    assert [(a.result, a.finding) for a in result.answers] == [("explained", 2)]
    assert stored(full_month, "pts_end") == 47


def test_a_word_by_telephone_settles_it_too(full_month: Month) -> None:
    full_month.give("0103", CROWDED)
    made = only(full_month)
    checked = numbered(full_month.desk, check(full_month.desk, PERIOD))
    explain(full_month.desk, checked, made.findings[0].number or 0, "电话核实：流感高峰加床")
    assert part_state(full_month) == "accepted"


def test_a_file_that_cannot_be_marked_gets_its_list_as_a_new_workbook(full_month: Month) -> None:
    strict = {b"<workbook ": b'<workbook xmlns:s="http://purl.oclc.org/ooxml/strict" '}
    content = with_part(full_month.workbook("0103", UNBALANCED), "xl/workbook.xml", strict)
    assert full_month.collect(full_month.put(content, "a.xlsx"))[0].result == "updated"
    made = only(full_month)
    assert openpyxl.load_workbook(made.path).sheetnames == ["核实单"]
    result = come_back(full_month, answer(made, "WA-01", {"期末在院人数": 47}))
    assert [(a.result, a.finding) for a in result.answers] == [("corrected", 1)]
    assert (stored(full_month, "pts_end"), stored(full_month, "admissions")) == (47, 118)
    assert part_state(full_month) == "accepted"


def test_usual_reasons_can_be_chosen_and_it_is_one_page(full_month: Month) -> None:
    full_month.give("0103", CROWDED)
    sheet = openpyxl.load_workbook(only(full_month).path)["核实单"]
    (validation,) = sheet.data_validations.dataValidation
    assert validation.formula1 == '"春节,停床,设备故障,专家停诊,补录"'
    assert sheet.page_setup.paperSize == 9
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 1)
    assert sheet.print_area is not None
