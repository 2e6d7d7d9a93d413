"""Evidence over three months of the demo hospital, its counts checked by SQL over the logbooks' views."""

import json
import shutil
from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook
from rich.cells import cell_len

from infodesk.demo.september import rows
from infodesk.demo.story import ZONE
from infodesk.duty.duties import duties
from infodesk.errors import InfodeskError
from infodesk.model.entry import DutyState
from infodesk.model.period import Frequency, Period, parse_period
from infodesk.render.xlsx_sheets import LYING
from infodesk.reports.advice import not_served
from infodesk.reports.evidence import Evidence, evidence, of_clauses
from infodesk.reports.evidence_table import evidence_table, found_words, write_evidence
from infodesk.reports.proof import Proof
from infodesk.stats.desk import Desk
from infodesk.store.made import record_built
from infodesk.text.language import language
from tests.conftest import Month, Shell
from tests.months import Kept, since

DUTY = Path(__file__).parents[1] / "data" / "duty.json"
SEPTEMBER = Period(date(2026, 9, 1), Frequency.MONTH)
TODAY = date(2026, 10, 1)


def seen(kept: Kept, period: str = "2026-Q3") -> Evidence:
    return evidence(kept.desk, kept.room, parse_period(period, TODAY))


def proof(found: Evidence, name: str) -> Proof:
    return next(p for each in found.clauses for p in each.proofs if p.id == name)


def asked(kept: Kept, sql: str) -> int:
    return int(kept.desk.store.connection.execute(sql).fetchone()[0])


def test_every_logbook_s_entries_are_those_that_its_view_counts(kept: Kept) -> None:
    found = seen(kept)
    for book in kept.desk.definitions.logbooks:
        where = f"FROM {book.id} WHERE occurred_at >= '2026-07-01' AND occurred_at < '2026-10-01'"
        shown = proof(found, book.id).found
        assert shown["entries"] == asked(kept, f"SELECT count(*) {where}") > 0, book.id
        assert shown["entries_late"] == asked(kept, f"SELECT coalesce(sum(late), 0) {where}")
        for level in ("warn", "alarm"):
            assert shown[level] == asked(kept, f"SELECT count(*) {where} AND level = '{level}'")


def test_september_expects_52_daily_rounds_and_every_one_is_accounted_for(kept: Kept) -> None:
    slots = json.loads(DUTY.read_text(encoding="utf-8"))["daily_slots_2026_09"]
    shown = proof(seen(kept, "2026-09"), "room_inspection")
    daily = [e.expected for e in shown.often if e.title.zh in ("日常巡检", "当日末次巡检")]
    assert sum(n or 0 for n in daily) == slots
    counts = shown.found
    states = ("done", "late", "skipped", "missed", "due")
    assert sum(counts.get(state, 0) for state in states) == counts["expected"]
    done = asked(
        kept,
        "SELECT count(*) FROM room_inspection "
        "WHERE schedule LIKE 'daily%' AND occurred_at LIKE '2026-09%'",
    )
    start, end = SEPTEMBER.start, SEPTEMBER.end
    book = kept.room.book("room_inspection")
    found = [d for d in duties(kept.room, start, end, (book,)) if "daily" in d.slot.schedule]
    open_ = [d for d in found if d.state in (DutyState.MISSED, DutyState.SKIPPED)]
    assert slots - done == len(open_) > 0


def test_months_add_up_to_the_quarter(kept: Kept) -> None:
    months = [proof(seen(kept, f"2026-{month:02}"), "backup_log").found for month in (7, 8, 9)]
    quarter = proof(seen(kept), "backup_log").found
    for name in ("entries", "expected", "missed", "done", "late", "skipped"):
        assert sum(month.get(name, 0) for month in months) == quarter.get(name, 0), name
    half = proof(seen(kept, "2026-H2"), "backup_log").found
    assert half["entries"] == proof(seen(kept, "2026"), "backup_log").found["entries"]


def test_what_went_wrong_is_missing_under_its_clause(kept: Kept) -> None:
    found = seen(kept, "2026-09")
    backups = next(each for each in found.clauses if each.clause.id == "八.2(6)")
    assert backups.state == "missing"
    told = [str(message) for p in backups.proofs for message in p.missing]
    assert any(text.startswith("1 overdue") and "MR-20260910-001" in text for text in told)
    assert any("日备份: " in text and "2026-09-06" in text for text in told)


