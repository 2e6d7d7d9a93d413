"""Findings, ranges and states in the words of a report."""

from collections.abc import Iterable
from decimal import Decimal

from infodesk.model.definitions import Definitions
from infodesk.model.finding import Finding, State
from infodesk.model.indicator import Plausible
from infodesk.model.item import Secrecy, highest
from infodesk.reports.measure import SIGNS
from infodesk.text.language import Language
from infodesk.text.message import Message

STATES = {
    State.OPEN: Message("open"),
    State.EXPLAINED: Message("explained"),
    State.APPROVED: Message("approved"),
    State.CORRECTED: Message("corrected"),
}

PART_STATES = {
    "missing": Message("missing"),
    "received": Message("received, not accepted"),
    "accepted": Message("accepted"),
    "nil": Message("nil"),
}


def finding_words(definitions: Definitions, language: Language, finding: Finding) -> str:
    """What is wrong, with both numbers: 期初+入院-…≠期末：计算 47，填报 49，差 2."""
    title = language.tell(definitions.rule_title(finding.identity.rule))
    if finding.message is None:
        return title
    return language("{title}: {message}", title=title, message=finding.message)


def finding_secrecy(definitions: Definitions, finding: Finding) -> Secrecy:
    """The highest class among the items whose numbers a finding tells."""
    forms = definitions.form_by_id
    return highest(
        forms[cell.form].by_id[name].secrecy
        for cell in finding.cells
        for name in cell.item.split(",")
        if cell.form in forms and name in forms[cell.form].by_id
    )


def range_words(plausible: Plausible | None, days: int, language: Language) -> str:
    """`40–115`, for the length of the period; nothing where there is no range."""
    if plausible is None:
        return ""
    factor = Decimal(days) / plausible.per_days if plausible.per_days else Decimal(1)
    low, high = (_short(end * factor) for end in (plausible.low, plausible.high))
    return language("{low} to {high}", low=low, high=high)


def _short(number: Decimal) -> str:
    rounded = round(number, 2)
    return f"{rounded.normalize():f}"


def legend(language: Language, signs: Iterable[str]) -> str:
    """What the signs used in a table mean."""
    used = set(signs)
    meant = (f"{sign} {language.tell(said)}" for sign, said in SIGNS.items() if sign in used)
    return "    ".join(meant)
