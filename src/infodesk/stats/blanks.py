"""Which blank workbooks there are to send out, and what is known already of the period before."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from infodesk.model.period import Period
from infodesk.model.submission import Stored
from infodesk.stats.desk import Desk
from infodesk.store.openings import openings
from infodesk.store.submissions import current, rows_of
from infodesk.text.language import Language
from infodesk.workbooks.blank.book import draw_workbook, file_name, write_workbook
from infodesk.workbooks.blank.lines import row_line
from infodesk.workbooks.blank.plan import Answer, Answers, Plan


@dataclass(frozen=True)
class BlankFile:
    """A blank that was written (or would be)."""

    path: Path
    sender: str
    forms: tuple[str, ...]


def plans(
    desk: Desk, period: Period, senders: tuple[str, ...] = (), answers: Answers | None = None
) -> Iterator[Plan]:
    """The workbook of every sender who owes something, in the hospital's order."""
    obligations = [o for o in desk.obligations(period) if not _foreign(desk, o.part.form)]
    before = previous_values(desk, period)
    given = answers or Answers()
    given = replace(given, values=carried_rows(desk, period) | dict(given.values))
    units = desk.definitions.units
    wanted = dict.fromkeys(o.sender for o in obligations if not senders or o.sender in senders)
    for sender in sorted(wanted, key=lambda unit: units.by_id[unit].order):
        mine = [o for o in obligations if o.sender == sender]
        yield Plan(
            desk.definitions,
            units.by_id[sender],
            period,
            max(o.due for o in mine),
            tuple(o.part for o in mine),
            before,
            tuple(o.part for o in obligations),
            given,
        )


def write_blanks(
    desk: Desk, period: Period, folder: Path, language: Language, senders: tuple[str, ...] = ()
) -> Iterator[BlankFile]:
    """Write the blanks of a period into a folder, each one whole or not at all."""
    for plan in plans(desk, period, senders):
        path = folder / str(period) / file_name(plan, language)
        write_workbook(path, draw_workbook(plan, language))
        yield BlankFile(path, plan.sender.id, tuple(form.id for form in plan.forms))


def previous_values(desk: Desk, period: Period) -> dict[Answer, Stored]:
    """What the period before says: submissions, else opening balances."""
    found: dict[Answer, Stored] = {}
    earlier = period.previous()
    with desk.store.reading():
        for opening in openings(desk.store, earlier):
            if not opening.row:
                found[opening.form, opening.unit, opening.item] = opening.value
        for part, submission in current(desk.store, earlier).items():
            form = desk.definitions.form_by_id.get(part.form)
            if form is None or form.has_rows:
                continue
            for row in rows_of(desk.store, submission, form):
                values = {
                    (form.id, part.unit, item): v for item, v in row.values.items() if v is not None
                }
                found.update(values)
    return found


def carried_rows(desk: Desk, period: Period) -> dict[Answer, Stored]:
    """What the rows known from the period before bring along: their keys, and what is no number of that period."""
    found: dict[Answer, Stored] = {}
    earlier = period.previous()
    with desk.store.reading():
        for part, submission in current(desk.store, earlier).items():
            form = desk.definitions.form_by_id.get(part.form)
            if form is None or not form.has_rows or form.layout is not None:
                continue
            for row in rows_of(desk.store, submission, form):
                line = row_line(part.unit, row.row)
                found |= {
                    (form.id, line, name): value
                    for name, value in row.values.items()
                    if form.by_id[name].carries and value is not None
                }
    return found


def _foreign(desk: Desk, form: str) -> bool:
    """Whether a form is read from a table that others lay out: nobody needs a blank of it."""
    return desk.definitions.form_by_id[form].layout is not None
