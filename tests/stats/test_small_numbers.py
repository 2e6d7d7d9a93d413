"""Small numbers: the vectors of the domain, and attackers who try every possibility."""

import json
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from infodesk.stats.small_numbers import (
    Counts,
    Hidden,
    Key,
    Limits,
    Mark,
    hides_rate,
    recoverable,
    suppress,
)

VECTORS: dict[str, Any] = json.loads(
    (Path(__file__).parents[1] / "data" / "suppression.json").read_text(encoding="utf-8")
)
ALL = "all"


def line(parts: list[int], total: int) -> Counts:
    names = [str(place) for place in range(len(parts))]
    values = {("", name): part for name, part in zip(names, parts, strict=True)}
    return Counts(values | {("", ALL): total}, {ALL: tuple(names)})


def table(cells: list[list[int]], *, totals: bool = True) -> Counts:
    """Rows and columns with their totals (or without those of the rows)."""
    rows = [[*row, sum(row)] if totals else row for row in cells]
    down = [sum(column) for column in zip(*rows, strict=True)]
    names = [str(n) for n in range(len(cells[0]))]
    columns = [*names, ALL] if totals else names
    values = {
        (str(r), c): count
        for r, row in enumerate(rows)
        for c, count in zip(columns, row, strict=True)
    }
    values |= {(ALL, c): count for c, count in zip(columns, down, strict=True)}
    return Counts(values, {ALL: tuple(names)} if totals else {}, ALL)


def shown(counts: Counts, hidden: Hidden, key: Key) -> str:
    return (
        {Mark.SMALL: "<5", Mark.OTHER: "*"}[hidden[key]]
        if key in hidden
        else str(counts.values[key])
    )


@pytest.mark.parametrize("vector", VECTORS["lines"], ids=lambda v: str(v["parts"]))
def test_the_vectors_of_the_domain(vector: dict[str, Any]) -> None:
    counts = line(vector["parts"], vector["total"])
    hidden = suppress(counts, Limits(VECTORS["threshold"]))
    names = counts.sums[ALL]
    assert [shown(counts, hidden, ("", name)) for name in names] == vector["shown"]
    assert shown(counts, hidden, ("", ALL)) == vector["shown_total"]


def test_rates_over_or_of_few_are_hidden() -> None:
    assert all(hides_rate(*rate) for rate in VECTORS["hidden_rates"])
    assert hides_rate(0, 4)
    assert hides_rate(6, 19, least=20)
    assert not hides_rate(6, 19)
    assert not hides_rate(0, 103)


@pytest.mark.parametrize("parts", [[1, 1, 9], [4, 4, 9]])
def test_a_sum_that_forces_its_parts_hides_one_more(parts: list[int]) -> None:
    hidden = suppress(line(parts, sum(parts)))
    assert hidden == {("", "0"): Mark.SMALL, ("", "1"): Mark.SMALL, ("", "2"): Mark.OTHER}


def test_four_of_one_say_so_by_a_small_total_and_get_a_star() -> None:
    hidden = suppress(line([1, 1, 1, 1], 4))
    assert hidden["", ALL] is Mark.OTHER
    assert len(hidden) == 5


def test_nothing_small_hides_nothing_and_zero_only_if_asked() -> None:
    counts = line([0, 7, 9], 16)
    assert suppress(counts) == {}
    assert suppress(counts, Limits(hide_zero=True))[("", "0")] is Mark.SMALL


def test_a_quarter_less_two_months_does_not_give_the_third_away() -> None:
    counts = line([7, 8, 2], 17)
    hidden = suppress(counts)
    assert len(hidden) == 2
    assert not list(recoverable(counts, hidden))


