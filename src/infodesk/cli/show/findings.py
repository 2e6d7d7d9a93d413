"""Findings: the rule, both numbers, and every cell with its sender; outcomes that add up."""

from collections import Counter
from collections.abc import Iterable

from infodesk.cli.show.names import item_name, unit_name
from infodesk.cli.show.waiting import reason, waiting_lines
from infodesk.cli.workspace import Office
from infodesk.model.finding import Cell, Finding, State
from infodesk.model.period import Period
from infodesk.model.rule import Severity
from infodesk.model.unit import Unit
from infodesk.reports.words import finding_secrecy
from infodesk.stats.check import Checked
from infodesk.text.message import Message

STATES = {
    State.OPEN: Message("open"),
    State.EXPLAINED: Message("explained"),
    State.APPROVED: Message("approved"),
    State.CORRECTED: Message("corrected"),
}


def show_findings(office: Office, checked: Checked, findings: list[Finding]) -> None:
    """Every finding with its cells, those that follow from another beneath it; then the sums."""
    leaders = [finding for finding in findings if finding.follows is None]
    known = {finding.identity for finding in leaders}
    for finding in findings:
        if finding.follows is None or finding.follows not in known:
            _show(office, finding, "")
            for follower in findings:
                if follower.follows == finding.identity:
                    _show(office, follower, "    ")
    show_sums(office, checked, findings)


def _show(office: Office, finding: Finding, indent: str) -> None:
    office.terminal.result(indent + headline(office, finding))
    for line in places(office, finding.cells, finding.identity.period):
        office.terminal.result(f"{indent}    {line}")
    if finding.words:
        words = office.terminal.language("said: {words}", words=finding.words)
        office.terminal.result(f"{indent}    {words}")


def headline(office: Office, finding: Finding) -> str:
    """`#3 [WA-01][0103 神经内科] …：计算 47，填报 49，差 2 (强制性)`."""
    tell, identity = office.terminal.language, finding.identity
    title = tell.tell(office.definitions.rule_title(identity.rule))
    if finding.message is not None:
        title = tell("{title}: {message}", title=title, message=finding.message)
    number = "" if finding.number is None else f"#{finding.number} "
    row = f" {identity.row}" if identity.row else ""
    unit = unit_name(office.definitions, tell, identity.unit)
    kind = [finding.severity.label]
    state = [STATES[finding.state]] if finding.state is not State.OPEN else []
    return tell(
        "{number}[{rule}][{unit}{row}] {title} ({kind})",
        number=number,
        rule=identity.rule,
        unit=unit,
        row=row,
        title=title,
        kind=[*kind, *state],
    )


def places(office: Office, cells: Iterable[Cell], period: Period) -> list[str]:
    """Cells, those of one file on a line: file!sheet!cell item value."""
    tell, definitions = office.terminal.language, office.definitions
    by_file: dict[tuple[str, str], list[str]] = {}
    for cell in cells:
        name = item_name(definitions, tell, cell.form, cell.item) if cell.item else ""
        place = (cell.cell or "").partition("!")[2]
        value = cell.value if cell.value is not None else tell("blank")
        text = f"{name} {value}" if name else str(cell.value or "")
        if cell.period is not None and cell.period != period:
            text = f"{cell.period} {text}"
        key = (
            cell.sender or "",
            f"{cell.file}!{(cell.cell or '').partition('!')[0]}" if cell.file else "",
        )
        by_file.setdefault(key, []).append(f"{place} {text}".strip())
    return [_line(office, sender, file, texts) for (sender, file), texts in by_file.items()]


def _line(office: Office, sender: str, file: str, texts: list[str]) -> str:
    tell = office.terminal.language
    listed = tell.tell(texts)
    if not file:
        return listed
    name = unit_name(office.definitions, tell, sender)
    return tell("{file} ({sender}): {cells}", file=file.rstrip("!"), sender=name, cells=listed)


def show_sums(office: Office, checked: Checked, findings: list[Finding]) -> None:
    """How many findings of each severity, how the rules fared, and what the others wait for."""
    tell, terminal = office.terminal.language, office.terminal
    terminal.result(tell("Findings: {found}", found=counts(office, findings)))
    outcomes = checked.outcomes
    terminal.result(
        tell(
            "Rules: {rules}; asked {asked} times: {passed} passed, {failed} failed, {unknown} not evaluated, {exempted} exempted",
            rules=len(outcomes),
            asked=sum(outcome.asked for outcome in outcomes),
            passed=sum(outcome.passed for outcome in outcomes),
            failed=sum(outcome.failed for outcome in outcomes),
            unknown=sum(outcome.not_evaluated for outcome in outcomes),
            exempted=sum(outcome.exempted for outcome in outcomes),
        )
    )
    for line in (*waiting_lines(office, outcomes), *exempted_lines(office, checked)):
        terminal.result(line)


