"""The thirteen months in a store, put there without workbooks: tests that need a past need it fast."""

import json
from collections.abc import Iterator

from infodesk.demo.filling import NIL, part_of, stored
from infodesk.demo.history.months import history
from infodesk.demo.numbers import Month as Numbers
from infodesk.model.form import Form
from infodesk.model.period import Period
from infodesk.model.submission import Given, Part, Row
from infodesk.stats.desk import Desk
from infodesk.store.submissions import Reception, add_workbook, keep_definition


def give_history(desk: Desk) -> None:
    """Keep every part of the thirteen months, as its sender's workbook of that month would have given it."""
    for period, numbers in history(desk.definitions.calendar).items():
        for sender, parts in _by_sender(desk, period, numbers).items():
            _give(desk, period, sender, parts)


def _by_sender(
    desk: Desk, period: Period, numbers: Numbers
) -> dict[str, list[tuple[Given, Form, int]]]:
    given = {each.part: each for each in _given(desk, period, numbers)}
    found: dict[str, list[tuple[Given, Form, int]]] = {}
    for owed in desk.obligations(period):
        form = desk.definitions.form_by_id[owed.part.form]
        found.setdefault(owed.sender, []).append((given[owed.part], form, 1))
    return found


def _given(desk: Desk, period: Period, numbers: Numbers) -> Iterator[Given]:
    for form_id, units in numbers.items():
        items = desk.definitions.form_by_id[form_id].by_id
        for unit, row in units.items():
            parts: dict[Part, dict[str, object]] = {}
            for name, value in row.items():
                part = part_of(desk.definitions, (form_id, unit, name))
                parts.setdefault(part, {})[name] = stored(items[name], value)
            for part, values in parts.items():
                nil = part.section == "surgery" and unit in NIL
                definition = desk.definitions.form_by_id[form_id].definition
                yield Given(part, period, (Row("", values),), nil=nil, definition=definition)  # type: ignore[arg-type]  # numbers


def _give(desk: Desk, period: Period, sender: str, parts: list[tuple[Given, Form, int]]) -> None:
    received = min(o.due for o in desk.obligations(period))
    content = json.dumps([str(period), sender]).encode()
    reception = Reception(period, f"{period}_{sender}.xlsx", content, sender, "folder", received)
    with desk.store.writing():
        for _, form, _ in parts:
            keep_definition(desk.store, form, desk.definitions.texts[form.definition])
        add_workbook(desk.store, desk.actor, reception, parts, [])
