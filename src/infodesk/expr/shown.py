"""A rule's SQL and Excel formula as people read them: names in place of tables of one run and of cells."""

from collections.abc import Callable

from infodesk.expr.excel import Drawn, NotInWorkbookError, condition_formula
from infodesk.expr.sql import Source, condition_sql, identifier
from infodesk.model.expression import Node, PeriodFact, Total, UnitKind, Value, When

_LATER = {When.NOW: "", When.PREVIOUS: "@previous", When.YEAR_BEFORE: "@year_before"}
Name = Callable[[Node], str]


def shown_sql(node: Node, name: Name) -> str:
    """The condition that the store asks; decimals stand in it as whole numbers of their last place.

    `name` gives the words for a total.
    """

    def column(source: Source) -> str:
        match source:
            case Value(form, item, when):
                return f"{identifier(form + _LATER[when])}.{identifier(item)}"
            case PeriodFact(fact):
                return f":{fact}"
            case UnitKind():
                return "unit.kind"
            case _:
                return identifier(name(source))

    return condition_sql(node, column)


def shown_excel(node: Node, name: Name) -> str | None:
    """The formula of a workbook (1 holds, 0 does not, 0.5 unknown), cells by name; nothing if no workbook has it."""

    def place(source: Source) -> Drawn:
        match source:
            case Value() | PeriodFact() | UnitKind():
                cell = f"[{name(source)}]"
                return Drawn(cell, (cell,) if isinstance(source, Value) else ())
            case Total(of=Value() as value, where=None):
                return Drawn(f"SUM([{name(value)}])")
            case _:
                raise NotInWorkbookError

    try:
        return condition_formula(node, place)
    except NotInWorkbookError:
        return None