def test_findings_stand_under_the_period_that_is_not_over(kept: Kept) -> None:
    room = since(kept.room, date(2026, 9, 30))
    later = evidence(Desk(kept.desk.definitions, kept.desk.store, room.actor), room, SEPTEMBER)
    told = [str(message) for message in proof(later, "backup_log").missing]
    assert any("beyond" in text or "超过恢复点目标" in text for text in told)
    assert not any(
        "超过恢复点目标" in str(m) for m in proof(seen(kept, "2026-08"), "backup_log").missing
    )


def test_conduct_without_records_and_clauses_that_nothing_serves_are_named(kept: Kept) -> None:
    states = {each.clause.id: each.state for each in seen(kept).clauses}
    assert states["五.6"] == "conduct"
    assert {name for name, state in states.items() if state == "unserved"} == {
        advice.about[0] for advice in not_served(kept.desk.definitions)
    }
    assert len(states) == len(kept.desk.definitions.clauses)


def test_logbooks_serve_clauses_for_the_advice_of_check(kept: Kept) -> None:
    assert "五.10" not in {advice.about[0] for advice in not_served(kept.desk.definitions)}


def test_parts_of_forms_are_in_time_late_missing_or_not_due_yet(month: Month, kept: Kept) -> None:
    month.give("0101")
    after = month.at(datetime(2026, 10, 9, 9, 0, tzinfo=ZONE))
    room = since(kept.room, date(2026, 10, 9))
    found = evidence(after.desk, room, SEPTEMBER)
    counts = proof(found, "ward_beds_staff").found
    assert (counts["in_time"], counts.get("waiting", 0), counts["releases"]) == (1, 0, 0)
    assert counts["missing"] == counts["owed"] - 1
    assert proof(found, "ward_beds_staff").missing
    before = evidence(month.desk, since(kept.room, date(2026, 9, 20)), SEPTEMBER)
    assert proof(before, "ward_beds_staff").found["owed"] == counts["owed"]


def test_a_period_before_the_first_one_has_no_forms(kept: Kept) -> None:
    assert proof(seen(kept, "2025"), "ward_activity").found.get("owed", 0) == 0


def test_the_spreadsheet_has_a_row_for_each_clause_and_what_shows_it(
    kept: Kept, tmp_path: Path
) -> None:
    found = seen(kept)
    path = write_evidence(kept.desk, language("zh"), found, tmp_path / "out" / "e.xlsx")
    assert path == tmp_path / "out" / "e_内部.xlsx"
    book = load_workbook(path)
    texts = {cell.value for sheet in book for row in sheet.iter_rows() for cell in row}
    assert {each.clause.id for each in found.clauses} <= texts
    assert any("应做" in str(text) for text in texts)
    actions = kept.desk.store.connection.execute(
        "SELECT subject FROM audit WHERE action = 'export'"
    )
    assert actions.fetchall() == [("e_内部.xlsx",)]


def test_the_spreadsheet_prints_on_lying_a4_with_its_head_on_every_page(
    kept: Kept, tmp_path: Path
) -> None:
    path = write_evidence(kept.desk, language("zh"), seen(kept), tmp_path / "e_内部.xlsx")
    assert path.name == "e_内部.xlsx"
    front, table = load_workbook(path).worksheets
    assert (table.page_setup.orientation, table.page_setup.paperSize) == ("landscape", 9)
    assert (table.print_title_rows, table.freeze_panes) == ("$2:$2", "B3")
    assert sum(d.width for d in table.column_dimensions.values()) < LYING + 14
    assert "内部" in table.oddHeader.right.text
    assert front["A1"].value == "内部"
    assert "五.5、五.6" in [row[1].value for row in front.iter_rows(min_row=6) if row[1].value][-1]


def test_another_kind_of_file_is_refused(kept: Kept, tmp_path: Path) -> None:
    with pytest.raises(InfodeskError, match=r"is no \.xlsx"):
        write_evidence(kept.desk, language("en"), seen(kept), tmp_path / "e.pdf")


def test_a_clause_has_its_name_once_and_a_row_for_everything_that_serves_it(kept: Kept) -> None:
    found = seen(kept)
    rows = evidence_table(language("en"), found).rows
    assert [r.cells[0].text for r in rows if r.cells[0].text] == [
        c.clause.id for c in found.clauses
    ]
    assert len(rows) == sum(max(1, len(each.proofs)) for each in found.clauses)


