"""How each rule fared, and why it could not be evaluated where it could not."""

from collections import Counter
from collections.abc import Iterator

from infodesk.expr.evaluate import Reason, Unknown, evaluate
from infodesk.model.expression import Aggregate, Value, When, aggregates, all_values, record_values
from infodesk.model.finding import Outcome, Why
from infodesk.model.rule import Rule
from infodesk.model.submission import Part
from infodesk.stats.look import Look, Operands
from infodesk.store.relations import period_for
from infodesk.store.rules import NotPassed, RuleRun


def outcome(look: Look, rule: Rule, run: RuleRun) -> Outcome:
    """Asked, passed, failed, exempted and not evaluated, with the reasons counted."""
    broken = [row.unit for row in run.not_passed if row.results[rule.id] is False]
    exempted = sum(look.exemption(rule.id, unit) is not None for unit in broken)
    failed = len(broken) - exempted
    why: Counter[Why] = Counter()
    for row in run.not_passed:
        if row.results[rule.id] is None:
            why[_why(look, rule, row)] += 1
    unknown = sum(why.values())
    passed = run.asked - len(broken) - unknown
    return Outcome(rule.form, rule.id, run.asked, passed, failed, unknown, dict(why), exempted)


def _why(look: Look, rule: Rule, row: NotPassed) -> Why:
    """The first reason: what has not come, before what is blank."""
    if not rule.is_about_records:
        return _why_hospital(look, rule)
    for value in record_values(rule.check):
        reason = _not_there(look, value, row)
        if reason is not None:
            return reason
    result = evaluate(rule.check, Operands(row, look.facts))
    if isinstance(result, Unknown):
        return _reason(min(result.reasons, key=str))
    return Why("too_large")


def _not_there(look: Look, value: Value, row: NotPassed) -> Why | None:
    part = look.part_of(value, row.unit)
    if part is None or look.submission_of(value, row.unit) is not None:
        return None
    if value.when is When.NOW:
        return Why("missing" if part in look.owed else "not_asked", part)
    if row.operands.get(value) is not None:  # an opening balance
        return None
    return Why("no_earlier", (str(period_for(look.period, value.when)),))


def _why_hospital(look: Look, rule: Rule) -> Why:
    """Which units a total waits for."""
    nodes = aggregates(rule.check)
    waiting = dict.fromkeys(part.unit for node in nodes for part in _awaited(look, node))
    if waiting:
        return Why("waiting", tuple(waiting))
    not_due = {_form_of(node) for node in nodes} - {part.form for part in look.owed}
    return Why("not_due", tuple(sorted(not_due))) if not_due else Why("blank_in_total")


def _awaited(look: Look, node: Aggregate) -> Iterator[Part]:
    form = look.definitions.form_by_id[_form_of(node)]
    sections = {form.section_of(value.id).id for value in all_values(node)}
    wanted = sections or {section.id for section in form.sections}
    for obligation in look.obligations:
        part = obligation.part
        is_wanted = part.form == form.id and part.section in wanted
        if is_wanted and part not in look.submissions:
            yield part


def _form_of(node: Aggregate) -> str:
    values = all_values(node)
    return values[0].form if values else str(getattr(node, "form", ""))


def _reason(reason: Reason) -> Why:
    if isinstance(reason.node, Value):
        return Why("blank", (reason.node.form, reason.node.id))
    return Why(reason.kind)
