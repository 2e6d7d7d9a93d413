"""Whose workbook it is, and of which period: what it says itself, against what was expected."""

from dataclasses import dataclass

from infodesk.errors import InfodeskError
from infodesk.model.definitions import Definitions
from infodesk.model.period import Period
from infodesk.model.rule import Severity
from infodesk.model.submission import Remark
from infodesk.model.unit import Unit
from infodesk.text.message import Message
from infodesk.workbooks.identify import Identity
from infodesk.workbooks.period_names import period_named

TAKE_OTHER = "--take-other-period"


@dataclass(frozen=True)
class Claim:
    """The sender of a workbook, and what is to be remarked about its period."""

    sender: Unit
    remarks: tuple[Remark, ...] = ()


def claim(
    definitions: Definitions,
    identity: Identity,
    period: Period,
    sender: Unit | None,
    *,
    take_other: bool,
) -> Claim:
    """Settle sender and period. InfodeskError if they are not clear, or not the ones expected."""
    _check_frequency(identity, period)
    found = _sender(definitions, identity, sender)
    wrong = _wrong_period(identity, period)
    if wrong is None:
        return Claim(found)
    if not take_other:
        raise InfodeskError(
            Message("{reason} (GEN-007)", reason=wrong),
            Message("ask for the right one; {option} takes it all the same", option=TAKE_OTHER),
        )
    detail = f"period:{','.join(identity.sheet_periods()) or identity.cover.get('period', '')}"
    remark = Remark("GEN-007", Severity.FLAGGED, unit=found.id, detail=detail)
    return Claim(found, (remark,))


def _check_frequency(identity: Identity, period: Period) -> None:
    for sheet in identity.forms:
        if sheet.form.frequency is not period.frequency:
            raise InfodeskError(
                Message(
                    "{form} is not collected for {period}, but by {frequency}",
                    form=sheet.form.title,
                    period=period,
                    frequency=sheet.form.frequency.value,
                ),
                Message("name the period with -p"),
            )


def _sender(definitions: Definitions, identity: Identity, given: Unit | None) -> Unit:
    """Who it says it is from, or who was named where it does not say, or says several."""
    names = identity.senders()
    found = {unit.id: unit for name in names if (unit := definitions.units.find(name)) is not None}
    if given is not None:
        if len(found) == 1 and given.id not in found:
            raise _another_sender(next(iter(found.values())), given)
        return given
    if len(found) == 1:
        return next(iter(found.values()))
    if len(found) > 1:
        raise InfodeskError(
            Message("sheets of several senders stand in it: {senders}", senders=sorted(found)),
            Message("send one workbook a sender, or name the sender with --from"),
        )
    message = Message("it does not say who sent it")
    if names:
        message = Message("there is no unit {name}", name=repr(names[0]))
    raise InfodeskError(message, Message("name the sender with --from"))


def _another_sender(said: Unit, given: Unit) -> InfodeskError:
    """A ward's card holds that ward's numbers, whoever brought it."""
    return InfodeskError(
        Message(
            "it says itself that it comes from {said}, not from {given} (GEN-007)",
            said=said.title,
            given=given.title,
        ),
        Message("collect it without --from"),
    )


def _wrong_period(identity: Identity, period: Period) -> Message | None:
    """What is wrong with its period, or nothing."""
    made_for = identity.sheet_periods()
    on_cover = period_named(filter(None, [identity.cover.get("period")]), period)
    others = [name for name in made_for if name != str(period)]
    if others and on_cover == period:
        other = period_named(others, period)
        shown = other.title if other else others[0]
        return Message("it looks like the workbook of {other} with a new cover", other=shown)
    if others:
        other = period_named(others, period)
        return Message("it is a workbook of {other}", other=other.title if other else others[0])
    if on_cover is not None and on_cover != period:
        return Message("its cover says {other}", other=on_cover.title)
    return None
