"""The monthly bulletin of the worked month: every number as it has to be."""

import json
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from infodesk.demo.september import PERIOD
from infodesk.demo.story import DUE
from infodesk.errors import InfodeskError, StoreError
from infodesk.model.finding import State
from infodesk.model.period import Frequency, Period
from infodesk.model.report import Report
from infodesk.render.document import Band, Chart, Document, Table
from infodesk.reports.build import Edition, build_report
from infodesk.stats.check import check, numbered
from infodesk.stats.close import close
from infodesk.stats.explain import explain
from infodesk.text.language import language
from tests.conftest import Month
from tests.reports.conftest import Printed, from_template, give, printed

EXPECTED = json.loads((Path(__file__).parents[1] / "data" / "expected.json").read_text("utf-8"))
INDICATORS = "All indicators of the hospital"


@pytest.fixture
def september(full_month: Month, edition: Edition) -> Printed:
    """The bulletin of the complete month."""
    return printed(full_month, edition, PERIOD)


def test_every_indicator_of_the_hospital_is_the_expected_one(
    september: Printed, full_month: Month
) -> None:
    shown = september.column(INDICATORS, "This period")
    indicators = full_month.desk.definitions.indicator_by_id
    growths = {each.title.en for each in indicators.values() if each.growth_of is not None}
    assert len(shown.keys() - growths) == len(EXPECTED["indicators"])
    assert {shown[title] for title in growths & shown.keys()} == {"—"}  # there is no year before
    for name, value in EXPECTED["indicators"].items():
        indicator = indicators[name]
        expected = f"1:{value}" if indicator.unit == "1:x" else f"{Decimal(value):,}"
        assert shown[indicator.title.en] == expected


def test_every_ward_has_its_expected_indicators(september: Printed, full_month: Month) -> None:
    definitions = full_month.desk.definitions
    tables = [block for block in september.document.blocks if isinstance(block, Table)]
    checked = 0
    for table in tables:
        for place, column in enumerate(table.columns):
            for name, wards in EXPECTED["ward_indicators"].items():
                indicator = definitions.indicator_by_id[name]
                if column.title != indicator.title.en or not table.title.endswith("by ward"):
                    continue
                expected = [wards[unit.id] for unit in definitions.units.of_kind("ward", PERIOD)]
                expected.append(wards["hospital"])
                found = [row.cells[place].text.removeprefix("1:") for row in table.rows]
                assert found == expected, name
                checked += 1
    assert checked == len(EXPECTED["ward_indicators"]) - 1  # average open beds is not shown by ward


def test_the_hospital_is_no_average_of_its_wards(september: Printed) -> None:
    shares = september.column("Use of beds by ward", "Bed occupancy rate")
    wards = [Decimal(value) for unit, value in shares.items() if unit != "Whole hospital"]
    assert shares["Whole hospital"] == "87.00"
    assert round(sum(wards) / len(wards), 2) != Decimal("87.00")


def test_the_first_page_has_eight_numbers_and_says_that_all_is_well(september: Printed) -> None:
    cards = september.column("Key figures", "This period")
    assert list(cards.values()) == [
        "31,200",
        "28,000",
        "3,000",
        "870",
        "87.00",
        "8.90",
        "321",
        "262",
    ]
    assert "Complete, and no finding is open" in september.text
    assert "111 of 111 parts received (100.00 %), 100.00 % in time" in september.text
    assert "Ward activity 8/8" in september.text


def test_the_sentences_name_the_extremes_and_what_is_out_of_range(september: Printed) -> None:
    assert (
        "Bed occupancy rate: highest Neurology (95.97 %), lowest Paediatrics (74.22 %). "
        "Above 93 %: Neurology (95.97 %); below 60 %: none." in september.text
    )
    assert "Outside the plausible range (5): " in september.text
    assert "ICU Cure rate 0.00 %" in september.text


def test_figures_out_of_range_carry_a_sign_and_the_sign_is_explained(september: Printed) -> None:
    table = september.table("Rescues, operations and infections by ward")
    shown = september.column(table.title, "Hospital infection rate")
    assert shown["ICU"] == "※ 25.00"
    assert table.note == "※ outside the plausible range"


def test_tables_and_charts_are_numbered_and_there_are_charts(september: Printed) -> None:
    charts = [block for block in september.document.blocks if isinstance(block, Chart)]
    assert [chart.number for chart in charts] == [1, 2, 3]
    assert charts[-1].band == Band(Decimal(85), Decimal(93), "reference 85 to 93")


