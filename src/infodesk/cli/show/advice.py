"""Advice, kind by kind: what it is, what it is about, what to do."""

from collections.abc import Sequence

from infodesk.cli.terminal import Terminal
from infodesk.model.advice import Advice, AdviceKind
from infodesk.text.message import Message

HEADINGS: dict[AdviceKind, Message] = {
    "never_fails": Message("Rules that can never fail"),
    "never_passes": Message("Rules that can never pass"),
    "contradicts": Message("Rules that contradict each other"),
    "repeats": Message("Rules that say the same"),
    "follows_from": Message("Rules that say nothing beside a stricter one"),
    "not_evaluated": Message("Rules that were never evaluated of late"),
    "unprotected": Message("Items that no rule protects"),
    "not_shown": Message("Indicators that no report shows"),
    "not_served": Message("Clauses of the regulation that nothing serves"),
}

TO_DO: dict[AdviceKind, Message] = {
    "never_fails": Message("narrow its limits, or delete it"),
    "never_passes": Message(
        "mend it: as it stands every record that it is asked of is found wrong"
    ),
    "contradicts": Message("mend one of them: no record can satisfy both"),
    "repeats": Message("delete one of them, so that nobody is asked twice"),
    "follows_from": Message("delete it, or name the stricter one under follows:"),
    "not_evaluated": Message("see what it waits for: infodesk rules show RULE"),
    "unprotected": Message(
        "add a rule that compares it with something; try it: infodesk rules try FILE"
    ),
    "not_shown": Message("place it in a report, or delete it"),
    "not_served": Message(
        "name it under clauses: of the form, report or logbook that serves it, or add one"
    ),
}


MOST = 5  # of each kind, unless all are asked for


def show_advice(terminal: Terminal, advice: Sequence[Advice], *, all_of_it: bool) -> None:
    """Talk: nothing of it is a mistake. Of each kind the first few, or all of it."""
    for kind, heading in HEADINGS.items():
        found = [each for each in advice if each.kind == kind]
        if not found:
            continue
        terminal.say("{heading} ({n}):", heading=heading, n=len(found))
        shown = found if all_of_it else found[:MOST]
        for each in shown:
            terminal.say("  {what}", what=each.words)
        if len(shown) < len(found):
            terminal.say("  … and {n} more: infodesk check --all", n=len(found) - len(shown))
        terminal.say("  → {hint}", hint=TO_DO[kind])


def advice_json(terminal: Terminal, advice: Sequence[Advice]) -> list[dict[str, object]]:
    """Advice as it stands beside the problems of `check --json`."""
    tell = terminal.language.tell
    return [
        {
            "kind": each.kind,
            "about": list(each.about),
            "message": tell(each.words),
            "hint": tell(TO_DO[each.kind]),
        }
        for each in advice
    ]
