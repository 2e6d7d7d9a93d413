"""Confirming where a moved item stands: the finding is settled, and the place remembered for its sender and form."""

from infodesk.errors import InfodeskError
from infodesk.model.finding import Finding, State
from infodesk.model.rule import Severity
from infodesk.model.submission import Remark
from infodesk.stats.check import Checked, numbers_of
from infodesk.stats.desk import Desk
from infodesk.stats.explain import find
from infodesk.store.findings import Said, say
from infodesk.store.places import confirm_place
from infodesk.store.submissions import remarks
from infodesk.text.message import Message
from infodesk.workbooks.moved import RULE


def confirm(desk: Desk, checked: Checked, number: int, words: str) -> Finding:
    """Confirm the place of an item that moved. InfodeskError if the finding is of another kind."""
    finding = find(checked, number)
    found = None if finding.identity.rule != RULE else _remark(desk, finding)
    if found is None:
        raise InfodeskError(
            Message("finding {n} is not about something that moved", n=number),
            Message("explain it with: infodesk stats explain"),
        )
    remark, sender = found
    with desk.store.writing():
        place = remark.detail.removeprefix("moved:")
        confirm_place(desk.store, desk.actor, sender, (remark.form, remark.item), place)
        said = Said(State.EXPLAINED, words, numbers_of(finding))
        say(desk.store, desk.actor, number, said)
    return finding


def _remark(desk: Desk, finding: Finding) -> tuple[Remark, str] | None:
    """What reading remarked, with the sender; nothing for what is not clear and must be corrected."""
    identity = finding.identity
    root = desk.definitions.units.root.id
    for remark, _, sender in remarks(desk.store, identity.period):
        is_same = (remark.rule, remark.form, remark.item) == (RULE, identity.form, identity.item)
        if (
            is_same
            and (remark.unit or root) == identity.unit
            and remark.severity is Severity.WARNING
        ):
            return remark, sender
    return None
