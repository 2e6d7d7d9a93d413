"""Native charts of a spreadsheet, drawn from cells of the workbook itself."""

from collections.abc import Iterable

from xlsxwriter import Workbook
from xlsxwriter.chart import Chart as NativeChart
from xlsxwriter.worksheet import Worksheet

from infodesk.render.document import Band, Cell, Chart, Series
from infodesk.render.look import BAND_EDGE, BARS, GROUP_FILL, INK, OUTSIDE
from infodesk.render.xlsx_styles import BODY

HEIGHT = 330  # pixels


def first_rows(charts: Iterable[Chart]) -> dict[Chart, int]:
    """Where on the sheet of chart data each chart's first category stands: they lie under each other."""
    rows: dict[Chart, int] = {}
    following = 0
    for chart in charts:
        rows[chart] = following + 2
        following += len(chart.categories) + 3
    return rows


def put_data(sheet: Worksheet, chart: Chart, caption: str, first: int) -> None:
    """Write a chart's numbers, its first category into the row `first`."""
    table = chart.as_table()
    sheet.write_string(first - 2, 0, caption)
    for place, column in enumerate(table.columns):
        sheet.write_string(first - 1, place, column.heading)
    for down, row in enumerate(table.rows, first):
        sheet.write_string(down, 0, row.cells[0].text)
        for place, cell in enumerate(row.cells[1:], 1):
            if cell.number is not None:
                sheet.write_number(down, place, float(cell.number))
    if chart.band is not None:
        _put_band(sheet, chart.band, (first, first + len(table.rows) - 1, len(table.columns)))


def _put_band(sheet: Worksheet, band: Band, where: tuple[int, int, int]) -> None:
    first, last, column = where
    for offset, end in enumerate((band.low, band.high)):
        sheet.write_string(first - 1, column + offset, band.title)
        for down in range(first, last + 1):
            sheet.write_number(down, column + offset, float(end))


def native_chart(book: Workbook, data: str, chart: Chart, caption: str, first: int) -> NativeChart:
    """A chart of the numbers that stand on the sheet `data` from the row `first` on."""
    drawn = book.add_chart({"type": "column" if chart.kind == "bar" else "line"})
    last = first + len(chart.categories) - 1
    for place, series in enumerate(chart.series, 1):
        areas = {
            "categories": [data, first, 0, last, 0],
            "values": [data, first, place, last, place],
        }
        drawn.add_series(areas | _series(chart, series, BARS[(place - 1) % len(BARS)]))
    if chart.band is not None:
        drawn.combine(_band(book, data, chart.band, (first, last, len(chart.series) + 1)))
    drawn.set_title({"name": caption, "name_font": _font(12), "overlay": False})
    drawn.set_x_axis({"num_font": _font(9), "line": {"color": INK}})
    grid = {"visible": True, "line": {"color": GROUP_FILL}}
    drawn.set_y_axis({"num_font": _font(9), "major_gridlines": grid, "line": {"none": True}})
    if len(chart.series) > 1 or chart.band is not None:
        drawn.set_legend({"position": "bottom", "font": _font(9)})
    else:
        drawn.set_legend({"none": True})
    return drawn


def _series(chart: Chart, series: Series, colour: str) -> dict[str, object]:
    """How a series looks; bars outside the range they should end in stand out."""
    shape: dict[str, object] = {
        "name": series.title,
        "data_labels": {"value": True, "font": _font(9), "num_format": _pattern(series)},
    }
    if chart.kind == "line":
        point = {"fill": {"color": colour}, "border": {"color": colour}}
        mark = {"type": "circle", "size": 5} | point
        return shape | {"line": {"color": colour, "width": 2.25}, "marker": mark}
    points = [_point(chart.band, cell, colour) for cell in series.cells]
    return shape | {"fill": {"color": colour}, "gap": 60, "points": points}


def _point(band: Band | None, cell: Cell, colour: str) -> dict[str, object]:
    is_outside = band is not None and not band.holds(cell.number)
    return {"fill": {"color": OUTSIDE if is_outside else colour}}


def _pattern(series: Series) -> str:
    return next((cell.pattern for cell in series.cells if cell.number is not None), "0")


def _band(book: Workbook, data: str, band: Band, where: tuple[int, int, int]) -> NativeChart:
    """Both ends of a range as dashed lines across the bars."""
    first, last, column = where
    lines = book.add_chart({"type": "line"})
    for offset in range(2):
        lines.add_series(
            {
                "name": band.title,
                "categories": [data, first, 0, last, 0],
                "values": [data, first, column + offset, last, column + offset],
                "line": {"color": BAND_EDGE, "width": 1.5, "dash_type": "dash"},
                "marker": {"type": "none"},
            }
        )
    return lines


def _font(size: float) -> dict[str, object]:
    return {"name": BODY, "size": size, "color": INK, "bold": False}
