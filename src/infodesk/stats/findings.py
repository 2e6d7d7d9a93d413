"""The findings of rules: which records broke them, with both sides and every cell that takes part."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime

from infodesk.expr.sentence import sides, tell
from infodesk.model.expression import Value, When, aggregates, all_values, record_values
from infodesk.model.finding import Cell, Finding, Identity
from infodesk.model.form import Form
from infodesk.model.item import Secrecy
from infodesk.model.rule import Rule, Severity
from infodesk.stats.look import Look, Operands
from infodesk.stats.written import written
from infodesk.store.relations import period_for
from infodesk.store.rules import NotPassed, RuleRun
from infodesk.store.sums import Record
from infodesk.text.message import Message


def rule_findings(look: Look, form: Form, rules: Iterable[Rule], run: RuleRun) -> Iterator[Finding]:
    """One finding for every rule that a record, or the hospital, broke."""
    for row in run.not_passed:
        for rule in rules:
            if row.results[rule.id] is False:
                yield _finding(look, form, rule, row)


def _finding(look: Look, form: Form, rule: Rule, row: NotPassed) -> Finding:
    found = None if _is_personal(rule) else sides(rule.check, Operands(row, look.facts))
    blocks: tuple[tuple[str, str, str], ...] = ()
    if rule.is_about_records:
        values = (v for v in record_values(rule.check) if v.when is When.NOW)
        parts = {look.part_of(value, unit_of(value, rule, row)) for value in values}
        blocks = tuple(sorted(part for part in parts if part in look.submissions and part))
    return Finding(
        Identity(look.period, form.id, row.unit, row.row, rule.id),
        rule.severity,
        None if found is None else tell(found),
        None if found is None else found.left,
        None if found is None else found.right,
        tuple(_cells(look, rule, row)),
        blocks,
    )


def _is_personal(rule: Rule) -> bool:
    """Whether its numbers are somebody's own: they are not told in sentences."""
    return any(value.item.secrecy is Secrecy.PERSONAL for value in all_values(rule.check))


def _cells(look: Look, rule: Rule, row: NotPassed) -> Iterator[Cell]:
    if not rule.is_about_records:
        for node in aggregates(rule.check):
            names = ",".join(value.id for value in all_values(node))
            yield Cell(names, rule.form, written(row.operands.get(node)))
        return
    for value in record_values(rule.check):
        yield _cell(look, value, rule, row)


def unit_of(value: Value, rule: Rule, row: NotPassed) -> str:
    """Whose record a value is of: a row's own unit in other forms, where it names one."""
    return row.unit if value.form == rule.form else row.host


def _cell(look: Look, value: Value, rule: Rule, row: NotPassed) -> Cell:
    period = period_for(look.period, value.when)
    known = value.item.as_shown(written(row.operands.get(value)), period.last_day)
    found = look.submission_of(value, unit_of(value, rule, row))
    if found is None:
        return Cell(value.id, value.form, known, period=period)
    key = row.row if look.definitions.form_by_id[value.form].has_rows else ""
    place = found.cells.get(key, {}).get(value.id)
    return Cell(value.id, value.form, known, found.file, place, found.sender, period)


def all_zero(look: Look, form: Form, found: Iterable[Record]) -> Iterator[Finding]:
    """GEN-013: a record of which every part came, and every number is 0."""
    if form.has_rows or form.layout is not None:
        return
    numeric = [item.id for item in form.items() if item.is_numeric]
    for record in found:
        owed = {
            part.section for part in look.owed if (part.form, part.unit) == (form.id, record.unit)
        }
        numbers = [v for name in numeric if (v := record.answers[name]) is not None]
        if owed <= record.sections and numbers and not any(numbers):
            yield Finding(
                Identity(look.period, form.id, record.unit, "", "GEN-013"), Severity.WARNING
            )


def overdue(look: Look, now: datetime) -> Iterator[Finding]:
    """GEN-008: what is owed, has not come, and should have."""
    for obligation in look.obligations:
        part = obligation.part
        if part not in look.submissions and now > obligation.due:
            identity = Identity(look.period, part.form, part.unit, "", "GEN-008", part.section)
            form = look.definitions.form_by_id[part.form]
            section = next(each for each in form.sections if each.id == part.section)
            owing = look.definitions.units.by_id[obligation.sender]
            what = Message(
                "{form}, {section} ({sender})",
                form=form.title, section=section.title, sender=owing.title,
            )  # fmt: skip
            yield Finding(identity, Severity.WARNING, what)


def one_each(findings: Iterable[Finding]) -> list[Finding]:
    """One finding for each identity: what is remarked of several workbooks is said once, with all their cells."""
    found: dict[Identity, Finding] = {}
    for finding in findings:
        first = found.setdefault(finding.identity, finding)
        if first is not finding:
            graver = min(first, finding, key=lambda each: each.severity.rank)
            found[finding.identity] = replace(
                graver,
                cells=tuple(dict.fromkeys((*first.cells, *finding.cells))),
                blocks=tuple(dict.fromkeys((*first.blocks, *finding.blocks))),
            )
    return list(found.values())


def in_order(look: Look, findings: Iterable[Finding]) -> list[Finding]:
    """Form by form, unit by unit in the hospital's order, the hospital last; then by rule."""
    forms = [form.id for form in look.definitions.forms]
    units = look.definitions.units

    def place(finding: Finding) -> tuple[object, ...]:
        identity = finding.identity
        form = forms.index(identity.form) if identity.form in forms else len(forms)
        unit = units.by_id.get(identity.unit)
        order = unit.order if unit else 0
        is_root = identity.unit == units.root.id
        return (form, is_root, order, identity.unit, identity.row, identity.rule, identity.item)

    return sorted(findings, key=place)


def with_causes(look: Look, findings: list[Finding]) -> Iterator[Finding]:
    """A finding that follows from another knows which one (WA-42 under WA-01)."""
    for finding in findings:
        rule = look.definitions.rule_by_id.get(finding.identity.rule)
        causes = [f for f in findings if rule is not None and f.identity.rule in rule.follows]
        if rule is not None and rule.is_about_records:
            causes = [f for f in causes if f.identity.unit == finding.identity.unit]
        yield replace(finding, follows=causes[0].identity) if causes else finding
