"""How figures are written in reports: cells with signs, words with their coverage."""

from infodesk.model.figure import Figure
from infodesk.render.document import Cell
from infodesk.stats.measure import Measure, coverage
from infodesk.text.language import Language
from infodesk.text.message import Message

INCOMPLETE, UNUSUAL, EXPLAINED = "△", "※", "◇"

SIGNS = {
    INCOMPLETE: Message("not all units that owe it are counted"),
    UNUSUAL: Message("outside the plausible range"),
    EXPLAINED: Message("rests on numbers with a finding"),
}

_SIGN_OF = {
    "incomplete": INCOMPLETE,
    "range": UNUSUAL,
    "flagged": EXPLAINED,
    "findings": EXPLAINED,
}


def sign_of(figure: Figure) -> str:
    """The gravest sign a figure has to carry."""
    carried = {_SIGN_OF.get(flag) for flag in figure.flags}
    return next((sign for sign in SIGNS if sign in carried), "")


def figure_cell(measure: Measure, figure: Figure) -> Cell:
    """A figure as a cell, with its sign."""
    text, pattern = measure.text(figure.value), measure.pattern()
    return Cell(text, figure.value, pattern, sign=sign_of(figure))


def figure_words(measure: Measure, figure: Figure, language: Language) -> str:
    """A figure as sentences say it: `87.00 %`, `1:0.53`, `868 people (7/8)`, `—`."""
    text = measure.text(figure.value)
    unit = "" if figure.value is None else language.tell(measure.spoken_unit)
    return " ".join(filter(None, [text, unit, coverage(figure)]))
