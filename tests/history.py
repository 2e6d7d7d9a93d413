"""Months in the store without workbooks: the numbers of several periods, put there directly."""

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from infodesk.model.period import Frequency, Period
from infodesk.model.submission import Given, Row, Stored
from infodesk.stats.desk import Desk
from infodesk.store.submissions import Reception, add_workbook, current, keep_definition
from infodesk.workbooks.blank.plan import Answer


def months(first: Period, count: int) -> list[Period]:
    """So many months in a row."""
    found = [first]
    while len(found) < count:
        found.append(found[-1].next())
    return found


def fill(desk: Desk, period: Period, answers: Mapping[Answer, Stored], rest: Stored = 0) -> None:
    """Everything owed for a period as one workbook: (form, unit, item) → answer, `rest` for all others."""
    forms = desk.definitions.form_by_id
    obligations = desk.obligations(period)
    content = repr(sorted(answers.items())).encode()
    name = f"{period}-{hashlib.sha256(content).hexdigest()[:8]}.xlsx"
    reception = Reception(period, name, name.encode(), "0808", "folder", desk.actor.now, {})
    known = current(desk.store, period)
    givens = []
    for part in (each.part for each in obligations):
        form = forms[part.form]
        items = [item for item in form.section(part.section).items if item.is_numeric]
        values = {item.id: answers.get((form.id, part.unit, item.id), rest) for item in items}
        cells = {item.id: f"{form.title.zh}!C{line}" for line, item in enumerate(items, 10)}
        given = Given(part, period, (Row("", values, cells),), definition=form.definition)
        givens.append((given, form, known[part].version + 1 if part in known else 1))
    with desk.store.writing():
        for form in forms.values():
            keep_definition(desk.store, form, desk.definitions.texts.get(form.definition, ""))
        add_workbook(desk.store, desk.actor, reception, givens, ())


def month(text: str) -> Period:
    """2026-09."""
    year, number = text.split("-")
    return Period(date(int(year), int(number), 1), Frequency.MONTH)


def without_rules(desk: Desk) -> Desk:
    """The same desk where everything is accepted, for tests of what is done with numbers."""
    return replace(desk, definitions=replace(desk.definitions, rules=()))
