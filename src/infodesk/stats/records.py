"""The records of a form as they were sent: personal answers masked, unless somebody says why not."""

from collections.abc import Mapping
from dataclasses import dataclass

from infodesk.errors import InfodeskError
from infodesk.model.form import Form
from infodesk.model.item import Item
from infodesk.model.period import Period
from infodesk.model.submission import Stored
from infodesk.model.unit import Unit
from infodesk.stats.desk import Desk
from infodesk.stats.written import shown_answer, whole_answer
from infodesk.store.audit import record
from infodesk.store.submissions import current, rows_of
from infodesk.text.message import Message


@dataclass(frozen=True)
class Record:
    """One record's answers as they may be shown: item → text, nothing for a blank."""

    unit: str
    row: str
    answers: Mapping[str, str | None]


def records(
    desk: Desk, form: Form, period: Period, scope: Unit, reveal: str | None = None
) -> tuple[Record, ...]:
    """The latest version of every record within a scope, in the hospital's order.

    With a reason in `reveal` personal answers are whole, and the audit chain says who saw them and why.
    InfodeskError for a reason that is too short.
    """
    units = desk.definitions.units
    found: dict[tuple[str, str], dict[str, str | None]] = {}
    with desk.store.reading():
        for part, submission in current(desk.store, period).items():
            if part.form != form.id or scope.id not in units.with_ancestors(part.unit):
                continue
            for row in rows_of(desk.store, submission, form):
                answers = found.setdefault((part.unit, row.row), {})
                for name, stored in row.values.items():
                    answers[name] = _answer(form.by_id[name], stored, period, reveal)
    if reveal is not None:
        _note(desk, form, period, scope, reveal)
    order = {unit.id: unit.order for unit in units.units}
    keys = sorted(found, key=lambda key: (order.get(key[0], 0), *key))
    return tuple(Record(*key, found[key]) for key in keys)


def _answer(item: Item, stored: Stored, period: Period, reveal: str | None) -> str | None:
    if reveal is not None:
        return whole_answer(item, stored)
    return shown_answer(item, stored, period.last_day)


def _note(desk: Desk, form: Form, period: Period, scope: Unit, reason: str) -> None:
    least = desk.definitions.settings.explanation_length
    if len(reason.strip()) < least:
        raise InfodeskError(Message("a reason has {n} characters at least", n=least))
    detail = {"period": str(period), "unit": scope.id, "reason": reason.strip()}
    with desk.store.writing():
        record(desk.store, desk.actor, "reveal", form.id, detail)
