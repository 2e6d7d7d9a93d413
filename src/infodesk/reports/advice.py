"""All advice on a workspace's definitions, with what the reports show and which clauses are served."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from jinja2 import Environment, TemplateSyntaxError, nodes

from infodesk.model.advice import Advice
from infodesk.model.definitions import Definitions
from infodesk.model.report import Report
from infodesk.stats.advice import PERIODS, logical, not_evaluated, unprotected
from infodesk.stats.desk import Desk
from infodesk.text.folding import key
from infodesk.text.message import Message

EVERYTHING = "indicators"  # the table that lists all indicators


def advise(desk: Desk, periods: int = PERIODS) -> tuple[Advice, ...]:
    """All advice, kind by kind."""
    definitions = desk.definitions
    return (
        *logical(definitions.rules),
        *not_evaluated(desk, periods),
        *unprotected(definitions),
        *not_shown(definitions),
        *not_served(definitions),
    )


def not_shown(definitions: Definitions) -> Iterator[Advice]:
    """The indicators that no template names; none, if one lists all indicators."""
    named = {key(text) for report in definitions.reports for text in _texts(report)}
    if key(EVERYTHING) in named:
        return
    for indicator in definitions.indicators:
        title = indicator.title
        if not named & {key(name) for name in (indicator.id, title.zh, title.en) if name}:
            words = Message("{indicator} ({id})", indicator=title, id=indicator.id)
            yield Advice("not_shown", (indicator.id,), words)


def not_served(definitions: Definitions) -> Iterator[Advice]:
    """The clauses that no form, logbook or report names, but for mere conduct."""
    served = set(_served(definitions))
    for clause in definitions.clauses:
        if clause.id not in served and not clause.is_conduct:
            words = Message("{clause} {title}", clause=clause.id, title=clause.title)
            yield Advice("not_served", (clause.id,), words)


def _served(definitions: Definitions) -> Iterable[str]:
    for form in definitions.forms:
        yield from form.clauses
    for book in definitions.logbooks:
        yield from book.clauses
    for report in definitions.reports:
        yield from report.clauses


def _texts(report: Report) -> Iterator[str]:
    """Every text in quotes in a template; of one with mistakes none, which building it tells."""
    text = Path(report.template).read_text(encoding="utf-8-sig", errors="replace")
    try:
        tree = Environment(autoescape=True).parse(text)
    except TemplateSyntaxError:
        return
    for found in tree.find_all(nodes.Const):
        if isinstance(found.value, str):
            yield found.value
