"""What typer says itself, told in the user's language."""

import pytest

from tests.conftest import Shell


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("stats colect", "没有命令 colect；是否指 collect？"),
        ("xyz", "没有命令 xyz"),
        ("stats status --nothing", "没有选项 --nothing"),
        ("stats status --perio 2026-09", "没有选项 --perio；是否指 --period？"),
        ("stats trace", "缺少 figure"),
        ("stats reopen 2026-09", "缺少选项 --reason"),
        ("stats status -p", "-p 后面要有内容"),
        ("stats status --lang", "--lang 后面要有内容"),
        ("stats approve 1 2 3", "多余的内容：2 3"),
        ("stats approve x", "finding 应为整数"),
    ],
)
def test_a_mistake_in_the_command_line_is_told_in_chinese(
    shell: Shell, line: str, told: str
) -> None:
    assert shell.run(*line.split(), lang="zh") == 2
    assert shell.err.splitlines()[0] == f"错误：{told}"


def test_without_a_command_the_help_page_is_no_error(shell: Shell) -> None:
    assert shell.run("stats", lang="zh") == 2
    assert shell.err.startswith("用法： infodesk stats [OPTIONS]")
    assert "错误" not in shell.err


def test_a_help_page_is_chinese_throughout(
    shell: Shell, capsys: pytest.CaptureFixture[str]
) -> None:
    assert shell.run("stats", "explain", "--help", lang="zh") == 0
    page = capsys.readouterr().out
    assert all(word in page for word in ("用法：", "参数：", "选项：", "[必填]", "显示本页"))
    assert "Show this message" not in page


def test_an_english_help_page_says_what_typer_means(
    shell: Shell, capsys: pytest.CaptureFixture[str]
) -> None:
    assert shell.run("stats", "collect", "--help") == 0
    page = capsys.readouterr().out
    assert all(word in page for word in ("Usage:", "Arguments:", "Options:", "[default: folder]"))
