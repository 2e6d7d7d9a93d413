"""Foreign tables: every example of docs/foreign-tables.md, and what is refused rather than guessed."""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from infodesk.demo.september import PERIOD
from infodesk.errors import InfodeskError
from infodesk.model.definitions import Definitions
from infodesk.model.submission import Part, Remark
from infodesk.workbooks.extract import extract
from infodesk.workbooks.extraction import Extraction
from infodesk.workbooks.identify import identify
from infodesk.workbooks.read import read_book
from tests.config.workspace import loaded

DOC = Path(__file__).parents[2] / "docs" / "foreign-tables.md"
UNITS = """\
hospital: {id: H, title: 示范医院}
kinds: [{id: ward, title: 病区}, {id: office, title: 职能}]
units:
  - {id: "0101", title: 内科, kind: ward, aliases: [大内科]}
  - {id: "0201", title: 外科, kind: ward}
  - {id: "0202", title: 骨科, kind: ward, closed: 2027-01-01}
  - {id: HIS, title: 信息系统, kind: office}
"""
CODES = """\
id: outcome
title: 转归
codes:
  - {id: cured, title: 治愈}
  - {id: improved, title: 好转, until: 2026-10}
  - {id: other, title: 其他}
"""
KEY = "key: [{id: dept, label: 科室, type: unit}]\n"


@dataclass(frozen=True)
class Example:
    """A sheet, a layout, what is read."""

    title: str
    sheet: list[list[str]]
    yaml: str
    wanted: list[list[str]]


def text() -> str:
    return DOC.read_text(encoding="utf-8")


def form_of_doc() -> str:
    found = re.search(r"```yaml form\n(.*?)```", text(), re.DOTALL)
    assert found
    return found[1]


def examples() -> Iterator[Example]:
    for section in re.split(r"^### ", text(), flags=re.MULTILINE)[1:]:
        tables = [
            [[cell.strip() for cell in line.strip("|").split("|")] for line in block.split("\n")]
            for block in re.findall(r"(?:^\|.*\n?)+", section, re.MULTILINE)
            for block in [block.strip()]
        ]
        code = re.search(r"```yaml\n(.*?)```", section, re.DOTALL)
        assert code, section
        sheet, wanted = ([row for n, row in enumerate(t) if n != 1] for t in tables)
        yield Example(section.split("\n")[0], sheet, code[1], wanted)


def workbook(rows: list[list[str]], name: str = "明细") -> bytes:
    book = openpyxl.Workbook()
    book.active.title = name
    for r, row in enumerate(rows, 1):
        for c, value in enumerate(row, 1):
            if value:
                number = int(value) if re.fullmatch(r"[1-9]\d*", value) and r > 1 else value
                book.active.cell(r, c, number)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def read(folder: Path, yaml: str, rows: list[list[str]]) -> Extraction:
    key = "" if "key:" in yaml else KEY
    files = {"units.yaml": UNITS, "codes/outcome.yaml": CODES}
    definitions = loaded(folder, files | {"forms/beds.yaml": form_of_doc() + key + yaml})
    return taken(definitions, workbook(rows))


def taken(definitions: Definitions, content: bytes) -> Extraction:
    units = definitions.units
    parts = frozenset(Part("beds", "flow", unit.id) for unit in units.units)
    extraction = Extraction(definitions, PERIOD, units.by_id["HIS"], parts)
    extract(identify(read_book(content), definitions).forms, extraction)
    return extraction


def shown(extraction: Extraction) -> list[list[str]]:
    rows = [
        [given.part.unit, row.row, *(str(v) if v is not None else "" for v in row.values.values())]
        for given in extraction.parts()
        for row in given.rows
    ]
    has_rows = any(row[1] for row in rows)
    head = ["unit", "row", "admissions", "discharges"]
    return [row if has_rows else [row[0], *row[2:]] for row in [head, *sorted(rows, key=_order)]]


def _order(row: list[str]) -> tuple[str]:
    return (row[0],)


@pytest.mark.parametrize("example", [*examples()], ids=lambda example: example.title)
def test_an_example_of_the_manual_is_what_is_read(example: Example, tmp_path: Path) -> None:
    extraction = read(tmp_path, example.yaml, example.sheet)
    assert shown(extraction) == example.wanted
    assert {r.rule for r in extraction.remarks} <= {"GEN-009"}


SIMPLE = """\
layout:
  sheet: 明细
  header_rows: [1]
  columns: {dept: 科室, admissions: 入院, discharges: 出院}
"""


def remarks(extraction: Extraction) -> list[tuple[str, str]]:
    found: list[Remark] = [*extraction.remarks]
    for given in extraction.parts():
        found += given.remarks
    return [(remark.rule, remark.detail) for remark in found]


def test_a_name_that_stands_twice_is_asked_about(tmp_path: Path) -> None:
    rows = [["科室", "入院", "出院", "出院"], ["内科", "1", "2", "3"]]
    with pytest.raises(InfodeskError, match=r"several times.*明细!C1.*明细!D1") as error:
        read(tmp_path, SIMPLE, rows)
    assert "'出院 #2'" in str(error.value.hint)


