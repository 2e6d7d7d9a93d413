"""Templates of a hospital's own: what they may place, and how their mistakes are told."""

from pathlib import Path

import pytest

from infodesk.demo.september import PERIOD
from infodesk.errors import InfodeskError
from infodesk.render.document import Chart, PageBreak, Table, Text
from infodesk.reports.build import Edition
from tests.conftest import Month
from tests.reports.conftest import from_template

MISTAKES = {
    "a bracket left open": ("x\n{{ figure('bed_occupancy' }}", "own.md.j2:2: ", None),
    "an unknown word": ("x\n\n{{ figur('a') }}", "own.md.j2:3: 'figur' is undefined", None),
    "an unknown figure": (
        "{{ figure('bed_occupency') }}",
        "own.md.j2:1: there is no indicator or item 'bed_occupency'",
        "did you mean bed_occupancy?",
    ),
    "an unknown unit": (
        "\n{{ figure('bed_occupancy', unit='9999') }}",
        "own.md.j2:2: there is no unit '9999'",
        None,
    ),
    "an unknown table": (
        "{{ table('unit', title='x') }}",
        "own.md.j2:1: there is no 'unit' to place",
        "did you mean units?",
    ),
    "an unknown kind": (
        "{{ table('units', title='x', kind='wards', of='discharges') }}",
        "own.md.j2:1: there is no kind of unit 'wards'",
        "did you mean ward?",
    ),
    "an unknown option": (
        "{{ table('units', title='x', kinds='ward', of='discharges') }}",
        "own.md.j2:1: units has no option kinds",
        "did you mean kind?",
    ),
    "an option left out": (
        "{{ chart('units', title='x', of='discharges') }}",
        "own.md.j2:1: units: missing a required argument: 'kind'",
        None,
    ),
    "two units on one axis": (
        "{{ chart('units', title='x', kind='ward', of=['discharges', 'bed_occupancy']) }}",
        "own.md.j2:1: Discharges (all), Bed occupancy rate are not counted in the same unit",
        "place a chart for each unit",
    ),
    "a sum of text and number": ("a\n{{ 1 + 'b' }}", "own.md.j2:2: ", None),
    "a division by zero": ("{{ 1 / 0 }}", "own.md.j2:1: division by zero", None),
    "a forbidden attribute": ("{{ figure.__globals__ }}", "own.md.j2:1: ", None),
    "a file that is not there": ("{% include 'other.md' %}", "own.md.j2:1: ", None),
}


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_is_told_with_file_line_and_hint(
    name: str, full_month: Month, edition: Edition, tmp_path: Path
) -> None:
    template, message, hint = MISTAKES[name]
    with pytest.raises(InfodeskError) as caught:
        from_template(full_month, edition, PERIOD, tmp_path, template)
    assert edition.language.tell(caught.value.message).startswith(message)
    if hint is not None:
        assert edition.language.tell(caught.value.hint) == hint


def test_a_mistake_in_an_included_file_is_told_there(
    full_month: Month, edition: Edition, tmp_path: Path
) -> None:
    (tmp_path / "part.md").write_text("a\nb\n{{ figure('no_such') }}\n", encoding="utf-8")
    with pytest.raises(InfodeskError, match=r"^part.md:3: "):
        from_template(full_month, edition, PERIOD, tmp_path, "{% include 'part.md' %}")


def test_a_template_that_is_not_utf8_is_refused(
    full_month: Month, edition: Edition, tmp_path: Path
) -> None:
    (tmp_path / "part.md").write_bytes("概况".encode("gb18030"))
    with pytest.raises(InfodeskError, match="is not UTF-8 text"):
        from_template(full_month, edition, PERIOD, tmp_path, "{% include 'part.md' %}")


def test_what_is_placed_becomes_blocks_in_order(
    full_month: Month, edition: Edition, tmp_path: Path
) -> None:
    template = """{% set wards = table("units", title="Wards", kind="ward", of="discharges") %}
Before {{ wards }} between
{{ page_break() }}
{{ table("key_numbers", title="Key", of=["discharges"]) }}
after"""
    blocks = from_template(full_month, edition, PERIOD, tmp_path, template).blocks
    assert [type(block) for block in blocks] == [Text, Table, Text, PageBreak, Table, Text]
    tables = [block for block in blocks if isinstance(block, Table)]
    assert [(table.title, table.number) for table in tables] == [("Wards", 1), ("Key", 0)]


def test_values_are_escaped_and_the_templates_own_markdown_is_not(
    full_month: Month, edition: Edition, tmp_path: Path
) -> None:
    template = '**bold** {{ "a*b*|c" }} {{ either("中", " e ") }}{{ none }}'
    (block,) = from_template(full_month, edition, PERIOD, tmp_path, template).blocks
    assert block == Text("**bold** a\\*b\\*\\|c  e ")


def test_an_empty_table_is_a_line(full_month: Month, edition: Edition, tmp_path: Path) -> None:
    template = '{{ table("late", title="Late [x]") }}'
    (block,) = from_template(full_month, edition, PERIOD, tmp_path, template).blocks
    assert block == Text("Late \\[x\\]: none.")


def test_a_trend_has_the_months_the_store_holds(
    full_month: Month, edition: Edition, tmp_path: Path
) -> None:
    template = '{{ months }}{{ chart("trend", title="Visits", of="visits_total") }}'
    text, chart = from_template(full_month, edition, PERIOD, tmp_path, template).blocks
    assert text == Text("1")
    assert isinstance(chart, Chart)
    assert chart.categories == ("2026-09",)
