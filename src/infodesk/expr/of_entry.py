"""The functions that only entries of logbooks have, as far as the entry alone can tell them."""

import math
from datetime import datetime
from fractions import Fraction

from infodesk.expr.evaluate import Facts, Known, Result, Unknown, evaluate
from infodesk.model.expression import OfEntry, Value

# Magnus' formula over water, as Sonntag (1990) gives its constants; good from -45 to 60 degrees.
_MAGNUS_FACTOR, _MAGNUS_DEGREES = 17.62, 243.12

# What an entry alone cannot tell: these ask earlier entries, the calendar, or the entry's own steps.
OF_THE_BOOK = frozenset(
    {"median_of", "repeats", "working_minutes", "waiting_minutes", "waiting_working_minutes"}
)


def dew_point(celsius: float, humidity: float) -> float | None:
    """The dew point in degrees Celsius, of a temperature and a relative humidity in per cent."""
    if humidity <= 0 or celsius <= -_MAGNUS_DEGREES:
        return None
    gamma = math.log(humidity / 100) + _MAGNUS_FACTOR * celsius / (_MAGNUS_DEGREES + celsius)
    return _MAGNUS_DEGREES * gamma / (_MAGNUS_FACTOR - gamma)


def own_value(node: OfEntry, facts: Facts) -> Known | None:
    """The value of a function of the entry's own answers; nothing if one of them is blank."""
    if node.name == "is_given":
        return isinstance(node.arguments[0], Value) and facts.value(node.arguments[0]) is not None
    if node.name == "number_of":
        return _number_of(node, facts)
    first, second = (evaluate(argument, facts) for argument in node.arguments)
    if isinstance(first, Unknown) or isinstance(second, Unknown):
        return None
    if node.name == "dew_point":
        found = dew_point(_real(first), _real(second))
        return None if found is None else Fraction(f"{found:.6f}")
    return _between(node.name, str(first), str(second))


def _number_of(node: OfEntry, facts: Facts) -> Known:
    assert isinstance(node.arguments[0], Value), "number_of() takes a field"
    found = facts.value(node.arguments[0])
    return Fraction(0 if found is None else len(str(found).split("\n")))


def _real(result: Result) -> float:
    return float(result)  # type: ignore[arg-type]  # a checked number


def _between(name: str, first: str, second: str) -> Known:
    start, end = datetime.fromisoformat(first), datetime.fromisoformat(second)
    if name == "days_between":
        return Fraction((end.date() - start.date()).days)
    return Fraction(int((end - start).total_seconds()), 60)
