"""Official figures: value, coverage and notes, on the screen and as JSON."""

from infodesk.cli.show.names import unit_name
from infodesk.cli.terminal import new_table
from infodesk.cli.workspace import Office
from infodesk.model.expression import all_values
from infodesk.model.figure import Figure
from infodesk.model.period import Period
from infodesk.text.language import Language
from infodesk.text.message import Message

NO_VALUE = "—"
FLAGS = {
    "incomplete": Message("incomplete"),
    "flagged": Message("explained finding"),
    "range": Message("outside the usual range"),
    "findings": Message("hospital-wide error open"),
}


def display(office: Office, figure: Figure) -> str:
    """A figure as it is printed: `87.00 %`, `1:0.53`, `868 人 (7/8)`, `—`."""
    unit = _unit_of_count(office, figure)
    if figure.value is None:
        text = NO_VALUE
    elif unit == "1:x":
        text = f"1:{figure.value}"
    else:
        text = f"{figure.value:,} {unit}".rstrip()
    return f"{text} {coverage(figure)}".rstrip()


def coverage(figure: Figure) -> str:
    """`(7/8)` where not everything that is owed is counted."""
    return "" if figure.received == figure.expected else f"({figure.received}/{figure.expected})"


def _unit_of_count(office: Office, figure: Figure) -> str:
    definitions = office.definitions
    if figure.kind == "indicator":
        return definitions.indicator_by_id[figure.id].unit
    return definitions.form_by_id[figure.form or ""].by_id[figure.id].unit


def title_of(office: Office, figure: Figure, tell: Language) -> str:
    """What a figure is called."""
    definitions = office.definitions
    if figure.kind == "indicator":
        return tell.tell(definitions.indicator_by_id[figure.id].title)
    return tell.tell(definitions.form_by_id[figure.form or ""].by_id[figure.id].label)


def row_name(office: Office, figure: Figure, tell: Language) -> str:
    """What a figure's row is called: the code and the title of a disease, the number of a device."""
    if figure.row is None:
        return ""
    forms = {v.form for v in all_values(office.definitions.indicator_by_id[figure.id].formula)}
    codes = [c for f in forms for i in office.definitions.form_by_id[f].row_key for c in i.codes]
    titles = [tell.tell(code.title) for code in codes if code.id == figure.row]
    return " ".join([figure.row, *titles])


def show_figures(office: Office, found: list[Figure]) -> None:
    """A line for every figure."""
    tell = office.terminal.language
    table = new_table(
        tell("Id"), tell("Figure"), tell("Unit"), tell("Value"), tell("Notes"), right=(3,)
    )
    for figure in found:
        name = row_name(office, figure, tell) or unit_name(office.definitions, tell, figure.unit)
        notes = tell.tell([FLAGS[flag] for flag in figure.flags])
        table.add_row(
            figure.id, title_of(office, figure, tell), name, display(office, figure), notes
        )
    office.terminal.table(table)


def figures_json(office: Office, period: Period, found: list[Figure]) -> dict[str, object]:
    """The documented shape of `stats figures --json`."""
    return {
        "period": str(period),
        "release": None,
        "figures": [figure_json(office, figure) for figure in found],
    }


def figure_json(office: Office, figure: Figure) -> dict[str, object]:
    """One figure as JSON; exact numbers are texts."""
    return {
        "id": figure.id,
        "kind": figure.kind,
        "form": figure.form,
        "unit": figure.unit,
        "row": figure.row,
        "value": None if figure.value is None else str(figure.value),
        "display": display(office, figure),
        "numerator": None if figure.numerator is None else f"{figure.numerator:f}",
        "denominator": None if figure.denominator is None else f"{figure.denominator:f}",
        "received": figure.received,
        "expected": figure.expected,
        "flags": list(figure.flags),
    }
