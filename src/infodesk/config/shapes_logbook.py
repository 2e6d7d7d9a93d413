"""The shapes of logbooks, assets and people in YAML: which keys there are, and what each means."""

from typing import Literal

from pydantic import Field

from infodesk.config.scalars import Day, Flag, Name, Number, TimeOfDay, Titled, Whole, Words
from infodesk.config.scalars_logbook import LengthText, Prefix
from infodesk.config.shape import Shape
from infodesk.config.shapes_lifecycle import LifecycleShape
from infodesk.config.shapes_probe import ProbeShape
from infodesk.model.item import Secrecy
from infodesk.model.logbook import Severity
from infodesk.model.schedule import Days, Shift
from infodesk.text.message import Title


class BandShape(Shape):
    """Some of the readings of a field."""

    from_: Number | None = Field(None, alias="from", description="this and more")
    to: Number | None = Field(None, description="this and less")
    below: Number | None = Field(None, description="less than this")
    above: Number | None = Field(None, description="more than this")
    is_: list[Words] = Field(
        default_factory=list, alias="is", description="one of these: codes, true, false"
    )
    other: Flag = Field(default=False, description="anything the other bands do not name")


class LimitsShape(Shape):
    """What is normal, what warns, what alarms."""

    normal: BandShape | None = Field(None, description="what is neither this nor an alarm warns")
    warn: BandShape | None = None
    alarm: BandShape | None = None
    possible: BandShape | None = Field(
        None, description="what can be at all; anything else is asked about again"
    )


class FieldShape(LimitsShape):
    """One question of a logbook."""

    id: Name = Field(description="what expressions, options and files call it")
    label: Titled = Field(description="what people call it")
    type: Words = Field(
        description="integer, decimal(n), money, number, text, date, time, moment, yes_no, code(list), "
        "unit, asset(kind), person, file, entry(logbook)"
    )
    codes: dict[str, Titled] = Field(
        default_factory=dict, description="a code list of its own, for type code"
    )
    unit: str = Field("", description="what is measured, as it is printed: ℃, %, 分钟")
    group: Name | None = Field(None, description="the group it is asked in")
    each: Name | None = Field(None, description="a kind of asset: asked of each of them")
    multiple: Flag = Field(default=False, description="whether several may be given")
    required: Flag = Field(default=False, description="whether an entry needs it")
    required_if: Words | None = Field(None, description="when an entry needs it: a condition")
    ask_if: Words | None = Field(
        None, description="when the terminal asks for it though it may stay blank: a condition"
    )
    computed: Words | None = Field(None, description="its value, as a formula; nobody types it")
    default: str = Field(
        "",
        description="now, today, me (who writes), last (the answer before), or a value",
    )
    open_in: list[Name] = Field(
        default_factory=list, description="logbooks whose open entries it lists by itself"
    )
    among: Name | None = Field(
        None, description="another field: its answers are taken over one by one, or left"
    )
    past: Flag = Field(
        default=False, description="a day or moment of what has happened: it cannot lie ahead"
    )
    negative: Flag = Field(default=False, description="whether it may be below 0")
    expires: LengthText | None = Field(
        None, description="the day in it is told of so long before: 60 d"
    )
    class_: Secrecy = Field(Secrecy.INTERNAL, alias="class", description="who may see it")
    note: Titled = Field(
        default_factory=Title, description="how it is read, for those who fill it in"
    )
    probe: ProbeShape | None = Field(None, description="what the machine reads by itself")
    identical: Whole = Field(
        0, ge=0, le=99, description="so many equal readings in a row are questioned; 0: never"
    )
    source: str = Field(
        "", description="where the limits come from; [GK] marks what is to be verified"
    )


class GroupShape(Shape):
    """Fields asked one after the other."""

    id: Name
    title: Titled
    together: Flag = Field(
        default=False, description="one question for all of it: is everything normal?"
    )


class CheckShape(Shape):
    """What must be true of an entry."""

    id: Words
    severity: Severity = Field(
        "warn", description="error: not taken; alarm, warn: the entry's level; info: a note"
    )
    check: Words = Field(description="what must be true; see docs/logbooks.md")
    message: Titled
    source: str = ""
    pass_: list[dict[str, str | None]] = Field(
        default_factory=list, alias="pass", description="answers it must let through"
    )
    fail: list[dict[str, str | None]] = Field(
        default_factory=list, description="answers it must find wrong"
    )


