"""`infodesk stats return` at the terminal: tables, one JSON object of the documented shape, exit codes."""

import json

from tests.conftest import Month, Shell

CROWDED = {("ward_activity", "0103", "bed_days_occupied"): 1482}


def crowded(shell: Shell, month: Month) -> bytes:
    content = month.workbook("0103", dict(CROWDED))
    (shell.folder / "a.xlsx").write_bytes(content)
    assert shell.run("stats", "collect", "a.xlsx") == 1
    return content


def test_returning_prints_one_json_object_of_the_documented_shape(
    full_shell: Shell, month: Month
) -> None:
    content = crowded(full_shell, month)
    assert full_shell.run("stats", "return", "--json", "--dry-run") == 1
    (planned,) = json.loads(full_shell.out)["returns"]
    assert (planned["id"], planned["file"], planned["findings"]) == (None, None, [None])
    assert full_shell.run("stats", "return", "--json", "--to", "out") == 1
    found = json.loads(full_shell.out)
    assert set(found) == {"period", "returns"}
    (made,) = found["returns"]
    assert set(made) == {"id", "sender", "original", "file", "due", "findings", "new"}
    assert (made["sender"], made["original"], made["new"]) == ("0103", "a.xlsx", True)
    assert made["file"] == "out/2026-09/a_核实1.xlsx"
    assert (full_shell.folder / made["file"]).is_file()
    assert (full_shell.folder / "a.xlsx").read_bytes() == content


def test_nothing_to_ask_is_said_and_exit_0(full_shell: Shell) -> None:
    assert full_shell.run("stats", "return") == 0
    assert "Nothing is open" in full_shell.out


def test_one_unit_alone_is_asked(full_shell: Shell, month: Month) -> None:
    crowded(full_shell, month)
    assert full_shell.run("stats", "return", "--unit", "骨科") == 0
    assert full_shell.run("stats", "return", "--unit", "神经内科", lang="zh") == 1
    assert "returns/2026-09/a_核实1.xlsx" in full_shell.out
    assert full_shell.run("stats", "status", "--unit", "0103", lang="zh") == 1
    assert "已退回" in full_shell.out
    full_shell.run("audit", "list", "--json")
    assert '"return"' in full_shell.out
