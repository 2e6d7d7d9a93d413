"""The shapes of the other YAML files: units, code lists, calendars, reports, settings, openings."""

from typing import Literal

from pydantic import Field

from infodesk.config.scalars import (
    Day,
    Flag,
    Hours,
    Name,
    PeriodName,
    Positive,
    TimeOfDay,
    Titled,
    Whole,
    Words,
)
from infodesk.config.shape import Shape
from infodesk.config.shapes import DueShape
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
    every_day: Flag = Field(
        default=False,
        description="works on weekends and holidays too: means of a day are of calendar days in every form",
    )


class UnitsShape(Shape):
    """units.yaml: the hospital, its kinds of unit, and its units in its own order."""

    hospital: HospitalShape
    kinds: list[KindShape]
    units: list[UnitShape]


class CriteriaShape(Shape):
    """What a hospital stay must show to count in a disease: codes or ranges of codes."""

    diagnoses: list[Words] = Field(description="principal diagnosis, ICD-10")
    procedures: list[Words] = Field(
        default_factory=list, description="one of these operations as well, ICD-9-CM-3"
    )
    or_procedures: list[Words] = Field(
        default_factory=list, description="these operations are enough"
    )
    without_procedures: list[Words] = Field(
        default_factory=list, description="none of these operations"
    )
    age_to: Whole | None = Field(None, description="the highest age in completed years", ge=0)
    rank: Positive | None = Field(None, description="tried before those without a rank")


class CodeShape(Shape):
    """One code."""

    id: Words
    title: Titled
    since: PeriodName | None = Field(None, description="the first period it may be used in")
    until: PeriodName | None = Field(None, description="the last period it may be used in")
    marks: list[Name] = Field(
        default_factory=list, description="what is true of it; rules ask item.mark"
    )
    criteria: CriteriaShape | None = None


class CodesShape(Shape):
    """A code list."""

    id: Words
    title: Titled
    version: str = ""
    valid_from: Day | None = None
    valid_to: Day | None = None
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
    unusual: list[PeriodName] = Field(
        default_factory=list, description="months that GEN-015 and GEN-016 compare with no other"
    )


class ReportShape(Shape):
    """A report."""

    id: Name
    title: Titled
    frequency: Frequency
    template: Words = Field(description="the file beside it that says what stands in it")
    name: Words = Field(description="what its files are called")
    outgoing: Flag = Field(
        default=False,
        description="it goes to other departments or leaves the house: small counts of persons are not printed",
    )
    due: DueShape | None = Field(
        None, description="when report due makes it; only a person does if not given"
    )
    clauses: list[Words] = Field(
        default_factory=list, description="the clauses of the regulation that it serves"
    )


class ClauseShape(Shape):
    """One clause of the regulation."""

    id: Words = Field(description="its number, like 四.4")
    title: Titled = Field(description="what it asks for, in a few words of one's own")
    conduct: Flag = Field(default=False, description="mere conduct, which no record can show")


class ClausesShape(Shape):
    """clauses.yaml: the clauses of the regulation that the department works under."""

    clauses: list[ClauseShape]


class FoldersShape(Shape):
    """Folders, inside the workspace unless absolute."""

    inbox: Words = "inbox"
    blanks: Words = "blanks"
    reports: Words = "reports"
    returns: Words = "returns"


class DeadlineShape(Shape):
    """A deadline that differs from the form's own; what is not named stays."""

    day: Whole | None = Field(None, ge=1, le=28)
    roll: Literal["next", "prev", "none"] | None = None
    at: TimeOfDay | None = None


class GeneralShape(Shape):
    """From where on the general rules GEN-015 to GEN-018 ask."""

    month_change: Whole = Field(30, ge=1, description="percent a day against the period before")
    year_change: Whole = Field(50, ge=1, description="percent a day against last year")
    least_count: Whole = Field(20, ge=0, description="smaller changes of counts are left out")
    least_money: Whole = Field(
        10, ge=0, le=100, description="smaller changes of money too, in percent of the hospital"
    )
    same_items: Whole = Field(8, ge=1, description="items a copy of last period has at least")
    same_share: Whole = Field(80, ge=1, le=100, description="percent of them that are the same")
    median_periods: Whole = Field(6, ge=1, le=36, description="periods a median is taken of")
    median_least: Whole = Field(8, ge=1, description="medians below it are left out")
    median_times: Whole = Field(8, ge=2, description="how many times the median is too far from it")
    history: Whole = Field(13, ge=1, description="months of a unit before they are more than notes")


class ExemptionShape(Shape):
    """A rule that a unit need not keep for some time."""

    rule: Words
    unit: Words
    until: Day = Field(description="for periods that end by this day")
    reason: Words


class ConfigShape(Shape):
    """config.yaml."""

    language: Literal["zh", "en"] = Field(
        "zh", description="of workbooks, reports and the terminal"
    )
    timezone: Words = "Asia/Shanghai"
    calendar: Words = "china"
    first_period: PeriodName | None = Field(None, description="the first month kept with infodesk")
    forms: list[Name] | None = Field(None, description="the forms in use; all if not given")
    frequencies: dict[str, Frequency] = Field(
        default_factory=dict, description="how often, where it differs from the form's own"
    )
    variants: dict[str, str] = Field(
        default_factory=dict, description="the variants chosen; the first of each if not given"
    )
    logbooks_since: Day | None = Field(
        None, description="first day on which logbooks expect entries; else that of first_period"
    )
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
    general: GeneralShape = Field(default_factory=lambda: GeneralShape.model_validate({}))
    exemptions: list[ExemptionShape] = Field(default_factory=list)


class OpeningShape(Shape):
    """Opening balances: form → unit → item → value, of the period before the first one."""

    period: PeriodName
    forms: dict[str, dict[str, dict[str, str | None]]]
