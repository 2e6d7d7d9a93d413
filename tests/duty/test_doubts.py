"""Numbers that are asked about twice, and trends."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from infodesk.duty.doubts import Past, doubt, trend
from infodesk.model.item import Type
from infodesk.model.limit import Band, Limits
from infodesk.model.logbook import Field
from infodesk.text.language import language
from infodesk.text.message import Title
from tests.duty.conftest import NOON

LIMITS = Limits(normal=Band(Decimal(18), Decimal(27)), possible=Band(Decimal(-10), Decimal(60)))
TEMPERATURE = Field("t", Title("温度"), Type.DECIMAL, decimals=1, unit="℃", limits=LIMITS)
tell = language("en").tell


def past(*values: str) -> list[Past]:
    """Earlier readings, one a day, the latest first."""
    return [Past(NOON - timedelta(days=n + 1), Decimal(each)) for n, each in enumerate(values)]


@pytest.mark.parametrize(
    ("typed", "before", "said"),
    [
        ("2.3", ("22.8", "22.9"), "2.3 after 22.9, 22.8: did you mean 23?"),
        ("230", ("22.8",), "230 after 22.8: did you mean 23?"),
        ("-22.5", ("22.8",), "-22.5 after 22.8: did you mean 22.5?"),
        ("0.228", ("22.8",), "0.228 after 22.8: did you mean 22.8?"),
        ("99", (), "99 ℃ can hardly be; what did it show?"),
        ("70", ("22.8",), "70 ℃ can hardly be; what did it show?"),
    ],
)
def test_a_slip_of_the_finger_is_asked_about(
    typed: str, before: tuple[str, ...], said: str
) -> None:
    found = doubt(TEMPERATURE, LIMITS, Decimal(typed), past(*before))
    assert found is not None
    assert tell(found.message) == said


@pytest.mark.parametrize(
    ("typed", "before"), [("2.3", ()), ("30.1", ("22.8",)), ("2.2", ("2.1",)), ("40", ("22.8",))]
)
def test_what_can_be_is_not(typed: str, before: tuple[str, ...]) -> None:
    assert doubt(TEMPERATURE, LIMITS, Decimal(typed), past(*before)) is None


def test_a_number_meant_must_be_possible() -> None:
    low = replace(LIMITS, possible=Band(Decimal(0), Decimal(20)))
    found = doubt(TEMPERATURE, low, Decimal("2.3"), past("22.8"))
    assert found is None


def test_the_same_reading_again_and_again_is_asked_about() -> None:
    watched = replace(TEMPERATURE, identical=3)
    found = doubt(watched, LIMITS, Decimal("22.8"), past("22.8", "22.8"))
    assert found is not None
    assert tell(found.message) == "22.8 3 times in a row: was it read just now?"
    assert found.meant is None
    assert doubt(watched, LIMITS, Decimal("22.8"), past("22.8")) is None
    assert doubt(watched, LIMITS, Decimal("22.8"), past("22.8", "22.7")) is None
    assert doubt(TEMPERATURE, LIMITS, Decimal("22.8"), past(*["22.8"] * 9)) is None


def now(value: str) -> Past:
    return Past(NOON, Decimal(value))


def test_a_trend_says_in_how_many_days_the_limit_is_passed() -> None:
    rising = trend(LIMITS, now("25.0"), past("24.5", "24.0", "23.5", "23.0"))
    assert tell(rising) == "rising by 0.5 a day: above 27 in about 4 days"
    falling = trend(LIMITS, now("19.0"), past("19.5", "20.0", "20.5", "21.0"))
    assert tell(falling) == "falling by 0.5 a day: below 18 in about 2 days"


def test_the_alarm_counts_where_nothing_is_normal_on_that_side() -> None:
    limits = Limits(alarm=Band(None, Decimal(90), inside=False))
    found = trend(limits, now("88"), past("87", "86", "85", "84"))
    assert tell(found) == "rising by 1 a day: above 90 in about 2 days"


@pytest.mark.parametrize(
    "before",
    [
        ("24.5", "24.0", "23.5"),  # too few
        ("25.0", "25.0", "25.0", "25.0"),  # level
        ("23.0", "25.5", "22.0", "26.0"),  # up and down
        ("24.99", "24.98", "24.97", "24.96"),  # far away
    ],
)
def test_no_trend_is_no_note(before: tuple[str, ...]) -> None:
    assert trend(LIMITS, now("25.0"), past(*before)) is None


def test_readings_of_more_than_a_month_ago_are_no_trend() -> None:
    old = [
        Past(NOON - timedelta(days=40 + n), each.value)
        for n, each in enumerate(past("24.5", "24", "23.5", "23"))
    ]
    assert trend(LIMITS, now("25.0"), old) is None
