"""Shapes of the files in tools/: what backup programs and scripts report, as answers of a logbook."""

from pydantic import Field

from infodesk.config.scalars import Name, Titled, Words
from infodesk.config.shape import Shape


class AgoShape(Shape):
    """A moment, told by how long it took."""

    ago: Words = Field(description="where the seconds stand, or how many")


class ReportLineShape(Shape):
    """One kind of line that the tool prints."""

    when: dict[Words, Words] = Field(
        min_length=1, description="what must stand where; * is anything"
    )
    fields: dict[Name, Words | AgoShape | list[Words | AgoShape]] = Field(
        description="field: where its value stands; of several the first that is there"
    )
    always: dict[Name, Words] = Field(
        default_factory=dict, description="answers that are always given"
    )


class ToolShape(Shape):
    """A tool whose reports become entries."""

    id: Name
    title: Titled
    logbook: Name
    lines: list[ReportLineShape] = Field(min_length=1)
