"""One record for all machines: our own evaluation, SQLite, and a spreadsheet program."""

import sqlite3
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

import ironcalc

from infodesk.expr.evaluate import Known, Unknown, evaluate
from infodesk.expr.excel import Drawn, condition_formula, number_formula, text_formula
from infodesk.expr.lower import plain_number
from infodesk.expr.parse import parse_operand
from infodesk.expr.sql import Source, condition_sql
from infodesk.model.expression import (
    Aggregate,
    Count,
    Node,
    PeriodFact,
    Total,
    UnitKind,
    Value,
)
from infodesk.model.item import Type
from tests.expr.samples import SCOPE

Given = int | float | str | bool | Decimal | None
UNKNOWN = 0.5
FACTS: dict[str, Known] = {
    "days": Fraction(30),
    "workdays": Fraction(22),
    "start": "2026-09-01",
    "end": "2026-09-30",
}


class Record:
    """What a record, and the totals beside it, hold; what is not named is blank."""

    def __init__(self, known: Mapping[Source, Known | None]) -> None:
        self.known = known

    def value(self, value: Value) -> Known | None:
        return self.known.get(value)

    def aggregate(self, aggregate: Aggregate) -> Known | None:
        return self.known.get(aggregate)

    def period_fact(self, fact: PeriodFact) -> Known:
        return FACTS[fact.name]

    def unit_kind(self) -> str:
        return str(self.known.get(UnitKind(), "OB"))

    def of(self, source: Source) -> Known | None:
        match source:
            case PeriodFact():
                return self.period_fact(source)
            case UnitKind():
                return self.unit_kind()
            case _:
                return self.known.get(source)


def record(values: Mapping[str, Given]) -> Record:
    """A record from the names rules use: `{"a": 3, "prev(a)": 2, "total(m)": Decimal("1.50")}`."""
    known: dict[Source, Known | None] = {}
    for name, given in values.items():
        node = parse_operand(name, SCOPE).node
        assert isinstance(node, Source), name
        exact = isinstance(given, int | Decimal) and not isinstance(given, bool)
        known[node] = Fraction(given) if exact else given  # type: ignore[arg-type, assignment]  # just asked
    return Record(known)


def by_evaluation(node: Node, row: Record) -> float:
    """0, 1 or UNKNOWN."""
    result = evaluate(node, row)
    return UNKNOWN if isinstance(result, Unknown) else float(result)


def by_sqlite(node: Node, row: Record) -> float:
    """The same by SQLite, from scaled integers."""
    columns: list[int | float | str | None] = []

    def column(source: Source) -> str:
        columns.append(stored(source, row.of(source)))
        return f"v{len(columns) - 1}"

    test = condition_sql(node, column)
    table = ", ".join(f"? AS v{place}" for place in range(len(columns))) or "0"
    connection = sqlite3.connect(":memory:")
    answer = connection.execute(f"SELECT {test} FROM (SELECT {table})", columns).fetchone()[0]
    return UNKNOWN if answer is None else float(answer)


def stored(source: Source, known: Known | None) -> int | float | str | None:
    """A value as the store keeps it."""
    if isinstance(known, Fraction):
        scaled = known * 10 ** scale_of(source)
        assert scaled.denominator == 1, "more decimals than the item has"
        return int(scaled)
    return int(known) if isinstance(known, bool) else known


def scale_of(source: Source) -> int:
    match source:
        case Value():
            return source.item.scale
        case Total(of=of):
            return plain_number(of)[1]
        case _:
            return 0


class Sheet:
    """A sheet whose first cell computes, and whose second column holds the answers."""

    def __init__(self, row: Record) -> None:
        self._row = row
        self._model = ironcalc.create("test", "en", "UTC", "en")
        self._cells = 0

    def place(self, source: Source) -> Drawn:
        """Put a source's value into a cell and say where it stands."""
        known = self._row.of(source)
        match source:
            case PeriodFact() | UnitKind() if isinstance(known, str):
                return Drawn(text_formula(known))
            case PeriodFact():
                return Drawn(str(known))
            case _:
                self._cells += 1
                cell = f"B{self._cells}"
                if known is not None:
                    self._model.set_user_input(0, self._cells, 2, _typed(source, known))
                return Drawn(cell, (cell,)) if _is_number(source) else _text(cell)

    def value_of(self, formula: str) -> float:
        """What the formula gives."""
        self._model.set_user_input(0, 1, 1, "=" + formula)
        self._model.evaluate()
        return float(self._model.get_formatted_cell_value(0, 1, 1))


def by_excel(node: Node, row: Record) -> float:
    """The same by a spreadsheet, from the answers as people type them."""
    sheet = Sheet(row)
    return sheet.value_of(condition_formula(node, sheet.place))


def number_by_excel(node: Node, row: Record) -> float:
    """A number by a spreadsheet."""
    sheet = Sheet(row)
    return sheet.value_of(number_formula(node, sheet.place).text)


def _text(cell: str) -> Drawn:
    return Drawn(cell, tests=(f"ISTEXT({cell})",))


def _is_number(source: Source) -> bool:
    return isinstance(source, Total | Count) or (
        isinstance(source, Value) and source.item.is_numeric
    )


def _typed(source: Source, known: Known) -> str:
    if isinstance(known, str):
        is_date = isinstance(source, Value) and source.item.type is Type.DATE
        return f"'{known}" if is_date else known
    if isinstance(known, float):
        return repr(known)
    return f"{Decimal(known.numerator) / Decimal(known.denominator):f}" if known else "0"
