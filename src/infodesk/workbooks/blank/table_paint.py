"""Painting a table: its rows, the check at the end of each, the rules beside it, its totals."""

from collections.abc import Callable, Iterator
from itertools import groupby

from infodesk.expr.excel import text_formula
from infodesk.expr.sentence import main_comparison
from infodesk.model.item import Item
from infodesk.model.rule import Rule
from infodesk.model.unit import Unit
from infodesk.text.message import Message
from infodesk.workbooks import marks
from infodesk.workbooks.blank.answers import allow_tick, plain, put_answer
from infodesk.workbooks.blank.card_paint import COMMENT
from infodesk.workbooks.blank.drawing import Drawing, cell, cells
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
    HEADER,
    HEADING,
    ROLES,
    TITLE,
    UNIT,
    Table,
)
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
        self._header()
        for unit in self.table.units:
            self._unit(unit)
        self._totals()
        first, last = self.table.row_of(self.table.units[0]), self.table.last_unit_row
        self.drawing.colour_states((first, CHECK, last, CHECK))
        for column in self.columns.rules.values():
            self.drawing.colour_states((first, column, last, column))

    def _head(self, column: int, title: str, role: str) -> None:
        row = self.table.first_row
        self.drawing.put(row + HEADER, column, title, self.drawing.styles.head)
        self.drawing.put(row + ROLES, column, role, self.drawing.styles.small)

    def _header(self) -> None:
        table, drawing, columns = self.table, self.drawing, self.columns
        tell = drawing.language
        heading = table.first_row + HEADING
        title = tell.tell(table.section.title)
        drawing.merge(heading, 0, columns.last_printed, title, drawing.styles.section)
        self._head(UNIT, tell("Code"), marks.UNIT)
        self._head(TITLE, tell("Unit"), marks.TITLE)
        if columns.nil is not None:
            self._head(columns.nil, tell.tell(table.section.nil), marks.NIL)
        for item in table.items:
            self._item_head(item)
        for item in table.opening_items:
            self._correction_head(item)
        self._head(CHECK, tell("Check"), marks.CHECK)
        self._head(columns.note, tell("Remarks"), marks.NOTE)
        for rule in table.rules:
            self._rule_head(rule)
        drawing.sheet.set_row(table.first_row + HEADER, 66)
        drawing.hide_row(table.first_row + ROLES)

    def _item_head(self, item: Item) -> None:
        drawing, column = self.drawing, self.columns.items[item.id]
        label = drawing.language.tell(item.label)
        self._head(column, f"{label}\n({item.unit})" if item.unit else label, item.id)
        if item.note.zh or item.note.en:
            row = self.table.first_row + HEADER
            drawing.sheet.write_comment(row, column, drawing.language.tell(item.note), COMMENT)

    def _correction_head(self, item: Item) -> None:
        tell, first = self.drawing.language, self.columns.corrections[item.id]
        label = item.label
        self._head(
            first, tell("{label}: last period wrong ✓", label=label), f"{item.id}{marks.TICKED}"
        )
        self._head(
            first + 1, tell("{label}: right value", label=label), f"{item.id}{marks.CORRECT}"
        )
        self._head(first + 2, tell("{label}: why", label=label), f"{item.id}{marks.REASON}")

    def _rule_head(self, rule: Rule) -> None:
        column = self.columns.rules[rule.id]
        self._head(column, rule.id, f"{marks.RULE}{rule.id}")
        message = self.drawing.language.tell(rule.message)
        self.drawing.sheet.write_comment(self.table.first_row + HEADER, column, message, COMMENT)

    def _unit(self, unit: Unit) -> None:
        table, drawing, columns = self.table, self.drawing, self.columns
        row = table.row_of(unit)
        drawing.sheet.set_row(row, 20)
        drawing.put(row, UNIT, unit.id, drawing.styles.centred)
        drawing.put(row, TITLE, drawing.language.tell(unit.title), drawing.styles.label)
        ticked = table.part(unit) in table.plan.answers.nil
        if columns.nil is not None:
            drawing.put(row, columns.nil, marks.TICK if ticked else None, drawing.styles.tick)
            allow_tick(drawing, (row, columns.nil))
        for item in table.items:
            self._answer(unit, item)
        for item in table.opening_items:
            self._correction(unit, item)
        drawing.put(row, columns.note, None, drawing.styles.note)
        self._counts(unit, ticked=ticked)
        states = [self._rule(unit, rule) for rule in table.rules]
        self._check(unit, states)

    def _answer(self, unit: Unit, item: Item) -> None:
        table, drawing = self.table, self.drawing
        place = (table.row_of(unit), self.columns.items[item.id])
        stored = effective(table.plan, (table.form.id, unit.id, item.id))
        before = table.opening(item, unit)
        if before is None:
            put_answer(drawing, place, item, stored)
            return
        tick = cell(place[0], self.columns.corrections[item.id])
        right = cell(place[0], self.columns.corrections[item.id] + 1)
        number = plain(item, before)
        formula = f'=IF({tick}="{marks.TICK}",IF(ISNUMBER({right}),{right},""),{number})'
        now = plain(item, stored)
        style = drawing.styles.number(item.scale, locked=True)
        drawing.put(*place, Live(formula, "" if now is None else now), style)

    def _correction(self, unit: Unit, item: Item) -> None:
        table, drawing = self.table, self.drawing
        row, first = table.row_of(unit), self.columns.corrections[item.id]
        correction = table.plan.answers.corrections.get((table.form.id, unit.id, item.id))
        drawing.put(row, first, marks.TICK if correction else None, drawing.styles.tick)
        allow_tick(drawing, (row, first))
        right = correction.value if correction else None
        put_answer(drawing, (row, first + 1), item, right, may_be_blank=True)
        drawing.put(row, first + 2, correction.reason if correction else None, drawing.styles.note)

    def _counts(self, unit: Unit, *, ticked: bool) -> None:
        """How many required cells are blank, and how many cells hold no proper answer."""
        row, style = self.table.row_of(unit), self.drawing.styles.small
        required = [item for item in self.table.items if item.required]
        runs = self._runs(row, lambda item: item.required)
        formula = "+".join(f"COUNTBLANK({run})" for run in runs) or "0"
        if self.columns.nil is not None:
            formula = f"IF({cell(row, self.columns.nil)}={text_formula(marks.TICK)},0,{formula})"
        blank = 0 if ticked else sum(self._is_blank(unit, item) for item in required)
        self.blank += blank
        self.drawing.put(row, self.columns.blanks, Live("=" + formula, blank), style)
        faults = "+".join(_faults(run) for run in self._runs(row, lambda item: item.is_numeric))
        self.drawing.put(row, self.columns.faults, Live(f"={faults or 0}", 0), style)

    def _is_blank(self, unit: Unit, item: Item) -> bool:
        return effective(self.table.plan, (self.table.form.id, unit.id, item.id)) is None

    def _runs(self, row: int, wanted: Callable[[Item], bool]) -> Iterator[str]:
        """Ranges of neighbouring cells whose items are wanted."""
        for is_wanted, items in groupby(self.table.items, key=wanted):
            found = [self.columns.items[item.id] for item in items]
            if is_wanted:
                yield cells((row, found[0]), (row, found[-1]))

    def _rule(self, unit: Unit, rule: Rule) -> tuple[str, str]:
        """Draw a rule of one row; the cell of its state and the state."""
        table, drawing, row = self.table, self.drawing, self.table.row_of(unit)
        places = Places(table.plan, self.sheets, unit.id, unit.kind)
        live = live_rule(rule.check, places, RecordFacts(table.plan, unit.id, unit.kind))
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
        drawing.put(row, column, state, drawing.styles.check)
        self.states.append(str(state.value))
        return cell(row, column), str(state.value)

    def _check(self, unit: Unit, rules: list[tuple[str, str]]) -> None:
        """The state of a row: cells at fault, cells blank, the first rule broken, or all well."""
        row, tell = self.table.row_of(unit), self.drawing.language
        blanks, faults = cell(row, self.columns.blanks), cell(row, self.columns.faults)
        formula, value = text_formula(GOOD), GOOD
        for rule, (where, state) in reversed(list(zip(self.table.rules, rules, strict=True))):
            test = f'OR(LEFT({where},1)="{WRONG}",LEFT({where},1)="{WARN}")'
            formula = f'IF({test},LEFT({where},1)&" {rule.id}",{formula})'
            value = f"{state[0]} {rule.id}" if state[:1] in (WRONG, WARN) else value
        blank = spoken(tell, Message("{n} blank"), {"n": blanks})
        wrong = spoken(tell, Message("{n} no numbers"), {"n": faults})
        formula = f'IF({blanks}>0,"{BLANK} "&{blank},{formula})'
        formula = f'=IF({faults}>0,"{WRONG} "&{wrong},{formula})'
        missing = sum(self._is_blank(unit, item) for item in self.table.items if item.required)
        if missing and self.table.part(unit) not in self.table.plan.answers.nil:
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
            plain(item, effective(self.table.plan, (self.table.form.id, unit.id, item.id)))
            for unit in self.table.units
        ]
        total = sum(answer for answer in answers if isinstance(answer, int | float))
        live = Live(f"=SUM({self.table.column_cells(column)})", float(number_of(total)))
        style = self.drawing.styles.number(item.scale, locked=True, bold=True)
        self.drawing.put(row, column, live, style)


def _faults(run: str) -> str:
    """How many cells of a run hold a text, a negative number or a fraction."""
    fractions = f"IFERROR(SUMPRODUCT(--({run}<>INT({run}))),0)"
    return f'(COUNTA({run})-COUNT({run})+COUNTIF({run},"<0")+{fractions})'
