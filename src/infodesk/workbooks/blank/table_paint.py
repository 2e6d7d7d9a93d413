"""Painting a table: its rows, the check at the end of each, the rules beside it, its totals."""

from collections.abc import Callable, Iterator
from itertools import groupby

from infodesk.expr.excel import text_formula
from infodesk.expr.sentence import main_comparison
from infodesk.model.item import Item
from infodesk.model.rule import Rule
from infodesk.text.message import Message
from infodesk.workbooks import marks
from infodesk.workbooks.blank.answers import allow_tick, plain, put_answer
from infodesk.workbooks.blank.drawing import Drawing, cell, cells
from infodesk.workbooks.blank.lines import Line, name_item
from infodesk.workbooks.blank.live import (
    Live,
    Places,
    RecordFacts,
    Sheets,
    effective,
    live_rule,
    number_of,
    spoken,
)
from infodesk.workbooks.blank.table import (
    CHECK,
    TITLE,
    UNIT,
    Table,
)
from infodesk.workbooks.blank.table_heads import paint_heads
from infodesk.workbooks.blank.words import BLANK, GOOD, WARN, WRONG, RuleCells, RuleValues, Words

OPPOSITE = {"=": "≠", "<>": "=", "<": "≥", "<=": "＞", ">": "≤", ">=": "＜"}


def paint_table(
    table: Table, drawing: Drawing, sheets: Sheets, words: Words
) -> tuple[list[str], int, int]:
    """Draw a table; returns the states of its rules, and how many cells are blank and faulty now."""
    painter = _Painter(table, drawing, sheets, words)
    painter.paint()
    return painter.states, painter.blank, painter.faulty


