"""Limits and levels."""

from decimal import Decimal

import pytest

from infodesk.model.limit import Band, Level, Limits, worst, written_reading

TEN, TWENTY = Decimal(10), Decimal(20)


@pytest.mark.parametrize(
    ("reading", "level"),
    [
        ("9", "warn"),
        ("10", "normal"),
        ("20", "normal"),
        ("20.1", "warn"),
        ("30", "warn"),
        ("30.1", "alarm"),
        ("4", "alarm"),
    ],
)
def test_alarm_comes_first_and_what_is_not_normal_warns(reading: str, level: str) -> None:
    limits = Limits(Band(TEN, TWENTY), alarm=Band(Decimal(5), Decimal(30), inside=False))
    assert limits.level(Decimal(reading)).value == level


def test_with_a_warning_band_only_that_warns() -> None:
    limits = Limits(Band(high=TEN), Band(TEN, TWENTY), Band(low=TWENTY))
    assert [limits.level(Decimal(n)).value for n in (10, 15, 20)] == ["warn", "warn", "alarm"]
    assert limits.level(Decimal(5)) is Level.NORMAL


def test_codes_and_the_others() -> None:
    limits = Limits(Band(values=("ON",)), Band(values=("BATTERY",)), Band(others=True))
    assert [limits.level(code).value for code in ("ON", "BATTERY", "FAULT")] == [
        "normal",
        "warn",
        "alarm",
    ]
    assert (
        Limits(Band(values=("true",)), alarm=Band(values=("false",))).level(reading=False)
        is Level.ALARM
    )


def test_other_than_normal_may_only_warn() -> None:
    limits = Limits(Band(values=("ON",)), Band(others=True))
    assert limits.level("OFF") is Level.WARN
    assert limits.level("ON") is Level.NORMAL


def test_no_limits_are_always_normal() -> None:
    assert Limits().level(TEN) is Level.NORMAL
    assert Band(low=TEN).holds("a text") is False
    assert worst() is Level.NORMAL
    assert worst(Level.WARN, Level.ALARM, Level.NORMAL) is Level.ALARM


def test_readings_are_written_as_they_are_kept() -> None:
    assert [written_reading(r) for r in (True, Decimal("22.80"), "ON")] == ["true", "22.80", "ON"]
