"""Records of a form, answer by answer."""

from collections.abc import Iterable

from infodesk.cli.show.names import unit_name
from infodesk.cli.workspace import Office
from infodesk.model.form import Form
from infodesk.model.item import Item, Secrecy
from infodesk.model.period import Period
from infodesk.stats.records import Record


def show_records(
    office: Office, form: Form, found: Iterable[Record], *, confidential: bool
) -> None:
    """A heading for every record, and a line for each answer."""
    tell, terminal = office.terminal.language, office.terminal
    for record in found:
        name = unit_name(office.definitions, tell, record.unit)
        terminal.result(f"{name} {record.row}".rstrip())
        for item in form.items():
            answer = _shown(office, item, record.answers.get(item.id), confidential=confidential)
            label = tell.tell(item.label)
            terminal.result(tell("  {item}: {answer}", item=label, answer=answer))


def _shown(office: Office, item: Item, answer: str | None, *, confidential: bool) -> str:
    tell = office.terminal.language
    if answer is None:
        return tell("blank")
    if item.secrecy is Secrecy.CONFIDENTIAL and not confidential:
        return tell.tell(item.secrecy.label)
    title = next((code.title for code in item.codes if code.id == answer), None)
    return tell.tell(title) if title else f"{answer} {item.unit}".rstrip()


def records_json(form: Form, period: Period, found: Iterable[Record]) -> dict[str, object]:
    """The documented shape of `stats records --json`."""
    return {
        "period": str(period),
        "form": form.id,
        "class": form.secrecy.value,
        "records": [
            {"unit": each.unit, "row": each.row or None, "answers": dict(each.answers)}
            for each in found
        ],
    }