class RecurrenceShape(Shape):
    """Days and times of day."""

    rule: Words = Field(description="an iCalendar rule without times: FREQ=WEEKLY;BYDAY=FR")
    at: list[TimeOfDay] = Field(min_length=1)
    on: Days = Field("every", description="every day of the rule, only workdays, or only days_off")


class ScheduleShape(Shape):
    """When an entry is due."""

    id: Name
    title: Titled
    aliases: list[Words] = Field(default_factory=list)
    rules: list[RecurrenceShape] = Field(min_length=1)
    start: Day | None = Field(None, description="the first day; else the workspace's first period")
    until: Day | None = Field(None, description="the last day")
    opens: LengthText | None = Field(
        None,
        description="how long before it may be done: 60 min, start of week; start of day if not given",
    )
    grace: LengthText | None = Field(
        None, description="until when it is in time: 60 min, end of month; end of day if not given"
    )
    shift: Shift = Field("none", description="where a day moves that is not worked")
    counts_from: Literal["planned", "done"] = Field(
        "planned", description="done: the next one follows from when it was last done"
    )
    after: Name | None = Field(
        None, description="due only if this logbook had an entry, and only done after it"
    )
    each: Name | None = Field(None, description="a kind of asset: one duty for each of them")
    when: Words | None = Field(
        None,
        description="which entries do the duty: a condition; others of the logbook belong to no schedule",
    )
    asks: list[Name] = Field(default_factory=list, description="the groups asked; all if none")
    gives: dict[Name, Words] = Field(
        default_factory=dict,
        description="what an entry of it says without being asked: {kind: preventive}",
    )
    source: str = ""


class ViewShape(Shape):
    """A named question in SQL."""

    id: Name
    title: Titled
    sql: Words = Field(
        description="one SELECT over the logbooks' views; :name is a parameter, :today and :now are the clock's"
    )
    finds: Literal["warn", "alarm"] | None = Field(
        None, description="every row is something that needs somebody, of this level"
    )
    look: Literal["grid", "cards"] = Field(
        "grid", description="how a file of it is printed: cards are labels, the first column large"
    )


class ColumnShape(Shape):
    """A column of views that is no field."""

    label: Titled = Field(description="what people call it")
    type: Literal[
        "number", "text", "date", "moment", "yes_no", "asset", "person", "unit", "code"
    ] = Field("text", description="how its values are shown; a truth value is 1 or 0")
    codes: dict[str, Titled] = Field(
        default_factory=dict, description="what its values are called, for type code"
    )
    unit: str = Field("", description="what is measured: %, 分钟")


class SignShape(Shape):
    """A signature."""

    post: Name
    within: LengthText | None = None
    other_than: list[Name] = Field(default_factory=list)


class KeepShape(Shape):
    """How long entries are kept."""

    years: Whole = Field(3, ge=0, le=100, description="0: for good")
    source: str = ""


class OnAlarmShape(Shape):
    """What an alarm leads to: an entry of another logbook, opened or joined."""

    link: Name = Field(description="the field here that names the other entry")
    answers: dict[str, Words] = Field(
        description="what it says: field: answer, with {asset}, {place} and {finding} in it"
    )
    proof: Name | None = Field(
        None, description="the move that a later entry takes this one by, once all of it is mended"
    )


class LogbookShape(Shape):
    """A logbook."""

    id: Name
    title: Titled
    prefix: Prefix = Field(description="begins the ids of its entries: RI gives RI-20260918-001")
    aliases: list[Words] = Field(default_factory=list)
    clauses: list[Words] = Field(
        default_factory=list, description="of the regulation: 六.5, 八.2(6)"
    )
    about: list[Name] = Field(
        default_factory=list, description="fields by which an entry is compared with earlier ones"
    )
    once: list[Name] = Field(
        default_factory=list,
        description="fields that name one thing: an entry that says the same in all of them is the same one again",
    )
    summary: list[Name] = Field(default_factory=list, description="fields that lists show")
    groups: list[GroupShape] = Field(default_factory=list)
    fields: list[FieldShape] = Field(min_length=1)
    checks: list[CheckShape] = Field(default_factory=list)
    lifecycle: LifecycleShape | None = None
    on_alarm: OnAlarmShape | None = None
    schedules: list[ScheduleShape] = Field(default_factory=list)
    views: list[ViewShape] = Field(default_factory=list)
    columns: dict[Name, ColumnShape] = Field(
        default_factory=dict, description="what views compute, by the name it has in their SQL"
    )
    signs: list[SignShape] = Field(default_factory=list)
    keep: KeepShape = KeepShape.model_construct(years=3, source="")
    source: str = ""
