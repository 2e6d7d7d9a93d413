"""Which reports are meant: those named, else all that are made for such a period."""

from infodesk.errors import InfodeskError
from infodesk.model.definitions import Definitions
from infodesk.model.period import Period
from infodesk.model.report import Report
from infodesk.text.folding import key, nearest
from infodesk.text.message import Message


def choose_reports(
    definitions: Definitions, period: Period, names: tuple[str, ...]
) -> tuple[Report, ...]:
    """The reports of these ids or titles; of no name, all of the period's length.

    InfodeskError for a name no report has, or if there is no report for such a period.
    """
    if names:
        return tuple(_named(definitions, name) for name in names)
    found = tuple(each for each in definitions.reports if each.frequency is period.frequency)
    if not found:
        raise InfodeskError(
            Message("no report is made for {period}", period=period),
            Message("name another period with -p"),
        )
    return found


def _named(definitions: Definitions, name: str) -> Report:
    for report in definitions.reports:
        if key(name) in {key(known) for known in _names(report)}:
            return report
    near = nearest(name, [known for each in definitions.reports for known in _names(each)])
    raise InfodeskError(
        Message("there is no report {name}", name=repr(name)),
        Message("did you mean {near}?", near=near)
        if near
        else Message("see the reports there are: infodesk report list"),
    )


def _names(report: Report) -> tuple[str, ...]:
    return tuple(filter(None, (report.id, report.title.zh, report.title.en, report.name)))