class _Painter:
    """Paints one table."""

    def __init__(self, table: Table, drawing: Drawing, sheets: Sheets, words: Words) -> None:
        self.table, self.drawing, self.sheets, self.words = table, drawing, sheets, words
        self.columns = table.columns
        self.states: list[str] = []
        self.blank = self.faulty = 0

    def paint(self) -> None:
        paint_heads(self.table, self.drawing)
        for line in self.table.lines:
            self._line(line)
        self._totals()
        first, last = self.table.row_of(self.table.lines[0]), self.table.last_line_row
        self.drawing.colour_states((first, CHECK, last, CHECK))
        for column in self.columns.rules.values():
            self.drawing.colour_states((first, column, last, column))

    def _names(self, line: Line) -> None:
        """What a line is about; the key of an open one is filled in here, or shown again under the table above."""
        table, drawing, row = self.table, self.drawing, self.table.row_of(line)
        key = table.key
        if key is None or not line.is_open:
            drawing.put(row, UNIT, line.code, drawing.styles.centred)
            drawing.put(row, TITLE, drawing.language.tell(line.title), drawing.styles.label)
        elif table.above is None:
            none = self._none_known(line)
            put_answer(
                drawing,
                (row, UNIT),
                key,
                line.code or None,
                may_be_blank=none is None,
                asked_if=none,
            )
            drawing.put(row, TITLE, table.lines.index(line) + 1, drawing.styles.centred)
        else:
            above = table.above.row_of(line)
            named = name_item(table.form)
            place = table.above.columns.items.get(named.id if named else "", UNIT)
            title = effective(table.plan, (table.form.id, line.id, named.id)) if named else None
            for column, source, value in ((UNIT, UNIT, line.code), (TITLE, place, title)):
                there = cell(above, source)
                shown = Live(f'=IF({there}="","",{there})', str(value or ""))
                drawing.put(row, column, shown, drawing.styles.label)

    def _line(self, line: Line) -> None:
        table, drawing, columns = self.table, self.drawing, self.columns
        row = table.row_of(line)
        drawing.sheet.set_row(row, 20)
        self._names(line)
        ticked = table.part(line) in table.plan.answers.nil
        if columns.nil is not None:
            drawing.put(row, columns.nil, marks.TICK if ticked else None, drawing.styles.tick)
            allow_tick(drawing, (row, columns.nil))
        for item in table.items:
            self._answer(line, item)
        for item in table.opening_items:
            self._correction(line, item)
        drawing.put(row, columns.note, None, drawing.styles.note)
        self._counts(line, ticked=ticked)
        states = [self._rule(line, rule) for rule in table.rules]
        self._check(line, states)

    def _answer(self, line: Line, item: Item) -> None:
        table, drawing = self.table, self.drawing
        place = (table.row_of(line), self.columns.items[item.id])
        stored = effective(table.plan, (table.form.id, line.id, item.id))
        before = table.opening(item, line)
        if before is None:
            asked_if = f'TRIM({table.key_cell(line)})<>""' if line.is_open else None
            put_answer(drawing, place, item, stored, asked_if=asked_if)
            return
        tick = cell(place[0], self.columns.corrections[item.id])
        right = cell(place[0], self.columns.corrections[item.id] + 1)
        number = plain(item, before)
        formula = f'=IF({tick}="{marks.TICK}",IF(ISNUMBER({right}),{right},""),{number})'
        now = plain(item, stored)
        style = drawing.styles.number(item.scale, locked=True)
        drawing.put(*place, Live(formula, "" if now is None else now), style)

    def _correction(self, line: Line, item: Item) -> None:
        table, drawing = self.table, self.drawing
        row, first = table.row_of(line), self.columns.corrections[item.id]
        correction = table.plan.answers.corrections.get((table.form.id, line.id, item.id))
        drawing.put(row, first, marks.TICK if correction else None, drawing.styles.tick)
        allow_tick(drawing, (row, first))
        right = correction.value if correction else None
        put_answer(drawing, (row, first + 1), item, right, may_be_blank=True)
        drawing.put(row, first + 2, correction.reason if correction else None, drawing.styles.note)

    def _counts(self, line: Line, *, ticked: bool) -> None:
        """How many required cells are blank, and how many cells hold no proper answer."""
        row, style = self.table.row_of(line), self.drawing.styles.small
        required = [item for item in self.table.items if item.required]
        runs = self._runs(row, lambda item: item.required)
        formula = "+".join(f"COUNTBLANK({run})" for run in runs) or "0"
        if self.columns.nil is not None:
            formula = f"IF({cell(row, self.columns.nil)}={text_formula(marks.TICK)},0,{formula})"
        if line.is_open:
            none = self._none_known(line) or "0"
            formula = f'IF(TRIM({self.table.key_cell(line)})="",{none},{formula})'
        is_asked = not ticked and (bool(line.code) or not line.is_open)
        blank = sum(self._is_blank(line, item) for item in required) if is_asked else 0
        blank += not line.code and self._none_known(line) is not None
        self.blank += blank
        self.drawing.put(row, self.columns.blanks, Live("=" + formula, blank), style)
        faults = "+".join(self._faults(row))
        if line.is_open:
            run = cells(
                (row, self.columns.items[self.table.items[0].id]), (row, self.columns.note - 1)
            )
            faults += f'+IF(AND(TRIM({self.table.key_cell(line)})="",COUNTA({run})>0),1,0)'
        self.drawing.put(row, self.columns.faults, Live(f"={faults or 0}", 0), style)

    def _none_known(self, line: Line) -> str | None:
        """On the first line of a form with open rows: 1 while no row at all is filled in."""
        is_first = self.table.above is None and line is self.table.lines[0]
        return f"IF(COUNTA({self.table.column_cells(UNIT)})=0,1,0)" if is_first else None

    def _faults(self, row: int) -> Iterator[str]:
        """How many cells hold no number, one below 0 or one with too many decimals, for each run of like items."""
        for kind, items in groupby(self.table.items, key=_kind):
            found = [self.columns.items[item.id] for item in items]
            if kind is not None:
                yield _faults(cells((row, found[0]), (row, found[-1])), *kind)

    def _is_blank(self, line: Line, item: Item) -> bool:
        return effective(self.table.plan, (self.table.form.id, line.id, item.id)) is None

    def _runs(self, row: int, wanted: Callable[[Item], bool]) -> Iterator[str]:
        """Ranges of neighbouring cells whose items are wanted."""
        for is_wanted, items in groupby(self.table.items, key=wanted):
            found = [self.columns.items[item.id] for item in items]
            if is_wanted:
                yield cells((row, found[0]), (row, found[-1]))

    def _rule(self, line: Line, rule: Rule) -> tuple[str, str]:
        """Draw a rule of one row; the cell of its state and the state."""
        table, drawing, row = self.table, self.drawing, self.table.row_of(line)
        places = Places(table.plan, self.sheets, line.id, line.kind)
        live = live_rule(rule.check, places, RecordFacts(table.plan, line.id, line.kind))
        helper, column = self.columns.helpers[rule.id], self.columns.rules[rule.id]
        for offset, part in enumerate((live.result, live.left, live.right)):
            drawing.put(row, helper + offset, part, drawing.styles.small)
        here = RuleCells(
            cell(row, helper),
            cell(row, helper + 1),
            cell(row, helper + 2),
            cell(row, self.columns.note),
        )
        main = main_comparison(rule.check)
        sign = OPPOSITE[main.sign] if main else ""
        state = self.words.state_in_table(rule.severity, here, RuleValues.of(live), sign)
        if line.is_open:
            key = table.key_cell(line)
            value = state.value if line.code else ""
            state = Live(f'=IF(TRIM({key})="","",{state.formula[1:]})', value)
        drawing.put(row, column, state, drawing.styles.check)
        self.states.append(str(state.value))
        return cell(row, column), str(state.value)

    def _check(self, line: Line, rules: list[tuple[str, str]]) -> None:
        """The state of a row: cells at fault, cells blank, the first rule broken, or all well."""
        row, tell = self.table.row_of(line), self.drawing.language
        blanks, faults = cell(row, self.columns.blanks), cell(row, self.columns.faults)
        formula, value = text_formula(GOOD), GOOD
        if line.is_open:
            formula = f'IF(TRIM({self.table.key_cell(line)})="","",{formula})'
            value = GOOD if line.code else ""
        for rule, (where, state) in reversed(list(zip(self.table.rules, rules, strict=True))):
            test = f'OR(LEFT({where},1)="{WRONG}",LEFT({where},1)="{WARN}")'
            formula = f'IF({test},LEFT({where},1)&" {rule.id}",{formula})'
            value = f"{state[0]} {rule.id}" if state[:1] in (WRONG, WARN) else value
        blank = spoken(tell, Message("{n} blank"), {"n": blanks})
        wrong = spoken(tell, Message("{n} no numbers"), {"n": faults})
        formula = f'IF({blanks}>0,"{BLANK} "&{blank},{formula})'
        formula = f'=IF({faults}>0,"{WRONG} "&{wrong},{formula})'
        missing = sum(self._is_blank(line, item) for item in self.table.items if item.required)
        if line.is_open and not line.code:
            missing = int(self._none_known(line) is not None)
        if missing and self.table.part(line) not in self.table.plan.answers.nil:
            told = tell("{n} blank", n=missing)
            value = f"{BLANK} {told}"
        self.drawing.put(row, CHECK, Live(formula, value), self.drawing.styles.check)

    def _totals(self) -> None:
        table, drawing, row = self.table, self.drawing, self.table.last_row
        drawing.put(row, UNIT, None, drawing.styles.head)
        drawing.put(row, TITLE, drawing.language("Total"), drawing.styles.head)
        for column in range(CHECK, self.columns.last_printed + 1):
            drawing.put(row, column, None, drawing.styles.head)
        for item in table.items:
            if item.adds_up and item.is_numeric:
                self._total(item, row)

    def _total(self, item: Item, row: int) -> None:
        column = self.columns.items[item.id]
        answers = [
            plain(item, effective(self.table.plan, (self.table.form.id, line.id, item.id)))
            for line in self.table.lines
        ]
        total = sum(answer for answer in answers if isinstance(answer, int | float))
        live = Live(f"=SUM({self.table.column_cells(column)})", float(number_of(total)))
        style = self.drawing.styles.number(item.scale, locked=True, bold=True)
        self.drawing.put(row, column, live, style)


def _kind(item: Item) -> tuple[int, bool] | None:
    """What numbers an item takes: its decimals, and whether they may be below 0."""
    return (item.decimals, item.negative) if item.is_numeric else None


def _faults(run: str, decimals: int, negative: bool) -> str:  # noqa: FBT001  # as an item says it
    """How many cells of a run hold a text, a negative number or too many decimals."""
    whole = f"INT({run})" if decimals == 0 else f"ROUND({run},{decimals})"
    fractions = f"IFERROR(SUMPRODUCT(--({run}<>{whole})),0)"
    below = "" if negative else f'+COUNTIF({run},"<0")'
    return f"(COUNTA({run})-COUNT({run}){below}+{fractions})"
