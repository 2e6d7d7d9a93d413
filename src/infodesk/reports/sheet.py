"""The sheet of a checklist for the clipboard: what was read last, what is normal, and room to write."""

from collections.abc import Iterator

from infodesk.duty.judge import Draft, judge
from infodesk.duty.room import DutyRoom
from infodesk.duty.rounds import last_answers
from infodesk.duty.steps import Step, is_judged, limits_of, steps
from infodesk.model.entry import Answers
from infodesk.model.item import Type
from infodesk.model.limit import Band
from infodesk.model.logbook import Field, Logbook
from infodesk.render.document import Cell, Column, Document, Row, Table
from infodesk.text.language import Language

WRITE_HERE = ""
TICKS = "□√  □×"


def sheet(room: DutyRoom, book: Logbook, schedule: str, language: Language) -> Document:
    """The sheet of a schedule, in the order in which the terminal asks afterwards."""
    _ = language
    found = book.schedule_by_id.get(schedule)
    title = _.tell(book.title) if found is None else f"{_.tell(book.title)} · {_.tell(found.title)}"
    table = Table("", _columns(_), tuple(_rows(room, book, schedule, language)))
    name = f"{book.id}:{schedule}" if schedule else book.id
    foot = _("in the same shift, with {command}", command=f"infodesk inspect {name} --at HH:MM")
    return Document(
        hospital=_.tell(room.definitions.units.root.title),
        title=title,
        period=_("Date ____________  Time ________"),
        secrecy=_("internal"),
        made_at=room.now,
        language=_,
        blocks=(table,),
        particulars=((_("Printed"), f"{room.now:%Y-%m-%d %H:%M}"), (_("Entry"), foot)),
        signatures=(_("Inspector"), _("Second person"), _("Checked by")),
    )


def _columns(_: Language) -> tuple[Column, ...]:
    return (
        Column(_("No."), align="center"),
        Column(_("Code"), align="left"),
        Column(_("Question"), align="left"),
        Column(_("Last"), align="right"),
        Column(_("Normal"), align="center"),
        Column(_("Now"), align="left"),
    )


def _rows(room: DutyRoom, book: Logbook, schedule: str, _: Language) -> Iterator[Row]:
    draft = Draft(book, {}, room.now, schedule)
    last = last_answers(room, book)
    for n, step in enumerate(steps(room, draft, judge(room, draft).answers), 1):
        if step.group is not None and step.together:  # the others speak for themselves: one page
            yield Row((Cell(_.tell(step.group.title)),), "group")
        yield from _row_of(room, book, _, (n, step), last)


def _row_of(
    room: DutyRoom, book: Logbook, _: Language, numbered: tuple[int, Step], last: Answers
) -> Iterator[Row]:
    n, step = numbered
    for m, key in enumerate(step.keys, 1):
        field = book.field_by_id[key.field]
        asset = room.definitions.assets.by_id.get(key.asset)
        name = " ".join(filter(None, [_.tell(asset.title) if asset else "", _.tell(field.label)]))
        normal = limits_of(room, field, key.asset).normal
        yield Row(
            (
                Cell(f"{n}.{m}" if step.together else str(n)),
                Cell(field.code),
                Cell(f"{name} ({field.unit})" if field.unit else name),
                Cell(_told(_, field, last[key]) if key in last else "—"),
                Cell(_band(_, field, normal) if normal else "—"),
                Cell(TICKS if is_judged(room, book, key) else WRITE_HERE),
            )
        )


def _band(_: Language, field: Field, band: Band) -> str:
    if band.values:
        return " / ".join(_told(_, field, value) for value in band.values)
    low = "" if band.low is None else f"{band.low:f}"
    high = "" if band.high is None else f"{band.high:f}"
    return f"{low}-{high}" if low and high else f"≥{low}" if low else f"≤{high}"


def _told(_: Language, field: Field, answer: str) -> str:
    if field.type is Type.YES_NO:
        return _("yes") if answer == "true" else _("no")
    return next((_.tell(code.title) for code in field.codes if code.id == answer), answer)
