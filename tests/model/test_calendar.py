"""Working days of the shipped calendar: the month counts, and how deadlines move."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infodesk.config.files import example_config
from infodesk.config.load import load_definitions
from infodesk.model.calendar import Calendar, Roll
from infodesk.model.form import Due
from infodesk.model.period import Frequency, Period, parse_period

days = st.dates(date(2024, 1, 1), date(2028, 12, 31))


@pytest.fixture(scope="module")
def china(tmp_path_factory: pytest.TempPathFactory) -> Calendar:
    """The calendar as shipped."""
    workspace = tmp_path_factory.mktemp("workspace")
    (workspace / "config.yaml").write_bytes(Path(example_config()).read_bytes())
    definitions = load_definitions(workspace).definitions
    assert definitions is not None
    return definitions.calendar


def period(text: str) -> Period:
    return parse_period(text, date(2026, 1, 1))


@pytest.mark.parametrize(
    ("month", "count"),
    list(enumerate([21, 16, 22, 21, 19, 21, 23, 21, 22, 18, 21, 23], 1)),
)
def test_the_working_days_of_every_month_of_2026(china: Calendar, month: int, count: int) -> None:
    assert china.workdays_in(Period(date(2026, month, 1), Frequency.MONTH)) == count


@pytest.mark.parametrize("year", ["2025", "2026"])
def test_the_working_days_of_a_year(china: Calendar, year: str) -> None:
    assert china.workdays_in(period(year)) == 248


@pytest.mark.parametrize(
    ("of", "day", "due", "reminders"),
    [
        ("2025-12", 5, "2026-01-05", ["2025-12-30", "2026-01-06", "2026-01-08", "2026-01-12"]),
        ("2026-01", 8, "2026-02-09", ["2026-02-04", "2026-02-10", "2026-02-12", "2026-02-14"]),
        ("2026-03", 5, "2026-04-07", ["2026-04-01", "2026-04-08", "2026-04-10", "2026-04-14"]),
        ("2026-04", 5, "2026-05-06", ["2026-04-28", "2026-05-07", "2026-05-09", "2026-05-12"]),
        ("2026-08", 5, "2026-09-07", ["2026-09-02", "2026-09-08", "2026-09-10", "2026-09-14"]),
        ("2026-09", 5, "2026-10-08", ["2026-09-28", "2026-10-09", "2026-10-12", "2026-10-14"]),
    ],
)
def test_a_deadline_and_its_reminders_fall_on_working_days(
    china: Calendar, of: str, day: int, due: str, reminders: list[str]
) -> None:
    found = Due(day).on(period(of), china)
    assert found.isoformat() == due
    assert [china.add_workdays(found, n).isoformat() for n in (-3, 1, 3, 5)] == reminders


@pytest.mark.parametrize(("of", "due"), [("2026-Q3", "2026-10-10"), ("2025-Q4", "2026-01-12")])
def test_a_quarters_deadline_stays_on_a_saturday_that_is_worked(
    china: Calendar, of: str, due: str
) -> None:
    assert Due(10).on(period(of), china).isoformat() == due


@pytest.mark.parametrize(
    ("roll", "due"), [("next", "2026-10-08"), ("prev", "2026-09-30"), ("none", "2026-10-05")]
)
def test_a_deadline_moves_the_way_it_is_told_to(china: Calendar, roll: Roll, due: str) -> None:
    assert Due(5, roll).on(period("2026-09"), china).isoformat() == due


@pytest.mark.parametrize(
    ("day", "is_worked"),
    [
        (date(2026, 10, 1), False),
        (date(2026, 10, 8), True),
        (date(2026, 10, 10), True),
        (date(2026, 10, 11), False),
        (date(2026, 2, 23), False),
        (date(2025, 1, 26), True),
    ],
)
def test_announced_days_win_over_the_weekday(china: Calendar, day: date, is_worked: bool) -> None:
    assert china.is_workday(day) is is_worked


def test_a_year_not_announced_has_weekdays_but_for_the_fixed_holidays(china: Calendar) -> None:
    assert 2027 not in china.years
    off = [d for d in _days_of(2027) if d.weekday() < 5 and not china.is_workday(d)]
    assert [d.isoformat() for d in off] == ["2027-01-01", "2027-10-01"]
    assert not any(china.is_workday(d) for d in _days_of(2027) if d.weekday() >= 5)


def test_an_announced_year_has_no_fixed_holidays_beside_those_listed() -> None:
    calendar = Calendar(years=frozenset({2026}))
    assert calendar.is_workday(date(2026, 10, 1))
    assert not Calendar().is_workday(date(2026, 10, 1))


def test_working_days_between_count_the_later_day_and_not_the_earlier(china: Calendar) -> None:
    assert china.workdays_between(date(2026, 9, 30), date(2026, 10, 8)) == 1
    assert china.workdays_between(date(2026, 10, 8), date(2026, 10, 12)) == 3
    assert china.workdays_between(date(2026, 10, 12), date(2026, 10, 8)) == 0
    assert china.workdays_between(date(2026, 10, 8), date(2026, 10, 8)) == 0


def test_no_working_days_added_is_the_day_itself_even_on_a_holiday(china: Calendar) -> None:
    assert china.add_workdays(date(2026, 10, 1), 0) == date(2026, 10, 1)


@given(days, st.integers(1, 30))
def test_adding_working_days_and_counting_them_agree(day: date, count: int) -> None:
    calendar = Calendar()
    later = calendar.add_workdays(day, count)
    assert calendar.is_workday(later)
    assert calendar.workdays_between(day, later) == count
    assert calendar.add_workdays(later, -count) <= day


def _days_of(year: int) -> list[date]:
    start = date(year, 1, 1)
    return [start + timedelta(days=n) for n in range(365)]
