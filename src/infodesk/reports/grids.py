"""Tables of figures by unit, or by the rows of a form; of what leaves the house without its small counts."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from infodesk.errors import InfodeskError
from infodesk.model.form import Form
from infodesk.model.unit import Unit
from infodesk.render.document import Cell, Column, Row, Table
from infodesk.reports.cells import table
from infodesk.reports.context import Context
from infodesk.reports.measure import figure_cell
from infodesk.reports.small_cells import Guarded, Lines, class_outside, guard, inputs
from infodesk.stats.measure import Measure
from infodesk.text.folding import key
from infodesk.text.message import Message

TOTAL = ""


@dataclass(frozen=True)
class _Line:
    """A line of a table: what it is called, and whose figures stand in it."""

    id: str
    title: str
    unit: Unit
    row: str | None = None


def units(context: Context, title: str, kind: str, of: Sequence[str]) -> Table:
    """The units of a kind with their figures, and the whole hospital last."""
    lines = [_Line(unit.id, context.name_of(unit.id), unit) for unit in context.units(kind)]
    lines.append(_Line(TOTAL, context.name_of(context.root.id), context.root))
    return _grid(context, title, context.language("Unit"), context.measures(of), lines)


def rows(context: Context, title: str, form: str, of: Sequence[str]) -> Table:
    """The rows of a form (diseases, devices) with their figures, and all of them together last.

    `of` names items of the form, or indicators that are computed for its rows.
    """
    found = _form(context, form)
    root = context.root
    names = [f"{found.id}.{name}" if name in found.by_id else name for name in of]
    lines = [
        _Line(row, _row_title(context, found, row), root, row) for row in _keys(context, found)
    ]
    lines.append(_Line(TOTAL, context.language("Total"), root))
    return _grid(
        context,
        title,
        context.language.tell(found.row_key[0].label),
        context.measures(names),
        lines,
    )


def _form(context: Context, name: str) -> Form:
    for form in context.definitions.forms:
        if form.has_rows and key(name) in (key(form.id), key(form.title.zh), key(form.title.en)):
            return form
    raise InfodeskError(Message("there is no form {name} with rows", name=repr(name)))


def _keys(context: Context, form: Form) -> list[str]:
    """The rows there are: those of a code list in its order, others by their key."""
    found = {
        row
        for section in form.sections
        for unit in context.found.expected(form.id, section.id, context.root)
        for row in context.found.rows(form.id, unit)
    }
    return sorted(found)


def _row_title(context: Context, form: Form, row: str) -> str:
    codes = [code for item in form.row_key for code in item.codes]
    title = next((code.title for code in codes if code.id == row), None)
    return row if title is None else f"{row} {context.language.tell(title)}"


def _grid(
    context: Context, title: str, head: str, measures: Sequence[Measure], lines: Sequence[_Line]
) -> Table:
    tell = context.language.tell
    counted = (Column(tell(each.title), tell(each.unit)) for each in measures)
    heads = (Column(head, align="left"), *counted)
    guarded = _guarded(context, measures, lines)
    made = table(context, title, heads, (_row(context, measures, line, guarded) for line in lines))
    if guarded.note is None:
        return made
    return replace(made, note="\n".join(filter(None, [made.note, tell(guarded.note)])))


def _guarded(context: Context, measures: Sequence[Measure], lines: Sequence[_Line]) -> Guarded:
    """What must not be printed, if the report leaves the house."""
    if not context.outgoing:
        return Guarded({})
    wanted = {each.name: each for each in (*measures, *inputs(context.definitions, measures))}
    figures: Lines = {
        line.id: {
            name: context.unguarded(measure, line.unit, line.row)
            for name, measure in wanted.items()
        }
        for line in lines
    }
    return guard(context.definitions, measures, figures, TOTAL)


def _row(context: Context, measures: Sequence[Measure], line: _Line, guarded: Guarded) -> Row:
    kind: Literal["", "total"] = "total" if line.id == TOTAL else ""
    return Row((Cell(line.title), *_cells(context, measures, line, guarded)), kind)


def _cells(
    context: Context, measures: Sequence[Measure], line: _Line, guarded: Guarded
) -> Iterator[Cell]:
    for measure in measures:
        hidden = guarded.text(line.id, measure.name)
        if hidden is not None:
            yield Cell(hidden)
            continue
        secrecy = measure.secrecy
        if context.outgoing:
            secrecy = class_outside(context.definitions, measure)
        context.shows(secrecy, measure.title)
        yield figure_cell(measure, context.unguarded(measure, line.unit, line.row))
