"""All rules of a form in one pass over its records, and those of the whole hospital beside them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from infodesk.expr.evaluate import Known
from infodesk.expr.lower import plain_number
from infodesk.expr.sql import Source, condition_sql, identifier, literal, number_sql
from infodesk.model.expression import (
    Aggregate,
    Count,
    IsUnique,
    Node,
    PeriodFact,
    Total,
    UnitKind,
    Value,
    When,
    aggregates,
    all_values,
    record_values,
)
from infodesk.model.form import Form
from infodesk.model.item import Type
from infodesk.model.rule import Rule
from infodesk.model.submission import Stored
from infodesk.store.relations import ASKED, Relations
from infodesk.store.spans import AT_END
from infodesk.store.store import Store
from infodesk.store.tables import arrived

HOST = "host_asked"  # what the unit owes that a row belongs to


@dataclass(frozen=True)
class NotPassed:
    """A record for which at least one rule failed (False) or is unknown (None), and its operands."""

    unit: str
    row: str
    host: str  # the unit whose records of other forms are meant: the row's own department, else `unit`
    results: Mapping[str, bool | None]
    operands: Mapping[Node, Known | None]


@dataclass(frozen=True)
class RuleRun:
    """How the rules of one form fared: records asked, and those where something did not pass."""

    asked: int
    not_passed: tuple[NotPassed, ...] = ()


@dataclass(frozen=True)
class PeriodFacts:
    """What `days()` and the like mean in this period."""

    days: int
    workdays: int
    start: str
    end: str

    def known(self, fact: PeriodFact) -> Known:
        """The value of a fact."""
        value: int | str = getattr(self, fact.name)
        return Fraction(value) if isinstance(value, int) else value

    def sql(self, fact: PeriodFact) -> str:
        """The same as SQL."""
        value: int | str = getattr(self, fact.name)
        return str(value) if isinstance(value, int) else literal(value)


@dataclass
class _Query:
    """One SELECT in the making."""

    relations: Relations
    facts: PeriodFacts
    totals: dict[Aggregate, str] = field(default_factory=dict)

    def column(self, source: Source) -> str:
        match source:
            case Value(form, item, when):
                column = self._key_column(form, item) or identifier(item)
                return f"{self.relations.table(form, when)}.{column}"
            case PeriodFact():
                return self.facts.sql(source)
            case UnitKind():
                return "unit.kind"
            case _:
                name = self.totals.setdefault(source, f"total{len(self.totals)}")
                return f"totals.{identifier(name)}"

    def _key_column(self, form: str, item: str) -> str | None:
        """Where an item of the key stands, if it is one: a record has a unit and a row."""
        key = {each.id: each for each in self.relations.forms[form].key}
        if item not in key:
            return None
        return "unit" if key[item].type is Type.UNIT else "row"

    def with_totals(self) -> str:
        """The totals the query uses, each counted once."""
        if not self.totals:
            return ""
        parts = [f"({self._total(total)}) AS {identifier(n)}" for total, n in self.totals.items()]
        return f"WITH totals AS MATERIALIZED (SELECT {', '.join(parts)}) "

    def _total(self, node: Aggregate) -> str:
        """A total over the records of every unit that owes the form; NULL until none is missing."""
        match node:
            case Total(form, of, where):
                number = number_sql(of, self._in_total)
                if where is not None:
                    test = condition_sql(where, self._in_total)
                    number = f"CASE WHEN {test} THEN {number} WHEN NOT {test} THEN 0 END"
                answer, nodes = "coalesce(sum(x), 0)", [of] if where is None else [of, where]
            case Count(form, where):
                there = f"{self.relations.table(form)}.{identifier(AT_END)}"
                number = there if where is None else condition_sql(where, self._in_total)
                answer, nodes = "coalesce(sum(x), 0)", [] if where is None else [where]
            case IsUnique(value):
                form, number = value.form, self._in_total(value)
                answer, nodes = "count(x) = count(DISTINCT x)", [value]
        sections = self._sections(form, nodes)
        known = " AND ".join(self._is_in(form, section) for section in sections)
        table = self.relations.table(form)
        some = " OR ".join(f"{self.relations.is_asked(form, s)} = 1" for s in sections)
        missing = "" if isinstance(node, IsUnique) else " AND count(x) = count(*)"
        return (
            f"SELECT CASE WHEN min(here) = 1{missing} THEN {answer} END FROM ("
            f"SELECT CASE WHEN {known} THEN {number} END AS x, {known} AS here "
            f"FROM {ASKED} LEFT JOIN {table} ON {table}.unit = {ASKED}.unit "
            f"LEFT JOIN unit ON unit.id = {ASKED}.unit WHERE {some})"
        )

    def _sections(self, form: str, nodes: Sequence[Node]) -> list[str]:
        definition = self.relations.forms[form]
        items = {value.id for node in nodes for value in all_values(node)}
        found = [s.id for s in definition.sections if items & set(s.by_id)]
        return found or [section.id for section in definition.sections]

    def _is_in(self, form: str, section: str, asked: str = ASKED, when: When = When.NOW) -> str:
        table = self.relations.table(form, when)
        came = f"{table}.{identifier(arrived(section))} IS NOT NULL"
        return f"({came} OR {self.relations.is_asked(form, section, asked)} IS NULL)"

    def _in_total(self, source: Source) -> str:
        if not isinstance(source, Value):
            return self.column(source)
        form = self.relations.forms[source.form]
        column = self.column(source)
        if source.id not in {item.id for item in form.items()}:
            return column
        asked = self.relations.is_asked(source.form, form.section_of(source.id).id)
        return f"(CASE WHEN {asked} = 1 THEN {column} ELSE 0 END)"

    def guarded(self, rule: Rule) -> str:
        """A rule's condition, unknown while a part it speaks of has not arrived."""
        tests = [test for value in record_values(rule.check) for test in self._came(value, rule)]
        condition = condition_sql(rule.check, self.column)
        if not tests:
            return condition
        return f"(CASE WHEN {' AND '.join(dict.fromkeys(tests))} THEN {condition} END)"

    def _came(self, value: Value, rule: Rule) -> Iterator[str]:
        """SQL: that the part which holds a value has come. Of an earlier period its record must be there too."""
        form = self.relations.forms[value.form]
        if value.when is not When.NOW:
            yield f"{self.relations.table(form.id, value.when)}.unit IS NOT NULL"
        if value.id in {item.id for item in form.key}:
            return
        asked = ASKED if form.id == rule.form else HOST
        came = self._is_in(form.id, form.section_of(value.id).id, asked, value.when)
        if value.when is not When.NOW:  # an opening balance gives the value alone
            came = f"({came} OR {self.column(value)} IS NOT NULL)"
        yield came


