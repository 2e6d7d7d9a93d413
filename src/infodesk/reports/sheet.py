"""The sheet of a checklist for the clipboard: what was read last, what is normal, and room to write."""

from collections.abc import Iterator
from dataclasses import replace

from infodesk.duty.duties import about_asset
from infodesk.duty.history import last_answers
from infodesk.duty.judge import Draft, judge
from infodesk.duty.probes import probes_of
from infodesk.duty.room import DutyRoom
from infodesk.duty.steps import Step, is_judged, limits_of, steps
from infodesk.model.entry import NO_ANSWER, Answers, Breach
from infodesk.model.item import Type
from infodesk.model.limit import Band, Level
from infodesk.model.logbook import Field, Logbook
from infodesk.render.document import Cell, Column, Document, Row, Table, Text
from infodesk.text.language import Language

WRITE_HERE = ""
TICKS = "□√  □×"
LINE = ": " + "_" * 60


def sheet(
    room: DutyRoom,
    book: Logbook,
    schedule: str,
    language: Language,
    devices: tuple[str, ...] = ("",),
) -> Document:
    """The sheet of a schedule (about these devices, one after the other), in the order in which the terminal asks."""
    _ = language
    found = book.schedule_by_id.get(schedule)
    title = _.tell(book.title) if found is None else f"{_.tell(book.title)} · {_.tell(found.title)}"
    table = Table("", _columns(_), tuple(_rows(room, book, schedule, language, devices)))
    name = f"{book.id}:{schedule}" if schedule else book.id
    foot = _("the same day: {command}", command=f"infodesk inspect {name} --at HH:MM")
    how = _("√ as under “Normal”; × not, and write how. A number as the instrument shows it.")
    return Document(
        hospital=_.tell(room.definitions.units.root.title),
        title=title,
        period=_("Date ____________  Time ________"),
        secrecy=_("internal"),
        made_at=room.now,
        language=_,
        blocks=(Text(how), table, Text(f"{_('What was found and done')}{LINE}")),
        particulars=((_("Printed"), f"{room.now:%Y-%m-%d %H:%M}"), (_("To be typed in"), foot)),
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


def _rows(
    room: DutyRoom, book: Logbook, schedule: str, _: Language, devices: tuple[str, ...]
) -> Iterator[Row]:
    for device in devices:
        about = about_asset(book) if device else None
        draft = Draft(book, {about: device} if about else {}, room.now, schedule)
        last = last_answers(room, draft)
        if device in room.definitions.assets.by_id:
            title = room.definitions.assets.by_id[device].title
            yield Row((Cell(f"{_.tell(title)} ({device})"),), "group")
        for n, step in enumerate(_to_walk(room, draft), 1):
            if (
                step.group is not None and step.together
            ):  # the others speak for themselves: one page
                yield Row((Cell(_.tell(step.group.title)),), "group")
            yield from _row_of(room, book, _, (n, step), last)


def _to_walk(room: DutyRoom, draft: Draft) -> tuple[Step, ...]:
    """The questions for a person, numbered as at the terminal: what a probe reads nobody looks at."""
    silent = tuple(Breach(Level.WARN, key, "", NO_ANSWER) for key in probes_of(room, draft))
    draft = replace(draft, gaps=silent)
    return steps(room, draft, judge(room, draft).answers)


def _row_of(
    room: DutyRoom, book: Logbook, _: Language, numbered: tuple[int, Step], last: Answers
) -> Iterator[Row]:
    n, step = numbered
    for m, key in enumerate(step.keys, 1):
        field = book.field_by_id[key.field]
        asset = room.definitions.assets.by_id.get(key.asset)
        name = " ".join(filter(None, [_.tell(asset.title) if asset else "", _.tell(field.label)]))
        normal = limits_of(room, field, key.asset).normal
        has_reading = field.is_numeric or field.type in (Type.YES_NO, Type.CODE)
        yield Row(
            (
                Cell(f"{n}.{m}" if step.together else str(n)),
                Cell(field.code),
                Cell(f"{name} ({field.unit})" if field.unit else name),
                Cell(_told(_, field, last[key]) if key in last and has_reading else "—"),
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
