"""Findings and outcomes: what the rules said of the numbers."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from infodesk.model.period import Period
from infodesk.model.rule import Severity
from infodesk.text.message import Message


class State(StrEnum):
    """What became of a finding."""

    OPEN = "open"
    EXPLAINED = "explained"
    APPROVED = "approved"
    CORRECTED = "corrected"


@dataclass(frozen=True, order=True)
class Identity:
    """What makes two findings the same one: it gets its number once and keeps it."""

    period: Period
    form: str
    unit: str
    row: str
    rule: str
    item: str = ""


@dataclass(frozen=True)
class Cell:
    """Where a number that takes part stands, and who sent it."""

    item: str
    form: str
    value: str | None
    file: str | None = None
    cell: str | None = None  # `病房工作情况月报!C12`
    sender: str | None = None
    period: Period | None = None


@dataclass(frozen=True)
class Finding:
    """One breach of a rule.

    `left` and `right` are the two sides of the rule; `blocks` are the (form, section, unit) whose
    submissions cannot count while an error is open; `message` says more than the rule's own text.
    """

    identity: Identity
    severity: Severity
    message: Message | None = None
    left: Decimal | None = None
    right: Decimal | None = None
    cells: tuple[Cell, ...] = ()
    blocks: tuple[tuple[str, str, str], ...] = ()
    follows: Identity | None = None
    number: int | None = None
    state: State = State.OPEN
    words: str = ""  # the explanation, if there is one

    @property
    def difference(self) -> Decimal | None:
        """How far the two sides are apart."""
        if self.left is None or self.right is None:
            return None
        return abs(self.left - self.right)


@dataclass(frozen=True, order=True)
class Why:
    """Why a rule could not be evaluated: `kind` is a word of `Reason`, `what` its detail."""

    kind: str
    what: tuple[str, ...] = ()


@dataclass(frozen=True)
class Outcome:
    """How a rule fared: passed, failed, not evaluated and exempted (breaches nobody is asked about) add up to asked."""

    form: str
    rule: str
    asked: int
    passed: int
    failed: int
    not_evaluated: int
    why: Mapping[Why, int] = field(default_factory=dict)
    exempted: int = 0
