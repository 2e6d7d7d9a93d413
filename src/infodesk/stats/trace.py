"""A figure, all the way down: formula, totals, every unit's answer, and the cell it came from."""

from collections.abc import Iterator
from dataclasses import dataclass

from infodesk.model.expression import Node, Total, Value, aggregates, all_values
from infodesk.model.figure import Figure
from infodesk.model.form import Form
from infodesk.model.indicator import Indicator
from infodesk.model.item import Item
from infodesk.model.period import Period
from infodesk.model.submission import Part, Submission
from infodesk.model.unit import Unit
from infodesk.stats.accepted import Accepted, accepted, added
from infodesk.stats.desk import Desk
from infodesk.stats.figures import indicator_figure, item_figure, year_before
from infodesk.stats.pick import find_figure
from infodesk.stats.written import shown_answer, written
from infodesk.store.submissions import rows_of


@dataclass(frozen=True)
class TracedRecord:
    """One unit's answer: where it stands, in which version of which file; and whether it is counted."""

    unit: str
    row: str
    value: str | None
    file: str
    sha256: str
    cell: str | None
    version: int
    sender: str
    is_counted: bool
    period: Period


@dataclass(frozen=True)
class TracedInput:
    """One item that a figure is made from: its total over what is counted, and its records."""

    form: str
    item: str
    period: Period
    value: str | None
    records: tuple[TracedRecord, ...]
    missing: tuple[str, ...]  # units that owe it and have not sent it


@dataclass(frozen=True)
class Trace:
    """A figure and all its inputs."""

    figure: Figure
    formula: str
    inputs: tuple[TracedInput, ...]


def trace(desk: Desk, name: str, period: Period, scope: Unit) -> Trace:
    """Trace an indicator, or an item as `item` or `form.item`, by its id or its label."""
    found = accepted(desk, period)
    named = find_figure(desk, name)
    if isinstance(named, Indicator):
        figure = indicator_figure(found, named, scope)
        inputs = tuple(_inputs(found, named.formula, scope))
        text = " ".join(named.text.split())
        if named.growth_of is None:
            return Trace(figure, text, inputs)
        earlier = year_before(found, scope)
        before = () if earlier is None else tuple(_inputs(earlier, named.formula, scope))
        growth = f"({text} - last_year({text})) / last_year({text}) * 100"
        return Trace(figure, growth, (*inputs, *before))
    form, item = named
    figure = item_figure(found, form, item, scope)
    only = _input(found, form, item, scope, {form.section_of(item.id).id})
    return Trace(figure, f"total({form.id}.{item.id})", (only,))


def _inputs(found: Accepted, formula: Node, scope: Unit) -> Iterator[TracedInput]:
    """The items of an indicator, each with the units counted for it."""
    values: dict[Value, None] = {}
    for node in aggregates(formula):
        if isinstance(node, Total):
            values |= dict.fromkeys(all_values(node))
    forms = found.desk.definitions.form_by_id
    sections: dict[str, set[str]] = {}
    for value in values:
        sections.setdefault(value.form, set()).add(forms[value.form].section_of(value.id).id)
    for value in values:
        yield _input(found, forms[value.form], value.item, scope, sections[value.form])


def _input(found: Accepted, form: Form, item: Item, scope: Unit, needed: set[str]) -> TracedInput:
    section = form.section_of(item.id).id
    records: list[TracedRecord] = []
    missing, counted = [], []
    sources = found.sources.get(form.id, ())
    for unit in found.expected(form.id, section, scope):
        part = Part(form.id, section, unit)
        if not any(part in checked.submissions for checked in sources):
            missing.append(unit)
            continue
        owing = [s for s in needed if unit in found.expected(form.id, s, scope)]
        is_counted = all(found.is_accepted(form.id, s, unit) for s in owing)
        answer = found.answer(item, form.id, unit)
        if is_counted and answer is not None:
            counted.append(answer)
        for checked in sources:
            if part in checked.submissions:
                here = (checked.period, checked.submissions[part])
                records += _records(found, form, item, here, is_counted=is_counted)
    total = written(added(counted)) if counted else None
    return TracedInput(form.id, item.id, found.period, total, tuple(records), tuple(missing))


def _records(
    found: Accepted,
    form: Form,
    item: Item,
    here: tuple[Period, Submission],
    *,
    is_counted: bool,
) -> Iterator[TracedRecord]:
    period, submission = here
    for row in rows_of(found.desk.store, submission, form):
        yield TracedRecord(
            submission.part.unit,
            row.row,
            shown_answer(item, row.values.get(item.id)),
            submission.file,
            submission.sha256,
            row.cells.get(item.id) or None,
            submission.version,
            submission.sender,
            is_counted,
            period,
        )
