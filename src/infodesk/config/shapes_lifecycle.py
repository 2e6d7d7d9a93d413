"""What the steps of an entry are in YAML: states, moves, deadlines."""

from pydantic import Field

from infodesk.config.scalars import Flag, Name, Titled, Words
from infodesk.config.scalars_logbook import LengthText
from infodesk.config.shape import Shape


class DeadlineOfStateShape(Shape):
    """How long an entry may stay in a state."""

    within: LengthText | None = Field(None, description="so long: 2 workdays, 8 working hours")
    since: Name | None = Field(
        None, description="counted from this moment of the entry, not from coming into the state"
    )
    until: Name | None = Field(None, description="until the day or moment in this field")
    when: Words | None = Field(None, description="of which entries: a condition")


class StateShape(Shape):
    """A state of an entry."""

    id: Name
    title: Titled
    final: Flag = Field(default=False, description="whether nothing more is expected in it")
    waiting: Flag = Field(default=False, description="whether the clock of targets stands still")
    steady: Flag = Field(
        default=False, description="in force: nothing is to be done before its deadline"
    )
    deadlines: list[DeadlineOfStateShape] = Field(
        default_factory=list, description="how long it may last; the first that applies counts"
    )
    soonest: Flag = Field(
        default=False, description="of its deadlines that apply the soonest counts: milestones"
    )


class StartShape(Shape):
    """Where an entry begins."""

    state: Name
    when: Words | None = None


class MoveShape(Shape):
    """A step from one state to another."""

    id: Name
    title: Titled
    aliases: list[Words] = Field(default_factory=list)
    from_: list[Name] = Field(alias="from", min_length=1)
    to: Name
    by: list[Name] = Field(
        default_factory=list, description="posts that may take it; anybody if none"
    )
    asks: list[Name] = Field(
        default_factory=list, description="fields that are asked then, not before"
    )
    other_than: list[Name] = Field(
        default_factory=list,
        description="who may not also take it: who took these moves (or `add`), who is named in these fields",
    )
    when: Words | None = Field(None, description="what must hold before: a condition")


class LifecycleShape(Shape):
    """States and moves."""

    states: list[StateShape] = Field(min_length=1)
    starts: list[StartShape] = Field(
        default_factory=list, description="tried in order; the first state if none is given"
    )
    moves: list[MoveShape] = Field(default_factory=list)