def run_record_rules(
    store: Store, relations: Relations, facts: PeriodFacts, form: Form, rules: Sequence[Rule]
) -> RuleRun:
    """Ask the rules about records of every record of a form, in one pass."""
    query = _Query(relations, facts)
    tests = [query.guarded(rule) for rule in rules]
    operands = _operands(rules)
    columns = [query.column(source) for source in operands]
    base = _base(relations, form)
    joins = " ".join(_joins(relations, form, rules))
    selected = ", ".join(
        [
            *(f"{test} AS {identifier(rule.id)}" for test, rule in zip(tests, rules, strict=True)),
            *columns,
        ]
    )
    totals = query.with_totals()
    body = f"FROM ({base}) AS base {joins} LEFT JOIN unit ON unit.id = base.host"
    if totals:
        body += " CROSS JOIN totals"
    passed = " AND ".join(tests)
    found = store.connection.execute(
        f"{totals}SELECT base.unit, base.row, base.host, {selected} {body} "
        f"WHERE ({passed}) IS NOT TRUE ORDER BY base.unit, base.row"
    )
    asked = store.connection.execute(f"SELECT count(*) FROM ({base})").fetchone()[0]
    rows = tuple(_not_passed(row[:3], row[3:], rules, operands) for row in found)
    return RuleRun(int(asked), rows)


