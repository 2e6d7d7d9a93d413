"""The machine room's round: limits, what is computed, devices with limits of their own (T6)."""

import json
from pathlib import Path

import pytest

from infodesk.duty.judge import Draft, Judged, judge
from infodesk.model.entry import Key
from infodesk.model.limit import Level
from tests.duty.conftest import Duty, number, told

VECTORS = json.loads((Path(__file__).parents[1] / "data" / "duty.json").read_text(encoding="utf-8"))

ROUND = {
    "cold_aisle_temperature": "22.8", "relative_humidity": "45", "battery_room_temperature": "24",
    "ups_load@UPS-1": "31", "ups_load@UPS-2": "33.5", "battery_minutes@UPS-1": "42", "battery_minutes@UPS-2": "40",
    "cylinder_pressure@GAS-1": "4.1", "cameras_online": "8", "cameras_total": "8",
    "disk_usage@SRV-HIS": "61", "disk_usage@SRV-EMR": "70",
    "ups_mode@UPS-1": "ONLINE", "ups_mode@UPS-2": "在线", "ac_state@AC-1": "RUN", "ac_state@AC-2": "STANDBY",
    "network_lights@SW-CORE": "OK", "network_lights@FW-1": "OK", "network_lights@LINK-1": "OK",
    "server_lights@SRV-HIS": "OK", "server_lights@SRV-EMR": "OK", "storage_state@STO-1": "OK",
    "database_state@DB-HIS": "UP", "database_state@DB-EMR": "UP", "last_backup@DB-HIS": "OK", "last_backup@DB-EMR": "OK",
    "condensation": "y", "water_leak": "OK", "fire_panel": "OK", "fire_panel_mode": "AUTO", "door_access": "y",
    "av_console": "UP", "no_noise_smell_smoke": "y", "no_forbidden_objects": "y", "no_water_rodents": "y",
    "no_dust_clutter": "y",
}  # fmt: skip


def found_in(duty: Duty, **changes: str) -> Judged:
    given = ROUND | {name.replace("__", "@").replace("_0", "-"): v for name, v in changes.items()}
    return judge(duty.room, Draft(duty.room.book("巡检"), given, duty.room.now, "daily"))


def breaches(judged: Judged) -> list[str]:
    return [f"{b.level.value} {b.check or b.key}" for b in judged.breaches]


def test_a_good_round_is_normal(duty: Duty) -> None:
    judged = found_in(duty)
    assert told_of(judged) == []
    assert breaches(judged) == []
    assert judged.level is Level.NORMAL


def told_of(judged: Judged) -> list[str]:
    return [str(p.message) for p in judged.problems] + [str(key) for key in judged.missing]


def test_a_daily_round_types_twelve_numbers_at_most(duty: Duty) -> None:
    book = duty.room.book("巡检")
    judged = judge(duty.room, Draft(book, {}, duty.room.now, "daily"))
    numbers = [key for key in judged.missing if book.field_by_id[key.field].is_numeric]
    assert len(numbers) <= 12


@pytest.mark.parametrize("vector", VECTORS["dew_points"], ids=lambda v: f"{v['t']}-{v['rh']}")
def test_the_dew_point_and_its_level(vector: dict[str, str], duty: Duty) -> None:
    judged = found_in(duty, cold_aisle_temperature=vector["t"], relative_humidity=vector["rh"])
    assert judged.answers[Key("dew_point")] == vector["td"]
    levels = [b.level.value for b in judged.breaches if b.key.field == "dew_point"]
    assert levels == ([] if vector["level"] == "normal" else [vector["level"]])


@pytest.mark.parametrize(
    ("value", "level"),
    [("18", None), ("27", None), ("17.9", "warn"), ("27.1", "warn"), ("15", "warn"), ("30", "warn"),
     ("14.9", "alarm"), ("30.1", "alarm")],
)  # fmt: skip
def test_a_temperature_has_its_level(value: str, level: str | None, duty: Duty) -> None:
    judged = found_in(duty, cold_aisle_temperature=value, relative_humidity="45")
    found = [b.level.value for b in judged.breaches if b.key.field == "cold_aisle_temperature"]
    assert found == ([] if level is None else [level])


def test_a_device_has_limits_of_its_own(duty: Duty) -> None:
    judged = found_in(
        duty, **{"ups_load@UPS-1": "42", "ups_load@UPS-2": "46", "cylinder_pressure@GAS-1": "3.8"}
    )
    assert breaches(judged) == [
        "warn ups_load@UPS-1",
        "alarm ups_load@UPS-2",
        "warn cylinder_pressure@GAS-1",
    ]


def test_a_code_that_is_not_the_normal_one_alarms(duty: Duty) -> None:
    judged = found_in(
        duty, **{"ups_mode@UPS-2": "旁路", "water_leak": "FAULT", "fire_panel_mode": "MANUAL"}
    )
    assert breaches(judged) == ["alarm ups_mode@UPS-2", "alarm water_leak", "warn fire_panel_mode"]


def test_what_must_hold_over_the_devices_is_checked(duty: Duty) -> None:
    judged = found_in(duty, **{"ac_state@AC-1": "STANDBY", "cameras_online": "7"})
    assert breaches(judged) == ["alarm RI-01", "alarm RI-02"]


def test_a_change_of_temperature_is_by_the_hour_since_the_reading_before(duty: Duty) -> None:
    early = duty.at("2026-09-18 08:30")
    assert number(early.give("巡检", ROUND, "daily", "2026-09-18 08:30"))
    judged = found_in(duty.at("2026-09-18 09:00"), cold_aisle_temperature="24.8")
    assert judged.answers[Key("temperature_change")] == "4.0"


def test_a_weekly_round_asks_weekly_items_and_who_came_along(duty: Duty) -> None:
    written = duty.give("巡检", {"w01_cleaned": "y"}, "weekly")
    missing = told(written)
    assert "missing second_person" in missing
    assert "missing w12_visitors" in missing
    assert not any("cold_aisle" in each for each in missing)


def test_blocks_of_a_battery_are_compared_for_each_ups(duty: Duty) -> None:
    book = duty.room.book("巡检")
    given = {"m04_battery_lowest@UPS-1": "13.4", "m04_battery_highest@UPS-1": "13.6",
             "m04_battery_lowest@UPS-2": "13.4", "m04_battery_highest@UPS-2": "13.8"}  # fmt: skip
    judged = judge(duty.room, Draft(book, given, duty.room.now, "monthly"))
    assert [(b.check, b.key.asset) for b in judged.breaches if b.check] == [("RI-03", "UPS-2")]


def test_the_views_show_readings_by_device(duty: Duty) -> None:
    duty.give("巡检", ROUND, "daily")
    connection = duty.room.store.connection
    single = "SELECT cold_aisle_temperature, dew_point, door_access, level FROM room_inspection"
    assert connection.execute(single).fetchall() == [(22.8, 10.2, 1, "normal")]
    each = (
        "SELECT asset, ups_load FROM room_inspection_each WHERE ups_load IS NOT NULL ORDER BY asset"
    )
    assert connection.execute(each).fetchall() == [("UPS-1", 31.0), ("UPS-2", 33.5)]
