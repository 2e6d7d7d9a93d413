"""Sentences about the data themselves: what came, what counts, what is still open."""

from collections import Counter
from collections.abc import Iterable

from infodesk.model.form import Form
from infodesk.model.rule import Severity
from infodesk.reports.context import Context
from infodesk.stats.status import StatusRow
from infodesk.text.message import Message, Title

NOT_COUNTED = ("missing", "received")


def verdict(context: Context) -> Message:
    """In a word: whether the figures rest on everything that is owed, and nothing is open."""
    rows = context.status.rows
    absent = sum(row.state == "missing" for row in rows)
    if absent:
        return Message("Incomplete: {n} of {owed} parts are missing", n=absent, owed=len(rows))
    waiting = sum(row.state == "received" for row in rows)
    if waiting:
        return Message("Incomplete: {n} parts are not accepted", n=waiting)
    if _open(context):
        return Message("Complete, with findings still open")
    return Message("Complete, and no finding is open")


def is_settled(context: Context) -> bool:
    """Whether everything owed is accepted and no finding is open."""
    absent = any(row.state in NOT_COUNTED for row in context.status.rows)
    return not absent and not _open(context)


def completeness(context: Context) -> Message:
    """How much of what is owed has come, and how much of it in time."""
    found = context.status
    came = sum(row.received_at is not None for row in found.rows)
    return Message(
        "{came} of {owed} parts received ({complete} %), {timely} % in time",
        came=came,
        owed=len(found.rows),
        complete=_percent(found.complete_rate),
        timely=_percent(found.timely_rate),
    )


def _percent(rate: float | None) -> str:
    return "—" if rate is None else f"{rate:.2f}"


def missing(context: Context) -> Message | None:
    """Who has not sent what."""
    rows = [row for row in context.status.rows if row.state == "missing"]
    if not rows:
        return None
    return Message("Missing: {senders}", senders=_by_sender(context, rows))


def refused(context: Context) -> Message | None:
    """What came and is not accepted, because an error is open."""
    rows = [row for row in context.status.rows if row.state == "received"]
    if not rows:
        return None
    return Message("Received but not accepted: {senders}", senders=_by_sender(context, rows))


def _by_sender(context: Context, rows: Iterable[StatusRow]) -> list[Message]:
    """Each sender once, with the titles of the forms."""
    definitions = context.definitions
    forms: dict[str, dict[str, Title]] = {}
    for row in rows:
        title = definitions.form_by_id[row.part.form].title
        forms.setdefault(row.sender, {})[row.part.form] = title
    return [
        Message(
            "{sender} ({forms})",
            sender=definitions.units.by_id[sender].title,
            forms=list(titles.values()),
        )
        for sender, titles in forms.items()
    ]


def counted(context: Context) -> Message:
    """On how many units hospital-wide figures rest: by form, and by section where some are lacking."""
    parts: list[Message] = []
    for form in context.definitions.forms_due(context.period):
        rows = [row for row in context.status.rows if row.part.form == form.id]
        if rows:
            parts.append(_counted(form, rows))
    return Message("Units that hospital-wide figures rest on: {parts}", parts=parts)


def _counted(form: Form, rows: list[StatusRow]) -> Message:
    lacking = Counter(row.part.section for row in rows if row.state in NOT_COUNTED)
    if not lacking:
        units = len({row.part.unit for row in rows})
        return _share(form.title, units, units)
    sections = []
    for section in form.sections:
        owed = sum(row.part.section == section.id for row in rows)
        if lacking[section.id]:
            sections.append(_share(section.title, owed - lacking[section.id], owed))
    return Message("{form} ({sections})", form=form.title, sections=sections)


def _share(title: Title, counted: int, owed: int) -> Message:
    return Message("{title} {counted}/{owed}", title=title, counted=counted, owed=owed)


def unsettled(context: Context) -> Message:
    """How many findings of each severity are open."""
    count = _open(context)
    kinds = [severity for severity in Severity if severity is not Severity.INFO]
    parts = [Message("{kind} {n}", kind=kind.label, n=count[kind]) for kind in kinds]
    return Message("Open findings: {parts}", parts=parts)


def _open(context: Context) -> Counter[Severity]:
    return Counter(finding.severity for finding in context.open_findings())
