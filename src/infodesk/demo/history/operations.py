"""`ward_activity`, the part about operations."""

from infodesk.demo.history.chance import Chance, split
from infodesk.demo.history.course import Course
from infodesk.demo.history.outcomes import rate
from infodesk.demo.numbers import FormRows, Row
from infodesk.demo.september import rows

LEVELS = ("surg_l1", "surg_l2", "surg_l3")
FEW = 10  # operated patients in September: below that they are rare events


def operations(course: Course, flow: FormRows) -> FormRows:
    """The operations of every ward; all 0 where nobody operates."""
    return {
        ward: _operations(ward, int(row["discharges"]), Chance("operations", course.period, ward))
        for ward, row in flow.items()
    }


def _operations(ward: str, discharges: int, chance: Chance) -> Row:
    usual = rate(ward, "surgery_pts", "discharges")
    is_rare = rows()["ward_activity"][ward]["surgery_pts"] in range(FEW)
    operated = (
        min(discharges, chance.few(discharges * usual))
        if is_rare
        else chance.part(discharges, usual, 0.04)
    )
    level4 = chance.part(operated, rate(ward, "surgery_l4_pts", "surgery_pts"), 0.1)
    surgeries = operated + chance.few(operated * (rate(ward, "surgeries", "surgery_pts") - 1))
    elective = chance.part(surgeries, rate(ward, "surg_elective", "surgeries"), 0.04)
    return {
        "surgery_pts": operated,
        "surgery_mi_pts": chance.part(operated, rate(ward, "surgery_mi_pts", "surgery_pts"), 0.08),
        "surgery_l4_pts": level4,
        "surgeries": surgeries,
        **_levels(ward, surgeries, level4, chance),
        "surg_elective": elective,
        "surg_day": chance.part(elective, rate(ward, "surg_day", "surg_elective"), 0.15),
        **_incisions(ward, surgeries, chance),
        "surg_complication": min(
            operated, chance.few(operated * rate(ward, "surg_complication", "surgery_pts"))
        ),
        "postop_deaths": 0,
    }


def _levels(ward: str, surgeries: int, level4: int, chance: Chance) -> Row:
    usual = {level: float(rows()["ward_activity"][ward][level]) for level in LEVELS}
    rest = surgeries - level4
    parts = split(rest, chance.weights(usual, 0.08)) if rest else dict.fromkeys(LEVELS, 0)
    return {**parts, "surg_l4": level4}


def _incisions(ward: str, surgeries: int, chance: Chance) -> Row:
    clean = chance.part(surgeries, rate(ward, "incision1", "surgeries"), 0.06)
    infected = min(clean, chance.few(clean * rate(ward, "incision1_infected", "incision1")))
    return {"incision1": clean, "incision1_a": clean - infected, "incision1_infected": infected}
