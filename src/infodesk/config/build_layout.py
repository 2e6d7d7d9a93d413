"""Layouts of YAML to the layouts of the model."""

from collections.abc import Iterator

from infodesk.config.shapes_layout import LayoutShape, LeaveOutShape, RowShape
from infodesk.config.source import Path, Source, stranger
from infodesk.model.form import Form
from infodesk.model.item import Type
from infodesk.model.layout import ANY_PERIOD, ForeignCode, Layout, PeriodPlace, RowMark
from infodesk.model.unit import UnitTree
from infodesk.text.message import Message

LAYOUT: Path = ("layout",)


def build_layout(shape: LayoutShape) -> Layout:
    """The layout; whether it fits its form is checked by `check_layout`."""
    period = shape.period
    return Layout(
        sheet=shape.sheet or "",
        header_rows=tuple(shape.header_rows),
        columns=tuple(shape.columns.items()),
        corner=tuple(shape.corner),
        fill_down=frozenset(shape.fill_down),
        leave_out=tuple(_mark(each) for each in shape.leave_out if each.column),
        leave_out_rows=frozenset(row for each in shape.leave_out for row in each.rows or ()),
        until=None if shape.until is None else _mark(shape.until),
        totals=None if shape.totals is None else _mark(shape.totals),
        period=None if period is None else PeriodPlace(period.column or "", period.above or 0),
        codes={
            item: tuple(ForeignCode(e.text, e.code, e.since, e.until) for e in codes)
            for item, codes in shape.codes.items()
        },
        blank=tuple(shape.blank),
        unknown_columns=shape.unknown_columns,
    )


def _mark(shape: RowShape | LeaveOutShape) -> RowMark:
    return RowMark(shape.column or "", shape.text or "", shape.starts or "")


def check_layout(source: Source, shape: LayoutShape, form: Form, units: UnitTree) -> None:
    """Note what does not fit together, or not the form."""
    if shape.sheet is None and not shape.corner:
        message = Message("name the sheet with sheet:, or the table's top left with corner:")
        source.note_key(LAYOUT, message)
    if shape.header_rows != sorted(set(shape.header_rows)):
        message = Message("header rows stand from top to bottom, each once")
        source.note((*LAYOUT, "header_rows"), message)
    _check_columns(source, shape, form)
    _check_rows(source, shape)
    _check_periods(source, shape)
    _check_codes(source, shape, form, units)


def _check_columns(source: Source, shape: LayoutShape, form: Form) -> None:
    for name in shape.columns:
        if name not in form.by_id:
            source.note_key((*LAYOUT, "columns", name), stranger(name, form.by_id))
    for item in form.by_id.values():
        if item.required and item.id not in shape.columns:
            message = Message("item {id} has no column", id=item.id)
            source.note_key((*LAYOUT, "columns"), message)
    for place, name in enumerate(shape.fill_down):
        if name not in shape.columns:
            source.note_stranger((*LAYOUT, "fill_down", place), name, shape.columns)


def _check_rows(source: Source, shape: LayoutShape) -> None:
    """A row is told in one way: by its place, by a text, or by how a text begins."""
    for path, each in _told_rows(shape):
        by_place = isinstance(each, LeaveOutShape) and each.rows is not None
        if isinstance(each, LeaveOutShape) and (each.column is None) != by_place:
            message = Message("tell the rows by rows: alone, or by column: with text: or starts:")
            source.note(path, message)
        elif each.text is not None and each.starts is not None:
            source.note(path, Message("text: and starts: tell a row in two ways: give one"))


def _told_rows(shape: LayoutShape) -> Iterator[tuple[Path, RowShape | LeaveOutShape]]:
    for place, each in enumerate(shape.leave_out):
        yield (*LAYOUT, "leave_out", place), each
    for name, row in (("until", shape.until), ("totals", shape.totals)):
        if row is not None:
            yield (*LAYOUT, name), row


def _check_periods(source: Source, shape: LayoutShape) -> None:
    period = shape.period
    across = [name for name, path in shape.columns.items() if ANY_PERIOD in path]
    if period is not None and (period.column is None) == (period.above is None):
        source.note((*LAYOUT, "period"), Message("give either column: or above:"))
    if period is not None and across:
        message = Message("{period} in a header path and period: say the same twice", period=ANY_PERIOD)  # fmt: skip
        source.note((*LAYOUT, "columns", across[0]), message)


def _check_codes(source: Source, shape: LayoutShape, form: Form, units: UnitTree) -> None:
    for name, codes in shape.codes.items():
        path: Path = (*LAYOUT, "codes", name)
        item = form.by_id.get(name)
        if item is None or item.type not in (Type.CODE, Type.UNIT):
            known = [i.id for i in form.by_id.values() if i.type in (Type.CODE, Type.UNIT)]
            source.note_key(path, stranger(name, known))
            continue
        wanted = [code.id for code in item.codes] if item.type is Type.CODE else [*units.by_id]
        for place, each in enumerate(codes):
            if each.code not in wanted:
                source.note_stranger((*path, place, "code"), each.code, wanted)
