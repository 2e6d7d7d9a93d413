"""Rules: what must be true of the numbers, and how grave it is if it is not."""

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from infodesk.model.expression import Node, is_about_records
from infodesk.model.item import is_within
from infodesk.model.period import Period
from infodesk.text.message import Title


class Severity(StrEnum):
    """The four that Chinese statisticians know, gravest first."""

    ERROR = "error"  # 强制性: must be corrected
    FLAGGED = "flagged"  # 准强制性: correct, or explain and have it approved
    WARNING = "warning"  # 核实性: correct, or explain
    INFO = "info"  # 提示性: may be ignored

    @property
    def rank(self) -> int:
        """0 for the gravest."""
        return list(Severity).index(self)

    @property
    def label(self) -> Title:
        """What people call it."""
        return _SEVERITY_TITLES[self]


_SEVERITY_TITLES = {
    Severity.ERROR: Title("强制性", "error"),
    Severity.FLAGGED: Title("准强制性", "flagged"),
    Severity.WARNING: Title("核实性", "warning"),
    Severity.INFO: Title("提示性", "info"),
}


@dataclass(frozen=True)
class Rule:
    """An edit rule of a form: `check` states what must be true.

    `follows` names the rules whose breach explains a breach of this one.
    """

    id: str
    form: str
    severity: Severity
    check: Node
    text: str
    message: Title
    follows: tuple[str, ...] = ()
    since: Period | None = None
    until: Period | None = None

    @cached_property
    def is_about_records(self) -> bool:
        """Whether it is asked of every record; else once, of the whole hospital."""
        return is_about_records(self.check)

    def applies_in(self, period: Period) -> bool:
        """Whether it was in force in that period."""
        return is_within(period, self.since, self.until)
