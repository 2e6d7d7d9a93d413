"""Advice on the rules as a whole: what logic proves of them, what they pass over, what never came to be asked."""

from collections.abc import Iterable, Iterator, Sequence

from infodesk.expr.logic.consequences import Consequence, consequences
from infodesk.model.advice import Advice
from infodesk.model.definitions import Definitions
from infodesk.model.expression import all_values
from infodesk.model.period import Period
from infodesk.model.rule import Rule
from infodesk.stats.check import check
from infodesk.stats.desk import Desk
from infodesk.store.history import periods_of
from infodesk.text.message import Message

PERIODS = 3  # a rule that was not evaluated in so many periods on end is spoken of

_PROVED = {
    "never_fails": Message("{rule} can never fail, whatever is filled in: {check}"),
    "never_passes": Message("{rule} can never pass, whatever is filled in: {check}"),
    "contradicts": Message("{rule} and {other} can never both pass"),
    "repeats": Message("{rule} says the same as {other}"),
    "follows_from": Message("{rule} can fail only where {other} fails too"),
}


def logical(rules: Iterable[Rule]) -> Iterator[Advice]:
    """What was proved of the rules."""
    for found in consequences(rules):
        other = () if found.other is None else (found.other.id,)
        yield Advice(found.kind, (found.rule.id, *other), _words(found))


def logical_of(new: Sequence[Rule], rules: Iterable[Rule]) -> tuple[Advice, ...]:
    """What was proved of new rules, each in the place of the one of its id, among the others of their form."""
    names = {rule.id for rule in new}
    forms = {rule.form for rule in new}
    others = [rule for rule in rules if rule.form in forms and rule.id not in names]
    return tuple(each for each in logical((*others, *new)) if names & set(each.about))


def _words(found: Consequence) -> Message:
    other = "" if found.other is None else found.other.id
    check = " ".join(found.rule.text.split())
    return Message(_PROVED[found.kind].template, rule=found.rule.id, other=other, check=check)


def unprotected(definitions: Definitions) -> Iterator[Advice]:
    """The numbers of each form that no rule speaks of, but for the general ones."""
    named = {
        (value.form, value.id) for rule in definitions.rules for value in all_values(rule.check)
    }
    for form in definitions.forms:
        items = [i for i in form.items() if i.is_numeric and (form.id, i.id) not in named]
        if items:
            yield Advice(
                "unprotected",
                tuple(f"{form.id}.{item.id}" for item in items),
                Message(
                    "{form}: no rule speaks of {items}",
                    form=form.title,
                    items=[item.label for item in items],
                ),
            )


def not_evaluated(desk: Desk, periods: int = PERIODS) -> Iterator[Advice]:
    """The rules that were asked and could not be evaluated once in the last periods of their form.

    A form of which fewer periods came is passed over, and so is a rule that was not in force in all of them.
    """
    looked_at = {
        form.id: periods_of(desk.store, form.id)[-periods:] for form in desk.definitions.forms
    }
    answered = _answered(desk, {each for found in looked_at.values() for each in found})
    for rule in desk.definitions.rules:
        last = looked_at[rule.form]
        asked = [period for period in last if rule.applies_in(period)]
        if len(asked) == periods and not any((rule.id, each) in answered for each in asked):
            words = Message(
                "{rule} was not evaluated once from {first} to {last}",
                rule=rule.id,
                first=asked[0],
                last=asked[-1],
            )
            yield Advice("not_evaluated", (rule.id,), words)


def _answered(desk: Desk, periods: Iterable[Period]) -> set[tuple[str, Period]]:
    """The rules that passed or failed at least once, with the period."""
    return {
        (outcome.rule, period)
        for period in periods
        for outcome in check(desk, period).outcomes
        if outcome.passed or outcome.failed
    }
