"""The thirteen months, each grown from the one after it, so that they end with September 2026 exactly."""

from infodesk.demo.history.beds import beds, open_days
from infodesk.demo.history.clinics import clinics
from infodesk.demo.history.course import Course
from infodesk.demo.history.departments import departments
from infodesk.demo.history.finance import finance
from infodesk.demo.history.medtech import medtech
from infodesk.demo.history.operations import operations
from infodesk.demo.history.outcomes import outcomes
from infodesk.demo.history.quality import quality
from infodesk.demo.history.wards import flow
from infodesk.demo.numbers import ROOT, Month, record
from infodesk.demo.september import PERIOD, rows
from infodesk.model.calendar import Calendar
from infodesk.model.period import Period

MONTHS = 13
# What a month opens with, and what that was called when the month before closed.
CARRIED = {
    "ward_activity": {"pts_begin": "pts_end"},
    "ward_beds_staff": {"beds_open_begin": "beds_open_end", "staff_begin": "staff_end"},
}


def first_period(months: int) -> Period:
    """The first of so many months that end with September 2026."""
    period = PERIOD
    for _ in range(months - 1):
        period = period.previous()
    return period


def history(calendar: Calendar, months: int = MONTHS) -> dict[Period, Month]:
    """Months that end with September 2026, the earliest first: form → unit → item → value."""
    found = {PERIOD: rows()}
    period, after = PERIOD, rows()
    for _ in range(months - 1):
        period = period.previous()
        after = _month(Course(period, calendar), after)
        found[period] = after
    return dict(sorted(found.items()))


def _month(course: Course, after: Month) -> Month:
    """One month, from the one that followed it."""
    staffed = beds(course, after["ward_beds_staff"])
    ends = {ward: int(row["pts_begin"]) for ward, row in after["ward_activity"].items()}
    census = flow(course, ends, open_days(course, staffed))
    surgery = operations(course, census)
    left = outcomes(course, census, surgery)
    admitted = sum(int(row["admissions"]) for row in census.values())
    month: Month = {
        "ward_activity": {ward: {**census[ward], **left[ward], **surgery[ward]} for ward in census},
        "ward_beds_staff": staffed,
        "outpatient_activity": clinics(course, admitted),
    }
    month["finance_monthly"] = finance(course, month, record(after, "finance_monthly"))
    month["medtech_activity"] = medtech(course, month)
    month["quality_safety"] = quality(course, month)
    month["dept_economics"] = departments(course, month)
    return month


def closing_before(first: Month) -> Month:
    """The closing values of the month before: what a month looks back to."""
    closing: Month = {
        form: {
            unit: {before: row[now] for now, before in carried.items()}
            for unit, row in first[form].items()
        }
        for form, carried in CARRIED.items()
    }
    money = record(first, "finance_monthly")
    closing["finance_monthly"] = {ROOT: {"net_assets": money["net_assets"] - money["surplus"]}}
    return closing
