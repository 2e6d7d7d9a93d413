"""Forms, sections, items and when they are asked."""

from datetime import date, time
from zoneinfo import ZoneInfo

import pytest

from infodesk.model.calendar import Calendar
from infodesk.model.form import About, Due, Form, Section
from infodesk.model.item import Item, Secrecy, Type, is_within
from infodesk.model.period import Frequency, Period, parse_period
from infodesk.text.message import Title


def month(text: str) -> Period:
    return parse_period(text, date(2026, 1, 1))


UNIT = Item("dept", Title("科室"), Type.UNIT, secrecy=Secrecy.PUBLIC)
DEVICE = Item("device", Title("设备"), Type.TEXT)
BEDS = Item("beds", Title("床位"), Type.INTEGER)
DEATHS = Item("deaths", Title("死亡"), Type.INTEGER, secrecy=Secrecy.CONFIDENTIAL)
SECTIONS = (
    Section("own", Title("自填"), (BEDS,)),
    Section("records", Title("病案"), (DEATHS,), "0808"),
)
FORM = Form(
    "ward", Title("病房"), Frequency.MONTH, Due(5), SECTIONS, About("ward"), key=(UNIT, DEVICE)
)


def test_items_are_found_in_their_sections() -> None:
    assert FORM.section_of("deaths").id == "records"
    assert FORM.section("own").by_id == {"beds": BEDS}
    assert list(FORM.by_id) == ["dept", "device", "beds", "deaths"]


def test_a_key_item_stands_in_no_section() -> None:
    with pytest.raises(KeyError):
        FORM.section_of("dept")


def test_the_rest_of_the_key_tells_rows_apart() -> None:
    assert FORM.unit_item == UNIT
    assert FORM.row_key == (DEVICE,)
    assert FORM.has_rows


def test_a_form_without_a_key_has_one_record_of_the_sender() -> None:
    form = Form("beds", Title("床位"), Frequency.MONTH, Due(5), SECTIONS)
    assert form.unit_item is None
    assert not form.has_rows


def test_a_form_is_as_secret_as_its_most_secret_item() -> None:
    assert FORM.secrecy is Secrecy.CONFIDENTIAL
    open_only = Form("x", Title("x"), Frequency.MONTH, Due(5), SECTIONS[:1], key=(UNIT,))
    assert open_only.secrecy is Secrecy.INTERNAL


def test_the_last_moment_is_in_the_hospitals_zone() -> None:
    zone = ZoneInfo("Asia/Shanghai")
    moment = Due(5, "none", time(12, 0)).moment(month("2026-09"), Calendar(), zone)
    assert moment.isoformat() == "2026-10-05T12:00:00+08:00"


@pytest.mark.parametrize(
    ("kind", "is_numeric", "is_exact", "scale", "largest"),
    [
        (Type.INTEGER, True, True, 0, 10**9),
        (Type.DECIMAL, True, True, 3, 10**9),
        (Type.MONEY, True, True, 3, 10**12),
        (Type.NUMBER, True, False, 0, 10**12),
        (Type.TEXT, False, False, 0, 0),
        (Type.YES_NO, False, False, 0, 0),
    ],
)
def test_a_type_says_how_a_number_is_kept(
    kind: Type, is_numeric: bool, is_exact: bool, scale: int, largest: int
) -> None:
    item = Item("x", Title("x"), kind, decimals=0 if kind is Type.INTEGER else 3)
    assert (item.is_numeric, item.is_exact, item.scale, item.largest) == (
        is_numeric,
        is_exact,
        scale,
        largest,
    )


def test_every_exact_number_leaves_room_for_ninety_of_it_below_two_to_the_fifty_third() -> None:
    for item in (
        Item("m", Title("m"), Type.MONEY, 2),
        Item("d", Title("d"), Type.DECIMAL, 5),
        Item("i", Title("i"), Type.INTEGER),
    ):
        assert item.largest * 10**item.scale * 90 < 2**53


@pytest.mark.parametrize(
    ("since", "until", "is_asked"),
    [
        (None, None, True),
        ("2026-09", None, True),
        ("2026-10", None, False),
        (None, "2026-09", True),
        (None, "2026-08", False),
        ("2026", "2026", True),
        ("2026-Q4", None, False),
    ],
)
def test_since_and_until_are_both_included(
    since: str | None, until: str | None, is_asked: bool
) -> None:
    first, last = (None if text is None else month(text) for text in (since, until))
    item = Item("x", Title("x"), Type.INTEGER, since=first, until=last)
    assert item.is_asked_in(month("2026-09")) is is_asked
    assert is_within(month("2026-09"), first, last) is is_asked
