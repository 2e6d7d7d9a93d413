"""What may be written in a rule, and the tree it becomes."""

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infodesk.expr.parse import parse_condition, parse_formula, parse_operand
from infodesk.expr.scope import Scope
from infodesk.model.expression import (
    All,
    Any,
    Arithmetic,
    Between,
    Case,
    Compare,
    Count,
    Function,
    In,
    IsUnique,
    Negative,
    Node,
    Not,
    Number,
    PeriodFact,
    Text,
    Total,
    Truth,
    UnitKind,
    Value,
    When,
)
from infodesk.text.language import language
from tests.expr.samples import CLINIC, INDICATORS, SCOPE, WARD, condition

A, B, D, KIND, OPENED, TEACHING = (
    Value("ward", name, item=WARD.by_id[name])
    for name in ("a", "b", "d", "kind", "opened", "teaching")
)
X = Value("clinic", "x", item=CLINIC.by_id["x"])
EARLIER = Value("ward", "a", When.PREVIOUS, item=WARD.by_id["a"])
YEAR_BEFORE = Value("ward", "a", When.YEAR_BEFORE, item=WARD.by_id["a"])


def n(text: str) -> Number:
    return Number(Decimal(text))


TREES: list[tuple[str, Node]] = [
    ("a = 1", Compare("=", A, n("1"))),
    ("a <> 1.50", Compare("<>", A, n("1.50"))),
    ("a != .5", Compare("<>", A, n(".5"))),
    ("a >= 123456789012", Compare(">=", A, n("123456789012"))),
    ("a > 5.", Compare(">", A, n("5."))),
    ("a + b - 1 < b", Compare("<", Arithmetic("-", Arithmetic("+", A, B), n("1")), B)),
    ("a - (b - 1) < b", Compare("<", Arithmetic("-", A, Arithmetic("-", B, n("1"))), B)),
    ("a + b * 2 = b", Compare("=", Arithmetic("+", A, Arithmetic("*", B, n("2"))), B)),
    ("a / b * 2 = b", Compare("=", Arithmetic("*", Arithmetic("/", A, B), n("2")), B)),
    ("-a <= +b", Compare("<=", Negative(A), B)),
    ("a - -b = 0", Compare("=", Arithmetic("-", A, Negative(B)), n("0"))),
    ("a between 1 and b", Between(A, n("1"), B)),
    ("a not between 1 and b", Not(Between(A, n("1"), B))),
    ("kind in ('CT', 'MR')", In(KIND, (Text("CT"), Text("MR")))),
    ("kind not in ('CT')", Not(In(KIND, (Text("CT"),)))),
    ("a in (1, b)", In(A, (n("1"), B))),
    ("unit.kind = 'ICU'", Compare("=", UnitKind(), Text("ICU"))),
    ("opened >= '2026-09-01'", Compare(">=", OPENED, Text("2026-09-01"))),
    ("opened >= '2026-09'", Compare(">=", OPENED, Text("2026-09"))),
    ("opened <= period.end", Compare("<=", OPENED, PeriodFact("end"))),
    ("period.start <= opened", Compare("<=", PeriodFact("start"), OPENED)),
    ("teaching", TEACHING),
    ("not teaching", Not(TEACHING)),
    ("teaching = false", Compare("=", TEACHING, Truth(False))),
    ("true", Truth(True)),
    ("a = 1 and b = 2 and d = 3", All(tuple(Compare("=", v, n(t)) for v, t in ((A, "1"), (B, "2"), (D, "3"))))),
    ("a = 1 or b = 2 and d = 3", Any((Compare("=", A, n("1")), All((Compare("=", B, n("2")), Compare("=", D, n("3"))))))),
    ("(a = 1 or b = 2) and d = 3", All((Any((Compare("=", A, n("1")), Compare("=", B, n("2")))), Compare("=", D, n("3"))))),
    ("case when a > 1 then 2 when b > 1 then 3 else 4 end = 5", Compare("=", Case(((Compare(">", A, n("1")), n("2")), (Compare(">", B, n("1")), n("3"))), n("4")), n("5"))),
    ("case when a > 1 then 2 end = 5", Compare("=", Case(((Compare(">", A, n("1")), n("2")),)), n("5"))),
    ("abs(a) = 1", Compare("=", Function("abs", (A,)), n("1"))),
    ("round(a) = 1", Compare("=", Function("round", (A, n("0"))), n("1"))),
    ("round(a, 2) = 1", Compare("=", Function("round", (A, n("2"))), n("1"))),
    ("coalesce(a, b, 0) = 1", Compare("=", Function("coalesce", (A, B, n("0"))), n("1"))),
    ("least(a, b) = greatest(a, b, 3)", Compare("=", Function("least", (A, B)), Function("greatest", (A, B, n("3"))))),
    ("prev(a) = last_year(a)", Compare("=", EARLIER, YEAR_BEFORE)),
    ("days() = workdays()", Compare("=", PeriodFact("days"), PeriodFact("workdays"))),
    ("total(a) = clinic.x", Compare("=", Total("ward", A), X)),
    ("total(clinic.x, clinic.x > 1) = 2", Compare("=", Total("clinic", X, Compare(">", X, n("1"))), n("2"))),
    ("total(a, unit.kind = 'OB') = 2", Compare("=", Total("ward", A, Compare("=", UnitKind(), Text("OB"))), n("2"))),
    ("total(coalesce(a, 0) + b) = 2", Compare("=", Total("ward", Arithmetic("+", Function("coalesce", (A, n("0"))), B)), n("2"))),
    ("count(a > 1) = row_count()", Compare("=", Count("ward", Compare(">", A, n("1"))), Count("ward"))),
    ("row_count(clinic) = row_count(门诊月报)", Compare("=", Count("clinic"), Count("clinic"))),
    ("is_unique(a)", IsUnique(A)),
]  # fmt: skip


