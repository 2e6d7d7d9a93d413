import json

import pytest

from tests.conftest import Shell


def test_a_schema_is_printed(shell: Shell) -> None:
    assert shell.run("schema", "form") == 0
    assert json.loads(shell.out)["required"][:2] == ["id", "title"]


def test_all_schemas_are_written_into_the_workspace(shell: Shell) -> None:
    (shell.folder / "schema" / "form.json").write_text("{}", encoding="utf-8")
    assert shell.run("schema") == 0
    assert len(shell.out.splitlines()) == 14
    assert "sections" in (shell.folder / "schema" / "form.json").read_text(encoding="utf-8")


def test_a_schema_is_written_where_it_is_wanted(shell: Shell) -> None:
    assert shell.run("schema", "units", "--to", "elsewhere") == 0
    assert [path.name for path in (shell.folder / "elsewhere").iterdir()] == ["units.json"]


@pytest.mark.parametrize(("name", "hint"), [("from", "form"), ("zzz", "write one of config")])
def test_a_kind_there_is_not_is_told(shell: Shell, name: str, hint: str) -> None:
    assert shell.run("schema", name) == 2
    assert hint in shell.err
