"""A query slip (核实单): the findings that one sender is asked about, line by line, and what a line is known by."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from infodesk.model.period import Period
from infodesk.model.rule import Severity
from infodesk.model.unit import Unit
from infodesk.text.message import Message, Title

SLIP = Message("Query slip")

# roles of the columns, in the hidden row under the header
FINDING, LABEL, WAS, AGREE, RIGHT, REASON, WORDS, ANSWER = (
    "@finding", "@item", "@was", "@agree", "@right", "@reason", "@words", "@answer",
)  # fmt: skip
REASONS = (
    Message("Spring Festival"),
    Message("beds closed"),
    Message("equipment failure"),
    Message("specialist away"),
    Message("entered later"),
)


class AnswerKey(NamedTuple):
    """What an answer is known by, wherever its cell has moved to."""

    form: str
    unit: str
    row: str
    item: str

    def __str__(self) -> str:
        return "|".join(self)


@dataclass(frozen=True)
class SlipLine:
    """A cell in question: its label, the value filled in, the cell (sheet!C12), and its key if it can be
    corrected on the slip."""

    label: Message | Title
    value: str | None
    cell: str | None = None
    key: AnswerKey | None = None


@dataclass(frozen=True)
class SlipFinding:
    """A finding on a slip: what must agree with what, both sides of it, and the sender's own cells."""

    number: int
    rule: str
    severity: Severity
    title: Title
    sides: Message | None
    lines: tuple[SlipLine, ...]

    @property
    def must_be_corrected(self) -> bool:
        """Whether an explanation is not enough."""
        return self.severity is Severity.ERROR


@dataclass(frozen=True)
class Kept:
    """A correction of an earlier slip, which holds on: the file's own cell still shows the old value."""

    label: Message | Title
    value: str
    key: AnswerKey


@dataclass(frozen=True)
class Slip:
    """What one sender is asked about one of its workbooks. `number` is the return's."""

    number: int
    hospital: Title
    sender: Unit
    period: Period
    returned: datetime
    due: datetime
    telephone: str
    least: int  # characters of an explanation
    findings: tuple[SlipFinding, ...]
    kept: tuple[Kept, ...] = ()

    def marks(self) -> Iterator[tuple[str, SlipFinding]]:
        """Every cell in question with the finding."""
        for finding in self.findings:
            for line in finding.lines:
                if line.cell is not None and "!" in line.cell:
                    yield line.cell, finding

    @property
    def length(self) -> int:
        """How many lines it has."""
        return sum(len(finding.lines) for finding in self.findings) + len(self.kept)


def what_to_do(finding: SlipFinding) -> Message:
    """What is asked of the sender."""
    if finding.must_be_corrected:
        return Message("must be corrected")
    return Message("correct it, or explain")
