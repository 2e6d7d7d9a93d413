"""The cover: who reports what for when, who signs, whether it can be sent, and how to fill it in."""

from infodesk.text.message import Message
from infodesk.workbooks import marks
from infodesk.workbooks.blank.cover_fields import (
    COUNT,
    FIRST_ROW,
    LABEL,
    LABELS,
    ROLE,
    STATE,
    VALUE,
    known_fields,
    row_of,
)
from infodesk.workbooks.blank.drawing import Drawing, cell, cells
from infodesk.workbooks.blank.live import Live
from infodesk.workbooks.blank.plan import Plan
from infodesk.workbooks.blank.sheet import SheetState
from infodesk.workbooks.blank.status import paint_status
from infodesk.workbooks.blank.words import Counters, Words

WIDTHS = (20, 34, 36, 4, 4)
FIRST_LINE = 5

HELP = (
    Message(
        "Fill in the yellow cells only; write 0 where nothing happened. Enter goes to the next one."
    ),
    Message(
        "A cell that comes from last period is grey. If it is wrong, tick under it, give the right value and why."
    ),
    Message(
        "✗ must be corrected; △ is corrected or explained beside it; ○ waits for numbers. Red cells hold no proper number."
    ),
    Message(
        "When the line above says that it is ready, save the file under its name and send it to the information department."
    ),
)


def paint_cover(drawing: Drawing, plan: Plan, words: Words, sheets: list[SheetState]) -> None:
    """Draw the cover of a workbook."""
    tell = drawing.language
    units = plan.definitions.units
    drawing.merge(0, 0, STATE, tell.tell(units.root.title), drawing.styles.hospital)
    title = tell("Statistics for {period}", period=plan.period.title)
    drawing.merge(1, 0, STATE, title, drawing.styles.title)
    drawing.sheet.set_row(1, 34)
    _identity(drawing, plan)
    _fields(drawing, plan)
    _summary(drawing, plan, words, sheets)
    row = _contents(drawing, sheets, FIRST_ROW + len(marks.COVER_FIELDS) + 1)
    row += 2
    drawing.merge(row, 0, STATE, tell("How to fill it in"), drawing.styles.section)
    for number, message in enumerate(HELP, 1):
        row += 1
        drawing.merge(row, 0, STATE, f"{number}. {tell.tell(message)}", drawing.styles.plain)
        drawing.sheet.set_row(row, 20)
    telephone = plan.definitions.settings.telephone
    if telephone:
        words_ = tell("Information department: {telephone}", telephone=telephone)
        drawing.merge(row + 1, 0, STATE, words_, drawing.styles.plain)


def _identity(drawing: Drawing, plan: Plan) -> None:
    tell = drawing.language
    due = plan.due.strftime("%Y-%m-%d %H:%M")
    lines: tuple[tuple[Message, str, str], ...] = (
        (Message("Reporting unit"), tell.tell(plan.sender.title), "@sender_title"),
        (Message("Code of the unit"), plan.sender.id, "@sender"),
        (Message("Period"), f"{plan.period}", "@period"),
        (Message("To be sent by"), due, "@due"),
    )
    for number, (label, value, role) in enumerate(lines):
        row = FIRST_LINE + number
        drawing.put(row, LABEL, tell.tell(label), drawing.styles.head)
        drawing.merge(row, VALUE, STATE, value, drawing.styles.framed(bg_color="#F2F2F2"))
        drawing.put(row, ROLE, role, drawing.styles.small)
        drawing.sheet.set_row(row, 20)


def _fields(drawing: Drawing, plan: Plan) -> None:
    answers = known_fields(plan)
    for field, required in marks.COVER_FIELDS:
        here, value = row_of(field), answers.get(field)
        drawing.put(here, LABEL, drawing.language.tell(LABELS[field]), drawing.styles.head)
        style = drawing.styles.note if field == "notes" else drawing.styles.text
        drawing.merge(here, VALUE, STATE, value, style)
        drawing.put(here, ROLE, f"@{field}", drawing.styles.small)
        drawing.sheet.set_row(here, 48 if field == "notes" else 20)
        if not required:
            continue
        blank = f'TRIM($B${here + 1})=""'
        missing = Live(f"=IF({blank},1,0)", 0 if value else 1)
        drawing.put(here, COUNT, missing, drawing.styles.small)
        rule = {"type": "formula", "criteria": f"={blank}", "format": drawing.styles.todo}
        drawing.over((here, VALUE, here, STATE), rule)


def _summary(drawing: Drawing, plan: Plan, words: Words, sheets: list[SheetState]) -> None:
    """Everything blank, wrong and to be explained, on the cover and on all sheets."""
    last = FIRST_ROW + len(marks.COVER_FIELDS) - 1
    cover = f"SUM({cells((FIRST_ROW, COUNT), (last, COUNT))})"
    answers = known_fields(plan)
    missing = sum(field not in answers for field, required in marks.COVER_FIELDS if required)
    formulas = [
        "+".join([cover, *(sheet.counters.blank for sheet in sheets)]),
        "+".join(sheet.counters.wrong for sheet in sheets),
        "+".join(sheet.counters.warn for sheet in sheets),
    ]
    values = [
        missing + sum(sheet.counts[0] for sheet in sheets),
        sum(sheet.counts[1] for sheet in sheets),
        sum(sheet.counts[2] for sheet in sheets),
    ]
    places = []
    for number, (formula, value) in enumerate(zip(formulas, values, strict=True)):
        drawing.put(number, COUNT, Live(f"={formula}", value), drawing.styles.small)
        places.append(cell(number, COUNT))
    summary = words.summary(Counters(*places), (values[0], values[1], values[2]))
    paint_status(drawing, 3, STATE, summary, words)


def _contents(drawing: Drawing, sheets: list[SheetState], row: int) -> int:
    tell = drawing.language
    drawing.put(row, LABEL, tell("Sheet"), drawing.styles.head)
    drawing.merge(row, VALUE, STATE, tell("State"), drawing.styles.head)
    for sheet in sheets:
        row += 1
        drawing.sheet.write_url(
            row, LABEL, f"internal:'{sheet.name}'!A1", drawing.styles.label, sheet.name
        )
        drawing.merge(
            row, VALUE, STATE, Live(f"={sheet.status}", sheet.summary), drawing.styles.centred
        )
        drawing.sheet.set_row(row, 30)
    return row
