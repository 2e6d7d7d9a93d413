"""Workbooks for any period: answers by form, row and item, as people would have typed them."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from infodesk.model.form import Form
from infodesk.model.item import Item, Type
from infodesk.model.period import Period
from infodesk.model.submission import Stored
from infodesk.stats.blanks import plans
from infodesk.stats.collect import FileResult
from infodesk.text.language import language
from infodesk.workbooks.blank.book import draw_workbook
from infodesk.workbooks.blank.lines import row_line
from infodesk.workbooks.blank.plan import Answer, Answers
from tests.conftest import Month

Typed = str | int | float | bool
Rows = Mapping[str, Mapping[str, Typed]]  # row (empty where there is but one) → item
COVER = {"date": "2027-01-10"}


def data(name: str) -> dict[str, Rows]:
    """A file of tests/data."""
    text = (Path(__file__).parents[1] / "data" / name).read_text("utf-8")
    found: dict[str, Rows] = json.loads(text)
    return found


def answers(month: Month, form: str, rows: Rows, unit: str = "H") -> dict[Answer, Stored]:
    """Answers of a form; diseases and the like that are not named have 0 everywhere."""
    definition = month.desk.definitions.form_by_id[form]
    found: dict[Answer, Stored] = {}
    for row, values in (_zeros(definition) | dict(rows)).items():
        line = row_line(unit, row) if definition.has_rows else unit
        for name, value in values.items():
            found[form, line, name] = _stored(definition.by_id[name], value)
    return found


def _zeros(form: Form) -> dict[str, Mapping[str, Typed]]:
    codes = [code.id for item in form.row_key for code in item.codes]
    return {code: {item.id: 0 for item in form.items()} for code in codes}


def _stored(item: Item, value: Typed) -> Stored:
    if item.type is Type.YES_NO:
        return int(bool(value))
    if isinstance(value, str) or not item.is_exact:
        return value
    return int(Decimal(str(value)).scaleb(item.scale))


def give(month: Month, period: Period, given: Mapping[Answer, Stored]) -> list[FileResult]:
    """Collect the workbooks of all senders who report these forms, with these answers in them."""
    forms = {form for form, _, _ in given}
    results = []
    for content in _drawn(month, period, given, forms):
        results += month.collect(month.put(content), period=period)
    return results


def _drawn(
    month: Month, period: Period, given: Mapping[Answer, Stored], forms: set[str]
) -> Iterator[bytes]:
    filled = Answers(dict(given), cover=COVER)
    for plan in plans(month.desk, period, answers=filled):
        parts = tuple(part for part in plan.parts if part.form in forms)
        if parts:
            # rows that the period before brings along and that are not given are cleared
            yield draw_workbook(replace(plan, parts=parts, answers=filled), language("zh"))
