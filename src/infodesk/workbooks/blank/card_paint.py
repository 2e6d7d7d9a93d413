"""Painting a card: its lines, what each of them checks, and the rules that live beneath."""

from infodesk.expr.excel import text_formula
from infodesk.model.expression import record_values
from infodesk.model.item import Item
from infodesk.model.rule import Rule
from infodesk.text.message import Message
from infodesk.workbooks import marks
from infodesk.workbooks.blank.answers import allow_tick, plain, put_answer
from infodesk.workbooks.blank.card import (
    CHECK,
    ITEM,
    LABEL,
    LAST,
    MEASURE,
    NOTE,
    PREVIOUS,
    RESULT,
    VALUE,
    Card,
    CorrectionLine,
    ItemLine,
    Line,
    NilLine,
    RuleLine,
    RulesHeader,
    SectionLine,
)
from infodesk.workbooks.blank.drawing import Content, Drawing, cell, display_width
from infodesk.workbooks.blank.live import Live, Places, RecordFacts, Sheets, effective, live_rule
from infodesk.workbooks.blank.words import BLANK, WRONG, RuleCells, RuleValues, Words

WIDTHS = (31, 6.5, 11, 11, 16, 23, 4, 4)
ROLES = (
    marks.LABEL,
    marks.MEASURE,
    marks.VALUE,
    marks.PREVIOUS,
    marks.CHECK,
    marks.NOTE,
    marks.ITEM,
)
TITLES = (
    Message("Item"),
    Message("Counted in"),
    Message("This period"),
    Message("Last period"),
    Message("Check"),
    Message("Remarks"),
)
RULE_TITLES = (
    Message("Left side"),
    Message("Right side"),
    Message("Check"),
    Message("Explanation"),
)
COMMENT = {"x_scale": 2, "y_scale": 0.7, "author": "infodesk", "font_size": 9}
LINE_HEIGHT = 16  # points


def paint_card(card: Card, drawing: Drawing, sheets: Sheets, words: Words) -> list[str]:
    """Draw a card; returns how every line and rule stands now."""
    for column, title in enumerate(TITLES):
        drawing.put(card.first_row, column, drawing.language.tell(title), drawing.styles.head)
    for column, role in enumerate(ROLES):
        drawing.put(card.first_row + 1, column, role, drawing.styles.small)
    drawing.sheet.set_row(card.first_row, 22)
    drawing.hide_row(card.first_row + 1)
    painter = _Painter(card, drawing, sheets, words)
    for line in card.lines:
        painter.paint(line)
    drawing.colour_states((card.first_row + 2, CHECK, card.last_row, CHECK))
    return painter.states


