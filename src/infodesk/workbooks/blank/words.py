"""The words that a workbook computes: the state of a line, of a rule, of a sheet; each as formula and text."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from infodesk.expr.excel import text_formula
from infodesk.model.item import Item
from infodesk.model.rule import Severity
from infodesk.text.language import Language
from infodesk.text.message import Message
from infodesk.workbooks.blank.live import Live, LiveRule, number_of, spoken
from infodesk.workbooks.marks import TICK

GOOD, BLANK, WRONG, WARN = "✓", "○", "✗", "△"


@dataclass(frozen=True)
class Words:
    """The words of one language."""

    language: Language
    explanation_length: int

    def state_of_answer(
        self, item: Item, cell: str, nil: str | None, *, filled: bool, ticked: bool
    ) -> Live:
        """What is to be said of an answer: blank, no number, negative, a fraction, or right.

        `nil` is the cell whose tick makes blanks 0; `filled` and `ticked` say what stands there now.
        """
        blank = self._marked(BLANK, Message("blank"))
        if not item.required:
            blank = self.language.tell(Message("optional"))
        formula = text_formula(GOOD)
        for test, words in reversed(self._faults(item, cell)):
            formula = f"IF({test},{text_formula(self._marked(WRONG, words))},{formula})"
        empty = text_formula(blank)
        if nil is not None:
            empty = f"IF({nil}={text_formula(TICK)},{text_formula(GOOD)},{empty})"
        broken = text_formula(self._marked(WRONG, Message("not a number")))
        return Live(
            f'=IFERROR(IF(TRIM({cell})="",{empty},{formula}),{broken})',
            GOOD if filled or ticked else blank,
        )

    def _marked(self, sign: str, words: Message) -> str:
        return f"{sign} {self.language.tell(words)}"

    def _faults(self, item: Item, cell: str) -> list[tuple[str, Message]]:
        if not item.is_numeric:
            return []
        faults = [(f"NOT(ISNUMBER({cell}))", Message("not a number"))]
        if not item.negative:
            faults.append((f"{cell}<0", Message("negative")))
        if item.is_exact and item.scale == 0:
            faults.append((f"{cell}<>INT({cell})", Message("a fraction")))
        elif item.is_exact:
            test = f"ROUND({cell},{item.scale})<>{cell}"
            faults.append((test, Message("too many decimals")))
        faults.append((f"ABS({cell})>{item.largest}", Message("too large")))
        return faults

    def state_of_rule(self, severity: Severity, cells: "RuleCells", values: "RuleValues") -> Live:
        """✓, ✗ with the difference, △ where words are asked for, ○ while numbers are missing."""
        broken, text = self._broken(severity, cells, values)
        formula = (
            f"=IF({cells.result}=1,{text_formula(GOOD)},"
            f"IF({cells.result}=0,{broken},{text_formula(BLANK)}))"
        )
        value = GOOD if values.result == 1 else text if values.result == 0 else BLANK
        return Live(formula, value)

    def state_in_table(
        self, severity: Severity, cells: "RuleCells", values: "RuleValues", sign: str
    ) -> Live:
        """✓, or ✗ with both sides (`✗ 15＞14`), △ where words are asked for, ○ while numbers are missing."""
        mark = WRONG if severity is Severity.ERROR else WARN
        apart = f"{text_formula(mark + ' ')}&{cells.left}&{text_formula(sign)}&{cells.right}"
        if severity is not Severity.ERROR:
            enough = f"LEN(TRIM({cells.note}))>={self.explanation_length}"
            apart = f"IF({enough},{text_formula(GOOD)},{apart})"
        formula = (
            f"=IF({cells.result}=1,{text_formula(GOOD)},"
            f"IF({cells.result}=0,{apart},{text_formula(BLANK)}))"
        )
        value = GOOD if values.result == 1 else BLANK
        if values.result == 0:
            value = f"{mark} {_written(values.left)}{sign}{_written(values.right)}"
        return Live(formula, value)

    def _broken(
        self, severity: Severity, cells: "RuleCells", values: "RuleValues"
    ) -> tuple[str, str]:
        if severity is not Severity.ERROR:
            explain = self._marked(WARN, Message("explain"))
            done = self._marked(GOOD, Message("explained"))
            enough = f"LEN(TRIM({cells.note}))>={self.explanation_length}"
            return f"IF({enough},{text_formula(done)},{text_formula(explain)})", explain
        if cells.left is None or cells.right is None:
            return text_formula(WRONG), WRONG
        difference = f"ROUND(ABS({cells.left}-{cells.right}),4)"
        message = Message("off by {difference}")
        told = spoken(self.language, message, {"difference": difference})
        formula = f"{text_formula(WRONG + ' ')}&{told}"
        text = WRONG
        if isinstance(values.left, float) and isinstance(values.right, float):
            apart = round(abs(Decimal(repr(values.left)) - Decimal(repr(values.right))), 4)
            text = self._marked(WRONG, Message("off by {difference}", difference=number_of(apart)))
        return formula, text

    def summary(self, cells: "Counters", values: tuple[int, int, int]) -> Live:
        """Whether it can be sent, and what is missing."""
        blank, wrong, warn = cells.blank, cells.wrong, cells.warn
        ready = text_formula(self.language("Ready to send"))
        named = {"blank": blank, "wrong": wrong, "warn": warn}
        with_words = spoken(self.language, self._not_ready(warned=True), named)
        without = spoken(self.language, self._not_ready(warned=False), named)
        formula = f"=IF({blank}+{wrong}+{warn}=0,{ready},IF({warn}>0,{with_words},{without}))"
        return Live(formula, self.summary_text(*values))

    def summary_text(self, blank: int, wrong: int, warn: int) -> str:
        """The same as text."""
        if blank + wrong + warn == 0:
            return self.language("Ready to send")
        message = self._not_ready(warned=warn > 0)
        return self.language(message.template, blank=blank, wrong=wrong, warn=warn)

    def _not_ready(self, *, warned: bool) -> Message:
        if warned:
            return Message(
                "{blank} still blank, {wrong} do not balance, {warn} to be explained: not ready to send"
            )
        return Message("{blank} still blank, {wrong} do not balance: not ready to send")


@dataclass(frozen=True)
class RuleCells:
    """The cells of a rule's line."""

    result: str
    left: str | None
    right: str | None
    note: str


