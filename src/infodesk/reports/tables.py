"""Tables of figures that a template can place, by name."""

from collections.abc import Callable, Iterator, Sequence

from infodesk.model.indicator import Indicator
from infodesk.render.document import Cell, Row, Table
from infodesk.reports.cells import columns, comparison, comparison_columns, number, table
from infodesk.reports.context import Context
from infodesk.reports.grids import rows, units
from infodesk.reports.lists import findings, late, unusual
from infodesk.reports.measure import figure_cell
from infodesk.reports.words import range_words
from infodesk.stats.figures import applies
from infodesk.stats.measure import Measure, coverage


def key_numbers(context: Context, title: str, of: Sequence[str]) -> Table:
    """Hospital-wide figures as cards, against the period before if there is one."""
    _ = context.language
    heads = columns((_("Figure"), "left"), (_("Counted in"), "left"), (_("This period"), "right"))
    rows = (_key_number(context, measure) for measure in context.measures(of))
    return table(context, title, heads + comparison_columns(context), rows, "cards")


def _key_number(context: Context, measure: Measure) -> Row:
    tell = context.language.tell
    figure = context.figure(measure, context.root)
    unit = f"{tell(measure.spoken_unit)} {coverage(figure)}".strip()
    cells = (Cell(tell(measure.title)), Cell(unit), figure_cell(measure, figure))
    return Row(cells + comparison(context, measure))


def indicators(context: Context, title: str) -> Table:
    """Every indicator of the whole hospital, group by group, with what it was computed from."""
    _ = context.language
    heads = columns(
        (_("Indicator"), "left"), (_("Counted in"), "center"), (_("This period"), "right")
    )
    heads += comparison_columns(context)
    heads += columns((_("Numerator"), "right"), (_("Denominator"), "right"))
    heads += columns((_("Plausible range"), "center"), (_("Reference"), "left"))
    return table(context, title, heads, _indicators(context))


def _indicators(context: Context) -> Iterator[Row]:
    group = None
    for indicator in context.definitions.indicators:
        if indicator.per_row or not applies(context.found, indicator, context.root):
            continue
        if indicator.group != group:
            group = indicator.group
            yield Row((Cell(context.language.tell(group)),), "group")
        yield _indicator(context, indicator)


def _indicator(context: Context, indicator: Indicator) -> Row:
    tell, measure = context.language.tell, Measure(indicator)
    figure = context.figure(measure, context.root)
    usual = range_words(indicator.plausible, context.period.days, context.language)
    unit = f"{tell(measure.unit)} {coverage(figure)}".strip()
    return Row(
        (
            Cell(tell(measure.title)),
            Cell(unit),
            figure_cell(measure, figure),
            *comparison(context, measure),
            number(figure.numerator),
            number(figure.denominator),
            Cell(usual),
            Cell(tell(indicator.reference)),
        )
    )


TABLES: dict[str, Callable[..., Table]] = {
    "findings": findings,
    "indicators": indicators,
    "key_numbers": key_numbers,
    "late": late,
    "rows": rows,
    "units": units,
    "unusual": unusual,
}
