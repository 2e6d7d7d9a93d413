"""Official figures: value, coverage and notes, on the screen and as JSON."""

from collections.abc import Iterator

from infodesk.cli.show.names import unit_name
from infodesk.cli.terminal import new_table
from infodesk.cli.workspace import Office
from infodesk.model.expression import all_values
from infodesk.model.figure import Figure
from infodesk.model.item import Secrecy
from infodesk.model.period import Period
from infodesk.stats.measure import Measure, coverage
from infodesk.text.language import Language
from infodesk.text.message import Message

NO_VALUE = "—"
FLAGS = {
    "incomplete": Message("incomplete"),
    "flagged": Message("explained finding"),
    "range": Message("outside the usual range"),
    "findings": Message("hospital-wide error open"),
    "no_base": Message("no base: a year before it is missing, incomplete or 0"),
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


def shown(office: Office, figure: Figure, *, confidential: bool) -> str:
    """The same for a screen, where a confidential figure is only shown if it is asked for."""
    secrecy = secrecy_of(office, figure)
    if secrecy.is_hidden and not confidential:
        return office.terminal.language.tell(secrecy.label)
    return display(office, figure)


def secrecy_of(office: Office, figure: Figure) -> Secrecy:
    """The class of a figure."""
    definitions = office.definitions
    if figure.kind == "indicator":
        return Measure(definitions.indicator_by_id[figure.id]).secrecy
    return definitions.form_by_id[figure.form or ""].by_id[figure.id].secrecy


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


def show_figures(office: Office, found: list[Figure], *, confidential: bool) -> None:
    """A line for every figure."""
    tell = office.terminal.language
    table = new_table(
        tell("Id"), tell("Figure"), tell("Unit"), tell("Value"), tell("Notes"), right=(3,)
    )
    for figure in found:
        name = row_name(office, figure, tell) or unit_name(office.definitions, tell, figure.unit)
        notes = tell.tell([FLAGS[flag] for flag in figure.flags])
        value = shown(office, figure, confidential=confidential)
        table.add_row(figure.id, title_of(office, figure, tell), name, value, notes)
    office.terminal.table(table)
    release = release_of(found)
    if release is not None:
        office.terminal.result(tell("Sealed in release {n}", n=release))


def release_of(found: list[Figure]) -> int | None:
    """The release that figures are of, if their period is closed."""
    return next((figure.release for figure in found if figure.release is not None), None)


def figures_lines(office: Office, found: list[Figure]) -> Iterator[str]:
    """Lines for a chat: nothing confidential is in them."""
    for figure in found:
        if not secrecy_of(office, figure).is_hidden:
            title = title_of(office, figure, office.terminal.language)
            yield f"{title} {display(office, figure)}"


def figures_json(office: Office, period: Period, found: list[Figure]) -> dict[str, object]:
    """The documented shape of `stats figures --json`."""
    return {
        "period": str(period),
        "release": release_of(found),
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
        "class": secrecy_of(office, figure).value,
        "value": None if figure.value is None else str(figure.value),
        "display": display(office, figure),
        "numerator": None if figure.numerator is None else f"{figure.numerator:f}",
        "denominator": None if figure.denominator is None else f"{figure.denominator:f}",
        "received": figure.received,
        "expected": figure.expected,
        "flags": list(figure.flags),
    }
