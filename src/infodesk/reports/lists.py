"""Lists of what is wrong or missing that a template can place, by name."""

from collections.abc import Iterator
from decimal import Decimal

from infodesk.model.figure import Figure
from infodesk.model.finding import Finding
from infodesk.render.document import Cell, Row, Table
from infodesk.reports.cells import columns, number, table
from infodesk.reports.context import Context
from infodesk.reports.measure import figure_cell
from infodesk.reports.words import (
    PART_STATES,
    STATES,
    finding_secrecy,
    finding_words,
    range_words,
)
from infodesk.stats.figures import figures
from infodesk.stats.measure import Measure
from infodesk.stats.status import StatusRow


def unusual(context: Context, title: str) -> Table:
    """Figures of units and hospital that are outside their plausible range, or rest on findings."""
    _ = context.language
    heads = columns(
        (_("Unit"), "left"),
        (_("Indicator"), "left"),
        (_("Value"), "right"),
        (_("Counted in"), "center"),
        (_("Numerator"), "right"),
        (_("Denominator"), "right"),
        (_("Plausible range"), "center"),
    )
    return table(context, title, heads, (_unusual(context, figure) for figure in noted(context)))


def noted(context: Context) -> Iterator[Figure]:
    """The figures of indicators that have a value and carry a note, in the hospital's order."""
    for figure in figures(context.found, context.definitions.units.units):
        carries = set(figure.flags) - {"incomplete", "no_base"}
        if figure.kind == "indicator" and figure.value is not None and carries:
            yield figure


def _unusual(context: Context, figure: Figure) -> Row:
    tell = context.language.tell
    indicator = context.definitions.indicator_by_id[figure.id]
    measure = Measure(indicator)
    context.shows(measure.secrecy)
    return Row(
        (
            Cell(context.name_of(figure.unit)),
            Cell(tell(measure.title)),
            figure_cell(measure, figure),
            Cell(tell(measure.unit)),
            number(figure.numerator),
            number(figure.denominator),
            Cell(range_words(indicator.plausible, context.period.days, context.language)),
        )
    )


def findings(context: Context, title: str) -> Table:
    """What the rules found, gravest first, and what was said of it; not what may be ignored."""
    _ = context.language
    heads = columns(
        (_("No."), "right"),
        (_("Severity"), "center"),
        (_("Unit"), "left"),
        (_("Finding"), "left"),
        (_("State"), "center"),
        (_("Explanation"), "left"),
    )
    ordered = sorted(context.findings, key=lambda finding: finding.severity.rank)
    return table(context, title, heads, (_finding(context, finding) for finding in ordered))


def _finding(context: Context, finding: Finding) -> Row:
    tell = context.language.tell
    context.shows(finding_secrecy(context.definitions, finding))
    return Row(
        (
            Cell(str(finding.number), Decimal(finding.number or 0), "0"),
            Cell(tell(finding.severity.label)),
            Cell(context.name_of(finding.identity.unit)),
            Cell(finding_words(context.definitions, context.language, finding)),
            Cell(tell(STATES[finding.state])),
            Cell(finding.words),
        )
    )


def late(context: Context, title: str) -> Table:
    """What has not come, is not accepted, or came late: a row for each sender and form."""
    _ = context.language
    heads = columns(
        (_("Sender"), "left"),
        (_("Form"), "left"),
        (_("Due"), "center"),
        (_("State"), "left"),
        (_("Working days late"), "right"),
    )
    rows: dict[tuple[str, str, str], Row] = {}
    for line in context.status.rows:
        if line.is_late or line.state in ("missing", "received"):
            rows.setdefault((line.sender, line.part.form, line.state), _late(context, line))
    return table(context, title, heads, rows.values())


def _late(context: Context, line: StatusRow) -> Row:
    tell, definitions = context.language.tell, context.definitions
    days = Decimal(line.late_days)
    return Row(
        (
            Cell(tell(definitions.units.by_id[line.sender].title)),
            Cell(tell(definitions.form_by_id[line.part.form].title)),
            Cell(f"{line.due:%Y-%m-%d}"),
            Cell(tell(PART_STATES[line.state])),
            Cell(str(days), days, "0"),
        )
    )
