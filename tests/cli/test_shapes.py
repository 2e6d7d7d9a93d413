"""What `--json` prints has the keys that docs/cli.md says, and no others."""

import json
import re
import shutil
from pathlib import Path

import pytest

from tests.conftest import Shell
from tests.months import OVER, kept_workspace  # noqa: F401  # a fixture

DOCUMENT = (Path(__file__).parents[2] / "docs" / "cli.md").read_text(encoding="utf-8")
SHAPES = re.search(r"```\n(check .*?)```", DOCUMENT, re.DOTALL)
# The keys beneath these are data: items, questions, columns, counts.
DATA = {"answers", "found", "detail"}
# One shape says of another what it adds to it.
BUILDS_ON = {
    "stats trace": "stats figures",
    "stats compare": "stats figures",
    "log list": "log add",
    "log show": "log add",
}

STATISTICS = (
    ("check", "check"),
    ("stats status", "stats status"),
    ("stats validate", "stats validate"),
    ("stats figures", "stats figures"),
    ("stats trace", "stats trace bed_occupancy"),
    ("stats compare", "stats compare"),
    ("stats records", "stats records ward_activity"),
    ("stats return", "stats return --dry-run"),
    ("report list", "report list"),
    ("report build", "report build -f md"),
    ("report due", "report due --dry-run"),
    ("rules show", "rules show WA-02"),
    ("units list", "units list"),
)
DUTIES = (
    ("today", "today"),
    ("evidence", "evidence 2026-09"),
    ("log books", "log books"),
    ("log add", "log add 故障 地点=急诊 故障现象=打印机卡纸 done=n --by P01"),
    ("log list", "log list backup_log --from 2026-09-28"),
    ("log show", "log show MR-20260910-001"),
    ("log due", "log due backup_log"),
    ("log view", "log view media_register out"),
    ("log view", "log view media_register"),
    ("log sign", "log sign --by P05"),
    ("audit list", "audit list"),
)


def documented(name: str) -> set[str]:
    """The keys that the document gives a command."""
    assert SHAPES is not None, "docs/cli.md has its block of shapes"
    found = re.search(rf"^{name} +(.*?)(?=^\w[\w ]*? +{{|\Z)", SHAPES[1], re.DOTALL | re.MULTILINE)
    assert found is not None, name
    more = documented(BUILDS_ON[name]) if name in BUILDS_ON else set()
    return set(re.findall(r'"(\w+)"', re.sub(r': "[^"]*"', "", found[1]))) | more


def keys(value: object, data: set[str]) -> set[str]:
    """The keys of an object, and of what is in it."""
    if isinstance(value, list):
        return set().union(*(keys(each, data) for each in value))
    if not isinstance(value, dict):
        return set()
    return set(value) | set().union(*(keys(v, data) for k, v in value.items() if k not in data))


def printed(shell: Shell, command: str) -> set[str]:
    assert shell.run(*command.split(), "--json") in (0, 1), shell.err
    data = DATA | {"rows"} if command.startswith("log view") else DATA
    return keys(json.loads(shell.out), data)


@pytest.fixture
def duty_shell(kept_workspace: Path, tmp_path: Path) -> Shell:  # noqa: F811
    """A shell in a copy of the workspace with three months of logbooks."""
    return Shell(shutil.copytree(kept_workspace, tmp_path / "kept"), OVER)


@pytest.mark.parametrize(("name", "command"), STATISTICS, ids=str)
def test_statistics_print_the_documented_keys(name: str, command: str, full_shell: Shell) -> None:
    assert printed(full_shell, command) <= documented(name)


@pytest.mark.parametrize(("name", "command"), DUTIES, ids=str)
def test_duties_print_the_documented_keys(name: str, command: str, duty_shell: Shell) -> None:
    assert printed(duty_shell, command) <= documented(name)


def test_what_is_documented_is_printed(full_shell: Shell, duty_shell: Shell) -> None:
    seen = {
        "stats status": printed(full_shell, "stats status"),
        "log due": printed(duty_shell, "log due"),
        "evidence": printed(duty_shell, "evidence 2026-09"),
        "log list": printed(duty_shell, "log list backup_log --from 2026-09-28"),
    }
    assert seen == {name: documented(name) for name in seen}
