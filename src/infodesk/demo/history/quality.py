"""`quality_safety`: samples of a fixed share, rare events, and what follows from the wards."""

from infodesk.demo.history.chance import Chance, whole
from infodesk.demo.history.course import Course
from infodesk.demo.numbers import ROOT, FormRows, Month, Row, record, row_total
from infodesk.demo.september import rows

RARE = (
    "records_late", "pressure_ulcers", "falls", "adverse_events", "complaints",
    "unplanned_reop", "readmit_31d",
)  # fmt: skip
NEVER = ("lowrisk_deaths", "maternal_deaths", "newborn_deaths")
SOMETIMES = {"disputes": 0.3, "transfusion_reactions": 0.2}


def quality(course: Course, month: Month) -> FormRows:
    """The hospital's one record."""
    chance, usual = Chance("quality", course.period), record(rows(), "quality_safety")
    wards = month["ward_activity"]
    discharges = row_total(wards, "discharges")
    grown = discharges / row_total(rows()["ward_activity"], "discharges")
    occupied = row_total(wards, "bed_days_occupied")
    occupied_grown = occupied / row_total(rows()["ward_activity"], "bed_days_occupied")
    return {
        ROOT: {
            **_records(discharges, chance),
            **_infections(row_total(wards, "hai_cases"), chance),
            "antibiotic_ddds": whole(
                chance.near(float(usual["antibiotic_ddds"]) * 10 * occupied_grown, 0.03)
            ) / 10,
            "patient_days": row_total(wards, "bed_days_discharged"),
            **{item: chance.few(float(usual[item]) * grown) for item in RARE},
            **{item: chance.few(expected) for item, expected in SOMETIMES.items()},
            "lowrisk_cases": chance.count(float(usual["lowrisk_cases"]) * grown, 0.04),
            "transfusions": chance.count(float(usual["transfusions"]) * grown, 0.1),
            **dict.fromkeys(NEVER, 0),
            "nursing_wards": usual["nursing_wards"],
            "wards_total": usual["wards_total"],
            **_asked(course, usual, chance),
        }
    }  # fmt: skip


def _records(discharges: int, chance: Chance) -> Row:
    """One in five records is checked."""
    checked = whole(discharges / 5)
    worst, second = chance.few(0.2), chance.few(checked * 0.045)
    return {
        "records_checked": checked,
        "records_a": checked - second - worst,
        "records_b": second,
        "records_c": worst,
    }


def _infections(reported: int, chance: Chance) -> Row:
    missed = chance.few(0.8)
    return {"hai_missed": missed, "hai_checked": reported + missed}


def _asked(course: Course, usual: Row, chance: Chance) -> Row:
    """Patients asked, hands watched: both do better than a year ago."""
    forms = chance.count(float(usual["satisfaction_forms"]), 0.07)
    seen = chance.count(float(usual["hand_opportunities"]), 0.05)
    content = float(usual["satisfaction_ok"]) / float(usual["satisfaction_forms"])
    washed = float(usual["hand_done"]) / float(usual["hand_opportunities"])
    return {
        "satisfaction_forms": forms,
        "satisfaction_ok": chance.part(forms, content * course.growth(0.015), 0.008),
        "hand_opportunities": seen,
        "hand_done": chance.part(seen, washed * course.growth(0.08), 0.02),
    }
