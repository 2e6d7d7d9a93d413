"""Values as JSON and sentences write them: exact numbers as plain decimals."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

from infodesk.expr.evaluate import Known
from infodesk.model.item import Item
from infodesk.model.submission import Stored


def written(value: Known | None) -> str | None:
    """A value as text: 12.50, 0.77043, a code, true."""
    match value:
        case None:
            return None
        case bool():
            return str(value).lower()
        case Fraction():
            return decimal_text(value)
        case float():
            return repr(value)
        case str():
            return value


def decimal_text(value: Fraction) -> str:
    """A fraction whose denominator is a power of ten, written out."""
    number = Decimal(value.numerator) / Decimal(value.denominator)
    return f"{number:f}"


def shown_answer(item: Item, stored: Stored, on: date | None = None) -> str | None:
    """A stored answer as text, a personal one with its mask on; `on` is the day an age is taken at."""
    return item.as_shown(whole_answer(item, stored), on)


def whole_answer(item: Item, stored: Stored) -> str | None:
    """A stored answer as text, whoever may see it."""
    if stored is None:
        return None
    if isinstance(stored, int) and item.is_exact:
        return f"{Decimal(stored).scaleb(-item.scale):f}"
    return str(stored)
