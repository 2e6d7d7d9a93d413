"""The shapes of the other YAML files: units, code lists, calendars, reports, settings, openings."""

from typing import Literal

from pydantic import Field

from infodesk.config.scalars import (
    Day,
    Hours,
    Name,
    PeriodName,
    TimeOfDay,
    Titled,
    Whole,
    Words,
)
from infodesk.config.shapes import Shape
from infodesk.model.calendar import WORKING_HOURS
from infodesk.model.period import Frequency


class ContactShape(Shape):
    """Whom to ask."""

    name: str = ""
    phone: str = ""
    reviewer: str = ""
    head: str = ""


class HospitalShape(Shape):
    """The root of the tree."""

    id: Words
    title: Titled
    kind: str = "hospital"


class KindShape(Shape):
    """A kind of unit."""

    id: Words
    title: Titled
    within: Words | None = None


class UnitShape(Shape):
    """A department, ward or clinic."""

    id: Words
    title: Titled
    kind: Words
    parent: Words | None = None
    aliases: list[Words] = Field(default_factory=list)
    opened: Day | None = None
    closed: Day | None = Field(None, description="the first day it no longer existed")
    successors: list[Words] = Field(default_factory=list)
    contact: ContactShape = Field(default_factory=ContactShape)


class UnitsShape(Shape):
    """units.yaml: the hospital, its kinds of unit, and its units in its own order."""

    hospital: HospitalShape
    kinds: list[KindShape]
    units: list[UnitShape]


class CodeShape(Shape):
    """One code."""

    id: Words
    title: Titled


class CodesShape(Shape):
    """A code list."""

    id: Words
    title: Titled
    codes: list[CodeShape]


class YearShape(Shape):
    """One announced year."""

    holidays: list[Day]
    workdays: list[Day] = Field(default_factory=list)


class CalendarShape(Shape):
    """Announced holidays and make-up working days."""

    id: Words
    title: Titled
    years: dict[str, YearShape]


class ReportShape(Shape):
    """A report."""

    id: Name
    title: Titled
    frequency: Frequency
    template: Words
    name: Words


class FoldersShape(Shape):
    """Folders, inside the workspace unless absolute."""

    inbox: Words = "inbox"
    blanks: Words = "blanks"
    reports: Words = "reports"


class DeadlineShape(Shape):
    """A deadline that differs from the form's own; what is not named stays."""

    day: Whole | None = Field(None, ge=1, le=28)
    roll: Literal["next", "prev", "none"] | None = None
    at: TimeOfDay | None = None


class ConfigShape(Shape):
    """config.yaml."""

    language: Literal["zh", "en"] = Field(
        "zh", description="of workbooks, reports and the terminal"
    )
    timezone: Words = "Asia/Shanghai"
    calendar: Words = "china"
    first_period: PeriodName | None = Field(None, description="the first month kept with infodesk")
    forms: list[Name] | None = Field(None, description="the forms in use; all if not given")
    logbooks: list[Name] | None = Field(None, description="the logbooks in use; all if not given")
    deadlines: dict[str, DeadlineShape] = Field(default_factory=dict)
    folders: FoldersShape = Field(default_factory=FoldersShape)
    store: Words = "infodesk.db"
    network_share: Literal["refuse", "exclusive"] = "refuse"
    telephone: str = Field("", description="of the information department, printed on workbooks")
    explanation_length: Whole = Field(6, ge=1, le=200)
    working_hours: list[Hours] = Field(
        default_factory=lambda: list(WORKING_HOURS),
        min_length=1,
        description="of a working day, for targets in working hours",
    )


class OpeningShape(Shape):
    """Opening balances: form → unit → item → value, of the period before the first one."""

    period: PeriodName
    forms: dict[str, dict[str, dict[str, str | None]]]
