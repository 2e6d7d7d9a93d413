"""Departments from a spreadsheet: what is taken, and what is told row by row."""

import pytest

from infodesk.errors import InfodeskError
from infodesk.model.definitions import Definitions
from infodesk.stats.unit_import import Imported, Where, import_units
from infodesk.text.language import language
from infodesk.workbooks.grid import Book, CellValue, Sheet

HEADER = ("科室代码", "科室名称", "别名", "类型")


def imported(definitions: Definitions, *rows: tuple[CellValue, ...]) -> Imported:
    return import_units(definitions.units, Book((Sheet("科室", (HEADER, *rows)),)), Where())


def test_a_kind_may_be_its_title_and_aliases_are_split(definitions: Definitions) -> None:
    found = imported(definitions, ("0801", "新病区", "甲区、乙区；丙区", "病区"))
    unit = found.tree.by_id["0801"]
    assert (unit.kind, unit.aliases) == ("ward", ("甲区", "乙区", "丙区"))


def test_every_row_that_cannot_be_taken_is_named(definitions: Definitions) -> None:
    with pytest.raises(InfodeskError) as raised:
        imported(
            definitions,
            ("0901", "甲科", "", "xyz"),
            ("0902", "", "", "ward"),
            ("0903", "丙科", "", "ward"),
            ("0903", "丁科", "", "ward"),
        )
    told = language("en").tell(raised.value.message)
    assert all(
        words in told
        for words in ("row 2: there is no kind 'xyz'", "row 3: a unit needs", "row 5: code 0903")
    )


def test_one_name_for_two_units_is_refused_before_anything_is_written(
    definitions: Definitions,
) -> None:
    with pytest.raises(InfodeskError) as raised:
        imported(definitions, ("0901", "神经内科", "", "ward"))
    assert language("en").tell(raised.value.message) == "神经内科 names 0901 and 0103"


def test_a_row_without_a_code_is_said_to_be_left_out(definitions: Definitions) -> None:
    found = imported(
        definitions, ("0901", "甲科", "", "ward"), ("", "合计", "", ""), ("", "", "", "")
    )
    assert (found.new, found.left_out) == (("0901",), (3,))
