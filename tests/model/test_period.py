"""Periods: every spelling, and the arithmetic of calendar ranges."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from infodesk.errors import InfodeskError
from infodesk.model.period import Frequency, Period, parse_period, period_of

TODAY = date(2026, 10, 8)

months = st.builds(
    lambda year, month: Period(date(year, month, 1), Frequency.MONTH),
    st.integers(1901, 2198),
    st.integers(1, 12),
)
periods = st.builds(
    lambda month, frequency: period_of(month.start, frequency), months, st.sampled_from(Frequency)
)


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("2026-09", "2026-09"),
        ("202609", "2026-09"),
        ("2026-9", "2026-09"),
        ("2026/09", "2026-09"),
        ("2026.9", "2026-09"),
        ("2026年9月", "2026-09"),
        ("2026年09月", "2026-09"),
        ("2026年09", "2026-09"),
        (" ２０２６年 ９月 ", "2026-09"),
        ("9月", "2026-09"),
        ("10月", "2026-10"),
        ("11月", "2025-11"),
        ("上月", "2026-09"),
        ("上个月", "2026-09"),
        ("本月", "2026-10"),
        ("这个月", "2026-10"),
        ("2026Q3", "2026-Q3"),
        ("2026-Q3", "2026-Q3"),
        ("2026q3", "2026-Q3"),
        ("2026年Q3", "2026-Q3"),
        ("2026年第三季度", "2026-Q3"),
        ("2026年3季度", "2026-Q3"),
        ("2026年第4季度", "2026-Q4"),
        ("2026H1", "2026-H1"),
        ("2026-h2", "2026-H2"),
        ("2026年上半年", "2026-H1"),
        ("2026年下半年", "2026-H2"),
        ("2026", "2026"),
        ("2026年", "2026"),
    ],
)
def test_every_spelling_of_a_period_is_read(text: str, period: str) -> None:
    assert str(parse_period(text, TODAY)) == period


def test_a_month_without_a_year_is_the_latest_that_has_begun() -> None:
    assert str(parse_period("10月", date(2026, 10, 1))) == "2026-10"
    assert str(parse_period("10月", date(2026, 9, 30))) == "2025-10"


def test_last_month_of_january_is_december() -> None:
    assert str(parse_period("上月", date(2026, 1, 31))) == "2025-12"


@pytest.mark.parametrize(
    "text",
    [
        "", "九月", "2026-13", "2026-00", "202613", "20269", "26-09", "2026Q5", "2026-Q0", "2026H3",
        "13月", "0月", "2026-09-01", "2026年第五季度", "0000", "1899-12", "2200", "9999-12", "month",
    ],
)  # fmt: skip
def test_what_is_no_period_is_refused_with_the_right_spelling(text: str) -> None:
    with pytest.raises(InfodeskError) as caught:
        parse_period(text, TODAY)
    assert str(caught.value) == f"{text!r} is not a period"
    assert "2026-09" in str(caught.value.hint)


@given(periods)
def test_a_printed_period_reads_back(period: Period) -> None:
    assert parse_period(str(period), TODAY) == period


@given(periods)
def test_next_and_previous_are_inverse(period: Period) -> None:
    assert period.next().previous() == period
    assert period.previous().next() == period


@given(periods)
def test_a_period_is_half_open(period: Period) -> None:
    assert period.contains(period.start)
    assert period.contains(period.last_day)
    assert not period.contains(period.end)
    assert not period.contains(period.start - timedelta(days=1))
    assert period.next().start == period.end
    assert (period.last_day - period.start).days + 1 == period.days


@given(periods)
def test_the_period_of_any_of_its_days_is_itself(period: Period) -> None:
    for day in (period.start, period.last_day):
        assert period_of(day, period.frequency) == period
    assert period_of(period.end, period.frequency) != period


@given(periods, st.sampled_from(Frequency))
def test_parts_tile_a_period_without_gap_or_overlap(period: Period, frequency: Frequency) -> None:
    assume(frequency.months <= period.frequency.months)
    parts = list(period.parts(frequency))
    assert (parts[0].start, parts[-1].end) == (period.start, period.end)
    assert all(one.end == two.start for one, two in pairwise(parts))
    assert all(part.frequency is frequency for part in parts)


@pytest.mark.parametrize(
    ("frequency", "names"),
    [
        (Frequency.MONTH, [f"2024-{month:02}" for month in range(1, 13)]),
        (Frequency.QUARTER, ["2024-Q1", "2024-Q2", "2024-Q3", "2024-Q4"]),
        (Frequency.HALF, ["2024-H1", "2024-H2"]),
        (Frequency.YEAR, ["2024"]),
    ],
)
def test_a_year_is_tiled_by_its_parts(frequency: Frequency, names: list[str]) -> None:
    year = parse_period("2024", TODAY)
    assert [str(part) for part in year.parts(frequency)] == names
    assert sum(part.days for part in year.parts(frequency)) == year.days == 366


@given(periods)
def test_the_year_before_is_the_same_part_of_the_year(period: Period) -> None:
    before = period.year_before()
    assert before.frequency is period.frequency
    assert str(before)[4:] == str(period)[4:]
    assert before.start.year == period.start.year - 1


@pytest.mark.parametrize(
    ("period", "zh", "en"),
    [
        ("2026-09", "2026年9月", "September 2026"),
        ("2026-Q3", "2026年第三季度", "Q3 2026"),
        ("2026-H2", "2026年下半年", "H2 2026"),
        ("2026", "2026年", "2026"),
    ],
)
def test_a_period_has_a_title_that_reads_back(period: str, zh: str, en: str) -> None:
    title = parse_period(period, TODAY).title
    assert (title.zh, title.en) == (zh, en)
    assert str(parse_period(title.zh, TODAY)) == period


def test_periods_stand_in_the_order_of_time() -> None:
    names = ["2026-02", "2025-12", "2026-01"]
    assert [str(p) for p in sorted(parse_period(name, TODAY) for name in names)] == [
        "2025-12",
        "2026-01",
        "2026-02",
    ]
