"""Numbers as people type them into cells."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infodesk.text.numbers import BLANKS, Change, ReadNumber, exact, read_number


@pytest.mark.parametrize(
    ("text", "number", "changes"),
    [
        ("１２，３４５．６０", "12345.60", ("full_width", "separators")),
        (" 1 234 ", "1234", ("spaces",)),
        ("12", "12", ("text_number",)),
        ("1,234", "1234", ("separators",)),
        ("1，234", "1234", ("full_width", "separators")),
        ("-1,234,567.5", "-1234567.5", ("separators",)),
        ("+3", "3", ("text_number",)),
        ("−3", "-3", ("text_number",)),
        ("－３", "-3", ("full_width",)),
        (".5", "0.5", ("text_number",)),
        ("5.", "5", ("text_number",)),
        ("007", "7", ("text_number",)),
    ],
)
def test_a_number_is_read_however_it_is_typed(
    text: str, number: str, changes: tuple[Change, ...]
) -> None:
    assert read_number(text) == ReadNumber(Decimal(number), changes)


def test_trailing_zeros_are_kept_so_that_too_many_decimals_can_be_seen() -> None:
    assert str(read_number("１２，３４５．６０").value) == "12345.60"


@pytest.mark.parametrize("text", ["", "   ", "\u3000"])
def test_white_space_is_a_blank(text: str) -> None:
    assert read_number(text) == ReadNumber(None)


@pytest.mark.parametrize("text", ["—", "－", "／", "——", "无", " N/A ", "不适用"])
def test_a_dash_or_a_word_for_nothing_is_a_blank_that_was_normalised(text: str) -> None:
    assert read_number(text) == ReadNumber(None, ("dash",))


@pytest.mark.parametrize("word", sorted(BLANKS))
def test_every_word_for_nothing_is_a_blank(word: str) -> None:
    assert read_number(word).changes == ("dash",)


@pytest.mark.parametrize("text", ["12人", "12 人", "１２人", "12人 "])
def test_the_unit_of_the_item_may_follow(text: str) -> None:
    read = read_number(text, unit="人")
    assert read.value == 12
    assert "unit" in read.changes


def test_a_full_width_percent_sign_is_the_unit_percent() -> None:
    assert read_number("85．5％", unit="%").value == Decimal("85.5")


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("二十", ""),
        ("12人", ""),
        ("12人次", "人"),
        ("人", "人"),
        ("1,23,456", ""),
        ("1,2345", ""),
        ("1.2.3", ""),
        ("1e3", ""),
        ("12%", ""),
        ("约12", ""),
        (".", ""),
        ("--5", ""),
        ("0x10", ""),
    ],
)
def test_what_is_no_number_is_unreadable_and_never_guessed(text: str, unit: str) -> None:
    read = read_number(text, unit)
    assert read.unreadable
    assert read.value is None


@given(st.decimals(-(10**12), 10**12, places=2))
def test_a_printed_number_reads_back(number: Decimal) -> None:
    assert read_number(f"{number:f}").value == number
    assert read_number(f"{number:,f}").value == number


@given(st.text())
def test_reading_never_raises_and_never_both_reads_and_refuses(text: str) -> None:
    read = read_number(text, "人")
    assert not (read.unreadable and read.value is not None)


@pytest.mark.parametrize(
    ("number", "digits"),
    [
        (0.1 + 0.2, "0.3"),
        (1.1 * 3, "3.3"),
        (2.675, "2.675"),
        (12345.6, "12345.6"),
        (1e-7, "1E-7"),
        (-0.1, "-0.1"),
        (999999999999.99, "999999999999.99"),
    ],
)
def test_a_binary_number_is_the_fifteen_digits_a_spreadsheet_shows(
    number: float, digits: str
) -> None:
    assert exact(number) == Decimal(digits)
