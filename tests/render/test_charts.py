"""Charts: what is drawn, and that Chinese is Chinese and no boxes."""

from dataclasses import replace

from infodesk.render.document import Cell, Column, Row, Series, Table
from infodesk.render.gallery import Gallery
from infodesk.render.office import font_folder
from infodesk.render.vega import specification
from infodesk.render.widths import column_widths, display_width
from tests.render.conftest import office_only, sample_chart, sample_table


def test_a_unit_without_a_value_keeps_its_place() -> None:
    spec = specification(sample_chart())
    data = spec["data"]
    assert isinstance(data, dict)
    assert [(row["category"], row["label"], row["outside"]) for row in data["values"]] == [
        ("骨科", "88.75", False),
        ("神经内科", "102.92", True),
        ("儿科", "—", False),
    ]


def test_a_chart_as_a_table_has_the_same_cells() -> None:
    table = sample_chart().as_table()
    assert [column.heading for column in table.columns] == ["科室", "病床使用率 (%)"]
    assert [row.cells[1].text for row in table.rows] == ["88.75", "102.92", "—"]


@office_only
def test_two_characters_are_two_pictures() -> None:
    chart = sample_chart()
    pictures = {
        Gallery().png(replace(chart, categories=(name, "甲", "乙"))) for name in ("内", "外", "口")
    }
    assert len(pictures) == 3  # characters a font lacks are all the same box
    assert list(font_folder().glob("*.otf"))


@office_only
def test_several_series_have_a_legend_and_bars_of_their_own() -> None:
    chart = sample_chart()
    both = replace(
        chart, band=None, series=(*chart.series, Series("平均住院日", chart.series[0].cells))
    )
    drawn = Gallery().svg(both)
    assert "平均住院日</text>" in drawn
    assert drawn.count("102.92</text>") == 2


@office_only
def test_a_line_is_drawn_over_months() -> None:
    chart = replace(
        sample_chart(), kind="line", band=None, categories=("2026-07", "2026-08", "2026-09")
    )
    assert "2026-08</text>" in Gallery().svg(chart)


def test_widths_are_those_of_chinese_type() -> None:
    assert display_width("骨科 ab—") == 4 + 3 + 2
    name, people, share = column_widths(sample_table())
    assert name >= display_width("重症医学科") + 2
    assert people == 8 + 2
    assert share == 10 + 2


def test_a_column_of_numbers_has_room_for_wider_digits() -> None:
    columns = (Column("率"), Column("字", align="left"))
    table = Table("t", columns, (Row((Cell("100.00"), Cell("100.00"))),))
    assert column_widths(table) == (6 + 1 + 2, 6 + 2)


def test_columns_of_words_give_way_on_paper() -> None:
    table = sample_table()
    long = replace(
        table, rows=(replace(table.rows[0], cells=(Cell("很长" * 20), *table.rows[0].cells[1:])),)
    )
    assert sum(column_widths(long)) > 40
    assert sum(column_widths(long, 40)) == 40
