"""Answers as people type them."""

from dataclasses import replace

import pytest

from infodesk.duty.read_answer import Reader
from infodesk.model.item import Code, Type
from infodesk.model.logbook import Field
from infodesk.text.language import language
from infodesk.text.message import Message, Title
from tests.duty.conftest import Duty

CODES = (Code("OK", Title("正常", "in order")), Code("FAULT", Title("故障", "fault")))


def read(duty: Duty, field: Field, text: str) -> str:
    found = Reader(duty.room, duty.room.now.date()).read(field, text)
    return language("en").tell(found)


def test_a_kind_that_has_no_device_is_told(duty: Duty) -> None:
    assets = replace(duty.room.definitions.assets, assets=())
    room = replace(duty.room, definitions=replace(duty.room.definitions, assets=assets))
    found = read(Duty(room), field(Type.ASSET, asset_kind="room"), "ROOM-1")
    assert found == "assets.yaml declares none of the kind room"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("22,7", "22.7"), ("22。7", "22.7"), ("２２，７", "22.7"), ("1,2,3", ""), ("warm.", "")],
)
def test_a_comma_for_the_point_is_no_number_but_it_is_told_what_it_may_mean(
    duty: Duty, typed: str, meant: str
) -> None:
    found = read(duty, field(Type.NUMBER), typed)
    assert found == f"a number is expected, not {typed!r}" + (
        f"; did you mean {meant}?" if meant else ""
    )


def field(kind: Type, **more: object) -> Field:
    return Field(id="x", label=Title("某"), type=kind, **more)  # type: ignore[arg-type]  # by name


@pytest.mark.parametrize(
    ("kind", "typed", "kept"),
    [
        (Type.YES_NO, "Y", "true"), (Type.YES_NO, "否", "false"), (Type.YES_NO, "√", "true"),
        (Type.DATE, "今天", "2026-09-18"), (Type.DATE, "昨天", "2026-09-17"), (Type.DATE, "20260901", "2026-09-01"),
        (Type.DATE, "9月1日", "2026-09-01"), (Type.DATE, "2027年1月2日", "2027-01-02"), (Type.DATE, "9-30", "2026-09-30"),
        (Type.TIME, "8：30", "08:30"), (Type.TIME, "16点40分", "16:40"), (Type.TIME, "now", "12:00"),
        (Type.MOMENT, "16:40", "2026-09-18T16:40"), (Type.MOMENT, "9-17 08:30", "2026-09-17T08:30"),
        (Type.MOMENT, "2026-09-17T08:30", "2026-09-17T08:30"), (Type.MOMENT, "现在", "2026-09-18T12:00"),
        (Type.UNIT, "心内科", "0101"), (Type.PERSON, "示例甲", "P01"), (Type.PERSON, "示例客", "示例客"),
        (Type.ASSET, "1号UPS", "UPS-1"), (Type.ASSET, "旧电脑", "旧电脑"), (Type.TEXT, " 打印机，卡纸 ", "打印机，卡纸"),
        (Type.TEXT, "", ""),
    ],
)  # fmt: skip
def test_an_answer_is_kept_in_one_way(kind: Type, typed: str, kept: str, duty: Duty) -> None:
    assert read(duty, field(kind), typed) == kept


@pytest.mark.parametrize(
    ("kind", "typed"),
    [
        (Type.YES_NO, "maybe"), (Type.DATE, "2026-02-30"), (Type.DATE, "tomorrow"), (Type.TIME, "25:00"),
        (Type.MOMENT, "16h"), (Type.MOMENT, "2026-13-01 08:00"), (Type.UNIT, "心内"), (Type.ENTRY, "INC-1"),
        (Type.FILE, "none.png"), (Type.INTEGER, "three"), (Type.INTEGER, "-1"), (Type.INTEGER, "2.5"),
        (Type.INTEGER, "9" * 20), (Type.INTEGER, "—"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_said_so(kind: Type, typed: str, duty: Duty) -> None:
    found = Reader(duty.room, duty.room.now.date()).read(field(kind), typed)
    assert isinstance(found, Message)


def test_numbers_are_kept_exactly(duty: Duty) -> None:
    assert read(duty, field(Type.DECIMAL, decimals=1), "２２.８") == "22.8"
    assert read(duty, field(Type.DECIMAL, decimals=1, unit="℃"), "23 ℃") == "23.0"
    assert read(duty, field(Type.DECIMAL, decimals=1), "22.85") == "22.85 has more decimals than 1"
    assert read(duty, field(Type.NUMBER, decimals=6), "1.23456") == "1.23456"


def test_several_answers_are_a_line_each(duty: Duty) -> None:
    several = field(Type.CODE, codes=CODES, multiple=True)
    assert read(duty, several, "正常、fault，OK") == "OK\nFAULT"
    assert "there is no 'KO'" in read(duty, several, "OK;KO")
    assert read(duty, field(Type.TEXT, multiple=True), "a, b\nc") == "a, b\nc"


def test_a_device_of_another_kind_is_no_answer(duty: Duty) -> None:
    ups = field(Type.ASSET, asset_kind="ups")
    assert read(duty, ups, "ups-2") == "UPS-2"
    assert read(duty, ups, "AC-1") == "there is no 'AC-1' here, only UPS-1, UPS-2"
