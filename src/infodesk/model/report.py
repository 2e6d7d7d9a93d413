"""Reports: a template, what it is called, and what it is made for."""

from dataclasses import dataclass

from infodesk.model.period import Frequency
from infodesk.text.message import Title


@dataclass(frozen=True)
class Report:
    """One report: `template` is the path of its Jinja template, `name` the file name it is saved under."""

    id: str
    title: Title
    frequency: Frequency
    template: str
    name: str
