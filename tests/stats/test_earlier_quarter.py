"""Rules of a quarterly form that look at what a monthly form said in the quarter before."""

import dataclasses
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from infodesk.config.load import load_definitions
from infodesk.model.finding import Outcome
from infodesk.model.opening import Opening
from infodesk.model.period import Period, parse_period
from infodesk.stats.accepted import accepted
from infodesk.stats.check import check
from infodesk.stats.desk import Desk
from infodesk.store.openings import replace_openings
from infodesk.store.store import open_store
from infodesk.store.tables import follow_definitions
from tests.conftest import ACTOR, Month
from tests.stats.periods import answers, give

WARD = "0101"
FORM = """\
id: ward_quarter
title: 病区季度分析
category: 医院工作效率及医疗质量
frequency: quarter
due: {day: 10, roll: next}
about: {kind: ward}
key:
  - {id: dept_code, label: 科室代码, type: unit}
sections:
  - id: all
    title: 全部
    from: unit
    items:
      - {id: discharges_before, label: 上季出院人数, type: integer}
      - {id: pts_before, label: 上季末在院人数, type: integer}
rules:
  - id: TQ-01
    check: >-
      discharges_before = prev(ward_activity.discharges)
    message: 上季出院人数应等于上季三个月之和
  - id: TQ-02
    check: >-
      pts_before = prev(ward_activity.pts_end)
    message: 上季末在院人数应等于上季最后一个月末
  - id: TQ-03
    check: >-
      discharges_before >= coalesce(last_year(ward_activity.discharges), 0)
    message: 不应低于上年同季
"""


def period(text: str) -> Period:
    return parse_period(text, date(2027, 1, 1))


@pytest.fixture
def quarterly(history_month: Month, history_hospital: Path, tmp_path: Path) -> Month:
    """The thirteen months, in a hospital with a quarterly form about its wards."""
    return with_form(history_month, history_hospital, tmp_path)


def with_form(month: Month, hospital: Path, tmp_path: Path) -> Month:
    folder = tmp_path / "with_form"
    shutil.copytree(hospital, folder)
    (folder / "forms" / "ward_quarter.yaml").write_text(FORM, encoding="utf-8")
    config = folder / "config.yaml"
    text = config.read_text("utf-8")
    assert "\nforms:\n" in text
    config.write_text(text.replace("\nforms:\n", "\nforms:\n  - ward_quarter\n"), encoding="utf-8")
    loaded = load_definitions(folder)
    assert loaded.definitions is not None, loaded.problems
    follow_definitions(month.desk.store, loaded.definitions, ACTOR)
    return dataclasses.replace(month, desk=Desk(loaded.definitions, month.desk.store, ACTOR))


@pytest.fixture
def opened(hospital: Path, tmp_path: Path) -> Iterator[Month]:
    """A book that begins with July 2026: of June only closing balances are known."""
    with open_store(tmp_path / "opened.db") as store:
        bare = Month(tmp_path, Desk(load_definitions(hospital).definitions, store, ACTOR))  # type: ignore[arg-type]
        month = with_form(bare, hospital, tmp_path)
        balances = [
            Opening("ward_activity", WARD, "", "pts_end", 43),
            Opening("ward_activity", WARD, "", "discharges", 110),
        ]
        replace_openings(store, ACTOR, period("2026-06"), balances)
        yield month


def total(month: Month, quarter: str, item: str, unit: str = WARD) -> int:
    """What a ward's three months say together."""
    records = accepted(month.desk, period(quarter)).rows("ward_activity", unit)
    value = records[""].answers[item]
    assert isinstance(value, int)
    return value


def report(month: Month, quarter: str, discharges: int, pts: int) -> None:
    rows = {"": {"discharges_before": discharges, "pts_before": pts}}
    given = answers(month, "ward_quarter", rows, WARD)
    results = give(month, period(quarter), given)
    assert {each.result for each in results} & {"new", "updated"}  # other wards sent empty ones


def outcome(month: Month, quarter: str, rule: str) -> Outcome:
    return next(o for o in check(month.desk, period(quarter)).outcomes if o.rule == rule)


def test_a_flow_of_the_quarter_before_is_its_months_added_and_a_stock_its_last(
    quarterly: Month,
) -> None:
    flow = total(quarterly, "2026-Q1", "discharges")
    stock = total(quarterly, "2026-Q1", "pts_end")
    report(quarterly, "2026-Q2", flow, stock)
    assert outcome(quarterly, "2026-Q2", "TQ-01").passed == 1
    assert outcome(quarterly, "2026-Q2", "TQ-02").passed == 1
    report(quarterly, "2026-Q2", flow + 1, stock)
    finding = next(
        f for f in check(quarterly.desk, period("2026-Q2")).findings if f.identity.rule == "TQ-01"
    )
    assert (str(finding.left), str(finding.right)) == (str(flow + 1), str(flow))
    assert [str(cell.period) for cell in finding.cells] == ["2026-Q2", "2026-Q1"]


def test_a_quarter_that_is_not_whole_is_waited_for_by_name_whatever_is_coalesced(
    quarterly: Month,
) -> None:
    report(quarterly, "2026-Q3", 1, 1)
    waits = [why for why in outcome(quarterly, "2026-Q3", "TQ-03").why if why.kind == "periods"]
    assert [why.what for why in waits] == [("2025-07", "2025-08")]
    report(quarterly, "2026-Q2", 1, 1)
    none = [why for why in outcome(quarterly, "2026-Q2", "TQ-03").why if why.kind == "no_earlier"]
    assert [why.what for why in none] == [("2025-Q2",)]


def test_an_opening_balance_of_the_last_month_gives_the_stock_and_no_flow(opened: Month) -> None:
    report(opened, "2026-Q3", 110, 43)
    assert outcome(opened, "2026-Q3", "TQ-02").passed == 1
    asked = outcome(opened, "2026-Q3", "TQ-01")
    assert (asked.passed, asked.failed) == (0, 0)
    assert "no_earlier" in {why.kind for why in asked.why}
