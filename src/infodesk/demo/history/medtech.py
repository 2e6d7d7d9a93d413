"""`medtech_activity`: examinations follow visits, bed-days and check-ups; revenue is finance's."""

from infodesk.demo.history.chance import Chance, split
from infodesk.demo.history.course import Course
from infodesk.demo.numbers import FormRows, Month, Row, record, row_total
from infodesk.demo.september import rows

LABORATORY = "0601"
FOLLOWS = {  # which examinations grow with what
    "exams_outpatient": ("outpatient_activity", "visits_outpatient"),
    "exams_emergency": ("outpatient_activity", "visits_emergency"),
    "exams_inpatient": ("ward_activity", "bed_days_occupied"),
    "exams_checkup": ("outpatient_activity", "checkups"),
}
FIXED = ("eqa_items", "eqa_passed", "films_graded", "staff")


def medtech(course: Course, month: Month) -> FormRows:
    """Every department's month; the laboratory earns finance's laboratory revenue, the others its examinations."""
    chance = Chance("medtech revenue", course.period)
    finance = record(month, "finance_monthly")
    usual = rows()["medtech_activity"]
    found = {unit: _department(course, month, unit) for unit in usual}
    weights = {
        unit: float(row["revenue"]) * float(found[unit]["exams_total"]) / float(row["exams_total"])
        for unit, row in usual.items()
        if unit != LABORATORY
    }
    earned = split(int(finance["op_exam"]) + int(finance["ip_exam"]), chance.weights(weights, 0.02))
    earned[LABORATORY] = int(finance["op_lab"]) + int(finance["ip_lab"])
    return {unit: {**row, "revenue": earned[unit]} for unit, row in found.items()}


def _department(course: Course, month: Month, unit: str) -> Row:
    chance, usual = Chance("medtech", course.period, unit), rows()["medtech_activity"][unit]
    exams: Row = {
        item: chance.count(float(usual[item]) * _grown(month, *of), 0.025)
        for item, of in FOLLOWS.items()
    }
    total = int(sum(exams.values()))
    judged = chance.part(total, _share(usual, "positive_checked", "exams_total"), 0.02)
    reports = chance.part(total, _share(usual, "reports", "exams_total"), 0.003)
    late = chance.few(reports * (1 - _share(usual, "reports_ontime", "reports")))
    return {
        "exams_total": total,
        **exams,
        "items_total": chance.count(total * _share(usual, "items_total", "exams_total"), 0.02),
        "positive_checked": judged,
        "positive": chance.part(judged, _share(usual, "positive", "positive_checked"), 0.02),
        "reports": reports,
        "reports_ontime": reports - min(late, reports),
        "reports_recalled": chance.few(float(usual["reports_recalled"])),
        **_critical(total, usual, chance),
        **{item: usual[item] for item in FIXED},
        "films_grade_a": chance.part(
            int(usual["films_graded"]), _share(usual, "films_grade_a", "films_graded"), 0.03
        ),
    }


def _critical(total: int, usual: Row, chance: Chance) -> Row:
    values = chance.count(total * _share(usual, "critical_values", "exams_total"), 0.1)
    return {
        "critical_values": values,
        "critical_timely": values - min(values, chance.few(values * 0.008)),
    }


def _share(usual: Row, item: str, of: str) -> float:
    return float(usual[item]) / float(usual[of]) if usual[of] else 0.0


def _grown(month: Month, form: str, item: str) -> float:
    return row_total(month[form], item) / row_total(rows()[form], item)
