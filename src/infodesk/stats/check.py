"""All rules over a period's latest versions: findings, and outcomes that add up to what was asked."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from infodesk.model.exemption import Exemption
from infodesk.model.expression import When, record_values
from infodesk.model.finding import Finding, Outcome, State
from infodesk.model.form import Form
from infodesk.model.period import Period
from infodesk.model.rule import Rule, Severity
from infodesk.model.submission import Part, Submission
from infodesk.stats.against_past import against_past
from infodesk.stats.desk import Desk, Obligation
from infodesk.stats.findings import (
    all_zero,
    in_order,
    one_each,
    overdue,
    rule_findings,
    with_causes,
)
from infodesk.stats.look import Look, look_at
from infodesk.stats.outcomes import outcome
from infodesk.stats.remarks import remark_findings
from infodesk.store.findings import number_findings, said_of
from infodesk.store.relations import Relations, period_for, relations
from infodesk.store.rules import RuleRun, run_hospital_rules, run_record_rules
from infodesk.store.spans import Span, Spans
from infodesk.store.submissions import current, remarks
from infodesk.store.sums import records


@dataclass(frozen=True)
class Checked:
    """What the rules said of a period."""

    period: Period
    findings: tuple[Finding, ...]
    outcomes: tuple[Outcome, ...]
    submissions: Mapping[Part, Submission]
    obligations: tuple[Obligation, ...]
    exempted: tuple[tuple[Exemption, int], ...] = ()  # and how many findings each spared its unit
    spans: tuple[Span, ...] = ()  # the shorter periods within it

    @cached_property
    def blocked(self) -> frozenset[Part]:
        """The parts that an open error keeps from counting."""
        return frozenset(
            Part(*part)
            for finding in self.findings
            if finding.severity is Severity.ERROR and finding.state is not State.CORRECTED
            for part in finding.blocks
        )

    @cached_property
    def accepted(self) -> frozenset[Part]:
        """The parts whose latest version has no open error."""
        return frozenset(self.submissions) - self.blocked

    @cached_property
    def missing(self) -> tuple[Obligation, ...]:
        """What is owed and has not come."""
        return tuple(o for o in self.obligations if o.part not in self.submissions)


def check(desk: Desk, period: Period, known: dict[Period, Checked] | None = None) -> Checked:
    """Run every rule over the latest versions of a period. `known` keeps what was checked already."""
    known = {} if known is None else known
    if period not in known:
        with desk.store.reading():
            known[period] = _check(desk, period, _all_spans(desk, period, known))
    return known[period]


def _all_spans(desk: Desk, period: Period, known: dict[Period, Checked]) -> Spans:
    """The shorter periods within a period, and within those before it that a rule looks back to."""
    wanted = dict.fromkeys([When.NOW, *_looked_back(desk, period)])
    return {when: _spans(desk, period_for(period, when), known) for when in wanted}


def _looked_back(desk: Desk, period: Period) -> Iterator[When]:
    """Whether a rule of the period asks for what a form of shorter periods said before."""
    forms = desk.definitions.form_by_id
    for form in desk.definitions.forms_due(period):
        for rule in desk.definitions.rules_of(form.id, period):
            for value in record_values(rule.check):
                if forms[value.form].frequency.months < period.months:
                    yield value.when


def _spans(desk: Desk, period: Period, known: dict[Period, Checked]) -> tuple[Span, ...]:
    """What the shorter periods within a period hold; checked only where anything came."""
    spans = []
    for shorter in desk.shorter_periods(period):
        owed = frozenset(obligation.part for obligation in desk.obligations(shorter))
        came = current(desk.store, shorter)
        accepted = check(desk, shorter, known).accepted if came else frozenset[Part]()
        spans.append(Span(shorter, owed, accepted))
    return tuple(spans)


def _check(desk: Desk, period: Period, spans: Spans) -> Checked:
    store, forms = desk.store, desk.definitions.form_by_id
    findings: list[Finding] = []
    outcomes: list[Outcome] = []
    with store.reading():
        look = look_at(desk, period, spans)
        findings += remark_findings(period, desk.definitions, remarks(store, period))
        with relations(store, period, forms, look.owed, spans) as tables:
            for form in desk.definitions.forms_due(period):
                for rules, run in _runs(desk, look, form, tables):
                    findings += rule_findings(look, form, rules, run)
                    outcomes += [outcome(look, rule, run) for rule in rules]
                findings += all_zero(look, form, records(store, tables, form))
        findings += against_past(look, store, desk.definitions.forms_due(period))
    findings += overdue(look, desk.now)
    asked, exempted = _without_exempted(look, findings)
    ordered = tuple(with_causes(look, in_order(look, one_each(asked))))
    return Checked(
        period,
        ordered,
        tuple(outcomes),
        look.submissions,
        look.obligations,
        exempted,
        tuple(spans[When.NOW]),
    )


def _without_exempted(
    look: Look, findings: Iterable[Finding]
) -> tuple[list[Finding], tuple[tuple[Exemption, int], ...]]:
    """The findings that somebody is asked about, and what spares the others."""
    asked: list[Finding] = []
    spared: Counter[Exemption] = Counter()
    for finding in findings:
        exemption = look.exemption(finding.identity.rule, finding.identity.unit)
        if exemption is None:
            asked.append(finding)
        else:
            spared[exemption] += 1
    return asked, tuple(spared.items())


def _runs(
    desk: Desk, look: Look, form: Form, tables: Relations
) -> list[tuple[Sequence[Rule], RuleRun]]:
    """The rules about records in one pass, then those about the hospital."""
    rules = list(desk.definitions.rules_of(form.id, look.period))
    records = [rule for rule in rules if rule.is_about_records]
    hospital = [rule for rule in rules if not rule.is_about_records]
    runs: list[tuple[Sequence[Rule], RuleRun]] = []
    if records:
        runs.append((records, run_record_rules(desk.store, tables, look.facts, form, records)))
    if hospital:
        root = desk.definitions.units.root.id
        runs.append((hospital, run_hospital_rules(desk.store, tables, look.facts, hospital, root)))
    return runs


def numbered(desk: Desk, checked: Checked) -> Checked:
    """The same with every finding's number, which the store keeps, and what was said of it."""
    numbers = number_findings(desk.store, desk.actor, (f.identity for f in checked.findings))
    said = said_of(desk.store)
    findings = []
    for finding in checked.findings:
        found = replace(finding, number=numbers[finding.identity])
        word = said.get(numbers[finding.identity])
        if word is not None and word.numbers == numbers_of(finding):
            found = replace(found, state=word.state, words=word.words)
        findings.append(found)
    return replace(checked, findings=tuple(findings))


def numbers_of(finding: Finding) -> tuple[str, ...]:
    """The numbers a finding is about: what is said of it holds as long as they stay."""
    return tuple(f"{cell.form}.{cell.item}={cell.value}" for cell in finding.cells)
