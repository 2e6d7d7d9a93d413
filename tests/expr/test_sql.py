"""The SQL of a rule: quoted, portable, and nothing of what a user wrote but names and constants."""

import pytest

from infodesk.expr.sql import Source, condition_sql, identifier, literal, number_sql
from infodesk.model.expression import Aggregate, Case, Count, PeriodFact, UnitKind, Value
from tests.expr.samples import condition, number


def column(source: Source) -> str:
    match source:
        case Value(form, item, _):
            return f"{form}.{identifier(item)}"
        case PeriodFact(name):
            return name
        case UnitKind():
            return "unit.kind"
        case _:
            return "totals.t"


@pytest.mark.parametrize(
    ("text", "sql"),
    [
        ("a + b = c", '((ward."a" + ward."b") = ward."c")'),
        ("a - b - c + 1 = 0", '((ward."a" - ward."b" - ward."c" + 1) = 0)'),
        ("a - (b - c) = 0", '((ward."a" - (ward."b" - ward."c")) = 0)'),
        ("m >= 0.5", '(ward."m" >= 50)'),
        ("d + m = 1", '(((ward."d" * 10) + ward."m") = 100)'),
        ("-c = -1", '((-ward."c") = (-1))'),
        ("abs(c) = 1", '(abs(ward."c") = 1)'),
        ("a / b <= 0.5", '((CASE WHEN ward."b" <> 0 THEN (ward."a" * 10) END) <= (5 * ward."b"))'),
        ("coalesce(a, 0) = 1", '(coalesce(ward."a", 0) = 1)'),
        ("r = 0.3", '(round((ward."r" - (1.0 * 3 / 10)), 6) = 0)'),
        ("kind = 'CT'", "(ward.\"kind\" = 'CT')"),
        ("unit.kind in ('OB', 'ICU')", "((unit.kind = 'OB') OR (unit.kind = 'ICU'))"),
        ("opened <= period.end", '(ward."opened" <= end)'),
        ("not teaching", '(NOT ward."teaching")'),
        ("teaching or false", '(ward."teaching" OR 0)'),
        ("is_unique(a)", "totals.t"),
        ("case when a > 1 then 2 end = 2", '((CASE WHEN (ward."a" > 1) THEN 2 END) = 2)'),
    ],
)  # fmt: skip
def test_a_condition_as_sql(text: str, sql: str) -> None:
    assert condition_sql(condition(text), column) == sql


def test_a_number_for_a_sum_is_written_at_its_scale() -> None:
    assert number_sql(number("d * 2 + m"), column) == '(((ward."d" * 2) * 10) + ward."m")'
    assert number_sql(number("r * 2"), column) == '(ward."r" * 2)'


def test_names_and_texts_are_quoted() -> None:
    assert identifier('a"; drop') == '"a""; drop"'
    assert literal("it's") == "'it''s'"


def test_every_aggregate_is_asked_for() -> None:
    asked: list[Aggregate] = []

    def note(source: Source) -> str:
        assert not isinstance(source, Value | PeriodFact | UnitKind)
        asked.append(source)
        return "t"

    condition_sql(condition("total(a) > row_count() and is_unique(b)"), note)
    assert [type(node).__name__ for node in asked] == ["Total", "Count", "IsUnique"]


def test_only_conditions_have_sql_as_conditions() -> None:
    with pytest.raises(KeyError):
        condition_sql(Count("ward"), column)
    with pytest.raises(AssertionError, match="at least one branch"):
        number_sql(Case(()), column)