def run_hospital_rules(
    store: Store, relations: Relations, facts: PeriodFacts, rules: Sequence[Rule], root: str
) -> RuleRun:
    """Ask the rules about totals once, of the whole hospital."""
    query = _Query(relations, facts)
    tests = [condition_sql(rule.check, query.column) for rule in rules]
    operands = _operands(rules)
    columns = [query.column(source) for source in operands]
    totals = query.with_totals()
    body = " FROM totals" if totals else ""
    row = store.connection.execute(
        f"{totals}SELECT {', '.join([*tests, *columns])}{body}"
    ).fetchone()
    found = _not_passed((root, "", root), row, rules, operands)
    return RuleRun(1, (found,) if set(found.results.values()) != {True} else ())


def _operands(rules: Iterable[Rule]) -> tuple[Value | Aggregate | UnitKind, ...]:
    found: dict[Value | Aggregate | UnitKind, None] = {UnitKind(): None}
    for rule in rules:
        found |= dict.fromkeys(record_values(rule.check))
        found |= dict.fromkeys(aggregates(rule.check))
    if not any(rule.is_about_records for rule in rules):
        del found[UnitKind()]
    return tuple(found)


def _base(relations: Relations, form: Form) -> str:
    """The records there are, and one for every unit that owes the form and sent nothing."""
    table = relations.table(form.id)
    asked = [relations.is_asked(form.id, s.id) for s in form.sections]
    some = " OR ".join(f"{column} = 1" for column in asked if column != "NULL") or "0"
    if form.has_rows:
        host = form.host_item
        named = "unit" if host is None else f"coalesce({identifier(host.id)}, unit)"
        return f"SELECT unit, row, {named} AS host FROM {table}"
    return (
        f"SELECT unit, row, unit AS host FROM {table} "
        f"UNION SELECT unit, '', unit FROM {ASKED} WHERE {some}"
    )


def _joins(relations: Relations, home: Form, rules: Iterable[Rule]) -> Iterable[str]:
    yield f"LEFT JOIN {ASKED} ON {ASKED}.unit = base.unit"
    tables = {(value.form, value.when) for rule in rules for value in record_values(rule.check)}
    if any(form != home.id for form, _ in tables):
        yield f"LEFT JOIN {ASKED} AS {HOST} ON {HOST}.unit = base.host"
    for form, when in sorted(tables):
        name = relations.table(form, when)
        unit = "base.unit" if form == home.id else "base.host"
        row = "base.row" if relations.forms[form].has_rows else "''"
        yield f"LEFT JOIN {name} ON {name}.unit = {unit} AND {name}.row = {row}"


def _not_passed(
    whose: tuple[str, str, str],
    columns: Sequence[Stored],
    rules: Sequence[Rule],
    operands: Sequence[Node],
) -> NotPassed:
    results = columns[: len(rules)]
    values = columns[len(rules) :]
    return NotPassed(
        *whose,
        {r.id: None if v is None else bool(v) for r, v in zip(rules, results, strict=True)},
        {node: decode(node, value) for node, value in zip(operands, values, strict=True)},
    )


def decode(node: Node, stored: Stored) -> Known | None:
    """A stored value as expressions speak of it."""
    if stored is None or isinstance(stored, float):
        return stored
    match node:
        case Value() if node.item.type is Type.YES_NO:
            return bool(stored)
        case Value() if isinstance(stored, int):
            return Fraction(stored, 10**node.item.scale)
        case Total() if isinstance(stored, int):
            return Fraction(stored, 10 ** plain_number(node.of)[1])
        case Count() if isinstance(stored, int):
            return Fraction(stored)
        case IsUnique():
            return bool(stored)
        case _:
            return stored if isinstance(stored, str) else Fraction(stored)
