"""A document with everything in it that a writer could stumble over."""

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from infodesk.config.files import starter
from infodesk.render.document import (
    Band,
    Cell,
    Chart,
    Column,
    Document,
    PageBreak,
    Row,
    Series,
    Table,
    Text,
)
from infodesk.render.office import has_office
from infodesk.render.write import Stationery
from infodesk.text.language import language

office_only = pytest.mark.skipif(not has_office(), reason="needs infodesk[office]")

TRICKY = (
    "=1+1",
    "+2",
    "-3",
    "@SUM(A1)",
    "a|b *c* _d_ `e`",
    "<b>x</b> & \\",
    'say "hi"',
    "# $x$ ```",
)


def percent(text: str, sign: str = "") -> Cell:
    """A cell with a number of two decimals."""
    return Cell(text, Decimal(text), "#,##0.00", sign=sign)


def count(number: int) -> Cell:
    """A cell with a whole number."""
    return Cell(f"{number:,}", Decimal(number), "#,##0")


def sample_table() -> Table:
    """Two wards, a group, a total; texts that other programs take for orders."""
    columns = (Column("科室", align="left"), Column("出院人数", "人"), Column("病床使用率", "%"))
    rows = [
        Row((Cell("骨科"), count(1096), percent("88.75"))),
        Row((Cell("重症医学科"), count(8), percent("0.00", "※"))),
        Row((Cell("儿科"), Cell("—"), Cell("—"))),
        Row((Cell("其他"),), "group"),
    ]
    rows += [Row((Cell(text), Cell("1:0.53", Decimal("0.53"), '"1:"0.00'))) for text in TRICKY]
    rows.append(Row((Cell("全院"), count(31200), percent("87.00")), "total"))
    return Table("各病区工作", columns, tuple(rows), "※ 超出合理范围", number=1)


def sample_cards() -> Table:
    """Two numbers, against the month before."""
    columns = tuple(Column(name) for name in ("指标", "单位", "本期", "上期", "环比"))
    change = Cell("+3.33 %", Decimal("3.33"), '+0.00" %"', tone="good")
    rows = (
        Row((Cell("出院人数"), Cell("人"), count(870), count(842), change)),
        Row((Cell("病床使用率"), Cell("%"), percent("87.00"), Cell("—"), Cell("—"))),
    )
    return Table("主要指标", columns, rows, look="cards")


def sample_chart() -> Chart:
    """Occupancy with a band; one ward has no value."""
    cells = (percent("88.75"), percent("102.92"), Cell("—"))
    band = Band(Decimal(85), Decimal(93), "参考区间 85～93")
    wards = ("骨科", "神经内科", "儿科")
    series = (Series("病床使用率", cells),)
    return Chart("各病区病床使用率", "bar", "科室", wards, series, "%", band, number=1)


@pytest.fixture
def document() -> Document:
    """All kinds of blocks on two pages."""
    return Document(
        hospital="示范医院",
        title="医院统计月报",
        period="2026年9月",
        secrecy="内部",
        made_at=datetime(2026, 10, 8, 2, 0, tzinfo=UTC),
        language=language("en"),
        blocks=(
            Text("## 一、概况"),
            sample_cards(),
            Text("本期**总诊疗** 31,200 人次。\n\n> 数据齐全\n>\n> 应报 63 份"),
            PageBreak(),
            Text("## 二、住院工作"),
            sample_table(),
            sample_chart(),
            Text("1. 四舍五入"),
        ),
        particulars=(("Data", "provisional"), ("Made by", "示例甲")),
        signatures=("Compiled by", "Checked by"),
    )


@pytest.fixture
def plain(document: Document) -> Document:
    """The same without a chart."""
    blocks = tuple(block for block in document.blocks if not isinstance(block, Chart))
    return replace(document, blocks=blocks)


@pytest.fixture(scope="session")
def stationery() -> Stationery:
    """The starter hospital's letterheads."""
    folder = starter() / "reports"
    return Stationery(folder / "reference.docx", folder / "letterhead.typ", folder / "page.css")
