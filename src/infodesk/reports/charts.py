"""The charts a template can place, by name."""

from collections.abc import Callable, Sequence
from decimal import Decimal

from infodesk.errors import InfodeskError
from infodesk.render.document import Band, Cell, Chart, Series
from infodesk.reports.context import Context
from infodesk.stats.measure import Measure
from infodesk.text.message import Message


def units(
    context: Context,
    title: str,
    kind: str,
    of: Sequence[str],
    band: tuple[int | str, int | str] | None = None,
    band_title: str = "",
) -> Chart:
    """Bars for the units of a kind, a set of them for each measure; `band` is where they should end."""
    tell = context.language.tell
    shown = context.units(kind)
    measures = _alike(context, of)
    series = tuple(
        Series(tell(each.title), tuple(_cell(each, context.figure(each, u).value) for u in shown))
        for each in measures
    )
    names = tuple(tell(unit.title) for unit in shown)
    about = context.language("Unit")
    limits = None if band is None else Band(Decimal(band[0]), Decimal(band[1]), band_title)
    return Chart(title, "bar", about, names, series, tell(measures[0].unit), limits)


def trend(context: Context, title: str, of: Sequence[str]) -> Chart:
    """Lines over the months the store holds, thirteen at most."""
    tell = context.language.tell
    measures = _alike(context, of)
    series = tuple(
        Series(
            tell(each.title),
            tuple(
                _cell(each, context.figure(each, context.root, month).value)
                for month in context.history
            ),
        )
        for each in measures
    )
    months = tuple(str(month.period) for month in context.history)
    return Chart(title, "line", context.language("Period"), months, series, tell(measures[0].unit))


def _alike(context: Context, of: Sequence[str]) -> list[Measure]:
    """The measures named, all counted in the same unit: one axis cannot show two."""
    measures = context.measures(of)
    if len({each.unit for each in measures}) != 1:
        listed = [each.title for each in measures]
        raise InfodeskError(
            Message("{names} are not counted in the same unit", names=listed),
            Message("place a chart for each unit"),
        )
    return measures


def _cell(measure: Measure, value: Decimal | None) -> Cell:
    return Cell(measure.text(value), value, measure.pattern())


CHARTS: dict[str, Callable[..., Chart]] = {"trend": trend, "units": units}
