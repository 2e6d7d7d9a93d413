"""Reports that are due: made once, from data that are complete, and again only if these change."""

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from infodesk.demo.september import PERIOD
from infodesk.model.form import Due
from infodesk.model.period import Frequency
from infodesk.reports.build import Edition, stationery_in
from infodesk.reports.due import DueReport, make_due
from infodesk.stats.desk import Desk
from infodesk.store.audit import first_break, rows
from infodesk.text.language import language
from tests.conftest import Month

CHINA = ZoneInfo("Asia/Shanghai")
EARLY = datetime(2026, 10, 10, 7, 59, tzinfo=CHINA)
DAY = datetime(2026, 10, 10, 8, 0, tzinfo=CHINA)  # a Saturday that is worked
CROWDED = {("ward_activity", "0103", "bed_days_occupied"): 1482}  # WA-19, a warning
TELL = language("en").tell


def made(month: Month, now: datetime = DAY, *, dry_run: bool = False) -> list[DueReport]:
    month.folder.mkdir(exist_ok=True)
    edition = Edition(language("zh"), stationery_in(month.folder), ("md",), office=False)
    return list(make_due(month.at(now).desk, edition, month.folder / "out", dry_run=dry_run))


def told(found: list[DueReport]) -> list[tuple[str, str, str]]:
    return [(str(each.period), each.state, TELL(each.why)) for each in found]


def test_nothing_is_due_before_its_hour(full_month: Month) -> None:
    assert made(full_month, EARLY) == []


def test_what_is_complete_is_made_once(full_month: Month) -> None:
    (first,) = made(full_month)
    assert (first.state, first.due) == ("made", DAY)
    assert first.built is not None
    (path,) = first.built.written.paths
    written = path.stat().st_mtime_ns
    (second,) = made(full_month, DAY + timedelta(days=1))
    assert told([second]) == [
        ("2026-09", "unchanged", "made on 2026-10-10 08:00, and the data are the same")
    ]
    assert path.stat().st_mtime_ns == written
    last = list(rows(full_month.desk.store))[-1]
    assert (last.action, last.subject) == ("report", "monthly_bulletin 2026-09")
    assert path.name in last.detail
    assert first_break(full_month.desk.store) is None


def test_what_is_incomplete_waits_for_a_person_and_is_made_when_it_is_complete(
    month: Month,
) -> None:
    assert told(made(month)) == [
        ("2026-09", "incomplete", "2026-09: Incomplete: 111 of 111 parts are missing")
    ]
    month.give_all()
    assert [each.state for each in made(month)] == ["made"]


def test_changed_data_are_made_again_once_they_are_settled(full_month: Month) -> None:
    made(full_month)
    full_month.give("0103", CROWDED)
    assert told(made(full_month)) == [
        ("2026-09", "incomplete", "2026-09: Complete, with findings still open")
    ]
    full_month.give("0103")
    assert told(made(full_month)) == [
        ("2026-09", "made_again", "the data changed since 2026-10-10 08:00")
    ]
    assert [each.state for each in made(full_month)] == ["unchanged"]


def test_a_dry_run_makes_and_records_nothing(full_month: Month) -> None:
    before = len(list(rows(full_month.desk.store)))
    (found,) = made(full_month, dry_run=True)
    assert (found.state, found.built) == ("made", None)
    assert len(list(rows(full_month.desk.store))) == before
    assert not (full_month.folder / "out").exists()


def test_a_report_that_cannot_be_built_is_told_and_tried_again(
    full_month: Month, tmp_path: Path
) -> None:
    report, *_ = full_month.desk.definitions.reports
    template = tmp_path / "wrong.md.j2"
    template.write_text("{{ nothing }}", encoding="utf-8")
    wrong = replace(report, id="wrong", template=str(template))
    month = with_reports(full_month, wrong, report)
    assert [each.state for each in made(month)] == ["failed", "made"]
    assert [each.state for each in made(month)] == ["failed", "unchanged"]


@pytest.mark.parametrize(
    ("frequency", "now", "periods"),
    [
        (Frequency.MONTH, datetime(2026, 12, 12, tzinfo=CHINA), ["2026-09", "2026-10", "2026-11"]),
        (Frequency.MONTH, datetime(2028, 1, 12, tzinfo=CHINA), 13),
        (Frequency.QUARTER, datetime(2027, 1, 12, tzinfo=CHINA), ["2026-Q4"]),
        (Frequency.YEAR, datetime(2027, 1, 12, tzinfo=CHINA), []),
    ],
)
def test_periods_that_lie_wholly_within_the_books_are_looked_at(
    full_month: Month, frequency: Frequency, now: datetime, periods: list[str] | int
) -> None:
    report, *_ = full_month.desk.definitions.reports
    found = made(with_reports(full_month, replace(report, frequency=frequency)), now, dry_run=True)
    named = [str(each.period) for each in found]
    assert len(named) == periods if isinstance(periods, int) else named == periods


def test_a_quarter_waits_for_its_months(full_month: Month) -> None:
    report, *_ = full_month.desk.definitions.reports
    month = with_reports(full_month, replace(report, frequency=Frequency.QUARTER))
    settings = replace(month.desk.definitions.settings, first_period=PERIOD.previous().previous())
    definitions = replace(month.desk.definitions, settings=settings)
    month = replace(month, desk=Desk(definitions, month.desk.store, month.desk.actor))
    (found,) = made(month, dry_run=True)
    assert told([found]) == [
        ("2026-Q3", "incomplete", "2026-07: Incomplete: 111 of 111 parts are missing")
    ]


def test_without_a_first_period_the_store_says_when_it_began(full_month: Month) -> None:
    definitions = full_month.desk.definitions
    settings = replace(definitions.settings, first_period=None)
    desk = Desk(
        replace(definitions, settings=settings), full_month.desk.store, full_month.desk.actor
    )
    assert [str(each.period) for each in made(replace(full_month, desk=desk))] == ["2026-09"]


def test_a_report_without_a_due_day_is_left_to_people(full_month: Month) -> None:
    report, *_ = full_month.desk.definitions.reports
    assert made(with_reports(full_month, replace(report, due=None))) == []
    late = replace(report, due=Due(28))
    assert made(with_reports(full_month, late)) == []


def with_reports(month: Month, *reports: object) -> Month:
    definitions = replace(month.desk.definitions, reports=reports)  # type: ignore[arg-type]  # reports
    return replace(month, desk=Desk(definitions, month.desk.store, month.desk.actor))