def test_a_column_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(InfodeskError, match="no column '出院'"):
        read(tmp_path, SIMPLE, [["科室", "入院", "离院"], ["内科", "1", "2"]])


def test_a_sheet_that_lost_its_corner_is_nobodys(tmp_path: Path) -> None:
    yaml = SIMPLE.replace("sheet: 明细", "sheet: 明细\n  corner: [科室, 入院]")
    extraction = read(tmp_path, yaml, [["部门", "入院", "出院"], ["内科", "1", "2"]])
    assert extraction.parts() == ()


def test_an_unknown_unit_is_listed_once_with_those_it_may_be(tmp_path: Path) -> None:
    rows = [["科室", "入院", "出院"], ["内科一区", "1", "2"], ["内科一区", "3", "4"], ["０２０１", "5", "6"]]  # fmt: skip
    extraction = read(tmp_path, SIMPLE, rows)
    assert remarks(extraction) == [("GEN-005", "unknown:0101 内科")]
    assert shown(extraction)[1:] == [["0201", "5", "6"]]


def test_a_unit_by_its_alias_and_by_folded_text(tmp_path: Path) -> None:
    rows = [["科室", "入院", "出院"], ["大 内科", "1", "2"], ["外科 ", "3", "4"]]
    assert shown(read(tmp_path, SIMPLE, rows))[1:] == [["0101", "1", "2"], ["0201", "3", "4"]]


def test_a_code_outside_its_dates_is_unknown(tmp_path: Path) -> None:
    yaml = """\
key:
  - {id: dept, label: 科室, type: unit}
layout:
  sheet: 明细
  header_rows: [1]
  columns: {dept: 科室, admissions: 入院, discharges: 出院, kind: 转归}
"""
    key = form_of_doc().replace(
        "items:\n",
        "items:\n      - {id: kind, label: 转归, type: code(outcome), required: false}\n",
    )
    files = {"units.yaml": UNITS, "forms/beds.yaml": key + yaml}
    rows = [["科室", "入院", "出院", "转归"], ["内科", "1", "2", "好转"]]
    now = CODES.replace("2026-10", "2026-09")
    good = loaded(tmp_path / "a", files | {"codes/outcome.yaml": now})
    assert remarks(taken(good, workbook(rows))) == []
    past = CODES.replace("2026-10", "2026-08")
    bad = loaded(tmp_path / "b", files | {"codes/outcome.yaml": past})
    assert remarks(taken(bad, workbook(rows))) == [("GEN-002", "code")]


def test_a_total_that_differs_is_said_and_never_stored(tmp_path: Path) -> None:
    yaml = SIMPLE + "  totals: {column: 科室, text: 合计}\n"
    rows = [["科室", "入院", "出院"], ["合计", "7", "2"], ["内科", "1", "2"]]
    extraction = read(tmp_path, yaml, rows)
    assert remarks(extraction) == [("GEN-012", "computed:1")]
    assert shown(extraction)[1:] == [["0101", "1", "2"]]


def test_a_file_of_other_periods_only_gives_nothing_and_names_them(tmp_path: Path) -> None:
    yaml = SIMPLE + "  period: {column: 月份}\n"
    rows = [["月份", "科室", "入院", "出院"], ["2026-08", "内科", "1", "2"], ["七月？", "内科", "1", "2"]]  # fmt: skip
    extraction = read(tmp_path, yaml, rows)
    assert (extraction.parts(), remarks(extraction)) == ((), [("GEN-009", "periods:2026-08")])


def test_columns_of_other_periods_only_give_nothing_and_name_them(tmp_path: Path) -> None:
    yaml = SIMPLE.replace("入院, d", '"{period}入院", d').replace("出院}", '"{period}出院"}')
    rows = [["科室", "2026年7月入院", "2026年7月出院", "备注"], ["内科", "1", "2", ""]]
    extraction = read(tmp_path, yaml, rows)
    assert (extraction.parts(), remarks(extraction)) == ((), [("GEN-009", "periods:2026-07")])


def test_a_day_in_the_period_column_means_its_month(tmp_path: Path) -> None:
    yaml = SIMPLE + "  period: {column: 日期}\n"
    files = {"units.yaml": UNITS, "codes/outcome.yaml": CODES}
    definitions = loaded(tmp_path, files | {"forms/beds.yaml": form_of_doc() + KEY + yaml})
    book = openpyxl.Workbook()
    book.active.title = "明细"
    book.active.append(["日期", "科室", "入院", "出院"])
    book.active.append([date(2026, 9, 30), "内科", 1, 2])
    book.active.append([date(2026, 10, 1), "外科", 3, 4])
    out = io.BytesIO()
    book.save(out)
    extraction = taken(definitions, out.getvalue())
    assert shown(extraction)[1:] == [["0101", "1", "2"]]
    assert remarks(extraction) == [("GEN-009", "periods:2026-10")]
