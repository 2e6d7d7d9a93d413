"""`outpatient_activity`: clinics follow the working days, the emergency department never closes."""

from collections.abc import Mapping

from infodesk.demo.history.chance import Chance, split
from infodesk.demo.history.course import Course
from infodesk.demo.numbers import FormRows, Row
from infodesk.demo.september import rows

KINDS = {"0711": "MED", "0712": "MED", "0713": "OB", "0714": "PED", "0719": "MED", "0702": "ICU"}
EMERGENCY = "0702"
GROWTH = 0.07  # of visits within the year
PARTS_OF_VISITS = ("visits_specialist", "visits_premium", "outpatient_surgeries")
PARTS_OF_EMERGENCIES = ("observation_pts", "er_rescues")


def clinics(course: Course, admissions: int) -> FormRows:
    """Every clinic's month; of those admitted to the wards nearly all came through them."""
    loads = {clinic: _load(course, clinic) for clinic in KINDS}
    chance = Chance("clinics", course.period)
    usual = {
        clinic: float(row["admissions_from_opd"]) * loads[clinic]
        for clinic, row in rows()["outpatient_activity"].items()
    }
    sent = split(admissions - chance.few(6), chance.weights(usual, 0.05))
    return {
        clinic: _clinic(course, clinic, loads[clinic], sent[clinic])
        for clinic in rows()["outpatient_activity"]
    }


def _load(course: Course, clinic: str) -> float:
    days = course.emergency if clinic == EMERGENCY else course.clinic
    season = (1 + course.season(KINDS[clinic])) / 2
    return days * season * course.growth(GROWTH)


def _clinic(course: Course, clinic: str, load: float, sent: int) -> Row:
    chance = Chance("clinic", course.period, clinic)
    usual = rows()["outpatient_activity"][clinic]
    outpatient = chance.count(float(usual["visits_outpatient"]) * load, 0.025)
    emergency = chance.count(float(usual["visits_emergency"]) * load, 0.025)
    home = chance.few(float(usual["visits_home"]) * course.clinic)
    other = chance.count(float(usual["visits_other"]) * course.clinic, 0.08)
    return {
        "visits_outpatient": outpatient,
        **_parts(usual, PARTS_OF_VISITS, "visits_outpatient", outpatient or emergency, chance),
        **_appointments(course, usual, outpatient, chance),
        "visits_emergency": emergency,
        "visits_home": home,
        "visits_other": other,
        "visits_total": outpatient + emergency + home + other,
        "checkups": chance.count(float(usual["checkups"]) * course.clinic, 0.06),
        "admissions_from_opd": sent,
        **_emergencies(usual, emergency, chance),
        **_prescriptions(usual, outpatient + emergency, chance),
        "doctor_days": chance.count(_doctor_days(course, usual), 0.02),
    }


def _parts(usual: Row, items: tuple[str, ...], of: str, total: int, chance: Chance) -> Row:
    """Items that stay in proportion to the visits."""
    base = float(usual[of]) or float(usual["visits_emergency"]) or 1
    return {item: chance.part(total, float(usual[item]) / base, 0.05) for item in items}


def _appointments(course: Course, usual: Row, outpatient: int, chance: Chance) -> Row:
    """More patients make an appointment than a year ago, and wait a little less."""
    share = float(usual["visits_appointment"]) / (float(usual["visits_outpatient"]) or 1)
    made = chance.part(outpatient, share * course.growth(0.08), 0.02)
    minutes = float(usual["wait_minutes_sum"]) / (float(usual["wait_patients"]) or 1)
    return {
        "visits_appointment": made,
        "wait_minutes_sum": chance.count(made * minutes * course.growth(-0.10), 0.03),
        "wait_patients": made,
    }


def _emergencies(usual: Row, emergency: int, chance: Chance) -> Row:
    rescues, rescued = float(usual["er_rescues"]), float(usual["er_rescue_success"])
    found = _parts(usual, PARTS_OF_EMERGENCIES, "visits_emergency", emergency, chance)
    failed = chance.few(int(found["er_rescues"]) * (rescues - rescued) / (rescues or 1))
    return {
        **found,
        "er_rescue_success": int(found["er_rescues"]) - min(failed, int(found["er_rescues"])),
        "observation_deaths": min(chance.few(float(usual["observation_deaths"])), failed),
        "emergency_deaths": min(chance.few(float(usual["emergency_deaths"])), failed),
    }


def _prescriptions(usual: Row, visits: int, chance: Chance) -> Row:
    seen = float(usual["visits_outpatient"]) + float(usual["visits_emergency"])
    written = chance.count(visits * float(usual["prescriptions"]) / seen, 0.02)
    reviewed = int(usual["rx_reviewed"])
    failed = chance.few(reviewed - float(usual["rx_qualified"]))
    shares: Mapping[str, float] = {
        item: float(usual[item]) / float(usual["prescriptions"])
        for item in ("rx_antibiotic", "rx_basic")
    }
    return {
        "prescriptions": written,
        "rx_reviewed": reviewed,
        "rx_qualified": reviewed - min(failed, reviewed),
        **{item: chance.part(written, share, 0.03) for item, share in shares.items()},
    }


def _doctor_days(course: Course, usual: Row) -> float:
    days = course.period.days / 30 if usual["visits_emergency"] else course.clinic
    return float(usual["doctor_days"]) * days
