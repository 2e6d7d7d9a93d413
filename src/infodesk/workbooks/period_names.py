"""Periods as workbooks write them: 2026-09, 2026年9月, 9月, or a day in it."""

from collections.abc import Iterable
from datetime import date

from infodesk.errors import InfodeskError
from infodesk.model.period import Period, parse_period, period_of
from infodesk.workbooks.grid import Address, Sheet


def period_named(texts: Iterable[str], today: Period) -> Period | None:
    """The period that a text means, or nothing if it is none."""
    for text in texts:
        try:
            return parse_period(text, today.last_day)
        except InfodeskError:
            continue
    return None


def period_in(sheet: Sheet, place: Address, today: Period) -> Period | None:
    """The period that a cell means; a day means the period of `today`'s kind that it lies in."""
    value = sheet.at(*place)
    if isinstance(value, date):  # a datetime is one too
        return period_of(date(value.year, value.month, value.day), today.frequency)
    return period_named([sheet.text(*place)], today)
