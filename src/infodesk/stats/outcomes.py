"""How each rule fared, and why it could not be evaluated where it could not."""

from collections import Counter
from collections.abc import Iterator

from infodesk.expr.evaluate import Reason, Unknown, evaluate
from infodesk.model.expression import Aggregate, Value, When, aggregates, all_values, record_values
from infodesk.model.finding import Outcome, Why
from infodesk.model.form import Form
from infodesk.model.period import Period
from infodesk.model.rule import Rule
from infodesk.model.submission import Part
from infodesk.stats.findings import unit_of
from infodesk.stats.look import Look, Operands
from infodesk.store.relations import period_for
from infodesk.store.rules import NotPassed, RuleRun
from infodesk.store.spans import waiting


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
        absent = _not_there(look, value, unit_of(value, rule, row), row)
        if absent is not None:
            return absent
    result = evaluate(rule.check, Operands(row, look.facts))
    if isinstance(result, Unknown):
        reason = min(result.reasons, key=str)
        return _why_hospital(look, rule) if reason.kind == "waiting" else _reason(reason)
    return Why("too_large")


def _not_there(look: Look, value: Value, unit: str, row: NotPassed) -> Why | None:
    part = look.part_of(value, unit)
    if part is None and value.when is not When.NOW and row.operands.get(value) is None:
        return Why("no_earlier", (str(period_for(look.period, value.when)),))
    if part is None or look.submission_of(value, unit) is not None:
        return None
    if value.when is not When.NOW:
        return _nothing_earlier(look, value, part, row)
    shorter = look.awaited(look.definitions.form_by_id[value.form], part)
    if shorter is not None:
        return Why("periods", tuple(map(str, shorter))) if shorter else None
    return Why("missing" if part in look.owed else "not_asked", part)


def _nothing_earlier(look: Look, value: Value, part: Part, row: NotPassed) -> Why | None:
    """What `prev()` or `last_year()` waits for, if it has no value for another reason than a blank."""
    if row.operands.get(value) is not None:  # it came, or is an opening balance
        return None
    spans = look.spans_of(look.definitions.form_by_id[value.form], value.when)
    if any(span.accepted for span in spans):
        shorter = waiting(spans, part)
        if shorter:
            return Why("periods", tuple(map(str, shorter)))
        if any(part in span.owed for span in spans):
            return None
    return Why("no_earlier", (str(period_for(look.period, value.when)),))


def _why_hospital(look: Look, rule: Rule) -> Why:
    """Which units a total waits for."""
    nodes = aggregates(rule.check)
    waiting = dict.fromkeys(part.unit for node in nodes for part in _awaited(look, node))
    if waiting:
        return Why("waiting", tuple(waiting))
    shorter = dict.fromkeys(str(period) for node in nodes for period in _periods(look, node))
    if shorter:
        return Why("periods", tuple(sorted(shorter)))
    due = {part.form for part in (*look.owed, *look.owed_within)}
    not_due = {_form_of(node) for node in nodes} - due
    return Why("not_due", tuple(sorted(not_due))) if not_due else Why("blank_in_total")


def _sections(form: Form, node: Aggregate) -> set[str]:
    """The sections that a total speaks of; all if it names no item of any."""
    keys = {item.id for item in form.key}
    named = {form.section_of(v.id).id for v in all_values(node) if v.id not in keys}
    return named or {section.id for section in form.sections}


def _periods(look: Look, node: Aggregate) -> Iterator[Period]:
    """The shorter periods that a total waits for."""
    form = look.definitions.form_by_id[_form_of(node)]
    wanted = _sections(form, node)
    for part in dict.fromkeys(look.owed_within):
        if part.form == form.id and part.section in wanted:
            yield from look.awaited(form, part) or ()


def _awaited(look: Look, node: Aggregate) -> Iterator[Part]:
    form = look.definitions.form_by_id[_form_of(node)]
    wanted = _sections(form, node)
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
