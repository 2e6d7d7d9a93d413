"""One form's sheet: its title, its state, its cards and tables, and the rules about their totals."""

from dataclasses import dataclass
from datetime import datetime

from infodesk.expr.excel import NotInWorkbookError, text_formula
from infodesk.model.rule import Rule
from infodesk.workbooks import marks
from infodesk.workbooks.blank.card_paint import paint_card
from infodesk.workbooks.blank.cover_fields import COVER, LABELS, cell_of, known_fields
from infodesk.workbooks.blank.drawing import Drawing, cell, cells, quoted
from infodesk.workbooks.blank.layout import FormSheet
from infodesk.workbooks.blank.live import (
    Live,
    Places,
    RecordFacts,
    Sheets,
    live_rule,
)
from infodesk.workbooks.blank.page import set_up
from infodesk.workbooks.blank.status import paint_status
from infodesk.workbooks.blank.table import FIRST_ITEM
from infodesk.workbooks.blank.table_paint import paint_table
from infodesk.workbooks.blank.words import (
    Counters,
    RuleCells,
    RuleValues,
    Words,
    counted,
    counter_formulas,
)


@dataclass(frozen=True)
class SheetState:
    """What the cover says of a sheet: where its counters and its summary stand, and what they are now."""

    name: str
    counters: Counters
    counts: tuple[int, int, int]
    status: str
    summary: str


def paint_sheet(sheet: FormSheet, drawing: Drawing, sheets: Sheets, words: Words) -> SheetState:
    """Draw a form's sheet."""
    _paint_title(sheet, drawing)
    areas, states = [], []
    blank = faulty = 0
    for card in sheet.cards:
        states += paint_card(card, drawing, sheets, words)
        areas.append(card.state_cells())
    for table in sheet.tables:
        found, missing, wrong = paint_table(table, drawing, sheets, words)
        states += found
        blank, faulty = blank + missing, faulty + wrong
        areas += [table.column_cells(column) for column in table.columns.rules.values()]
    total_states, total_area = _paint_totals(sheet, drawing, sheets, words)
    last_row = sheet.last_row + 1 + len(total_area) + bool(total_area)
    states += total_states
    areas += total_area
    now = counted(states)
    counts = (now[0] + blank, now[1] + faulty, now[2])
    state = _paint_status(sheet, drawing, words, areas, counts)
    _paint_signatures(sheet, drawing, last_row)
    set_up(sheet, drawing, last_row)
    return state


def _paint_title(sheet: FormSheet, drawing: Drawing) -> None:
    plan, tell, last = sheet.plan, drawing.language, sheet.last_column
    drawing.merge(0, 0, last, tell.tell(plan.definitions.units.root.title), drawing.styles.hospital)
    drawing.merge(1, 0, last, tell.tell(sheet.form.title), drawing.styles.title)
    particulars = tell(
        "Unit: {unit} ({id})    Period: {period}    To be sent by: {due}",
        unit=plan.sender.title,
        id=plan.sender.id,
        period=plan.period.title,
        due=_moment(plan.due),
    )
    drawing.merge(2, 0, last, particulars, drawing.styles.line)
    drawing.sheet.set_row(1, 30)


def _moment(due: datetime) -> str:
    return due.strftime("%Y-%m-%d %H:%M")


def _paint_totals(
    sheet: FormSheet, drawing: Drawing, sheets: Sheets, words: Words
) -> tuple[list[str], list[str]]:
    """The rules about the totals of the tables, under them."""
    rules = list(sheet.plan.totals(sheet.form)) if sheet.tables else []
    row, states, areas = sheet.last_row + 2, [], []
    for rule in rules:
        try:
            state = _paint_total(sheet, drawing, sheets, words, (rule, row))
        except NotInWorkbookError:
            continue
        states.append(state)
        place = (row, FIRST_ITEM + 8)
        areas.append(cells(place, place))
        row += 1
    return states, areas


def _paint_total(
    sheet: FormSheet, drawing: Drawing, sheets: Sheets, words: Words, line: tuple[Rule, int]
) -> str:
    rule, row = line
    root = sheet.plan.definitions.units.root
    places = Places(sheet.plan, sheets, root.id, root.kind)
    live = live_rule(rule.check, places, RecordFacts(sheet.plan, root.id, root.kind))
    text = f"{rule.id} {drawing.language.tell(rule.message)}"
    drawing.merge(row, 0, FIRST_ITEM + 5, text, drawing.styles.label)
    left, right, state_column = FIRST_ITEM + 6, FIRST_ITEM + 7, FIRST_ITEM + 8
    drawing.put(row, left, live.left, drawing.styles.side)
    drawing.put(row, right, live.right, drawing.styles.side)
    result = sheet.counter_column + 3
    drawing.put(row, result, live.result, drawing.styles.small)
    here = RuleCells(cell(row, result), cell(row, left), cell(row, right), cell(row, right))
    state = words.state_of_rule(rule.severity, here, RuleValues.of(live))
    drawing.put(row, state_column, state, drawing.styles.check)
    drawing.colour_states((row, state_column, row, state_column))
    return str(state.value)


def _paint_status(
    sheet: FormSheet,
    drawing: Drawing,
    words: Words,
    areas: list[str],
    counts: tuple[int, int, int],
) -> SheetState:
    blank, wrong, warn = counter_formulas(areas)
    for table in sheet.tables:
        blank += f"+SUM({table.column_cells(table.columns.blanks)})"
        wrong += f"+SUM({table.column_cells(table.columns.faults)})"
    formulas = (blank.lstrip("+"), wrong.lstrip("+"), warn or "0")
    column = sheet.counter_column
    for row, (formula, value) in enumerate(zip(formulas, counts, strict=True)):
        drawing.put(row, column, Live(f"={formula}", value), drawing.styles.small)
    local = Counters(*(cell(row, column) for row in range(3)))
    summary = words.summary(local, counts)
    paint_status(drawing, 3, sheet.last_column, summary, words)
    return SheetState(
        sheet.name,
        Counters(*(cell(row, column, sheet.name) for row in range(3))),
        counts,
        f"{quoted(sheet.name)}!$A$4",
        words.summary_text(*counts),
    )


def _paint_signatures(sheet: FormSheet, drawing: Drawing, row: int) -> None:
    """Under everything: who signs, as the cover says; at the foot of the page its number."""
    tell, known = drawing.language, known_fields(sheet.plan)
    cover = tell.tell(COVER)
    pieces, texts = [], []
    for field in ("preparer", "reviewer", "head", "date"):
        label = tell("{label}: ", label=LABELS[field])
        pieces.append(f"{text_formula(label)}&{cell_of(field, cover)}")
        texts.append(f"{label}{known.get(field, '')}")
    gap = " " * 8
    line = Live("=" + f'&"{gap}"&'.join(pieces), gap.join(texts))
    drawing.merge(row, 0, sheet.last_column, line, drawing.styles.make(align="left"))
    drawing.sheet.set_row(row, 28)
    drawing.sheet.set_footer("&R&9&P/&N")


def names(sheet: FormSheet, drawing: Drawing) -> None:
    """What the sheet is, in names that travel with it."""
    drawing.name_here(marks.FORM, sheet.form.id)
    drawing.name_here(marks.DEFINITION, sheet.form.definition)
    drawing.name_here(marks.SENDER, sheet.plan.sender.id)
    drawing.name_here(marks.PERIOD, str(sheet.plan.period))