@dataclass(frozen=True)
class RuleValues:
    """What they hold now."""

    result: str | float
    left: str | float | None
    right: str | float | None

    @classmethod
    def of(cls, live: LiveRule) -> "RuleValues":
        """The values of a live rule."""
        left = live.left.value if live.left else None
        return cls(live.result.value, left, live.right.value if live.right else None)


@dataclass(frozen=True)
class Counters:
    """The cells that count what is blank, wrong, and to be explained on a sheet."""

    blank: str
    wrong: str
    warn: str


def _written(value: str | float | None) -> str:
    return number_of(value) if isinstance(value, float) else str(value or "")


def counter_formulas(areas: list[str]) -> tuple[str, str, str]:
    """How many states in these areas say: blank, wrong, to be explained."""
    return (
        "+".join(_beginning_with(area, f"{BLANK} ") for area in areas),
        "+".join(_beginning_with(area, WRONG) for area in areas),
        "+".join(_beginning_with(area, WARN) for area in areas),
    )


def counted(states: Iterable[str]) -> tuple[int, int, int]:
    """The same of the states themselves."""
    found = list(states)
    return (
        sum(state.startswith(f"{BLANK} ") for state in found),
        sum(state.startswith(WRONG) for state in found),
        sum(state.startswith(WARN) for state in found),
    )


def _beginning_with(area: str, sign: str) -> str:
    return f"COUNTIF({area},{text_formula(sign + '*')})"
