"""Units, their kinds, and finding one by what people call it."""

from datetime import date
from typing import Any

import pytest

from infodesk.model.period import Period, parse_period
from infodesk.model.unit import Kind, Unit, UnitTree
from infodesk.text.message import Title


def unit(name: str, zh: str, kind: str = "MED", parent: str = "H", **more: Any) -> Unit:
    return Unit(name, Title(zh, more.pop("en", "")), kind, parent, **more)


TREE = UnitTree(
    (
        Unit("H", Title("示范医院"), "hospital"),
        unit("0101", "心血管内科", en="Cardiology", aliases=("心内科", "0999")),
        unit("0102", "呼吸内科", en="Respiratory"),
        unit("0103", "东病区", parent="0101", aliases=("病区",)),
        unit("0104", "西病区", "OB", parent="0101", aliases=("病区",)),
        unit("0999", "旧科", "office", closed=date(2026, 9, 1)),
    ),
    (
        Kind("hospital", Title("医院")),
        Kind("ward", Title("病区")),
        Kind("MED", Title("内科"), "ward"),
        Kind("OB", Title("妇产科"), "ward"),
        Kind("office", Title("职能科室")),
    ),
)


def month(text: str) -> Period:
    return parse_period(text, date(2026, 1, 1))


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("0101", "0101"),
        ("心血管内科", "0101"),
        ("心内科", "0101"),
        (" 心 内 科 ", "0101"),
        ("cardiology", "0101"),
        ("ＣＡＲＤＩＯＬＯＧＹ", "0101"),
        ("0999", "0999"),
        ("h", "H"),
    ],
)
def test_a_unit_is_found_by_its_id_title_or_alias(name: str, found: str) -> None:
    unit = TREE.find(name)
    assert unit is not None
    assert unit.id == found


def test_an_id_wins_over_an_alias_of_another_unit() -> None:
    assert TREE.find("0999") is TREE.by_id["0999"]


@pytest.mark.parametrize("name", ["病区", "神经内科", "", "010"])
def test_a_name_of_nobody_or_of_several_finds_nothing(name: str) -> None:
    assert TREE.find(name) is None


def test_the_root_is_the_whole_hospital() -> None:
    assert TREE.root.id == "H"


def test_ancestors_lead_up_to_the_root() -> None:
    assert list(TREE.with_ancestors("0103")) == ["0103", "0101", "H"]


def test_a_kind_lies_within_wider_kinds() -> None:
    assert list(TREE.kinds_above("OB")) == ["OB", "ward"]
    assert TREE.is_kind(TREE.by_id["0104"], ("ward",))
    assert TREE.is_kind(TREE.by_id["0104"], ("office", "OB"))
    assert not TREE.is_kind(TREE.by_id["0101"], ("OB",))


def test_the_units_of_a_kind_come_in_the_hospitals_order() -> None:
    assert [u.id for u in TREE.of_kind("ward", month("2026-09"))] == [
        "0101",
        "0102",
        "0103",
        "0104",
    ]


@pytest.mark.parametrize(
    ("opened", "closed", "is_open"),
    [
        (None, None, True),
        (date(2026, 9, 30), None, True),
        (date(2026, 10, 1), None, False),
        (None, date(2026, 9, 2), True),
        (None, date(2026, 9, 1), False),
        (date(2026, 9, 10), date(2026, 9, 20), True),
    ],
)
def test_a_unit_is_open_in_a_period_if_it_existed_on_one_of_its_days(
    opened: date | None, closed: date | None, is_open: bool
) -> None:
    assert unit("1", "甲", opened=opened, closed=closed).is_open_in(month("2026-09")) is is_open


def test_a_closed_unit_is_not_among_its_kind_any_more() -> None:
    assert [u.id for u in TREE.of_kind("office", month("2026-08"))] == ["0999"]
    assert TREE.of_kind("office", month("2026-09")) == ()
