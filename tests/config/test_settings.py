"""Thresholds of the general rules, exemptions and unusual months, as config.yaml and the calendar say them."""

from datetime import date
from pathlib import Path

from infodesk.config.shapes_hospital import GeneralShape
from infodesk.model.exemption import Exemption
from infodesk.model.general import Thresholds
from infodesk.model.period import Frequency, Period
from tests.config.workspace import form, loaded, mistakes
from tests.history import month

CONFIG = """\
forms: [ward_activity]
general: {month_change: 40, history: 25}
exemptions:
  - {rule: WA-23, unit: 儿科, until: 2026-12-31, reason: 新病区搬迁}
  - {rule: GEN-015, unit: "0103", until: 2026-10-31, reason: 专科合并}
"""


def test_thresholds_and_exemptions_come_from_the_config(tmp_path: Path) -> None:
    settings = loaded(tmp_path, {"config.yaml": CONFIG}).settings
    assert settings.general == Thresholds(month_change=40, history=25)
    assert settings.exemptions == (
        Exemption("WA-23", "0401", date(2026, 12, 31), "新病区搬迁"),
        Exemption("GEN-015", "0103", date(2026, 10, 31), "专科合并"),
    )


def test_the_thresholds_not_named_are_those_of_the_model() -> None:
    assert Thresholds(**GeneralShape.model_validate({}).model_dump()) == Thresholds()


def test_an_exemption_of_no_rule_or_no_unit_is_a_mistake(tmp_path: Path) -> None:
    config = CONFIG.replace("WA-23", "WA-230").replace('"0103"', '"9999"')
    wrong = mistakes(tmp_path, {"config.yaml": config, "forms/x.yaml": form("x")})
    assert [line.split(":")[0] for line in wrong] == ["config.yaml", "config.yaml"]
    assert "WA-230" in wrong[0]
    assert "did you mean WA-" in wrong[0]
    assert "9999" in wrong[1]


def test_an_exemption_holds_for_periods_that_end_by_its_day() -> None:
    exemption = Exemption("WA-23", "0401", date(2026, 9, 30), "新病区搬迁")
    assert exemption.covers("WA-23", "0401", month("2026-09"))
    assert not exemption.covers("WA-23", "0401", month("2026-10"))
    assert not exemption.covers("WA-23", "0402", month("2026-09"))
    assert not exemption.covers("WA-22", "0401", month("2026-09"))


def test_the_calendar_knows_its_unusual_months(tmp_path: Path) -> None:
    calendar = loaded(tmp_path, {"config.yaml": "forms: []\n"}).calendar
    unusual = [
        name
        for name in ("2026-01", "2026-02", "2026-03", "2026-04")
        if calendar.is_unusual(month(name))
    ]
    assert unusual == ["2026-02", "2026-03"]
    assert calendar.is_unusual(Period(date(2026, 1, 1), Frequency.QUARTER))
