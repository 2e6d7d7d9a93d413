"""`infodesk units alias`: an answer to an unknown name becomes an alias, and the file is read again."""

import io

import openpyxl

from tests.conftest import Month, Shell


def strange(month: Month) -> bytes:
    """The infection table with a ward's name as nobody wrote it down, and no code."""
    book = openpyxl.load_workbook(io.BytesIO(month.workbook("0809")))
    book.worksheets[1]["A8"], book.worksheets[1]["B8"] = None, "心脏中心"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_a_name_is_asked_about_answered_and_read_again(shell: Shell, month: Month) -> None:
    (shell.folder / "a.xlsx").write_bytes(strange(month))
    assert shell.run("stats", "collect", "a.xlsx") == 1
    shell.run("stats", "validate", lang="zh")
    assert "没有这个科室" in shell.out
    assert shell.run("units", "alias", "心脏中心", "心血管内科") == 0
    assert "心脏中心 means 0101" in shell.out
    assert shell.run("stats", "collect", "a.xlsx") == 1
    assert "unchanged" in shell.err
    shell.run("stats", "collect", "--again", "a.xlsx", "--json")
    assert '"unit": "0101"' in shell.out
    assert shell.run("units", "alias", "心脏中心", "0101") == 0
    assert "already" in shell.err


def test_a_name_that_means_another_unit_is_refused(shell: Shell) -> None:
    before = (shell.folder / "units.yaml").read_text("utf-8")
    assert shell.run("units", "alias", "骨科", "0101") == 2
    assert "is a name of 0202" in shell.err
    assert shell.run("units", "alias", "  ", "0101") == 2
    assert shell.run("units", "alias", "新名", "没有的科") == 2
    assert shell.run("units", "alias", "新名", "0101", "--dry-run") == 0
    assert (shell.folder / "units.yaml").read_text("utf-8") == before
