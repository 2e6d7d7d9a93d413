"""Every mistake in a definition has its file, line and column (cases: mistakes.md)."""

import re
from pathlib import Path

import pytest

from tests.config.workspace import form, mistakes, mistakes_in
from tests.golden import Case, cases

PATH = Path(__file__).with_name("mistakes.md")
CASES = cases(PATH)


def files_of(case: Case) -> dict[str, str]:
    """The files of a case: after each line `=== name` stands its text."""
    parts = re.split(r"^=== (\S+)\n", case.given + "\n", flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.title)
def test_a_mistake_is_told_with_its_place(case: Case, tmp_path: Path) -> None:
    assert mistakes(tmp_path, files_of(case)) == case.expected


def test_the_file_of_cases_is_read_whole() -> None:
    assert len(CASES) * 3 == PATH.read_text(encoding="utf-8").split("\n").count(".")


def test_an_invisible_character_is_found_behind_chinese(tmp_path: Path) -> None:
    config = "forms: []\ntelephone: 电话\x07\n"
    assert mistakes(tmp_path, {"config.yaml": config}) == [
        "config.yaml:2:14: a character that nobody can see stands here"
    ]


def test_a_file_that_is_not_utf_8_is_named_with_its_line_beside_other_mistakes(
    tmp_path: Path,
) -> None:
    files = {"config.yaml": "forms: [x]\ntimezone: Nowhere\n", "forms/x.yaml": ""}
    (tmp_path / "forms").mkdir()
    assert mistakes(tmp_path, files)[-1] == "forms/x.yaml:1:1: the file is empty"
    (tmp_path / "forms" / "x.yaml").write_bytes(form("x", "病房").encode("gb18030"))
    assert mistakes_in(tmp_path) == [
        "config.yaml:2:11: there is no time zone 'Nowhere'",
        "forms/x.yaml:2:1: not UTF-8: save it as UTF-8 (in Notepad: Save as, Encoding UTF-8)",
    ]


def test_a_byte_order_mark_and_windows_line_ends_change_no_place(tmp_path: Path) -> None:
    config = "forms: []\nstore: x.db\ntelefone: 1\n".replace("\n", "\r\n")
    (tmp_path / "config.yaml").write_bytes(b"\xef\xbb\xbf" + config.encode())
    assert mistakes_in(tmp_path) == [
        "config.yaml:3:1: unknown key telefone; did you mean telephone?"
    ]


def test_a_workspace_without_settings_says_so(tmp_path: Path) -> None:
    assert mistakes_in(tmp_path) == ["config.yaml:1:1: the file is missing"]
