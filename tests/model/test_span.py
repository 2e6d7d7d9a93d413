"""Spans of time, and working hours."""

from datetime import date, datetime, time

import pytest

from infodesk.model.calendar import Calendar
from infodesk.model.span import Span, parse_span

FRIDAY = datetime(2026, 9, 18, 16, 30)  # noqa: DTZ001  # any zone
CALENDAR = Calendar(workdays=frozenset({date(2026, 9, 20)}), years=frozenset({2026}))


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("60 min", "2026-09-18T17:30"),
        ("2 d 16 h 20 min", "2026-09-21T08:50"),
        ("1 w", "2026-09-25T16:30"),
        ("1 workday", "2026-09-20T16:30"),
        ("2 workdays", "2026-09-21T16:30"),
        ("2 working hours", "2026-09-20T09:00"),
        ("end of day", "2026-09-19T00:00"),
        ("end of week", "2026-09-21T00:00"),
        ("end of month", "2026-10-01T00:00"),
        ("end of quarter", "2026-10-01T00:00"),
        ("end of half", "2027-01-01T00:00"),
        ("end of year", "2027-01-01T00:00"),
        ("２ ｄ", "2026-09-20T16:30"),
    ],
)
def test_a_span_after_a_friday_afternoon(text: str, after: str) -> None:
    span = parse_span(text)
    assert span is not None
    assert span.after(FRIDAY, CALENDAR) == datetime.fromisoformat(after)


@pytest.mark.parametrize(
    ("text", "before"),
    [
        ("60 min", "2026-09-18T15:30"),
        ("1 workday", "2026-09-17T16:30"),
        ("start of day", "2026-09-18T00:00"),
        ("start of week", "2026-09-14T00:00"),
        ("start of month", "2026-09-01T00:00"),
        ("2 working hours", "2026-09-18T14:30"),
    ],
)
def test_a_span_before_a_friday_afternoon(text: str, before: str) -> None:
    span = parse_span(text)
    assert span is not None
    assert span.before(FRIDAY, CALENDAR) == datetime.fromisoformat(before)


@pytest.mark.parametrize(
    "text", ["", "2 days", "60", "min", "end of time", "2 d and 3 h", "-1 d", "1.5 h"]
)
def test_what_is_no_span(text: str) -> None:
    assert parse_span(text) is None


def test_the_start_and_the_end_of_a_week_are_one_span() -> None:
    first, last = parse_span("start of week"), parse_span("end of week")
    assert first is not None
    assert last is not None
    assert first.edge == last.edge == "week"
    assert parse_span("90 min") == Span(minutes=90, text="90 min")


def test_working_minutes_leave_out_the_noon_and_the_night() -> None:
    morning = datetime(2026, 9, 18, 11, 30)  # noqa: DTZ001
    evening = datetime(2026, 9, 18, 20, 0)  # noqa: DTZ001
    assert CALENDAR.working_minutes(morning, evening) == 30 + 210
    assert CALENDAR.working_minutes(evening, morning) == 0
    assert CALENDAR.add_working_minutes(morning, 31) == datetime(2026, 9, 18, 14, 1)  # noqa: DTZ001
    short = Calendar(hours=((time(9), time(10)),))
    assert short.add_working_minutes(morning, 60) == datetime(2026, 9, 21, 10, 0)  # noqa: DTZ001
