"""Schedules: where slots fall, and that they tile the time."""

import json
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from infodesk.demo.story import ZONE
from infodesk.duty.slots import shifted, windows
from infodesk.model.calendar import Calendar
from infodesk.model.definitions import Definitions
from infodesk.model.schedule import Days, Recurrence, Schedule, Shift
from infodesk.model.span import Span, parse_span
from infodesk.text.message import Title

VECTORS = json.loads((Path(__file__).parents[1] / "data" / "duty.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize(("friday", "cleaned"), VECTORS["cleaning_fridays"].items())
def test_a_cleaning_friday_that_is_off_moves_within_its_week(
    friday: str, cleaned: str | None, definitions: Definitions
) -> None:
    schedule = definitions.logbook_by_id["room_cleaning"].schedules[0]
    found = shifted(schedule, definitions.calendar, date.fromisoformat(friday))
    assert found == (None if cleaned is None else date.fromisoformat(cleaned))


def test_september_2026_expects_its_daily_rounds(definitions: Definitions) -> None:
    book = definitions.logbook_by_id["room_inspection"]
    daily = [each for each in book.schedules if each.id.startswith("daily")]
    found = [
        window
        for schedule in daily
        for window in windows(
            schedule, definitions.calendar, ZONE, date(2026, 9, 1), date(2026, 10, 1)
        )
    ]
    assert len(found) == VECTORS["daily_slots_2026_09"]


def test_working_minutes_go_over_a_make_up_sunday(definitions: Definitions) -> None:
    vector = VECTORS["working_minutes"]
    start, end = (datetime.fromisoformat(vector[name]) for name in ("from", "to"))
    assert definitions.calendar.working_minutes(start, end) == vector["minutes"]
    assert definitions.calendar.add_working_minutes(start, vector["minutes"]) == end


def test_the_months_of_2026_have_their_working_days(definitions: Definitions) -> None:
    days = [date(2026, 1, 1) + timedelta(days=n) for n in range(365)]
    found = [
        sum(definitions.calendar.is_workday(day) for day in days if day.month == month)
        for month in range(1, 13)
    ]
    assert found == VECTORS["workdays_2026"]


SPANS = [
    "0 min",
    "60 min",
    "2 d 16 h 20 min",
    "3 workdays",
    "8 working hours",
    "day",
    "week",
    "month",
]


@st.composite
def schedules(draw: st.DrawFn) -> Schedule:
    rules = [
        "FREQ=DAILY",
        "FREQ=WEEKLY;BYDAY=FR",
        "FREQ=MONTHLY;BYMONTHDAY=1",
        "FREQ=DAILY;INTERVAL=3",
    ]
    days: list[Days] = ["every", "workdays", "days_off"]
    shifts: list[Shift] = ["none", "next", "prev", "same_week"]
    hours = st.lists(st.sampled_from([time(0), time(8, 30), time(16, 30)]), min_size=1, unique=True)
    recurrence = st.builds(
        Recurrence, st.sampled_from(rules), hours.map(tuple), st.sampled_from(days)
    )
    spans = st.sampled_from(SPANS).map(_span)
    return Schedule(
        "x",
        Title("x"),
        tuple(draw(st.lists(recurrence, min_size=1, max_size=3))),
        date(2026, 1, 1),
        draw(spans),
        draw(spans),
        draw(st.sampled_from(shifts)),
    )


def _span(text: str) -> Span:
    found = parse_span(text if text[0].isdigit() else f"end of {text}")
    assert found is not None
    return found


@settings(deadline=None)
@given(schedules())
def test_windows_tile_the_time_without_gap_or_overlap(schedule: Schedule) -> None:
    calendar = Calendar(
        frozenset({date(2026, 5, 1), date(2026, 5, 4)}), frozenset({date(2026, 5, 9)})
    )
    found = windows(schedule, calendar, ZONE, date(2026, 4, 1), date(2026, 7, 1))
    for earlier, later in pairwise(found):
        assert earlier.closes == later.opens
    for window in found:
        assert window.opens <= window.until <= window.closes


@settings(deadline=None)
@given(schedules(), st.integers(0, 60), st.integers(1, 40))
def test_a_longer_look_at_a_schedule_finds_the_same_windows(
    schedule: Schedule, first: int, length: int
) -> None:
    start = date(2026, 4, 1) + timedelta(days=first)
    end = start + timedelta(days=length)
    whole = windows(schedule, Calendar(), ZONE, date(2026, 3, 1), date(2026, 8, 1))
    part = windows(schedule, Calendar(), ZONE, start, end)
    assert part == tuple(w for w in whole if start <= w.nominal.date() < end)