def test_it_is_written_under_its_name_with_its_class(
    full_month: Month, edition: Edition, bulletin: Report, tmp_path: Path
) -> None:
    written = build_report(full_month.desk, bulletin, PERIOD, edition, tmp_path).written
    assert [path.name for path in written.paths] == [
        "2026-09_医院统计月报_confidential.md",
        "2026-09_医院统计月报_confidential.html",
        "2026-09_医院统计月报_confidential.xlsx",
    ]
    first = [path.read_bytes() for path in written.paths]
    again = build_report(full_month.desk, bulletin, PERIOD, edition, tmp_path).written
    assert [path.read_bytes() for path in again.paths] == first


def test_chinese_is_chinese(full_month: Month, edition: Edition) -> None:
    chinese = Edition(language("zh"), edition.stationery)
    document = printed(full_month, chinese, PERIOD).document
    assert (document.hospital, document.title) == ("示范医院", "医院统计月报")
    assert (document.period, document.secrecy) == ("2026年9月", "机密")


def test_what_is_missing_is_said_and_shown(month: Month, edition: Edition) -> None:
    for sender in dict.fromkeys(o.sender for o in month.desk.obligations(PERIOD)):
        if sender != "0401":
            month.give(sender)
    found = printed(month, edition, PERIOD)
    assert "Incomplete: 2 of 111 parts are missing" in found.text
    assert "Missing: Paediatrics (Ward activity, Ward beds and staff)" in found.text
    assert "Ward activity (Patient flow 7/8)" in found.text
    assert "758 people (7/8) discharged" in found.text
    beds = found.table("Use of beds by ward")
    shares = found.column(beds.title, "Bed occupancy rate")
    assert shares["Paediatrics"] == "△ —"
    assert shares["Whole hospital"].startswith("△ ")
    late = found.column("Missing, not accepted and late", "State")
    assert late == {"Paediatrics": "missing"}


def test_what_is_refused_is_said(full_month: Month, edition: Edition) -> None:
    full_month.give("0101", {("ward_activity", "0101", "pts_end"): 40})
    found = printed(full_month, edition, PERIOD)
    assert "Incomplete: 1 parts are not accepted" in found.text
    assert "Received but not accepted: Cardiology (Ward activity)" in found.text
    assert "Open findings: error 2, flagged 0, warning 0" in found.text


def test_an_explanation_is_printed_as_it_was_given(full_month: Month, edition: Edition) -> None:
    full_month.give("0103", {("ward_activity", "0103", "bed_days_occupied"): 1482})
    checked = numbered(full_month.desk, check(full_month.desk, PERIOD))
    (finding,) = [f for f in checked.findings if f.identity.rule == "WA-19"]
    assert finding.number is not None
    explain(full_month.desk, checked, finding.number, "extra beds | approved *twice*")
    found = printed(full_month, edition, PERIOD)
    rows = found.table("Findings").rows
    row = next(row for row in rows if row.cells[0].text == str(finding.number))
    assert [cell.text for cell in row.cells[1:3]] == ["warning", "Neurology"]
    assert [cell.text for cell in row.cells[4:]] == [
        State.EXPLAINED,
        "extra beds | approved *twice*",
    ]


def test_a_month_before_gives_comparisons(full_month: Month, edition: Edition) -> None:
    august = PERIOD.previous()
    clinics = [unit.id for unit in full_month.desk.definitions.units.of_kind("clinic", august)]
    (form,) = [f for f in full_month.desk.definitions.forms if f.id == "outpatient_activity"]
    answers = {(form.id, clinic, item.id): 0 for clinic in clinics for item in form.items()}
    answers |= {(form.id, "0711", "visits_outpatient"): 24000}
    answers |= {(form.id, "0711", "visits_appointment"): 15000}
    answers |= {(form.id, "0702", "visits_emergency"): 3000}
    answers |= {(form.id, "0711", "visits_total"): 24000, (form.id, "0702", "visits_total"): 3000}
    give(full_month, august, answers, clinics)
    found = printed(full_month, edition, PERIOD)
    cards = found.table("Key figures")
    changes = {row.cells[0].text: [cell.text for cell in row.cells[3:]] for row in cards.rows}
    assert changes["Outpatient visits"] == ["24,000", "+16.67 %"]
    assert changes["Emergency visits"] == ["3,000", "0.00 %"]
    assert changes["Discharges (all)"] == ["—", "—"]
    rates = {row.cells[0].text: row for row in found.table(INDICATORS).rows}
    assert [cell.text for cell in rates["Appointment rate"].cells[3:5]] == ["62.50", "-0.36 pp"]
    assert rates["Appointment rate"].cells[4].tone == "bad"
    assert "Against August 2026: Total visits rose most (+15.56 %)." in found.text


