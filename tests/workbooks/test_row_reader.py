"""Rows from workbooks that nobody drew for us: told by their labels alone."""

import io
from datetime import date

import openpyxl

from infodesk.model.period import parse_period
from infodesk.stats.check import check
from infodesk.store.submissions import current, rows_of
from tests.conftest import Month

QUARTER, YEAR = (parse_period(text, date(2027, 1, 1)) for text in ("2026-Q3", "2026"))
HEADS = (
    "病种代码",
    "出院人数",
    "治愈",
    "好转",
    "未愈",
    "死亡",
    "其他",
    "出院者占用床日",
    "手术人数",
    "说明",
)


def table(title: str, *rows: tuple[object, ...]) -> bytes:
    book = openpyxl.Workbook()
    book.active.title = title
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_rows_are_read_by_the_labels_of_their_columns(month: Month) -> None:
    rows = [
        HEADS,
        ("D15", 24, 21, 3, 0, 0, 0, 150, 22, "其中急诊20例"),
        ("急性胆囊炎", 2, 2, 0, 0, 0, 0, 9, 0),
        (None, 5, 5, 0, 0, 0, 0, 9, 0),
        ("D99", 1, 1, 0, 0, 0, 0, 9, 0),
        ("合计", 27, 23, 3, 0, 0, 0, 159, 22),
    ]
    content = table("三十个病种基本情况表", *rows)
    sender = month.desk.definitions.units.by_id["0808"]
    (result,) = month.collect(month.put(content), period=QUARTER, sender=sender)
    assert (result.result, result.reason) == ("new", None)
    form = month.desk.definitions.form_by_id["disease30"]
    (submission,) = current(month.desk.store, QUARTER).values()
    read = {
        row.row: row.values["discharges"] for row in rows_of(month.desk.store, submission, form)
    }
    assert read == {"D15": 24, "D16": 2}
    said = {
        (f.identity.rule, f.identity.row, f.identity.item)
        for f in check(month.desk, QUARTER).findings
    }
    assert ("GEN-001", "", "disease_code") in said
    assert ("GEN-002", "D99", "disease_code") in said
    assert any(rule == "GEN-012" and item == "discharges" for rule, _, item in said)


def test_an_identity_number_typed_as_a_number_is_refused_too(month: Month) -> None:
    content = table(
        "医院领导班子情况表",
        ("人员序号", "姓名", "性别", "备注"),
        ("1", "示例甲", "男", 110101199003070011),
    )
    (result,) = month.collect(month.put(content), period=YEAR)
    assert (result.result, "医院领导班子情况表!D2" in str(result.reason)) == ("refused", True)
    assert "1101" not in str(result.reason)
