from dataclasses import dataclass

import pytest

from infodesk.expr.parse import parse_formula
from infodesk.expr.shown import shown_excel, shown_sql
from infodesk.expr.wording import Wording
from infodesk.model.expression import Node, OfEntry
from infodesk.text.language import language
from tests.expr.samples import CLINIC, INDICATORS, WARD, condition

FORMS = {"ward": WARD, "clinic": CLINIC}
RULES = Wording(FORMS, "ward")


def told(text: str, code: str = "zh") -> str:
    return language(code).tell(RULES.of(condition(text)))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a + b - c = d", "期初在院人数 + 出院：治愈 − 结余 = 工日"),
        ("a - (b - c) <> d", "期初在院人数 − (出院：治愈 − 结余) ≠ 工日"),
        ("(a + b) * 2 / d <= -c", "(期初在院人数 + 出院：治愈) × 2 ÷ 工日 ≤ −结余"),
        ("prev(a) = b", "上期期初在院人数 = 出院：治愈"),
        ("last_year(a) >= 0.50", "上年同期期初在院人数 ≥ 0.50"),
        ("clinic.x > coalesce(a, 0)", "门诊月报的门诊人次 > 期初在院人数（空白按0）"),
        ("a = 0 or (b = 1 and c = 2)", "期初在院人数 = 0 或 (出院：治愈 = 1 且 结余 = 2)"),
        ("(a = 0 or b = 1) and not c = 2", "(期初在院人数 = 0 或 出院：治愈 = 1) 且 非 结余 = 2"),
        ("total(a) = total(b, c > 1)", "期初在院人数合计 = 出院：治愈合计（仅限结余 > 1）"),
        ("total(a + b) = row_count()", "(期初在院人数 + 出院：治愈)合计 = 病房月报的记录数"),
        ("count(a > 1) <= 3", "病房月报中期初在院人数 > 1的记录数 ≤ 3"),
        ("is_unique(kind) or teaching", "类型不重复 或 教学"),
        ("a between 1 and days()", "期初在院人数在1至日历天数之间"),
        ("kind in ('CT', 'MR')", "类型为“CT”、“MR”之一"),
        ("abs(a - b) <= 1", "(期初在院人数 − 出院：治愈)的绝对值 ≤ 1"),
        ("abs(c) < least(a, b)", "结余的绝对值 < 期初在院人数、出院：治愈中的最小者"),
        ("greatest(a, b) = round(d, 0)", "期初在院人数、出院：治愈中的最大者 = 工日保留0位小数"),
        ("case when a > 1 then b else c end = workdays()", "(期初在院人数 > 1时：出院：治愈、否则结余) = 工作日数"),
        ("case when a > 1 then b end = 1", "(期初在院人数 > 1时：出院：治愈) = 1"),
        ("opened between period.start and period.end", "启用日期在期初日至期末日之间"),
        ("unit.kind = 'OB' or true or false", "科室类别 = “OB” 或 是 或 否"),
    ],
)  # fmt: skip
def test_a_rule_in_words(text: str, words: str) -> None:
    assert told(text) == words


def test_in_english_too() -> None:
    assert told("a - prev(b) <= clinic.x", "en") == "a − b of the period before ≤ x of Clinic"


def test_in_an_indicator_an_item_is_its_total() -> None:
    node = parse_formula("ward.a / clinic.x * 100", INDICATORS).node
    assert node is not None
    assert language("zh").tell(Wording(FORMS).of(node)) == "期初在院人数 ÷ 门诊人次 × 100"


def name(node: Node) -> str:
    return language("en").tell(RULES.of(node))


def test_sql_and_excel_speak_of_names_where_a_run_has_tables_and_cells() -> None:
    node = condition("a + prev(b) <= days() or unit.kind = 'OB'")
    assert shown_sql(node, name) == (
        '((("ward"."a" + "ward@previous"."b") <= :days) OR (unit.kind = \'OB\'))'
    )
    assert "[a]+[b of the period before]" in (shown_excel(node, name) or "")
    totals = condition("total(a) <= 5")
    assert shown_sql(totals, name) == '("total of a" <= 5)'
    assert "SUM([a])" in (shown_excel(totals, name) or "")
    assert shown_excel(condition("count(a > 1) = 1"), name) is None


@dataclass(frozen=True)
class Newer:
    """A node that the words do not know yet."""

    of: Node


def test_a_node_without_words_is_told_as_a_function() -> None:
    node = Newer(condition("a > 1"))
    assert language("en").tell(RULES.of(node)) == "newer(a > 1)"  # type: ignore[arg-type]


def test_a_function_of_entries_is_told_by_its_name() -> None:
    node = OfEntry("days_between", (condition("a > 1"), condition("b > 2")))
    assert language("en").tell(RULES.of(node)) == "days_between(a > 1, b > 2)"
