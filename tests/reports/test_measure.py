"""Changes against another period: percent, percentage points, or nothing."""

from dataclasses import replace
from fractions import Fraction

import pytest

from infodesk.demo.september import PERIOD
from infodesk.model.definitions import Definitions
from infodesk.model.figure import Figure
from infodesk.reports.measure import Measure, change, coverage, figure_words, sign_of
from infodesk.text.language import language

LATER, EARLIER = Fraction(870), Fraction(842)


def figure(value: Fraction | None, received: int = 8) -> Figure:
    return Figure("x", "indicator", PERIOD, "H", exact=value, received=received, expected=8)


def measure(definitions: Definitions, name: str) -> Measure:
    if name in definitions.indicator_by_id:
        return Measure(definitions.indicator_by_id[name])
    form = definitions.form_by_id["ward_activity"]
    return Measure((form, form.by_id[name]))


@pytest.mark.parametrize(
    ("name", "now", "before", "said", "tone"),
    [
        ("discharges", LATER, EARLIER, "+3.33 %", ""),
        ("bed_occupancy", Fraction(87), Fraction("88.40"), "-1.40 pp", ""),
        ("avg_los", Fraction(7743, 870), Fraction(7620, 842), "-1.66 %", "good"),
        ("cure_rate", Fraction("54.09"), Fraction("54.00"), "+0.09 pp", "good"),
        ("hai_rate", Fraction("1.49"), Fraction("1.00"), "+0.49 pp", "bad"),
        ("hai_rate", Fraction("1.001"), Fraction(1), "0.00 pp", ""),
        ("surplus", Fraction(-50), Fraction(-40), "-25.00 %", ""),
    ],
)
def test_changes(
    definitions: Definitions, name: str, now: Fraction, before: Fraction, said: str, tone: str
) -> None:
    found = change(
        measure(definitions, name.replace("surplus", "discharges")), figure(now), figure(before)
    )
    assert found is not None
    assert (str(found.text), found.tone) == (said, tone)


@pytest.mark.parametrize(
    ("now", "before"),
    [
        (figure(None), figure(EARLIER)),
        (figure(LATER), figure(None)),
        (figure(LATER), figure(Fraction(0))),
        (figure(LATER, received=7), figure(EARLIER)),
        (figure(LATER), figure(EARLIER, received=7)),
    ],
)
def test_nothing_is_compared_with_nothing_zero_or_half(
    definitions: Definitions, now: Figure, before: Figure
) -> None:
    assert change(measure(definitions, "discharges"), now, before) is None


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
