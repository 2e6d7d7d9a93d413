"""Comparisons on the screen, as lines for a chat, and as JSON."""

from collections.abc import Iterator

from rich.text import Text

from infodesk.cli.show.figures import figure_json
from infodesk.cli.show.sparkline import sparkline
from infodesk.cli.terminal import new_table
from infodesk.cli.workspace import Office
from infodesk.render.document import Cell
from infodesk.reports.cells import is_change
from infodesk.reports.compared import HEADINGS, compared_table
from infodesk.reports.measure import figure_words
from infodesk.stats.compare import Compared, Comparison, Comparisons
from infodesk.text.language import Language

COLOURS = {"good": "green", "bad": "red", "": "bright_black"}


def show_as(
    office: Office, found: Comparisons, *, as_json: bool, text: bool, confidential: bool
) -> None:
    """In the form asked for: JSON, lines for a chat, or a table."""
    if as_json:
        office.terminal.json(compared_json(office, found))
    elif text:
        for line in compared_lines(office.terminal.language, found):
            office.terminal.result(line)
    else:
        show_compared(office, found, confidential=confidential)


def show_compared(office: Office, found: Comparisons, *, confidential: bool) -> None:
    """A line for each figure, its changes coloured by the way it should move, its trend last."""
    tell = office.terminal.language
    made = compared_table(tell, "", found.figures, confidential=confidential, brief=True)
    right = tuple(place for place, column in enumerate(made.columns) if column.align == "right")
    names = [column.title for column in made.columns]
    table = new_table(*names, tell("Last 13 periods"), right=right)
    for each, row in zip(found.figures, made.rows, strict=True):
        is_shown = confidential or not each.measure.secrecy.is_hidden
        line = _line(each) if is_shown else ""
        table.add_row(*(_text(cell) for cell in made.padded(row)), line)
    office.terminal.table(table)
    if made.note:
        office.terminal.result(made.note)


def _line(each: Compared) -> str:
    return sparkline([None if figure is None else figure.value for _, figure in each.trend])


def _text(cell: Cell) -> Text:
    """A cell, in colour and with an arrow if it is a change."""
    if not is_change(cell) or not cell.number:
        return Text(cell.shown)
    arrow = "↑" if cell.number > 0 else "↓"
    return Text(f"{cell.text} {arrow}", style=COLOURS[cell.tone])


def compared_lines(tell: Language, found: Comparisons) -> Iterator[str]:
    """Lines for a chat: of this unit only, and nothing confidential."""
    for each in found.figures:
        if each.measure.secrecy.is_hidden:
            continue
        changes = [
            tell("{what} {change}", what=HEADINGS[c.against][2], change=c.change.text)
            for c in each.comparisons
        ]
        value = figure_words(each.measure, each.figure, tell)
        title = each.measure.title
        yield tell("{title} {value}; {changes}", title=title, value=value, changes=changes)


def compared_json(office: Office, found: Comparisons) -> dict[str, object]:
    """The documented shape of `stats compare --json`; exact numbers are texts."""
    return {
        "period": str(found.period),
        "unit": found.unit.id,
        "figures": [_json(office, each) for each in found.figures],
    }


def _json(office: Office, each: Compared) -> dict[str, object]:
    return {
        **figure_json(office, each.figure),
        "comparisons": [_comparison_json(office, found) for found in each.comparisons],
        "trend": [
            {
                "period": str(period),
                "value": None if figure is None or figure.value is None else str(figure.value),
            }
            for period, figure in each.trend
        ],
    }


def _comparison_json(office: Office, found: Comparison) -> dict[str, object]:
    change = found.change
    return {
        "with": found.against.value,
        "period": str(found.base.period),
        "now": None if found.now.value is None else str(found.now.value),
        "base": None if found.base.value is None else str(found.base.value),
        "change": None if change.value is None else str(change.value),
        "points": change.is_points,
        "why": change.why or None,
        "display": office.terminal.language.tell(change.text),
    }