def exempted_lines(office: Office, checked: Checked) -> list[str]:
    """Which units are exempted from which rules, until when and why, and how many findings that spares."""
    tell = office.terminal.language
    return [
        tell(
            "  exempted, [{rule}] {unit}, until {until}: {reason} ({n})",
            rule=each.rule,
            unit=unit_name(office.definitions, tell, each.unit),
            until=each.until,
            reason=each.reason,
            n=count,
        )
        for each, count in checked.exempted
    ]


def counts(office: Office, findings: Iterable[Finding]) -> str:
    """How many findings are open, by severity."""
    tell = office.terminal.language
    count = Counter(finding.severity for finding in findings if finding.state is State.OPEN)
    found = [tell("{n} {kind}", n=count[each], kind=each.label) for each in Severity if count[each]]
    return tell.tell(found) if found else tell("none")


def text_lines(
    office: Office, period: Period, findings: Iterable[Finding], unit: Unit
) -> list[str]:
    """A few lines for a chat, of what is open: how much it is of each severity, and what concerns this unit.

    Of the whole hospital everything is counted, but no unit is named; of a unit nothing but its own, without
    confidential numbers.
    """
    tell = office.terminal.language
    waiting = [finding for finding in findings if finding.state is State.OPEN]
    mine = [finding for finding in waiting if finding.identity.unit == unit.id]
    counted = counts(office, waiting if unit.parent is None else mine)
    lines = [
        tell(
            "{period} {unit}, findings: {found}",
            period=period.title,
            unit=unit.title,
            found=counted,
        )
    ]
    for finding in mine:
        title = tell.tell(office.definitions.rule_title(finding.identity.rule))
        if (
            finding.message is not None
            and not finding_secrecy(office.definitions, finding).is_hidden
        ):
            title = tell("{title}: {message}", title=title, message=finding.message)
        lines.append(f"[{finding.identity.rule}] {title}")
    return lines


def checked_json(office: Office, checked: Checked, findings: list[Finding]) -> dict[str, object]:
    """The documented shape of `stats validate --json`."""
    numbers = {finding.identity: finding.number for finding in checked.findings}
    return {
        "period": str(checked.period),
        "findings": [
            _finding_json(
                office, finding, numbers.get(finding.follows) if finding.follows else None
            )
            for finding in findings
        ],
        "outcomes": [
            {
                "form": outcome.form,
                "rule": outcome.rule,
                "asked": outcome.asked,
                "passed": outcome.passed,
                "failed": outcome.failed,
                "not_evaluated": outcome.not_evaluated,
                "exempted": outcome.exempted,
                "why": [
                    {
                        "kind": why.kind,
                        "what": list(why.what),
                        "times": times,
                        "text": reason(office, why),
                    }
                    for why, times in outcome.why.items()
                ],
            }
            for outcome in checked.outcomes
        ],
        "exempted": [
            {
                "rule": each.rule,
                "unit": each.unit,
                "until": each.until.isoformat(),
                "reason": each.reason,
                "findings": count,
            }
            for each, count in checked.exempted
        ],
    }


def _finding_json(office: Office, finding: Finding, follows: int | None) -> dict[str, object]:
    tell, identity = office.terminal.language, finding.identity
    message = tell.tell(office.definitions.rule_title(identity.rule))
    if finding.message is not None:
        message = tell("{title}: {message}", title=message, message=finding.message)
    return {
        "id": finding.number,
        "rule": identity.rule,
        "severity": finding.severity.value,
        "form": identity.form or None,
        "unit": identity.unit,
        "row": identity.row or None,
        "cells": [
            {
                "file": cell.file,
                "cell": cell.cell,
                "item": cell.item or None,
                "value": cell.value,
                "sender": cell.sender,
            }
            for cell in finding.cells
        ],
        "left": None if finding.left is None else f"{finding.left:f}",
        "right": None if finding.right is None else f"{finding.right:f}",
        "message": message,
        "state": finding.state.value,
        "follows": follows,
    }
