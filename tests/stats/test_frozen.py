"""A closed period's figures stay what was sealed."""

from dataclasses import replace
from decimal import Decimal

from infodesk.demo.september import PERIOD
from infodesk.stats.close import close, reopen
from infodesk.stats.desk import Desk
from infodesk.stats.pick import pick_figures
from tests.conftest import Month


def another_formula(month: Month) -> Desk:
    """A desk where bed occupancy has come to mean something else."""
    definitions = month.desk.definitions
    other = definitions.indicator_by_id["avg_los"].formula
    changed = tuple(
        replace(each, formula=other) if each.id == "bed_occupancy" else each
        for each in definitions.indicators
    )
    return Desk(replace(definitions, indicators=changed), month.desk.store, month.desk.actor)


def test_a_changed_formula_changes_no_closed_figure(full_month: Month) -> None:
    root = full_month.desk.definitions.units.root
    close(full_month.desk, PERIOD)
    later = another_formula(full_month)
    (figure,) = pick_figures(later, PERIOD, root, ("bed_occupancy",))
    assert (figure.value, figure.release) == (Decimal("87.00"), 1)
    assert (figure.numerator, figure.denominator) == (None, None)
    reopen(later, PERIOD, "指标定义修订后重算")
    (figure,) = pick_figures(later, PERIOD, root, ("bed_occupancy",))
    assert (figure.value, figure.release) == (Decimal("8.90"), None)


def test_a_closed_figure_still_says_what_it_was_divided_from(full_month: Month) -> None:
    unit = full_month.desk.definitions.units.by_id["0103"]
    close(full_month.desk, PERIOD)
    (figure, item) = pick_figures(full_month.desk, PERIOD, unit, ("bed_occupancy", "pts_end"))
    assert (figure.numerator, figure.denominator, figure.value) == (
        Decimal(1382),
        Decimal(1440),
        Decimal("95.97"),
    )
    assert (item.value, item.release) == (Decimal(47), 1)


def test_an_indicator_newer_than_the_release_is_in_none(full_month: Month) -> None:
    close(full_month.desk, PERIOD)
    definitions = full_month.desk.definitions
    new = replace(definitions.indicator_by_id["avg_los"], id="new_one")
    later = replace(
        full_month.desk,
        definitions=replace(definitions, indicators=(*definitions.indicators, new)),
    )
    (figure,) = pick_figures(later, PERIOD, definitions.units.root, ("new_one",))
    assert (figure.value, figure.release) == (Decimal("8.90"), None)
