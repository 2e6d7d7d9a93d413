"""What rules wait for that could not be evaluated, in words."""

from collections.abc import Iterable

from infodesk.cli.show.names import item_name, unit_name
from infodesk.cli.workspace import Office
from infodesk.model.finding import Outcome, Why
from infodesk.text.message import Message

REASONS = {
    "missing": Message("not arrived: {what}"),
    "waiting": Message("waiting for {what}"),
    "not_asked": Message("not asked of {what}"),
    "no_earlier": Message("nothing of {what}"),
    "not_due": Message("not due in this period: {what}"),
    "blank": Message("blank: {what}"),
    "zero": Message("division by 0"),
    "blank_in_total": Message("a blank among the records added up"),
    "too_large": Message("numbers too large"),
    "no_branch": Message("no case applies"),
}


OF_PARTS = (
    "missing",
    "not_asked",
)  # the kinds of reason that are about a form, a section and a unit


def waiting_lines(office: Office, outcomes: Iterable[Outcome]) -> list[str]:
    """Why rules were not evaluated, and which; units that miss the same section share a line."""
    rules_of: dict[Why, list[str]] = {}
    for outcome in outcomes:
        for why in outcome.why:
            rules_of.setdefault(why, []).append(outcome.rule)
    lines: dict[tuple[object, ...], list[Why]] = {}
    for why, rules in rules_of.items():
        about = why.what[:2] if why.kind in OF_PARTS else why.what
        lines.setdefault((why.kind, about, *sorted(rules)), []).append(why)
    tell = office.terminal.language
    return [
        tell(
            "  not evaluated, {reason}: {rules}",
            reason=reason(office, *whys),
            rules=sorted(rules_of[whys[0]]),
        )
        for whys in lines.values()
    ]


def reason(office: Office, *whys: Why) -> str:
    """Why a rule could not be evaluated, in words; several reasons are about one section of several units."""
    tell, definitions, why = office.terminal.language, office.definitions, whys[0]
    match why.kind:
        case "missing" | "not_asked":
            form, section, _ = why.what
            title = definitions.form_by_id[form].section(section).title
            names = [unit_name(definitions, tell, each.what[2]) for each in whys]
            what = tell("{unit} {section}", unit=names, section=title)
        case "waiting":
            what = tell.tell([unit_name(definitions, tell, unit) for unit in why.what])
        case "blank":
            what = item_name(definitions, tell, *why.what)
        case "not_due":
            what = tell.tell([definitions.form_by_id[form].title for form in why.what])
        case _:
            what = tell.tell(why.what)
    return tell(REASONS[why.kind].template, what=what)
