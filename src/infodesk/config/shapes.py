"""The shapes of forms, rules and indicators in YAML: which keys there are, and what each means.

The descriptions are printed in `docs/config.md` and in editors.
"""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from infodesk.config.scalars import (
    Flag,
    Name,
    Number,
    PeriodName,
    Positive,
    ScalarError,
    TimeOfDay,
    Titled,
    Whole,
    Words,
)
from infodesk.config.shape import Shape
from infodesk.config.shapes_layout import LayoutShape
from infodesk.model.indicator import Better
from infodesk.model.item import OverTime, Secrecy
from infodesk.model.masking import Mask
from infodesk.model.period import Frequency
from infodesk.model.rule import Severity
from infodesk.text.message import Message, Title

Variants = dict[Name, Annotated[list[Name], Field(min_length=1)]]


class DueShape(Shape):
    """When a form is due."""

    day: Whole = Field(description="day of the month after the period's end", ge=1, le=28)
    roll: Literal["next", "prev", "none"] = Field(
        "next", description="where the day moves if it is not a working day"
    )
    at: TimeOfDay | None = Field(None, description="the hour, 17:30 unless given")


class AboutShape(Shape):
    """The units a form is about, one record each."""

    kind: Words = Field(description="the kind of unit that has one record each")
    also: list[Words] = Field(default_factory=list, description="units besides those of the kind")
    except_: list[Words] = Field(
        default_factory=list, alias="except", description="units of the kind that do not report it"
    )


# As an editor checks it; the reader says more exactly what is wrong.
_TYPES = (
    r"^(integer|money|text|date|month|yes_no|unit|number|(number|decimal)\([1-6]\)|code\([^()]+\))$"
)


class ItemShape(Shape):
    """One question."""

    id: Name = Field(description="what rules and files call it")
    label: Titled = Field(description="what people call it")
    type: Words = Field(
        description="integer, decimal(n), money, number, text, date, month, yes_no, code(list) or unit",
        json_schema_extra={"pattern": _TYPES},
    )
    unit: str = Field("", description="what is counted, as it is printed: 人, 床日, 元")
    over_time: OverTime | None = Field(
        None, description="how longer periods follow from shorter ones; numbers are summed"
    )
    over_units: Literal["sum", "none"] | None = Field(
        None, description="how the hospital follows from its units; numbers are summed"
    )
    required: Flag = Field(default=True, description="whether a blank is an error")
    negative: Flag = Field(default=False, description="whether it may be below 0")
    class_: Secrecy = Field(Secrecy.INTERNAL, alias="class", description="who may see it")
    mask: Mask | None = Field(
        None, description="what is shown of a personal answer; nothing of it if not given"
    )
    opens_with: Name | None = Field(
        None, description="the item whose value in the period before it starts from"
    )
    carry: Flag | None = Field(
        None, description="whether a row brings its answer along; what has no over_time does"
    )
    variant: Name | None = Field(None, description="only in this variant of the form")
    note: Titled = Field(
        default_factory=Title, description="how it is counted, for those who fill it in"
    )
    since: PeriodName | None = Field(None, description="the first period it is asked in")
    until: PeriodName | None = Field(None, description="the last period it is asked in")


class DerivedShape(Shape):
    """A name for an expression that several rules need."""

    id: Name
    expression: Words


class SectionShape(Shape):
    """The part of a form that one sender knows."""

    id: Name
    title: Titled
    from_: Words = Field(
        "unit", alias="from", description="unit (each its own), or the id of a unit"
    )
    applies_to: list[Words] = Field(
        default_factory=list, description="kinds of unit that are asked; all if none is named"
    )
    nil: Titled | None = Field(
        None, description="the words of the one tick that makes its blanks 0"
    )
    items: list[ItemShape]


class RuleShape(Shape):
    """What must be true of the numbers."""

    id: Words
    severity: Severity = Field(Severity.ERROR, description="how grave a breach is")
    check: Words = Field(description="what must be true; see docs/rules.md")
    message: Titled
    follows: list[Words] = Field(
        default_factory=list, description="rules whose breach explains a breach of this one"
    )
    variant: Name | None = Field(None, description="only in this variant of the form")
    since: PeriodName | None = None
    until: PeriodName | None = None
    pass_: list[dict[str, str | None]] = Field(
        default_factory=list, alias="pass", description="values it must let through"
    )
    fail: list[dict[str, str | None]] = Field(
        default_factory=list, description="values it must find wrong"
    )


class FormShape(Shape):
    """A statistical form."""

    id: Name
    title: Titled
    category: str = ""
    frequency: Frequency
    due: DueShape
    about: AboutShape | None = None
    daily: Literal["days", "workdays"] = Field(
        "days",
        description="what a daily mean divides by: calendar days (wards) or working days (clinics)",
    )
    number_rule: str = Field(
        "", description="the rule named when a workbook is refused for an ID-card or mobile number"
    )
    variants: Variants = Field(
        default_factory=dict, description="what config.yaml may choose, the usual one first"
    )
    derived: list[DerivedShape] = Field(default_factory=list)
    key: list[ItemShape] = Field(default_factory=list)
    sections: list[SectionShape] = Field(min_length=1)
    rules: list[RuleShape] = Field(default_factory=list)
    layout: LayoutShape | None = None
    clauses: list[Words] = Field(
        default_factory=list, description="the clauses of the regulation that it serves"
    )
    since: PeriodName | None = None
    until: PeriodName | None = None


class RulesShape(Shape):
    """Rules of a form, in a file of their own: to be tried before they are put into the form."""

    id: Name = Field(alias="form", description="the form whose records they are asked of")
    rules: list[RuleShape] = Field(min_length=1)


class PlausibleShape(Shape):
    """The range in which a figure raises no eyebrows."""

    low: Number
    high: Number
    per_days: Positive | None = Field(None, description="the range is for so many days")
    exempt: list[Words] = Field(default_factory=list, description="kinds of unit it is not for")


class IndicatorShape(Shape):
    """A figure computed from totals."""

    id: Name
    title: Titled
    formula: Words = ""
    growth_of: Words = Field(
        "",
        description="instead of a formula: an indicator of this file, or form.item, whose growth in a year it is",
    )
    unit: str = ""
    decimals: Whole = Field(2, ge=0, le=6)
    better: Better = Better.MONITOR
    plausible: PlausibleShape | None = None
    per_unit: Flag = Field(default=False, description="computed for single units too")
    per_row: Flag = Field(
        default=False, description="computed for each row of its form, and not for the hospital"
    )
    variant: Name | None = Field(None, description="only in this variant of the file")
    reference: Titled = Field(default_factory=Title)
    used_by: str = ""
    source: str = ""

    @model_validator(mode="after")
    def _has_one_formula(self) -> Self:
        if not self.formula and not self.growth_of:
            raise ScalarError(Message("{key} is missing", key="formula"))
        if self.formula and self.growth_of:
            raise ScalarError(Message("write either formula or growth_of"))
        return self


class IndicatorsShape(Shape):
    """A file of indicators."""

    group: Titled
    variants: Variants = Field(
        default_factory=dict, description="what config.yaml may choose, the usual one first"
    )
    indicators: list[IndicatorShape]
