"""`ward_activity`, the parts of records room, infection control and medical affairs: outcomes and diagnoses."""

from infodesk.demo.history.chance import Chance, whole
from infodesk.demo.history.course import Course
from infodesk.demo.history.wards import ICU, KINDS
from infodesk.demo.numbers import FormRows, Row
from infodesk.demo.september import rows

DEADLY = 0.08  # of the discharges of a ward that is no intensive care


def outcomes(course: Course, flow: FormRows, surgery: FormRows) -> FormRows:
    """Outcomes, diagnoses, rescues, infections, pathways and births of every ward."""
    found: FormRows = {}
    for ward, row in flow.items():
        chance = Chance("outcomes", course.period, ward)
        births = _births(course, ward, chance)
        left = _left(ward, int(row["discharges"]), int(births["deliveries"]), chance)
        found[ward] = {
            **left,
            **_diagnoses(ward, int(row["discharges"]) - int(left["disch_other"]), chance),
            **_compared(ward, int(surgery[ward]["surgery_pts"]), chance),
            **_rescues(ward, int(row["bed_days_occupied"]), left, chance),
            **_offices(ward, int(row["discharges"]), chance),
            **births,
        }
    return found


def rate(ward: str, item: str, of: str) -> float:
    """One item as a share of another, in September 2026."""
    row = rows()["ward_activity"][ward]
    return float(row[item]) / float(row[of]) if row[of] else 0.0


def _left(ward: str, discharges: int, deliveries: int, chance: Chance) -> Row:
    """How the patients left: the dead and the few others first, cured or improved what remains."""
    most = discharges if ward == ICU else int(discharges * DEADLY)
    died = min(most, chance.few(discharges * rate(ward, "disch_died", "discharges")))
    normal = chance.part(deliveries, 0.88, 0.05)
    other = normal or chance.few(discharges * rate(ward, "disch_other", "discharges"))
    other = min(other, discharges - died)
    rest = discharges - died - other
    uncured = min(rest, chance.few(discharges * rate(ward, "disch_uncured", "discharges")))
    row = rows()["ward_activity"][ward]
    share = float(row["disch_cured"]) / (float(row["disch_cured"]) + float(row["disch_improved"]))
    cured = chance.part(rest - uncured, share, 0.06)
    return {
        "disch_cured": cured,
        "disch_improved": rest - uncured - cured,
        "disch_uncured": uncured,
        "disch_died": died,
        "disch_other": other,
    }


def _diagnoses(ward: str, asked: int, chance: Chance) -> Row:
    """Of all who were not discharged as 'other'."""
    row = rows()["ward_activity"][ward]
    then = int(row["discharges"]) - int(row["disch_other"])
    wrong, doubt, other = (
        min(asked // 4, chance.few(asked * float(row[item]) / then))
        for item in ("dx_ad_mismatch", "dx_ad_doubt", "dx_od_mismatch")
    )
    return {
        "dx_ad_match": asked - wrong - doubt,
        "dx_ad_mismatch": wrong,
        "dx_ad_doubt": doubt,
        "dx_od_match": asked - other,
        "dx_od_mismatch": other,
        "dx_3day": chance.part(asked, float(row["dx_3day"]) / then, 0.015),
    }


def _compared(ward: str, operated: int, chance: Chance) -> Row:
    """Diagnoses before and after the operation, and under the microscope."""
    row = rows()["ward_activity"][ward]
    checked, wrong = float(row["dx_pp_match"]) + float(row["dx_pp_mismatch"]), 0
    if row["surgery_pts"]:
        checked = chance.part(operated, checked / float(row["surgery_pts"]), 0.02)
        wrong = min(
            int(checked), chance.few(operated * rate(ward, "dx_pp_mismatch", "surgery_pts"))
        )
    return {
        "dx_pp_match": int(checked) - wrong,
        "dx_pp_mismatch": wrong,
        "dx_cp_match": chance.count(operated * rate(ward, "dx_cp_match", "surgery_pts"), 0.1),
        "dx_cp_mismatch": chance.few(operated * rate(ward, "dx_cp_mismatch", "surgery_pts")),
    }


def _rescues(ward: str, occupied: int, left: Row, chance: Chance) -> Row:
    """Rescues follow the bed-days; no more fail than die or leave uncured."""
    usual = occupied * rate(ward, "rescues", "bed_days_occupied")
    rescues = chance.count(usual, 0.15) if usual > 10 else chance.few(usual)
    failed = chance.few(rescues * (1 - rate(ward, "rescue_success", "rescues")))
    failed = min(failed, rescues, int(left["disch_died"]) + int(left["disch_uncured"]))
    return {"rescues": rescues, "rescue_success": rescues - failed}


def _offices(ward: str, discharges: int, chance: Chance) -> Row:
    entered = chance.part(discharges, rate(ward, "pathway_in", "discharges"), 0.05)
    return {
        "hai_cases": chance.few(discharges * rate(ward, "hai_cases", "discharges")),
        "pathway_in": entered,
        "pathway_done": chance.part(entered, rate(ward, "pathway_done", "pathway_in"), 0.03),
    }


def _births(course: Course, ward: str, chance: Chance) -> Row:
    days = course.period.days / 30
    usual = float(rows()["ward_activity"][ward]["deliveries"]) * days * course.season(KINDS[ward])
    deliveries = chance.count(usual, 0.06)
    twins = chance.few(deliveries * 0.013)
    return {"deliveries": deliveries, "live_births": whole(deliveries) + twins}
