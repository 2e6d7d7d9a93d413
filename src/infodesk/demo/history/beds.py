"""`ward_beds_staff`: beds that were opened, people who came and went."""

from collections.abc import Mapping

from infodesk.demo.history.chance import Chance
from infodesk.demo.history.course import Course
from infodesk.demo.numbers import FormRows, Row
from infodesk.demo.september import rows

# Neurology opened four beds in the middle of March; from which day on, and how many.
OPENED = {("0103", "2026-03"): (16, 4)}
CROWDED = {("0103", 11): 3, ("0103", 12): 5, ("0102", 12): 4, ("0103", 1): 5, ("0102", 1): 4}
TITLES = (
    "physicians_chief", "physicians_deputy", "physicians_attending", "physicians_resident",
    "nurses_senior", "nurses_supervisor", "nurses_primary", "nurses_junior",
    "technicians", "other_staff",
)  # fmt: skip
GRADUATES = 7  # the month in which those fresh from school begin
LEAST_NURSES = 0.42  # to a bed


def beds(course: Course, after: Mapping[str, Row]) -> FormRows:
    """Beds and staff of a month that ended as the next began."""
    found: FormRows = {}
    for ward, row in after.items():
        chance = Chance("beds", course.period, ward)
        added = OPENED.get((ward, str(course.period)), (1, 0))[1]
        ended = int(row["beds_open_begin"])
        crowded = CROWDED.get((ward, course.period.start.month), 0)
        found[ward] = {
            **rows()["ward_beds_staff"][ward],
            "beds_open_begin": ended - added,
            "beds_added": added,
            "beds_removed": 0,
            "beds_open_end": ended,
            "extra_bed_days": chance.few(crowded),
            **_staff(course, _titles_before(row), ended, chance),
            "trainees": max(1, int(rows()["ward_beds_staff"][ward]["trainees"]) - chance.few(0.6)),
        }
    return found


def open_days(course: Course, beds: FormRows) -> dict[str, int]:
    """Each ward's open bed-days: beds times days, those opened within the month from their day on."""
    days = course.period.days
    found = {}
    for ward, row in beds.items():
        day, added = OPENED.get((ward, str(course.period)), (1, 0))
        found[ward] = int(row["beds_open_begin"]) * days + added * (days - day + 1)
    return found


def _titles_before(after: Row) -> dict[str, int]:
    """Who was there before the next month's comings and goings; those are nurses in their first years."""
    titles = {title: int(after[title]) for title in TITLES}
    titles["nurses_junior"] += int(after["staff_left"]) - int(after["staff_joined"])
    return titles


def _staff(course: Course, titles: dict[str, int], beds: int, chance: Chance) -> Row:
    """The staff at the month's end, and how many came and went in it."""
    nurses = sum(n for title, n in titles.items() if title.startswith("nurses"))
    physicians = sum(n for title, n in titles.items() if title.startswith("physicians"))
    joined = chance.few(1.2 if course.period.start.month == GRADUATES else 0.12)
    if nurses - joined < beds * LEAST_NURSES or titles["nurses_junior"] - joined < 2:
        joined = 0
    left = chance.few(0.1)
    everybody = sum(titles.values())
    return {
        **titles,
        "physicians_total": physicians,
        "nurses_total": nurses,
        "staff_begin": everybody - joined + left,
        "staff_joined": joined,
        "staff_left": left,
        "staff_end": everybody,
    }
