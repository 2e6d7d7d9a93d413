"""The thirteen months and their quarters in a store, put there without workbooks: tests that need a past need it fast."""

import json
from collections.abc import Mapping

from infodesk.demo.filling import NIL, part_of, stored
from infodesk.demo.history.months import history
from infodesk.demo.history.quarters import quarters
from infodesk.demo.numbers import ROOT
from infodesk.model.form import Form
from infodesk.model.period import Period
from infodesk.model.submission import Given, Part, Row, Stored
from infodesk.stats.desk import Desk
from infodesk.store.submissions import Reception, add_workbook, keep_definition

Numbers = Mapping[str, Mapping[str, Mapping[str, int | float | str]]]
Values = dict[Part, dict[str, dict[str, Stored]]]  # part → row → item


def give_history(desk: Desk) -> None:
    """Keep every part of the thirteen months, as its sender's workbook of that month would have given it.

    Of the quarters in them, those that ended before September 2026.
    """
    calendar = desk.definitions.calendar
    past = history(calendar)
    for period, month in past.items():
        _give(desk, period, _values(desk, month))
    for period, quarter in quarters(past, calendar).items():
        _give(desk, period, _values(desk, quarter))


def _values(desk: Desk, numbers: Numbers) -> Values:
    found: Values = {}
    for form_id, records in numbers.items():
        form = desk.definitions.form_by_id[form_id]
        for name, answers in records.items():
            unit, row = (ROOT, name) if form.has_rows else (name, "")
            for item, value in answers.items():
                part = part_of(desk.definitions, (form_id, unit, item))
                found.setdefault(part, {}).setdefault(row, {})[item] = stored(
                    form.by_id[item], value
                )
    return found


def _give(desk: Desk, period: Period, values: Values) -> None:
    by_sender: dict[str, list[tuple[Given, Form, int]]] = {}
    for owed in desk.obligations(period):
        given = _given(desk, owed.part, period, values[owed.part])
        form = desk.definitions.form_by_id[owed.part.form]
        by_sender.setdefault(owed.sender, []).append((given, form, 1))
    received = min(o.due for o in desk.obligations(period))
    for sender, parts in by_sender.items():
        content = json.dumps([str(period), sender]).encode()
        name = f"{period}_{sender}.xlsx"
        reception = Reception(period, name, content, sender, "folder", received)
        with desk.store.writing():
            for _, form, _ in parts:
                keep_definition(desk.store, form, desk.definitions.texts[form.definition])
            add_workbook(desk.store, desk.actor, reception, parts, [])


def _given(desk: Desk, part: Part, period: Period, rows: Mapping[str, dict[str, Stored]]) -> Given:
    nil = part.section == "surgery" and part.unit in NIL
    definition = desk.definitions.form_by_id[part.form].definition
    given = tuple(Row(row, answers) for row, answers in rows.items())
    return Given(part, period, given, nil=nil, definition=definition)