def test_evidence_on_the_command_line(kept_workspace: Path, tmp_path: Path) -> None:
    shutil.copytree(kept_workspace, tmp_path / "w")
    shell = Shell(tmp_path / "w", now=datetime(2026, 10, 1, 9, 0, tzinfo=ZONE))
    assert shell.run("evidence", "2026-Q3", "--json") == 1
    whole = json.loads(shell.out)
    assert whole["period"] == "2026-Q3"
    assert {clause["state"] for clause in whole["clauses"]} <= {
        "shown", "missing", "empty", "unserved", "conduct",
    }  # fmt: skip
    assert shell.run("evidence", "2026-09", "--to", "visit.xlsx") == 1
    assert (tmp_path / "w" / "visit_内部.xlsx").is_file()
    assert "clauses." in shell.out


@pytest.mark.parametrize("code", ["en", "zh"])
def test_on_paper_80_columns_wide_a_clause_is_a_block(
    code: str, kept: Kept, kept_workspace: Path, tmp_path: Path
) -> None:
    shutil.copytree(kept_workspace, tmp_path / "w")
    shell = Shell(tmp_path / "w", now=datetime(2026, 10, 1, 9, 0, tzinfo=ZONE))
    assert shell.run("evidence", "2026-Q3", lang=code) == 1
    lines = shell.out.splitlines()
    assert max(map(cell_len, lines)) <= 80
    assert not any(line.startswith(".") for line in lines)  # 七.1 is not torn apart
    blocks = [block.split("\n") for block in shell.out.split("\n\n")]
    heads = [block[0].split()[0] for block in blocks[:-1]]
    assert heads == [each.id for each in kept.desk.definitions.clauses]
    backups = next(block for block in blocks if block[0].startswith("八.2(6)"))
    word = {"en": "Missing", "zh": "缺漏"}[code]
    missing = next(n for n, line in enumerate(backups) if line.strip().startswith(word))
    assert "2026-09-06" in backups[missing]
    assert backups[missing + 1].startswith(" " * 8)  # the next one has no label of its own


def test_a_report_counts_as_made_whoever_built_it(kept: Kept) -> None:
    day = since(kept.room, date(2026, 11, 20))
    desk = Desk(kept.desk.definitions, kept.desk.store, day.actor)
    report = desk.definitions.reports[0]
    before = proof(evidence(desk, day, SEPTEMBER), report.id)
    assert before.found == {"missing": 1}
    record_built(desk.store, desk.actor, (report.id, SEPTEMBER), ["a.docx"])
    after = proof(evidence(desk, day, SEPTEMBER), report.id)
    assert (after.found, after.missing, after.is_empty) == ({"made": 1}, (), False)


def test_one_clause_or_a_chapter_is_shown_alone(kept: Kept) -> None:
    found = seen(kept)
    assert [c.clause.id for c in of_clauses(found, ("八.2(6)",)).clauses] == ["八.2(6)"]
    chapter = [c.clause.id for c in of_clauses(found, ("五",)).clauses]
    assert chapter == [f"五.{n}" for n in range(1, 11)]
    with pytest.raises(InfodeskError, match="there is no clause"):
        of_clauses(found, ("九.9",))


def test_nobody_reports_false_figures_is_shown_by_rules_corrections_and_the_seal(
    full_month: Month, kept: Kept
) -> None:
    """四.2: what is right, what has errors that nobody corrected, what was sent anew."""
    room = since(kept.room, date(2026, 10, 9))
    desk = full_month.at(datetime(2026, 10, 9, 9, 0, tzinfo=ZONE)).desk

    def shown() -> Proof:
        found = evidence(desk, room, SEPTEMBER)
        (clause,) = of_clauses(found, ("四.2",)).clauses
        assert {each.id for each in clause.proofs} == {f.id for f in desk.definitions.forms}
        return next(each for each in clause.proofs if each.id == "ward_activity")

    clean = shown()
    assert clean.found["accepted"] == clean.found["owed"] > 0
    assert not clean.found.get("wrong")
    assert not clean.missing
    admissions = rows()["ward_activity"]["0101"]["admissions"]
    full_month.give("0101", {("ward_activity", "0101", "admissions"): int(admissions) + 1})
    wrong = shown()
    assert (wrong.found["wrong"], wrong.found["corrected"]) == (1, 1)
    assert [str(m) for m in wrong.missing] == [
        "2026-09: 1 parts with errors that nobody has corrected"
    ]
    full_month.give("0101")
    again = shown()
    assert (again.found.get("wrong", 0), again.found["corrected"]) == (0, 1)
    assert again.found["accepted"] == clean.found["accepted"]
    words = found_words(language("en"), again)
    assert words.endswith("without errors, 1 sent anew, the first version kept")
