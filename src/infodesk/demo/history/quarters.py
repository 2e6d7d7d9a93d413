"""The quarters before September 2026: the thirty diseases and the large devices, beside the months in them."""

import json
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Any

from infodesk.demo.history.chance import Chance, split, whole
from infodesk.demo.numbers import Month, Quarter, Row, TypedRow
from infodesk.demo.september import rows
from infodesk.model.calendar import Calendar
from infodesk.model.period import Frequency, Period, period_of

HOURS = 8  # a working day of a device


@cache
def _usual() -> dict[str, Any]:
    name = "history/quarters.json"
    text = resources.files("infodesk.demo").joinpath(name).read_text(encoding="utf-8")
    data: dict[str, Any] = json.loads(text)
    return data


def quarters(months: Mapping[Period, Month], calendar: Calendar) -> dict[Period, Quarter]:
    """The whole quarters among the months before September 2026, the earliest first."""
    found: dict[Period, Quarter] = {}
    for quarter in dict.fromkeys(period_of(month.start, Frequency.QUARTER) for month in months):
        parts = [months[month] for month in quarter.parts(Frequency.MONTH) if month in months]
        if len(parts) == Frequency.QUARTER.months and rows() not in parts:
            devices = {
                name: _device(quarter, name, parts, calendar) for name in _usual()["devices"]
            }
            found[quarter] = {
                "disease30": {
                    name: _disease(quarter, name, parts) for name in _usual()["diseases"]
                },
                "large_equipment": devices,
            }
    return found


def _grown(parts: list[Month], form: str, unit: str, item: str) -> float:
    """A unit's quarter against September, three times over."""
    then = float(rows()[form][unit][item])
    return sum(float(month[form][unit][item]) for month in parts) / then / len(parts)


def _disease(quarter: Period, name: str, parts: list[Month]) -> TypedRow:
    """One disease, as busy as the ward it lies in; all 0 where nobody had it."""
    usual, chance = _usual()["diseases"][name], Chance("disease", quarter, name)
    expected = usual["cases"] * _grown(parts, "ward_activity", usual["ward"], "discharges")
    cases = chance.few(expected) if expected < 15 else chance.count(expected, 0.15)
    left = _left(usual, cases, chance)
    days = max(cases, chance.count(cases * usual["stay"], 0.08))
    operated = chance.part(cases, usual["operated"], 0.05)
    return {
        "discharges": cases,
        **left,
        "bed_days": days,
        "surgery_pts": operated,
        "preop_days": min(days, chance.count(operated * 2.2, 0.15)),
        "dx_3day": chance.part(cases, 0.94, 0.03),
        "dx_ad_match": chance.part(cases, 0.97, 0.02),
        **_rescues(usual, cases, int(left["died"]), chance),
        "hai_cases": chance.few(cases * 0.012),
        "readmit_31d": chance.few(cases * 0.012),
        **_fees(usual, cases, operated, chance),
    }


def _left(usual: Mapping[str, Any], cases: int, chance: Chance) -> Row:
    died = min(cases, chance.few(cases * usual["died"]))
    uncured = min(cases - died, chance.few(cases * 0.02))
    cured = chance.part(cases - died - uncured, min(usual["cured"], 0.99), 0.05)
    improved = cases - died - uncured - cured
    return {"cured": cured, "improved": improved, "uncured": uncured, "died": died, "other": 0}


def _rescues(usual: Mapping[str, Any], cases: int, died: int, chance: Chance) -> Row:
    """Those who died were rescued in vain, some others with success."""
    saved = chance.few(cases * usual["died"] * 2)
    return {"rescues": died + saved, "rescue_success": saved}


def _fees(usual: Mapping[str, Any], cases: int, operated: int, chance: Chance) -> Row:
    """The fees and their lines; none for an operation where nobody was operated."""
    total = chance.count(cases * usual["fee"], 0.05)
    weights = chance.weights(_usual()["fees"], 0.1)
    lines = split(total, weights if operated else weights | {"fee_surgery": 0.0})
    return {
        "fee_total": total,
        **lines,
        "fee_insurance": chance.part(total, 0.68, 0.04),
    }


def _device(quarter: Period, name: str, parts: list[Month], calendar: Calendar) -> TypedRow:
    """One device; its examinations follow those of the department that uses it."""
    usual, chance = _usual()["devices"][name], Chance("device", quarter, name)
    grown = _grown(parts, "medtech_activity", usual["dept_code"], "exams_total")
    exams = chance.count(usual["exams"] * len(parts) * grown, 0.03)
    return {
        **{item: usual[item] for item in _KEPT},
        "device_class": "OTHER",
        "status": "INUSE",
        **_use(usual, exams, calendar.workdays_in(quarter), chance),
        "revenue": chance.count(exams * usual["price"], 0.01),
        "cost_material": chance.count(exams * usual["material"], 0.03),
        **{f"cost_{item}": chance.count(usual[item] * len(parts), 0.02) for item in _COSTS},
        "cost_depreciation": usual["depreciation"] * len(parts),
        **_upkeep(len(parts)),
        "operators": usual["operators"],
        "operators_certified": usual["operators"],
    }


_KEPT = (
    "device_name", "device_kind", "brand_model", "purchase_date", "start_date",
    "original_value", "dept_code",
)  # fmt: skip
_COSTS = ("maintenance", "staff", "other")


def _use(usual: Mapping[str, Any], exams: int, workdays: int, chance: Chance) -> Row:
    """Days and hours; a device that broke down stood still for a few hours each time."""
    faults = chance.few(1.5)
    judged = chance.part(exams, usual["positive"], 0.02)
    return {
        "days_planned": workdays,
        "days_running": workdays - min(1, faults // 3),
        "hours_planned": workdays * HOURS,
        "hours_used": whole(chance.near(exams * usual["minutes"] / 6, 0.02)) / 10,
        "hours_down": sum(2 + chance.few(4) for _ in range(faults)),
        "faults": faults,
        "exams": exams,
        "positive_checked": exams,
        "positive": judged,
    }


def _upkeep(months: int) -> Row:
    return {"pm_planned": months, "pm_done": months, "qc_due": 1, "qc_done": 1}