def test_last_year_gives_a_column_of_its_own(full_month: Month, edition: Edition) -> None:
    earlier = PERIOD.year_before()
    clinics = [unit.id for unit in full_month.desk.definitions.units.of_kind("clinic", earlier)]
    (form,) = [f for f in full_month.desk.definitions.forms if f.id == "outpatient_activity"]
    answers = {(form.id, clinic, item.id): 0 for clinic in clinics for item in form.items()}
    answers |= {(form.id, "0711", name): 20000 for name in ("visits_outpatient", "visits_total")}
    give(full_month, earlier, answers, clinics)
    cards = printed(full_month, edition, PERIOD).table("Key figures")
    assert [column.title for column in cards.columns[3:]] == ["Year on year"]
    changes = {row.cells[0].text: row.cells[3].text for row in cards.rows}
    assert changes["Outpatient visits"] == "+40.00 %"
    assert changes["Discharges (all)"] == "—"


def test_a_closed_month_names_its_release(full_month: Month, edition: Edition) -> None:
    release = close(full_month.desk, PERIOD)
    document = printed(full_month, edition, PERIOD).document
    assert document.particulars[0] == ("Data", f"release 1, seal {release.seal[:12]}")
    assert document.particulars[1:] == (("Made on", f"{DUE:%Y-%m-%d %H:%M}"),)


def test_who_made_it_is_told_by_name_and_never_by_account(
    full_month: Month, edition: Edition
) -> None:
    actor = replace(full_month.desk.actor, by="示例甲")
    named = replace(full_month, desk=replace(full_month.desk, actor=actor))
    assert ("Made by", "示例甲") in printed(named, edition, PERIOD).document.particulars


def test_another_length_and_another_format_are_refused(
    full_month: Month, edition: Edition, bulletin: Report, tmp_path: Path
) -> None:
    quarter = Period(PERIOD.start.replace(month=7), Frequency.QUARTER)
    with pytest.raises(InfodeskError, match="is not made for 2026-Q3"):
        build_report(full_month.desk, bulletin, quarter, edition, tmp_path)
    odd = Edition(edition.language, edition.stationery, ("odt",))
    with pytest.raises(InfodeskError, match="there is no format 'odt'"):
        build_report(full_month.desk, bulletin, PERIOD, odd, tmp_path)


def test_figures_are_printed_as_people_write_them(
    full_month: Month, edition: Edition, tmp_path: Path
) -> None:
    template = (
        '{{ figure("bed_occupancy") }}; {{ figure("病床使用率", unit="儿科") }}; '
        '{{ figure("nurses_per_bed") }}; {{ figure("ward_activity.discharges") }}; '
        '{{ figure("dx_pp_rate", unit="0401") }}; {{ figure("visit_discharge_ratio") }}'
    )
    document = from_template(full_month, edition, PERIOD, tmp_path, template)
    assert _words(document) == "87.00 %; 74.22 %; 1:0.53; 870 people; —; 32.18"


def test_sentences_say_what_the_numbers_do(
    full_month: Month, edition: Edition, tmp_path: Path
) -> None:
    template = """{{ sentence("beyond", of="avg_los", kind="ward", low=6.5, high=12) }}

{{ sentence("beyond", of="nurses_per_bed", kind="ward", low=0.44, high=2) }}

{{ sentence("beyond", of="bed_occupancy", kind="medtech", low=60, high=93) }}{{ sentence("changes", of="discharges") }}"""
    document = from_template(full_month, edition, PERIOD, tmp_path, template)
    assert _words(document).split("\n\n") == [
        "Above 12 days: Neurology (12.10 days); "
        "below 6.5 days: Obstetrics and gynaecology (5.97 days), Paediatrics (6.06 days).",
        "Above 2: ICU (1:2.60); below 0.44: Orthopaedics (1:0.40).",
    ]


def test_only_three_figures_out_of_range_are_named(full_month: Month, edition: Edition) -> None:
    form = "ward_activity"
    full_month.give("0809", {(form, unit, "hai_cases"): 60 for unit in ("0101", "0102", "0103")})
    words = printed(full_month, edition, PERIOD).text
    assert "range (9): Whole hospital Hospital infection rate 21.38 %, Cardiology " in words
    assert ", and 6 more." in words


def test_open_warnings_keep_the_verdict_from_being_good(
    full_month: Month, edition: Edition
) -> None:
    full_month.give("0103", {("ward_activity", "0103", "bed_days_occupied"): 1482})
    found = printed(full_month, edition, PERIOD)
    assert "Complete, with findings still open" in found.text
    assert "Open findings: error 0, flagged 0, warning 1" in found.text


def _words(document: Document) -> str:
    return Printed(document).text


def test_a_full_disk_is_the_stores_trouble_and_no_mistake_of_the_template(
    month: Month, edition: Edition
) -> None:
    late = month.at(
        DUE + timedelta(days=30)
    )  # what is missing by then gets numbers, which must be written
    pages = late.desk.store.connection.execute("PRAGMA page_count").fetchone()[0]
    late.desk.store.connection.execute(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(StoreError, match="the disk has no room"):
        printed(late, edition, PERIOD)
