"""Opening balances: what the first month needs of the month before it."""

from pathlib import Path

import pytest

from infodesk.config.openings import load_openings
from infodesk.model.opening import Opening
from tests.config.workspace import loaded, make, told

FORM = """\
id: x
title: 表
frequency: month
due: {day: 5}
sections:
  - id: s
    title: 段
    items:
      - {id: patients, label: 人数, type: integer}
      - {id: days, label: 工日, type: decimal(1)}
      - {id: income, label: 收入, type: money, negative: true}
      - {id: dose, label: 剂量, type: number}
      - {id: name, label: 姓名, type: text}
"""


def opening(
    folder: Path, files: dict[str, str]
) -> tuple[dict[str, tuple[Opening, ...]], list[str]]:
    definitions = loaded(folder, {"forms/x.yaml": FORM})
    make(folder, {"forms/x.yaml": FORM} | files)
    found, problems = load_openings(folder, definitions)
    return {str(period): balances for period, balances in found.items()}, told(problems)


def test_balances_are_kept_as_they_are_stored(tmp_path: Path) -> None:
    text = """\
period: 2026-08
forms:
  x:
    "0102": {patients: 45, income: -3.5, name: 张三}
    "0101": {patients: 0, days: 20.5, dose: 0.25, income: }
"""
    found, problems = opening(tmp_path, {"opening/2026-08.yaml": text})
    assert problems == []
    assert found == {
        "2026-08": (
            Opening("x", "0101", "", "days", 205),
            Opening("x", "0101", "", "dose", 0.25),
            Opening("x", "0101", "", "patients", 0),
            Opening("x", "0102", "", "income", -350),
            Opening("x", "0102", "", "name", "张三"),
            Opening("x", "0102", "", "patients", 45),
        )
    }


def test_several_files_are_put_together_by_period(tmp_path: Path) -> None:
    files = {
        "opening/1.yaml": "period: 2026-08\nforms: {x: {'0101': {patients: 1}}}\n",
        "opening/2.yaml": "period: 2026-08\nforms: {x: {'0102': {patients: 2}}}\n",
        "opening/3.yaml": "period: 2025-08\nforms: {x: {'0102': {patients: 3}}}\n",
    }
    found, problems = opening(tmp_path, files)
    assert problems == []
    assert [len(found[name]) for name in ("2026-08", "2025-08")] == [2, 1]


def test_a_workspace_without_openings_has_none(tmp_path: Path) -> None:
    assert opening(tmp_path, {}) == ({}, [])


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        ("y: {'0101': {patients: 1}}", "3:3: there is no 'y'"),
        ("x: {'0l01': {patients: 1}}", "3:7: there is no '0l01'; did you mean 0801?"),
        ("x: {'0101': {patient: 1}}", "3:16: there is no 'patient'; did you mean patients?"),
        ("x: {'0101': {patients: many}}", "3:26: a number is expected, not 'many'"),
        ("x: {'0101': {patients: 1.5}}", "3:26: at most 0 decimals are expected"),
        ("x: {'0101': {days: 1.25}}", "3:22: at most 1 decimals are expected"),
        ("x: {'0101': {income: 1,000}}", "3:26: there is no '000'"),
        ("x: [1]", "3:6: keys and values are expected here"),
    ],
)
def test_a_wrong_balance_is_told_with_its_place(tmp_path: Path, body: str, problem: str) -> None:
    files = {"opening/2026-08.yaml": f"period: 2026-08\nforms:\n  {body}\n"}
    assert opening(tmp_path, files)[1] == [f"opening/2026-08.yaml:{problem}"]


def test_mistakes_of_several_files_come_at_once_and_in_order(tmp_path: Path) -> None:
    files = {
        "opening/b.yaml": "period: 2026-08\nforms: {x: {'0101': {patients: a}}, z: {}}\n",
        "opening/a.yaml": "period: 2026年8月\nforms: {}\n",
    }
    assert opening(tmp_path, files)[1] == [
        "opening/a.yaml:1:9: a period is expected, like 2026-09 or 2026-Q3, not '2026年8月'",
        "opening/b.yaml:2:32: a number is expected, not 'a'",
        "opening/b.yaml:2:37: there is no 'z'",
    ]
