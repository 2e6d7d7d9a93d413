"""The formulas as shipped, held against figures that were published."""

import json
import shutil
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from infodesk.config.load import load_definitions
from infodesk.expr.evaluate import Known, evaluate, round_half_up
from infodesk.model.definitions import Definitions
from infodesk.model.expression import Aggregate, PeriodFact, Total, Value, all_values

OFFICIAL = json.loads((Path(__file__).parents[1] / "data" / "official.json").read_text("utf-8"))


class Published:
    """A year's totals as they were published."""

    def __init__(self, table: dict[str, Any]) -> None:
        self._inputs, self._days = table["inputs"], table["days"]

    def value(self, _value: Value) -> Known | None:
        return None

    def aggregate(self, aggregate: Aggregate) -> Known | None:
        assert isinstance(aggregate, Total)
        return Fraction(self._inputs[all_values(aggregate)[0].id])

    def period_fact(self, _fact: PeriodFact) -> Known:
        return Fraction(self._days)

    def unit_kind(self) -> str:
        return "hospital"


def computed(definitions: Definitions, table: dict[str, Any], name: str) -> str:
    value = evaluate(definitions.indicator_by_id[name].formula, Published(table))
    assert isinstance(value, Fraction)
    return str(round_half_up(value, 2))


@pytest.mark.parametrize("table", OFFICIAL)
def test_published_figures_are_met(definitions: Definitions, table: str) -> None:
    for name, value in OFFICIAL[table]["computed"].items():
        assert computed(definitions, OFFICIAL[table], name) == value, name


def test_a_hospital_may_divide_outcomes_by_all_discharges(hospital: Path, tmp_path: Path) -> None:
    folder = tmp_path / "hospital"
    shutil.copytree(hospital, folder)
    config = folder / "config.yaml"
    text = config.read_text("utf-8").replace(
        "variants: {}", "variants: {outcome_denominator: discharges}"
    )
    config.write_text(text, encoding="utf-8")
    definitions = load_definitions(folder).definitions
    assert definitions is not None
    assert len(definitions.indicators) == 105  # 100 of the domain's tables, and five growths
    table = OFFICIAL["shandong_2001"]
    for name, value in table["with_all_discharges"].items():
        assert computed(definitions, table, name) == value
