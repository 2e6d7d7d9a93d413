"""Reports: a template, what it is called, and what it is made for."""

from dataclasses import dataclass

from infodesk.model.form import Due
from infodesk.model.period import Frequency
from infodesk.text.message import Title


@dataclass(frozen=True)
class Report:
    """One report: `template` is the path of its Jinja template, `name` the file name it is saved under.

    `outgoing`: it goes to other departments or leaves the house, so small counts of persons are not printed.
    `due`: by when `report due` makes it; nothing: only a person does. `clauses` of the regulation it serves.
    """

    id: str
    title: Title
    frequency: Frequency
    template: str
    name: str
    due: Due | None = None
    clauses: tuple[str, ...] = ()
    outgoing: bool = False
