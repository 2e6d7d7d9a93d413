"""What a cell answers to an item: the value to store, and what is to be remarked about it."""

import math
import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal

from infodesk.model.item import Item, Type
from infodesk.model.rule import Severity
from infodesk.model.submission import Stored
from infodesk.text.folding import key
from infodesk.text.numbers import BLANKS, exact, read_number
from infodesk.workbooks.grid import Address, CellValue, Sheet, as_text

YES = frozenset({"是", "有", "yes", "true", "y", "1", "√", "✓"})
NO = frozenset({"否", "无", "no", "false", "n", "0", "×", "✗"})
_EPOCH = date(1899, 12, 30)  # day 0 of a spreadsheet's serial numbers, from March 1900 on


@dataclass(frozen=True)
class Fault:
    """A general rule that an answer breaks, and a word on how."""

    rule: str
    severity: Severity
    detail: str = ""


@dataclass(frozen=True)
class ReadAnswer:
    """The value to store (nothing for a blank or an unusable answer), the text that stood there, the faults."""

    value: Stored
    raw: str
    faults: tuple[Fault, ...] = ()


def read_answer(
    item: Item,
    sheet: Sheet,
    place: Address,
    blanks: frozenset[str] = frozenset(),
    meant: str | None = None,
) -> ReadAnswer:
    """Read an item's answer from a cell; `blanks` are further texts that mean: no value, `meant` the code that
    the cell's text stands for."""
    if place in sheet.errors:
        error = sheet.errors[place]
        return ReadAnswer(None, error, (Fault("GEN-002", Severity.ERROR, f"error:{error}"),))
    if place in sheet.unsaved:
        return ReadAnswer(None, "", (Fault("GEN-002", Severity.ERROR, "unsaved"),))
    value = sheet.at(*place)
    raw = as_text(value)
    if raw in blanks:
        return ReadAnswer(None, raw)
    answer = _read(item, value, raw) if meant is None else ReadAnswer(meant, raw)
    if (
        answer.value is None
        and not any(f.severity is Severity.ERROR for f in answer.faults)
        and item.required
    ):
        return ReadAnswer(None, raw, (*answer.faults, Fault("GEN-001", Severity.ERROR)))
    return answer


def _read(item: Item, value: CellValue, raw: str) -> ReadAnswer:
    if item.is_numeric:
        return _number(item, value, raw)
    if not raw or raw.casefold() in BLANKS:
        faults = (Fault("GEN-010", Severity.INFO, "dash"),) if raw else ()
        return ReadAnswer(None, raw, faults)
    match item.type:
        case Type.DATE | Type.MONTH:
            return _day(item, value, raw)
        case Type.YES_NO:
            return _yes_no(raw)
        case Type.CODE:
            return _code(item, raw)
        case _:
            return ReadAnswer(raw, raw)


def _wrong(raw: str, detail: str = "") -> ReadAnswer:
    return ReadAnswer(None, raw, (Fault("GEN-002", Severity.ERROR, detail),))


def _number(item: Item, value: CellValue, raw: str) -> ReadAnswer:
    changes: tuple[str, ...] = ()
    if isinstance(value, bool) or not isinstance(value, float | str):
        return _wrong(raw, "not_a_number")
    if isinstance(value, float):
        if not math.isfinite(value):
            return _wrong(raw, "not_a_number")
        number = exact(value)
    else:
        read = read_number(value, item.unit)
        if read.unreadable:
            return _wrong(raw, "not_a_number")
        if read.value is None:
            faults = (Fault("GEN-010", Severity.INFO, "dash"),) if read.changes else ()
            return ReadAnswer(None, raw, faults)
        number, changes = read.value, read.changes
    faults = (Fault("GEN-010", Severity.INFO, ",".join(changes)),) if changes else ()
    return _checked(item, number, raw, faults)


def _checked(item: Item, number: Decimal, raw: str, faults: tuple[Fault, ...]) -> ReadAnswer:
    if number < 0 and not item.negative:
        return ReadAnswer(None, raw, (*faults, Fault("GEN-003", Severity.ERROR)))
    if abs(number) > item.largest:
        return ReadAnswer(None, raw, (*faults, Fault("GEN-002", Severity.ERROR, "too_large")))
    if not item.is_exact:
        return ReadAnswer(float(number), raw, faults)
    scaled = number.scaleb(item.scale)
    whole = scaled.quantize(Decimal(1), ROUND_HALF_UP)
    if scaled != whole:
        return ReadAnswer(None, raw, (*faults, Fault("GEN-004", Severity.ERROR)))
    return ReadAnswer(int(whole), raw, faults)


def _day(item: Item, value: CellValue, raw: str) -> ReadAnswer:
    day = as_day(value)
    if day is None:
        return _wrong(raw, "not_a_day")
    text = day.isoformat()[:7] if item.type is Type.MONTH else day.isoformat()
    changed = text != raw
    return ReadAnswer(text, raw, (Fault("GEN-010", Severity.INFO, "date"),) if changed else ())


def as_day(value: CellValue) -> date | None:
    """A day from a date cell, a serial number, or a text like 2026-10-05, 2026.10.5, 2026年10月5日."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, float):
        return _EPOCH + timedelta(days=int(value)) if 20_000 <= value < 80_000 else None
    numbers = re.findall(r"\d+", as_text(value))
    if len(numbers) == 1 and len(numbers[0]) == 8:
        numbers = [numbers[0][:4], numbers[0][4:6], numbers[0][6:]]
    if len(numbers) == 2:
        numbers.append("1")
    try:
        year, month, day = (int(number) for number in numbers[:3])
        return date(year, month, day)
    except ValueError:
        return None


def _yes_no(raw: str) -> ReadAnswer:
    word = key(raw)
    if word in YES or word in NO:
        return ReadAnswer(int(word in YES), raw)
    return _wrong(raw, "yes_no")


def _code(item: Item, raw: str) -> ReadAnswer:
    for code in item.codes:
        if raw == code.id or key(raw) in (key(code.title.zh), key(code.title.en), key(code.id)):
            faults = () if raw == code.id else (Fault("GEN-010", Severity.INFO, "code"),)
            return ReadAnswer(code.id, raw, faults)
    return _wrong(raw, "code")
