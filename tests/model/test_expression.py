"""Looking into expression trees."""

from infodesk.expr.parse import parse_condition
from infodesk.model.expression import (
    Node,
    Number,
    Total,
    Value,
    When,
    aggregates,
    all_values,
    children,
    is_about_records,
    record_values,
    walk,
)
from tests.expr.samples import SCOPE


def tree(text: str) -> Node:
    node = parse_condition(text, SCOPE).node
    assert node is not None, text
    return node


def names(values: tuple[Value, ...]) -> list[str]:
    return [f"{value.form}.{value.id}" for value in values]


def test_the_values_of_the_record_are_those_outside_totals_each_once() -> None:
    node = tree("a + a = clinic.x + total(b) and is_unique(c) and count(d > 1) = prev(a)")
    assert names(record_values(node)) == ["ward.a", "clinic.x", "ward.a"]
    assert [value.when for value in record_values(node)] == [When.NOW, When.NOW, When.PREVIOUS]


def test_all_values_are_also_those_inside_totals() -> None:
    node = tree("a = total(b, c > 0) + count(d > 1)")
    assert names(all_values(node)) == ["ward.a", "ward.b", "ward.c", "ward.d"]


def test_aggregates_are_found_each_once() -> None:
    node = tree("total(a) + total(a) = row_count() or is_unique(b)")
    assert [type(found).__name__ for found in aggregates(node)] == ["Total", "Count", "IsUnique"]


def test_walking_meets_the_branches_of_a_case() -> None:
    node = tree("case when a > 1 then 2 when b > 3 then 4 else 5 end = 6")
    numbers = [found.value for found in walk(node) if isinstance(found, Number)]
    assert numbers == [1, 2, 3, 4, 5, 6]


def test_children_are_what_stands_directly_beneath() -> None:
    node = tree("total(a, b > 1) = 2")
    total, two = children(node)
    assert isinstance(total, Total)
    assert isinstance(two, Number)
    assert len(children(total)) == 2
    assert children(two) == ()


def test_an_expression_is_about_records_if_a_part_of_it_is() -> None:
    assert is_about_records(tree("total(a) = 1 or unit.kind = 'ICU'"))
    assert is_about_records(tree("total(a) > b"))
    assert not is_about_records(tree("total(a) = row_count() and days() > 27"))


def test_values_are_the_same_whatever_their_item_says() -> None:
    assert tree("a = 1") == tree("期初在院人数 = 1")
    assert tree("a = 1") != tree("prev(a) = 1")
