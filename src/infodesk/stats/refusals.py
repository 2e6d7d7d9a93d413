"""Why a workbook is not taken: it is another period's file, its period is closed, nothing in it can be taken."""

from collections.abc import Iterable, Sequence

from infodesk.errors import InfodeskError
from infodesk.model.period import Period, parse_period
from infodesk.model.rule import Severity
from infodesk.model.submission import Remark
from infodesk.stats.whose import TAKE_OTHER
from infodesk.store.releases import is_closed
from infodesk.store.store import Store
from infodesk.store.submissions import Earlier
from infodesk.text.message import Message
from infodesk.workbooks.identify import Identity


def refuse_other_periods_file(
    before: Sequence[Earlier], identity: Identity, period: Period, *, take_other: bool
) -> None:
    """The very file of another period is refused, unless it is asked for or its tables hold several periods."""
    others = [each for each in before if each.period != str(period)]
    has_several = any(
        sheet.form.layout and sheet.form.layout.has_periods for sheet in identity.forms
    )
    if not others or take_other or has_several:
        return
    raise InfodeskError(
        Message(
            "the very file of {other}, taken as {name} (GEN-007)",
            other=parse_period(others[-1].period, period.last_day).title,
            name=others[-1].name,
        ),
        Message("ask for the right one; {option} takes it all the same", option=TAKE_OTHER),
    )


def refuse_closed(store: Store, period: Period) -> None:
    """A closed period takes nothing more."""
    if is_closed(store, period):
        raise InfodeskError(
            Message("{period} is closed (GEN-014)", period=period),
            Message("have it opened again: {command}", command=f"infodesk stats reopen {period}"),
        )


def nothing_to_take(remarks: Iterable[Remark]) -> Message:
    """Why a workbook of ours gave nothing that can be taken."""
    found = list(remarks)
    first = next((r for r in found if r.severity is Severity.ERROR and r.detail != "section"), None)
    if first is None:
        return Message("nothing is filled in yet")
    if first.rule == "GEN-006":
        sender = first.detail.split(":")[1] if first.detail.startswith("sender:") else ""
        return Message("the records in it were already sent by {sender} (GEN-006)", sender=sender)
    if first.rule == "GEN-007":
        return Message("its sender does not report what is in it (GEN-007)")
    return Message("nothing in it can be taken ({rule})", rule=first.rule)
