"""`ward_activity`, the part that wards send: the census, transfers between wards, and bed-days."""

from collections.abc import Mapping

from infodesk.demo.history.chance import Chance, split, split_below, whole
from infodesk.demo.history.course import Course
from infodesk.demo.numbers import FormRows, row_total
from infodesk.demo.september import rows

KINDS = {
    "0101": "MED", "0102": "MED", "0103": "MED", "0201": "SUR",
    "0202": "SUR", "0301": "OB", "0401": "PED", "0501": "ICU",
}  # fmt: skip
ICU = "0501"
# From which ward how many patients go to which in September 2026.
TRANSFERS = {
    ("0101", "0501"): 6, ("0101", "0103"): 2, ("0101", "0102"): 1, ("0102", "0501"): 9,
    ("0102", "0101"): 2, ("0103", "0501"): 8, ("0103", "0101"): 1, ("0201", "0501"): 5,
    ("0201", "0202"): 1, ("0202", "0501"): 2, ("0301", "0501"): 2, ("0401", "0501"): 1,
    ("0501", "0101"): 5, ("0501", "0102"): 7, ("0501", "0103"): 6, ("0501", "0201"): 5,
    ("0501", "0202"): 2, ("0501", "0301"): 2, ("0501", "0401"): 1,
}  # fmt: skip
FULL = 0.985  # of the open bed-days: no ward needs extra beds for what is here
STAY_GROWTH = -0.042  # the stay grew shorter within the year


def flow(course: Course, ends: Mapping[str, int], open_days: Mapping[str, int]) -> FormRows:
    """The census of every ward, from how many patients it had when the month ended."""
    chance = Chance("wards", course.period)
    loads = {ward: _september(ward, "discharges") * course.ward(KINDS[ward]) for ward in KINDS}
    discharges = split(_discharges(course, loads), chance.weights(loads, 0.03))
    begins = _begins(course, chance)
    moves = _transfers(course, chance)
    _balance_icu(moves, ends[ICU] - begins[ICU] + discharges[ICU], chance)
    occupied, stays = _bed_days(course, chance, discharges, open_days)
    found: FormRows = {}
    for ward in KINDS:
        into = sum(n for (_, to), n in moves.items() if to == ward)
        out = sum(n for (origin, _), n in moves.items() if origin == ward)
        found[ward] = {
            "pts_begin": begins[ward],
            "admissions": ends[ward] - begins[ward] + discharges[ward] + out - into,
            "transfers_in": into,
            "discharges": discharges[ward],
            "transfers_out": out,
            "pts_end": ends[ward],
            "bed_days_open": open_days[ward],
            "bed_days_occupied": occupied[ward],
            "bed_days_discharged": stays[ward],
        }
    return found


def _september(ward: str, item: str) -> int:
    return int(rows()["ward_activity"][ward][item])


def _discharges(course: Course, loads: Mapping[str, float]) -> int:
    return course.given.get("discharges") or whole(sum(loads.values()))


def _begins(course: Course, chance: Chance) -> dict[str, int]:
    """How many patients each ward had when the month began."""
    usual = {ward: float(_september(ward, "pts_begin")) for ward in KINDS}
    before = Course(course.period.previous(), course.calendar)
    quiet = 0.96 if before.ends_before_holiday else 1.0
    total = chance.count(250 * before.growth(0.05) * quiet, 0.02)
    return split(course.given.get("pts_begin", total), chance.weights(usual, 0.04))


def _transfers(course: Course, chance: Chance) -> dict[tuple[str, str], int]:
    factor = course.period.days / 30 * course.season("ICU") * course.growth(0.05)
    return {
        edge: chance.few(n * factor) if n < 3 else chance.count(n * factor, 0.25)
        for edge, n in TRANSFERS.items()
    }


def _balance_icu(moves: dict[tuple[str, str], int], grew: int, chance: Chance) -> None:
    """Few patients come to intensive care from outside: transfers make up for the rest.

    `grew`: the patients it has more at the month's end, and those discharged from it.
    """
    coming = [edge for edge in moves if edge[1] == ICU]
    leaving = [edge for edge in moves if edge[0] == ICU]
    admissions = grew + sum(moves[e] for e in leaving) - sum(moves[e] for e in coming)
    wanted = 3 + chance.few(2)
    edges = sorted(leaving if wanted > admissions else coming, key=lambda e: (-TRANSFERS[e], e))
    for n in range(abs(wanted - admissions)):
        moves[edges[n % 3]] += 1


def _bed_days(
    course: Course, chance: Chance, discharges: Mapping[str, int], open_days: Mapping[str, int]
) -> tuple[dict[str, int], dict[str, int]]:
    """Bed-days occupied, and those of the discharged, ward by ward."""
    september = rows()["ward_activity"]
    stay = row_total(september, "bed_days_discharged") / row_total(september, "discharges")
    stay *= course.growth(STAY_GROWTH)
    given = course.given.get("bed_days_discharged")
    total = given or chance.count(sum(discharges.values()) * stay, 0.01)
    stays = {
        ward: n * _september(ward, "bed_days_discharged") / _september(ward, "discharges")
        for ward, n in discharges.items()
    }
    most = {ward: int(n * FULL) for ward, n in open_days.items()}
    usual = {
        ward: n * _september(ward, "bed_days_occupied") / _september(ward, "bed_days_open")
        * (1 + course.season(KINDS[ward])) for ward, n in open_days.items()
    }  # fmt: skip
    occupied = course.given.get("bed_days_occupied") or chance.count(total * 1.01, 0.02)
    return (
        split_below(occupied, chance.weights(usual, 0.02), most),
        split(total, chance.weights(stays, 0.03)),
    )