class _Painter:
    """Paints the lines of a card one by one."""

    def __init__(self, card: Card, drawing: Drawing, sheets: Sheets, words: Words) -> None:
        self.card, self.drawing, self.sheets, self.words = card, drawing, sheets, words
        self.states: list[str] = []
        places = Places(card.plan, sheets, card.unit.id, card.unit.kind)
        facts = RecordFacts(card.plan, card.unit.id, card.unit.kind)
        self._rules = {rule.id: live_rule(rule.check, places, facts) for rule in card.rules}

    def paint(self, line: Line) -> None:
        match line:
            case SectionLine():
                self._section(line)
            case NilLine():
                self._nil(line)
            case ItemLine():
                self._item(line)
            case CorrectionLine():
                self._correction(line)
            case RulesHeader():
                self._rules_header(line)
            case RuleLine():
                self._rule(line)

    def _put(self, line: Line, column: int, content: Content, style: str) -> None:
        self.drawing.put(line.row, column, content, getattr(self.drawing.styles, style))

    def _state(self, line: Line, state: Live) -> None:
        self.states.append(str(state.value))
        self._put(line, CHECK, state, "check")

    def _section(self, line: SectionLine) -> None:
        title = self.drawing.language.tell(line.section.title)
        self.drawing.merge(line.row, LABEL, LAST, title, self.drawing.styles.section)
        self.drawing.sheet.set_row(line.row, 19)

    def _nil(self, line: NilLine) -> None:
        words = self.drawing.language("{nil}: tick, and blanks are 0", nil=line.section.nil)
        self.drawing.merge(line.row, LABEL, MEASURE, words, self.drawing.styles.small)
        ticked = self.card.part(line.section) in self.card.plan.answers.nil
        self._put(line, VALUE, marks.TICK if ticked else None, "tick")
        allow_tick(self.drawing, (line.row, VALUE))
        for column in (PREVIOUS, CHECK, NOTE):
            self._put(line, column, None, "centred")
        self._put(line, ITEM, f"{marks.NIL_LINE}{line.section.id}", "small")

    def _item(self, line: ItemLine) -> None:
        item, drawing = line.item, self.drawing
        drawing.sheet.set_row(line.row, 18)
        self._put(line, LABEL, drawing.language.tell(item.label), "label")
        if item.note.zh or item.note.en:
            drawing.sheet.write_comment(line.row, LABEL, drawing.language.tell(item.note), COMMENT)
        self._put(line, MEASURE, item.unit, "centred")
        self._answer(line)
        before = self.card.plan.previous.get(self.card.key(item))
        locked = drawing.styles.number(item.scale, locked=True)
        drawing.put(line.row, PREVIOUS, plain(item, before), locked)
        self._state(line, self._state_of_answer(line))
        self._put(line, NOTE, None, "note")
        self._put(line, ITEM, item.id, "small")

    def _answer(self, line: ItemLine) -> None:
        item = line.item
        stored = effective(self.card.plan, self.card.key(item))
        if self.card.opening(item) is None:
            put_answer(self.drawing, (line.row, VALUE), item, stored)
            return
        now = plain(item, stored)
        tick, right = cell(line.row + 1, MEASURE), cell(line.row + 1, VALUE)
        before = plain(item, self.card.opening(item))
        formula = f'=IF({tick}="{marks.TICK}",IF(ISNUMBER({right}),{right},""),{before})'
        style = self.drawing.styles.number(item.scale, locked=True)
        self.drawing.put(line.row, VALUE, Live(formula, "" if now is None else now), style)

    def _state_of_answer(self, line: ItemLine) -> Live:
        """What is wrong with an answer itself, else the first broken rule that speaks of it."""
        item = line.item
        key = self.card.key(item)
        state = self.words.state_of_answer(
            item,
            cell(line.row, VALUE),
            self.sheets.spots[key].nil,
            filled=effective(self.card.plan, key) is not None,
            ticked=self.card.part(line.section) in self.card.plan.answers.nil,
        )
        return self._or_broken_rule(item, state)

    def _or_broken_rule(self, item: Item, own: Live) -> Live:
        formula, value = own.formula[1:], own.value
        for rule_line in reversed(self.card.lines):
            if isinstance(rule_line, RuleLine) and self._speaks_of(rule_line.rule, item):
                mark = f"→ {rule_line.rule.id}"
                formula = f'IF({cell(rule_line.row, RESULT)}=0,"{mark}",{formula})'
                value = mark if self._rules[rule_line.rule.id].result.value == 0 else value
        signs = WRONG + BLANK
        if str(own.value).startswith(tuple(signs)):
            value = own.value
        is_own = f"ISNUMBER(FIND(LEFT({own.formula[1:]},1),{text_formula(signs)}))"
        return Live(f"=IF({is_own},{own.formula[1:]},{formula})", value)

    def _speaks_of(self, rule: Rule, item: Item) -> bool:
        return any(
            (v.form, v.id) == (self.card.form.id, item.id) for v in record_values(rule.check)
        )

    def _correction(self, line: CorrectionLine) -> None:
        correction = self.card.plan.answers.corrections.get(self.card.key(line.item))
        words = Message("last period's value is wrong: tick, give the right one and why")
        self._put(line, LABEL, self.drawing.language.tell(words), "small")
        self._put(line, MEASURE, marks.TICK if correction else None, "tick")
        allow_tick(self.drawing, (line.row, MEASURE))
        right = correction.value if correction else None
        put_answer(self.drawing, (line.row, VALUE), line.item, right, may_be_blank=True)
        self._put(line, PREVIOUS, None, "centred")
        self._state(line, self._state_of_correction(line, is_given=correction is not None))
        self._put(line, NOTE, correction.reason if correction else None, "note")
        self._put(line, ITEM, f"{line.item.id}{marks.CORRECT}", "small")

    def _state_of_correction(self, line: CorrectionLine, *, is_given: bool) -> Live:
        tick, right, note = (cell(line.row, column) for column in (MEASURE, VALUE, NOTE))
        words = self.drawing.language("which value, and why?")
        complete = f"AND(ISNUMBER({right}),LEN(TRIM({note}))>=2)"
        formula = f'=IF({tick}="{marks.TICK}",IF({complete},"✓","○ {words}"),"")'
        return Live(formula, "✓" if is_given else "")

    def _rules_header(self, line: RulesHeader) -> None:
        drawing, style = self.drawing, self.drawing.styles.head
        drawing.merge(line.row, LABEL, MEASURE, drawing.language("What is checked"), style)
        for column, title in zip((VALUE, PREVIOUS, CHECK, NOTE), RULE_TITLES, strict=True):
            drawing.put(line.row, column, drawing.language.tell(title), style)
        drawing.sheet.set_row(line.row, 20)

    def _rule(self, line: RuleLine) -> None:
        rule, live, drawing = line.rule, self._rules[line.rule.id], self.drawing
        text = f"{rule.id} {drawing.language.tell(rule.message)}"
        drawing.merge(line.row, LABEL, MEASURE, text, drawing.styles.label)
        lines = -(-display_width(text) // 36)
        drawing.sheet.set_row(line.row, LINE_HEIGHT * max(1, lines))
        drawing.put(line.row, RESULT, live.result, drawing.styles.small)
        drawing.put(line.row, VALUE, live.left, drawing.styles.side)
        drawing.put(line.row, PREVIOUS, live.right, drawing.styles.side)
        here = RuleCells(
            cell(line.row, RESULT),
            cell(line.row, VALUE) if live.left else None,
            cell(line.row, PREVIOUS) if live.right else None,
            cell(line.row, NOTE),
        )
        now = RuleValues.of(live)
        self._state(line, self.words.state_of_rule(rule.severity, here, now))
        self._put(line, NOTE, None, "note")
        self._put(line, ITEM, f"{marks.RULE}{rule.id}", "small")
