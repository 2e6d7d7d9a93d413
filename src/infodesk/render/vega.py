"""Charts as Vega-Lite specifications: plain dictionaries, drawn elsewhere."""

from collections.abc import Iterator

from infodesk.render.document import Band, Chart
from infodesk.render.look import BAND_EDGE, BAND_FILL, BARS, FRAME, GROUP_FILL, INK, OUTSIDE
from infodesk.render.office import SANS

Spec = dict[str, object]

WIDTH = 660
LINE_HEIGHT = 190


def specification(chart: Chart) -> Spec:
    """A chart's specification. Bars lie, so that long names of departments can be read."""
    parts = _bars(chart) if chart.kind == "bar" else _lines(chart)
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "width": WIDTH,
        "height": _height(chart),
        "autosize": {"type": "fit", "contains": "padding"},
        "padding": 6,
        "background": "white",
        "config": _config(),
        "data": {"values": list(_values(chart))},
        "layer": parts,
    }


def _height(chart: Chart) -> int:
    if chart.kind == "line":
        return LINE_HEIGHT
    bars = len(chart.categories) * max(1, len(chart.series))
    return 40 + bars * (25 if len(chart.series) == 1 else 13)


def _config() -> Spec:
    return {
        "font": ", ".join((*SANS, "sans-serif")),
        "view": {"stroke": None},
        "axis": {"labelColor": INK, "labelFontSize": 12, "labelLimit": 160, "title": None}
        | {"domainColor": FRAME, "tickColor": FRAME, "gridColor": GROUP_FILL},
        "legend": {"labelColor": INK, "labelFontSize": 12, "title": None}
        | {"orient": "top", "symbolType": "square", "offset": 4},
        "text": {"fontSize": 11.5, "color": INK},
        "scale": {"bandPaddingInner": 0.35, "bandPaddingOuter": 0.2},
    }


def _values(chart: Chart) -> Iterator[Spec]:
    for series in chart.series:
        for category, cell in zip(chart.categories, series.cells, strict=True):
            yield {
                "category": category,
                "series": series.title,
                "value": None if cell.number is None else float(cell.number),
                "label": cell.text,
                "outside": chart.band is not None and not chart.band.holds(cell.number),
            }


def _bars(chart: Chart) -> list[Spec]:
    where: Spec = {
        "y": {"field": "category", "type": "nominal", "axis": _QUIET, "scale": _all(chart)},
        "x": {"field": "value", "type": "quantitative", "axis": _COUNTED},
    }
    if len(chart.series) > 1:
        where["yOffset"] = {"field": "series", "sort": None}
    bars: Spec = {"mark": {"type": "bar"}, "encoding": where | {"color": _colour(chart)}}
    # Beside a band the values stand in a column of their own, clear of its edges.
    beside = {} if chart.band is None else {"x": {"value": "width"}}
    labels: Spec = {
        "mark": {"type": "text", "align": "left", "dx": 5, "fontSize": _label_size(chart)},
        "encoding": where | beside | {"text": {"field": "label"}},
    }
    return [*_band(chart.band), bars, *_edges(chart.band), labels]


def _all(chart: Chart) -> Spec:
    """Every category in its order, those without a value too."""
    return {"domain": list(chart.categories)}


def _label_size(chart: Chart) -> float:
    return 11.5 if len(chart.series) == 1 else 10.5


def _lines(chart: Chart) -> list[Spec]:
    scale = {"zero": False, "nice": True}
    where: Spec = {
        "x": {"field": "category", "type": "ordinal", "axis": _MONTHS, "scale": _all(chart)},
        "y": {"field": "value", "type": "quantitative", "axis": _COUNTED, "scale": scale},
    }
    lines: Spec = {
        "mark": {"type": "line", "point": {"size": 40}, "strokeWidth": 2.5},
        "encoding": where | {"color": _colour(chart)},
    }
    text: Spec = {"type": "text", "dy": -11}
    labelled = where | {"text": {"field": "label"}}
    halo: Spec = {
        "mark": text | {"stroke": "white", "strokeWidth": 4, "color": "white"},
        "encoding": labelled,
    }
    return [lines, halo, {"mark": text, "encoding": labelled}]


_QUIET: Spec = {"ticks": False, "labelPadding": 6, "grid": False}
_MONTHS: Spec = _QUIET | {"labelAngle": 0, "labelFontSize": 10.5}
_COUNTED: Spec = {"tickCount": 5, "format": ",~f"}


def _colour(chart: Chart) -> Spec:
    names = [series.title for series in chart.series]
    colours = BARS[: len(names)]
    if len(names) > 1:
        return {"field": "series", "type": "nominal", "scale": {"domain": names, "range": colours}}
    return {"condition": {"test": "datum.outside", "value": OUTSIDE}, "value": BARS[0]}


def _band(band: Band | None) -> list[Spec]:
    """The range as a stripe behind the bars, its name at its head."""
    if band is None:
        return []
    low, high = float(band.low), float(band.high)
    middle: Spec = {"x": {"datum": (low + high) / 2}, "y": {"value": 0}}
    return [
        {
            "data": {"values": [{}]},
            "mark": {"type": "rect", "color": BAND_FILL},
            "encoding": {"x": {"datum": low}, "x2": {"datum": high}},
        },
        {
            "data": {"values": [{}]},
            "mark": {"type": "text", "baseline": "bottom", "dy": -3, "color": BAND_EDGE},
            "encoding": middle | {"text": {"value": band.title}},
        },
    ]


def _edges(band: Band | None) -> list[Spec]:
    """Both ends of the range, over the bars."""
    if band is None:
        return []
    return [
        {
            "data": {"values": [{}]},
            "mark": {"type": "rule", "color": BAND_EDGE, "strokeDash": [4, 3]},
            "encoding": {"x": {"datum": float(end)}},
        }
        for end in (band.low, band.high)
    ]
