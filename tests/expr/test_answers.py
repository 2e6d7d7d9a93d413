"""What rules ask of answers that are no numbers: blanks, years, marks of a code, identity numbers."""

from dataclasses import replace

import pytest

from infodesk.expr.parse import parse_condition
from infodesk.expr.scope import Scope
from infodesk.model.form import Section
from infodesk.model.item import Code, Type
from infodesk.text.language import language
from infodesk.text.message import Title
from tests.expr.machines import UNKNOWN, Given, by_evaluation, by_excel, by_sqlite, record
from tests.expr.samples import WARD, condition, item

CODES = (
    Code("D15", Title("阑尾炎")),
    Code("D21", Title("搭桥"), marks=frozenset({"must_operate"})),
)
ROWS = replace(
    WARD,
    id="rows",
    title=Title("病种"),
    key=(item("code", "病种代码", Type.CODE, codes=CODES),),
    sections=(
        Section("all", Title("全部"), (item("words", "说明", Type.TEXT), item("a", "例数"))),
    ),
    derived={"half": "a / 2", "loop": "half + 1"},
)
SCOPE = Scope({"rows": ROWS, "ward": WARD}, ROWS)


@pytest.mark.parametrize(
    ("text", "values", "wanted"),
    [
        ("is_blank(kind)", {}, 1),
        ("is_blank(kind)", {"kind": "CT"}, 0),
        ("is_blank(a)", {"a": 0}, 0),
        ("is_blank(opened) or opened > '2026-01-01'", {}, 1),
        ("is_blank(opened) or opened > '2026-01-01'", {"opened": "2025-12-31"}, 0),
        ("year(opened) = 2026", {"opened": "2026-08-31"}, 1),
        ("year(opened) + 22 <= year(period.end)", {"opened": "2004-09-30"}, 1),
        ("year(opened) = 2026", {}, UNKNOWN),
    ],
)
def test_the_three_machines_say_the_same(
    text: str, values: dict[str, Given], wanted: float
) -> None:
    node, row = condition(text), record(values)
    assert by_evaluation(node, row) == by_sqlite(node, row) == by_excel(node, row) == wanted


def told(text: str) -> str:
    found = parse_condition(text, SCOPE)
    return "; ".join(language("en").tell(problem.message) for problem in found.problems)


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        (None, 0),
        ("全面工作", 0),
        ("电话 0510-12345678", 0),
        ("11010119900307001X", 1),
        ("号110101199003070011。", 1),
        ("1101011990030700", 0),
    ],
)
def test_an_identity_number_is_found_in_any_text_and_a_blank_holds_none(
    words: str | None, wanted: float
) -> None:
    node = parse_condition("has_id_number()", SCOPE).node
    assert node is not None
    row = record({})
    value = parse_condition("is_blank(words)", SCOPE).node
    row.known = {value.of: words}  # type: ignore[union-attr, dict-item]  # just built
    assert by_evaluation(node, row) == by_sqlite(node, row) == wanted


def test_a_mark_stands_for_the_codes_that_carry_it() -> None:
    marked = parse_condition("not code.must_operate or a = 1", SCOPE).node
    listed = parse_condition("not code in ('D21') or a = 1", SCOPE).node
    assert marked == listed is not None
    assert told("code.operated") == "no code of code is marked 'operated', only must_operate"


def test_a_derived_name_is_what_it_stands_for() -> None:
    assert parse_condition("loop > 2", SCOPE).node == parse_condition("a / 2 + 1 > 2", SCOPE).node
    assert (
        parse_condition("half * 2 = a", SCOPE).node == parse_condition("a / 2 * 2 = a", SCOPE).node
    )


def test_what_cannot_be_asked_is_said() -> None:
    assert told("is_blank(a + 1)") == "write is_blank(x)"
    assert told("year(a) = 1") == "a date is expected here, this is a number"
    no_texts = Scope({"ward": WARD}, WARD)
    (problem,) = parse_condition("has_id_number()", no_texts).problems
    assert language("en").tell(problem.message) == "the form has no texts"