def test_a_year_of_quarters_of_months_keeps_its_secret() -> None:
    months = [f"m{n}" for n in range(1, 13)]
    quarters: dict[str, tuple[str, ...]] = {
        f"q{n + 1}": tuple(months[3 * n : 3 * n + 3]) for n in range(4)
    }
    values = {("a", m): 10 for m in months} | {("b", m): 20 for m in months}
    values["a", "m3"] = 2
    for row in ("a", "b"):
        for quarter, parts in quarters.items():
            values[row, quarter] = sum(values[row, part] for part in parts)
        values[row, "y"] = sum(values[row, quarter] for quarter in quarters)
    columns = [*months, *quarters, "y"]
    values |= {(ALL, c): values["a", c] + values["b", c] for c in columns}
    counts = Counts(values, quarters | {"y": tuple(quarters)}, ALL)
    only_the_small_one: Hidden = {("a", "m3"): Mark.SMALL}
    assert list(recoverable(counts, only_the_small_one)) == [("a", "m3")]
    hidden = suppress(counts)
    assert hidden["a", "m3"] is Mark.SMALL
    assert not list(recoverable(counts, hidden))
    for total, line_parts in counts.lines:
        assert sum(key in hidden for key in (total, *line_parts)) != 1
    assert len(hidden) == 4  # a rectangle: two rows, two months of one quarter


def solutions(
    counts: Counts, hidden: Hidden, limits: Limits, room: int
) -> Iterator[dict[Key, int]]:
    """Every table an attacker must hold for possible: each cell tried, each equation asked."""
    low = min([1, *(counts.values[key] for key in hidden)])
    high = max(counts.values.values()) + room
    ends = {
        key: (low, limits.threshold - 1 if hidden[key] is Mark.SMALL else high)
        if key in hidden
        else (count, count)
        for key, count in counts.values.items()
    }
    totals = {total for total, _ in counts.lines}
    inner = [key for key in counts.values if key not in totals]
    lines = sorted(counts.lines, key=lambda each: each[0][0] == ALL)
    for found in product(*(range(ends[key][0], ends[key][1] + 1) for key in inner)):
        values = dict(zip(inner, found, strict=True))
        for total, parts in lines:
            if all(part in values for part in parts):
                values[total] = sum(values[part] for part in parts)
        if all(ends[key][0] <= count <= ends[key][1] for key, count in values.items()):
            yield values


SMALL_TABLES = st.lists(st.lists(st.integers(0, 6), min_size=2, max_size=2), min_size=2, max_size=3)


@settings(max_examples=60, deadline=None)
@given(SMALL_TABLES, st.booleans(), st.sampled_from([3, 4]))
def test_no_attacker_can_pin_a_hidden_cell(
    cells: list[list[int]], totals: bool, threshold: int
) -> None:
    counts, limits = table(cells, totals=totals), Limits(threshold)
    hidden = suppress(counts, limits)
    assert {key for key, count in counts.values.items() if 1 <= count < threshold} <= set(hidden)
    possible = list(solutions(counts, hidden, limits, room=2))
    assert counts.values in possible
    for key in hidden:
        assert len({values[key] for values in possible}) > 1, (key, hidden)


@settings(max_examples=60, deadline=None)
@given(SMALL_TABLES, st.data())
def test_the_search_finds_what_trying_everything_finds(
    cells: list[list[int]], data: st.DataObject
) -> None:
    counts, limits = table(cells), Limits(3)
    some = data.draw(st.sets(st.sampled_from(sorted(counts.values)), max_size=5))
    hidden: Hidden = {
        key: Mark.SMALL if 1 <= counts.values[key] < 3 else Mark.OTHER for key in sorted(some)
    }
    possible = list(solutions(counts, hidden, limits, room=3))
    pinned = {key for key in hidden if len({values[key] for values in possible}) == 1}
    assert set(recoverable(counts, hidden, limits)) == pinned


def test_large_tables_are_done_in_a_moment() -> None:
    cells = [[(7 * r * c + r + c) % 23 for c in range(8)] for r in range(40)]
    counts = table(cells)
    hidden = suppress(counts)
    assert not list(recoverable(counts, hidden))
    assert len(hidden) < len(counts.values)
