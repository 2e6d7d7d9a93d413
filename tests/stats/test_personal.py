"""Answers about persons: masked wherever they are shown, and numbers that identify one never taken."""

import io
import json
import shutil
from pathlib import Path

import openpyxl
import pytest

from infodesk.store.audit import rows
from infodesk.store.store import open_store
from tests.conftest import Shell

MONTH = ("-p", "2026-09")
HEADER = ("人员序号", "姓名", "出生年月", "手机", "子女数", "绩效", "职务")
RIGHT = ("1", "欧阳建国", "1972-03", "13812345678", 2, 1234.5, "院长")
IDENTITY = "110101199003077715"


@pytest.fixture
def shell(hospital: Path, tmp_path: Path) -> Shell:
    """A workspace with a form about persons in it."""
    folder = tmp_path / "workspace"
    shutil.copytree(hospital, folder)
    shutil.copy(Path(__file__).parents[1] / "data" / "roster.yaml", folder / "forms")
    config = folder / "config.yaml"
    text = config.read_text(encoding="utf-8").replace(
        "outpatient_activity]", "outpatient_activity, roster]"
    )
    config.write_text(text, encoding="utf-8")
    return Shell(folder)


def book(*persons: tuple[object, ...], **other: str) -> bytes:
    found = openpyxl.Workbook()
    sheet = found.worksheets[0]
    sheet.title = "班子名册"
    for row in (HEADER, *persons):
        sheet.append(row)
    for name, words in other.items():
        found.create_sheet(name)["B3"] = words
    out = io.BytesIO()
    found.save(out)
    return out.getvalue()


def collect(shell: Shell, content: bytes) -> str:
    """What `collect` says of a workbook, as JSON, and talks."""
    (shell.folder / "roster.xlsx").write_bytes(content)
    shell.run("stats", "collect", "roster.xlsx", "--from", "H", "--json", *MONTH)
    return shell.out + shell.err


def result(shell: Shell, content: bytes) -> dict[str, str]:
    collect(shell, content)
    found: dict[str, str] = json.loads(shell.out)["files"][0]
    return found


@pytest.mark.parametrize(
    "words",
    [
        IDENTITY,
        "身份证１１０１０１１９９００３０７７７１５号",
        "11010119900307771X",
        "110101 19900307 7715",
        "123456789012345678",
        pytest.param(int(IDENTITY), id="a number"),
    ],
)
def test_an_identity_number_is_refused_and_repeated_nowhere(shell: Shell, words: object) -> None:
    content = book((*RIGHT[:1], words, *RIGHT[2:]))
    said = collect(shell, content)
    found = json.loads(shell.out)["files"][0]
    assert (found["result"], found["submissions"]) == ("refused", [])
    assert "班子名册!B2 holds an ID-card number" in found["reason"]
    assert "LD-04" in found["reason"]
    shell.run("stats", "validate", "--json", "--info", *MONTH)
    stored = (shell.folder / "infodesk.db").read_bytes() + said.encode() + shell.out.encode()
    for trace in (IDENTITY, IDENTITY[:-1], "1990 0307", "123456789012345678"):
        assert trace.encode() not in stored
    with open_store(shell.folder / "infodesk.db") as store:
        assert store.connection.execute("SELECT count(*) FROM original").fetchone()[0] == 0


def test_other_sheets_are_looked_through_too(shell: Shell) -> None:
    assert "备注!B3" in result(shell, book(RIGHT, 备注=f"见 {IDENTITY}"))["reason"]


def test_a_mobile_number_outside_its_item_is_refused(shell: Shell) -> None:
    found = result(shell, book((*RIGHT[:6], "院长 13912345678")))
    assert found["result"] == "refused"
    assert "班子名册!G2 holds a mobile number" in found["reason"]
    assert "13912345678" not in shell.out + shell.err


def test_large_amounts_and_other_long_numbers_are_no_persons(shell: Shell) -> None:
    assert (
        result(shell, book((*RIGHT[:5], 999999999.99, "编号 12345678901234567")))["result"] == "new"
    )


def test_records_are_masked_and_what_is_confidential_hidden(shell: Shell) -> None:
    assert result(shell, book(RIGHT))["result"] == "new"
    shell.run("stats", "records", "班子名册", *MONTH, lang="zh")
    for shown in (
        "姓名：欧***",
        "出生年月：50-59",
        "手机：138****5678",
        "子女数：***",
        "绩效：机密",
        "职务：院长",
    ):
        assert shown in shell.out
    shell.run("stats", "records", "roster", "--show-confidential", *MONTH)
    assert "Bonus: 1234.50" in shell.out
    assert "欧阳" not in shell.out
    shell.run("stats", "records", "roster", "--json", *MONTH)
    assert json.loads(shell.out)["class"] == "personal"
    assert "欧阳" not in shell.out


def test_to_reveal_takes_a_reason_and_is_logged(shell: Shell) -> None:
    collect(shell, book(RIGHT))
    assert shell.run("stats", "records", "roster", "--reveal", *MONTH) == 2
    assert "needs a reason" in shell.err
    assert shell.run("stats", "records", "roster", "--reveal", "--reason", "看看", *MONTH) == 2
    reason = ("--reveal", "--reason", "上级机关核对任职名单", "--by", "示例甲")
    assert shell.run("stats", "records", "roster", *reason, *MONTH) == 0
    assert "欧阳建国" in shell.out
    assert "13812345678" in shell.out
    with open_store(shell.folder / "infodesk.db") as store:
        last = list(rows(store))[-1]
    assert (last.action, last.subject, last.by_name) == ("reveal", "roster", "示例甲")
    assert json.loads(last.detail)["reason"] == "上级机关核对任职名单"
    assert "欧阳" not in last.detail


def test_findings_and_changes_do_not_tell_personal_answers(shell: Shell) -> None:
    collect(shell, book((*RIGHT[:4], 7, *RIGHT[5:])))
    said = collect(shell, book((RIGHT[0], "司马光", "2001-03", "13812345679", 8, *RIGHT[5:])))
    changes = json.loads(shell.out)["files"][0]["changes"]
    assert {"old": "欧***", "new": "司**"}.items() <= changes[0].items()
    shell.run("stats", "validate", "--json", *MONTH)
    by_rule = {f["rule"]: f for f in json.loads(shell.out)["findings"]}
    assert by_rule["RO-01"]["cells"][0]["value"] == "***"
    assert by_rule["RO-02"]["cells"][0]["value"] == "<30"
    assert (by_rule["RO-01"]["left"], by_rule["RO-01"]["message"]) == (None, "Many children")
    shell.run("stats", "validate", *MONTH)
    for secret in ("司马光", "13812345679", "2001-03"):
        assert secret not in said + shell.out


def test_remarks_of_reading_do_not_tell_them_either(shell: Shell) -> None:
    collect(shell, book((*RIGHT[:2], "七二年三月生", *RIGHT[3:])))
    shell.run("stats", "validate", "--json", *MONTH)
    wrong = next(f for f in json.loads(shell.out)["findings"] if f["rule"] == "GEN-002")
    assert wrong["cells"][0]["value"] == "***"
    assert "七二年" not in shell.out


def test_a_mask_is_for_personal_answers_only(shell: Shell) -> None:
    form = shell.folder / "forms" / "roster.yaml"
    text = form.read_text(encoding="utf-8").replace("class: personal, mask: name", "mask: name")
    form.write_text(text, encoding="utf-8")
    assert shell.run("check") == 2
    assert "only answers of class personal have a mask" in shell.out + shell.err
