"""Charts as pictures, each drawn once."""

import re
from functools import cache

from infodesk.render.document import Chart
from infodesk.render.office import font_folder
from infodesk.render.vega import specification

SCALE = 2.5  # pixels of a picture to one of the specification: 300 dpi on paper


class Gallery:
    """Draws charts, and remembers them. Needs office."""

    def __init__(self) -> None:
        self._vectors: dict[Chart, str] = {}

    def svg(self, chart: Chart) -> str:
        """A chart as an SVG element, its ids its own among all charts of a document."""
        if chart not in self._vectors:
            from vl_convert import vegalite_to_svg  # noqa: PLC0415  # 90 MB, only for charts

            _register_fonts()
            drawn = vegalite_to_svg(specification(chart))
            prefix = f"chart{chart.number}-"
            drawn = re.sub(r'\bid="', f'id="{prefix}', drawn)
            self._vectors[chart] = drawn.replace("url(#", f"url(#{prefix}")
        return self._vectors[chart]

    def png(self, chart: Chart) -> bytes:
        """A chart as a picture on white."""
        from vl_convert import vegalite_to_png  # noqa: PLC0415  # 90 MB, only for charts

        _register_fonts()
        picture: bytes = vegalite_to_png(specification(chart), scale=SCALE)
        return picture


@cache
def _register_fonts() -> None:
    from vl_convert import register_font_directory  # noqa: PLC0415

    register_font_directory(str(font_folder()))
