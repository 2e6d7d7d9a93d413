"""What kind of value an expression has, and the words for it."""

from typing import Literal

from infodesk.model.expression import (
    Arithmetic,
    Case,
    Count,
    Function,
    Negative,
    Node,
    Number,
    OfEntry,
    PeriodFact,
    Text,
    Total,
    UnitKind,
    Value,
    Year,
)
from infodesk.model.item import NUMERIC, Item, Type
from infodesk.text.message import Message

KindOfValue = Literal["number", "text", "date", "time", "truth"]

NAMES: dict[KindOfValue, Message] = {
    "number": Message("a number"),
    "text": Message("a text"),
    "date": Message("a date"),
    "time": Message("a time of day"),
    "truth": Message("a condition"),
}


def kind_of(node: Node) -> KindOfValue:
    """The kind of value a node has."""
    match node:
        case Number() | Arithmetic() | Negative() | Function() | Total() | Count() | Year():
            return "number"
        case Text() | UnitKind():
            return "text"
        case Value():
            return _kind_of_item(node.item)
        case PeriodFact(name):
            return "date" if name in ("start", "end") else "number"
        case OfEntry(name):
            return "truth" if name == "is_given" else "number"
        case Case(branches, _):
            return kind_of(branches[0][1])
        case _:
            return "truth"


def _kind_of_item(item: Item) -> KindOfValue:
    if item.type in NUMERIC:
        return "number"
    if item.type in (Type.DATE, Type.MONTH, Type.MOMENT):
        return "date"
    if item.type is Type.TIME:
        return "time"
    return "truth" if item.type is Type.YES_NO else "text"
