"""A rule from all sides, and what rules on trial would have found."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from infodesk.cli.show.advice import advice_json, show_advice
from infodesk.cli.show.findings import checked_json, headline, places
from infodesk.cli.show.names import unit_name
from infodesk.cli.show.waiting import waiting_lines
from infodesk.cli.terminal import new_table
from infodesk.cli.workspace import Office
from infodesk.expr.shown import shown_excel, shown_sql
from infodesk.expr.wording import Wording
from infodesk.model.advice import Advice
from infodesk.model.expression import Node, Value, all_values
from infodesk.model.rule import Rule
from infodesk.stats.advice import logical_of
from infodesk.stats.rules import Past, Tried
from infodesk.text.message import Message


def _wording(found: Office, rule: Rule) -> Wording:
    return Wording(found.definitions.form_by_id, rule.form)


def _sql(found: Office, rule: Rule) -> str:
    def name(node: Node) -> str:
        return found.terminal.language.tell(_wording(found, rule).of(node))

    return shown_sql(rule.check, name)


def _excel(found: Office, rule: Rule) -> str | None:
    def name(node: Node) -> str:
        return found.terminal.language.tell(_wording(found, rule).of(node))

    formula = shown_excel(rule.check, name)
    return None if formula is None else f"={formula}"


def show_rule(found: Office, rule: Rule, past: Sequence[Past]) -> None:
    """The rule as a page of the terminal."""
    tell, terminal = found.terminal.language, found.terminal
    form = found.definitions.form_by_id[rule.form]
    kind = rule.severity.label
    head = Message("{rule} {title} ({kind})", rule=rule.id, title=rule.message, kind=kind)
    terminal.result(tell.tell(head))
    excel = _excel(found, rule) or tell("in no workbook: it needs the whole hospital")
    lines: list[tuple[Message, object]] = [
        (Message("Form"), form.title),
        (Message("Words"), _wording(found, rule).of(rule.check)),
        (Message("Rule"), " ".join(rule.text.split())),
        (Message("SQL"), _sql(found, rule)),
        (Message("Excel"), excel),
    ]
    if rule.follows:
        lines.append((Message("Follows from"), list(rule.follows)))
    for what, value in lines:
        terminal.result(tell("{what}: {value}", what=what, value=value))
    terminal.result("")
    _show_items(found, rule)
    terminal.result("")
    _show_past(found, past)


def _show_items(found: Office, rule: Rule) -> None:
    tell = found.terminal.language
    table = new_table(
        tell("Item"), tell("Id"), tell("Form"), tell("Unit of measure"), tell("Sent by")
    )
    for value in _items(rule):
        form = found.definitions.form_by_id[value.form]
        sender = tell.tell(_sender(found, value))
        label, unit = tell.tell(value.item.label), value.item.unit
        table.add_row(label, value.id, tell.tell(form.title), unit, sender)
    found.terminal.table(table)


def _items(rule: Rule) -> Iterator[Value]:
    """The items of a rule, each once."""
    seen = {(value.form, value.id): value for value in reversed(all_values(rule.check))}
    yield from reversed(seen.values())


def _sender(found: Office, value: Value) -> Message | str:
    form = found.definitions.form_by_id[value.form]
    if value.id in {item.id for item in form.key}:
        return ""
    sender = form.section_of(value.id).sender
    if sender == "unit":
        return Message("each unit its own")
    return unit_name(found.definitions, found.terminal.language, sender)


def _show_past(found: Office, past: Sequence[Past]) -> None:
    tell = found.terminal.language
    if not past:
        found.terminal.say("Nothing of its form is in the store yet")
        return
    heads = (tell("Period"), *_sums(found), tell("Ever found"), tell("Explained"))
    table = new_table(*heads, right=(1, 2, 3, 4, 5, 6))
    for each in past:
        numbers = (*_counts(each), each.found.findings, each.found.explained)
        table.add_row(str(each.period), *(str(number) for number in numbers))
    found.terminal.table(table)
    for line in waiting_lines(found, (each.outcome for each in past if each.outcome)):
        found.terminal.result(line)


def _sums(found: Office) -> tuple[str, ...]:
    tell = found.terminal.language
    return tell("Asked"), tell("Passed"), tell("Failed"), tell("Not evaluated")


def _counts(each: Past) -> tuple[int, int, int, int]:
    out = each.outcome
    return (out.asked, out.passed, out.failed, out.not_evaluated) if out else (0, 0, 0, 0)


def rule_json(found: Office, rule: Rule, past: Sequence[Past]) -> dict[str, object]:
    """The shape of `rules show --json`."""
    tell = found.terminal.language.tell
    return {
        "id": rule.id,
        "form": rule.form,
        "severity": rule.severity.value,
        "message": tell(rule.message),
        "check": " ".join(rule.text.split()),
        "words": tell(_wording(found, rule).of(rule.check)),
        "sql": _sql(found, rule),
        "excel": _excel(found, rule),
        "follows": list(rule.follows),
        "items": [
            {
                "form": value.form,
                "id": value.id,
                "label": tell(value.item.label),
                "unit": value.item.unit,
                "sender": tell(_sender(found, value)),
            }
            for value in _items(rule)
        ],
        "periods": [
            {
                "period": str(each.period),
                **dict(
                    zip(("asked", "passed", "failed", "not_evaluated"), _counts(each), strict=True)
                ),
                "found": each.found.findings,
                "explained": each.found.explained,
            }
            for each in past
        ],
    }


def show_tried(found: Office, rules: Sequence[Rule], tried: Sequence[Tried]) -> None:
    """A line for each rule and period, then every finding with its unit and cells."""
    show_advice(found.terminal, _advice(found, rules), all_of_it=True)
    if not tried:
        found.terminal.say("Nothing of its form is in the store for these periods")
        return
    _show_sums(found, tried)
    found = _knowing(found, rules)
    for each in tried:
        for finding in each.findings:
            found.terminal.result(f"{each.period} {headline(found, finding)}")
            for line in places(found, finding.cells, each.period):
                found.terminal.result(f"    {line}")
    for line in waiting_lines(found, (out for each in tried for out in each.checked.outcomes)):
        found.terminal.result(line)
    title = found.definitions.form_by_id[rules[0].form].title
    found.terminal.say(
        "Nothing was written. To switch them on, put them under rules: of {form}", form=title
    )


def _advice(found: Office, rules: Sequence[Rule]) -> tuple[Advice, ...]:
    return logical_of(rules, found.definitions.rules)


def _knowing(found: Office, rules: Sequence[Rule]) -> Office:
    """The office with these rules in the place of those of the same id: for their titles."""
    names = {rule.id for rule in rules}
    others = (rule for rule in found.definitions.rules if rule.id not in names)
    definitions = replace(found.definitions, rules=(*others, *rules))
    return replace(found, desk=replace(found.desk, definitions=definitions))


def _show_sums(found: Office, tried: Sequence[Tried]) -> None:
    tell = found.terminal.language
    heads = (tell("Period"), tell("Rule"), *_sums(found), tell("Fails today"))
    table = new_table(*heads, right=(2, 3, 4, 5, 6))
    for each in tried:
        for out in each.checked.outcomes:
            numbers = (out.asked, out.passed, out.failed, out.not_evaluated)
            today = each.before.get(out.rule)
            last = "" if today is None else str(today)
            table.add_row(str(each.period), out.rule, *map(str, numbers), last)
    found.terminal.table(table)


def tried_json(found: Office, rules: Sequence[Rule], tried: Sequence[Tried]) -> dict[str, object]:
    """The shape of `rules try --json`: for every period what `stats validate --json` has."""
    advice = advice_json(found.terminal, _advice(found, rules))
    found = _knowing(found, rules)
    return {
        "form": rules[0].form,
        "rules": [rule.id for rule in rules],
        "advice": advice,
        "periods": [
            checked_json(found, each.checked, list(each.findings)) | {"fails_today": each.before}
            for each in tried
        ],
    }