@pytest.mark.parametrize(("text", "tree"), TREES, ids=[text for text, _ in TREES])
def test_the_language_becomes_a_tree(text: str, tree: Node) -> None:
    assert condition(text) == tree


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("期初在院人数 = 1", "a = 1"),
        ("期初在院人数 ＋ １ ＝ 结余", "a + 1 = c"),
        ('"出院：治愈" > 0', "b > 0"),
        ('"出院:治愈" > 0', "b > 0"),
        ("＂出院：治愈＂ > 0", "b > 0"),
        ("门诊月报.门诊人次 = 1", "clinic.x = 1"),
        ('"门诊月报"."门诊人次" = 1', "clinic.x = 1"),
        ("total（门诊月报．门诊人次） ＞ ２", "total(clinic.x) > 2"),
        ("ward.a = 1", "a = 1"),
        ("病房月报.期初在院人数 = 1", "a = 1"),
        ("CASE WHEN a > 1 THEN 1 ELSE 2 END = 1", "case when a > 1 then 1 else 2 end = 1"),
        ("a\n  =\n\t1", "a = 1"),
        ("Coalesce(a, 0) = 1", "coalesce(a, 0) = 1"),
        ("kind = 'CT' AND NOT teaching", "kind = 'CT' and not teaching"),
    ],
)
def test_names_widths_case_and_layout_do_not_matter(one: str, other: str) -> None:
    assert condition(one) == condition(other)


def test_signs_inside_quotes_mean_nothing() -> None:
    parsed = parse_condition("kind = '== ; -- {x} ≤'", SCOPE)
    (problem,) = parsed.problems
    told = language("en").tell(problem.message)
    assert told == "there is no code '== ; -- {x} ≤' here, only CT, MR"


def test_a_quote_inside_a_text_is_written_twice() -> None:
    scope = Scope({"ward": WARD}, WARD)
    parsed = parse_condition("unit.kind = 'it''s'", scope)
    assert parsed.node == Compare("=", UnitKind(), Text("it's"))


def test_an_item_of_an_indicator_is_its_total() -> None:
    node = parse_formula("ward.a / clinic.x * 100 + days()", INDICATORS).node
    ratio = Arithmetic("/", Total("ward", A), Total("clinic", X))
    assert node == Arithmetic("+", Arithmetic("*", ratio, n("100")), PeriodFact("days"))


def test_inside_a_total_of_an_indicator_an_item_is_a_records() -> None:
    node = parse_formula("total(ward.a, ward.b > 1)", INDICATORS).node
    assert node == Total("ward", A, Compare(">", B, n("1")))


def test_an_operand_is_anything_that_has_a_value() -> None:
    for text, node in (
        ("a", A), ("prev(a)", EARLIER), ("clinic.x", X), ("total(a)", Total("ward", A)),
        ("row_count()", Count("ward")), ("days()", PeriodFact("days")), ("unit.kind", UnitKind()),
    ):  # fmt: skip
        assert parse_operand(text, SCOPE).node == node


@pytest.mark.parametrize("text", ["a + 1", "5", "'CT'", "a = 1", "abs(a)"])
def test_what_is_worked_out_is_no_operand(text: str) -> None:
    (problem,) = parse_operand(text, SCOPE).problems
    assert str(problem.message).startswith("name something that has a value")


WORDS = re.findall(
    r"\S+",
    "a b c d m r kind opened teaching clinic ward x 甲 期初在院人数 unit.kind period.start . , ( ) + - * / "
    "= < > <= >= <> != and or not in between case when then else end abs round coalesce least total "
    "count row_count is_unique prev last_year days 1 2.5 1e5 'CT' '2026-09-01' ' \" null is like select "
    "from where union cast exists any over distinct ; -- /* */ { } [ ] ? : @ $ % ^ | & ~ ` ！ ＝ （ ） ≤ “ if "
    "unique grouping interval date create drop fetch",
)


@given(
    st.lists(st.sampled_from(WORDS) | st.text(max_size=3), max_size=12), st.sampled_from(["", " "])
)
def test_reading_never_raises_and_gives_a_tree_or_problems_inside_the_text(
    words: list[str], between: str
) -> None:
    text = between.join(words)
    for parse, scope in ((parse_condition, SCOPE), (parse_formula, INDICATORS)):
        parsed = parse(text, scope)
        assert (parsed.node is None) == bool(parsed.problems)
        for problem in parsed.problems:
            assert 0 <= problem.place <= len(text)
            assert language("en").tell(problem.message)


def test_reading_says_nothing_on_the_terminal(
    capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    for text in ("if a", "drop table x", "a -> '$.[0.5]' = 1", "create x"):
        assert parse_condition(text, SCOPE).problems
    assert capfd.readouterr() == ("", "")
    assert caplog.records == []
