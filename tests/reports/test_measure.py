"""How figures are written in reports."""

from dataclasses import replace
from fractions import Fraction

from infodesk.demo.september import PERIOD
from infodesk.model.definitions import Definitions
from infodesk.model.figure import Figure
from infodesk.reports.measure import figure_words, sign_of
from infodesk.stats.measure import Measure, coverage
from infodesk.text.language import language

LATER = Fraction(870)


def figure(value: Fraction | None, received: int = 8) -> Figure:
    return Figure("x", "indicator", PERIOD, "H", exact=value, received=received, expected=8)


def measure(definitions: Definitions, name: str) -> Measure:
    if name in definitions.indicator_by_id:
        return Measure(definitions.indicator_by_id[name])
    form = definitions.form_by_id["ward_activity"]
    return Measure((form, form.by_id[name]))


def test_coverage_and_signs() -> None:
    assert coverage(figure(LATER)) == ""
    assert coverage(figure(LATER, received=7)) == "(7/8)"
    flagged = replace(figure(LATER), flags=("flagged", "range", "incomplete"))
    assert sign_of(flagged) == "△"
    assert sign_of(replace(flagged, flags=("flagged", "range"))) == "※"
    assert sign_of(replace(flagged, flags=("findings",))) == "◇"


def test_words_leave_out_the_unit_of_what_has_no_value(definitions: Definitions) -> None:
    words = figure_words(measure(definitions, "bed_occupancy"), figure(None, 7), language("zh"))
    assert words == "— (7/8)"
