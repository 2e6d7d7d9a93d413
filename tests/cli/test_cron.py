import shlex
import sys
from pathlib import Path

import pytest

from infodesk.cli.show.schedules import crontab, schtasks, systemd
from tests.conftest import Shell

COMMAND = [
    "/opt/a b/python",
    "-m",
    "infodesk",
    "--workspace",
    "/srv/信息科 '100%' $x",
    "report",
    "due",
]


def test_a_crontab_line_reads_back_as_the_command() -> None:
    line = crontab(COMMAND, (7, 5))
    when, command = line[:9], line[10:]
    assert when == "5 7 * * *"
    assert "%" not in command.replace("\\%", "")
    assert shlex.split(command.replace("\\%", "%")) == COMMAND


def test_a_unit_file_keeps_every_word_as_it_is() -> None:
    text = systemd(["/a b/python", 'x"\\$%', "中"], (17, 30))
    assert 'ExecStart="/a b/python" "x\\"\\\\$$%%" "中"\n' in text
    assert "OnCalendar=*-*-* 17:30:00\n" in text


def test_windows_gets_one_line_with_the_command_as_one_word() -> None:
    command = ["C:\\Program Files\\python.exe", "--workspace", "D:\\信息科 数据", "report", "due"]
    assert schtasks(command, (7, 30)) == (
        'schtasks /Create /F /SC DAILY /ST 07:30 /TN "infodesk report due" /TR '
        '"\\"C:\\Program Files\\python.exe\\" --workspace \\"D:\\信息科 数据\\" report due"'
    )


@pytest.mark.parametrize(
    ("system", "sign"),
    [("cron", "30 6 * * * "), ("systemd", "OnCalendar=*-*-* 06:30:00"), ("schtasks", "/ST 06:30")],
)
def test_the_lines_name_this_python_and_this_workspace(
    shell: Shell, system: str, sign: str
) -> None:
    assert shell.run("cron", "--for", system, "--at", "6:30") == 0
    assert sign in shell.out
    assert Path(sys.executable).name in shell.out
    assert shell.folder.name in shell.out
    assert "a report waits" in shell.err


def test_this_machine_is_taken_unless_told_otherwise(shell: Shell) -> None:
    assert shell.run("cron") == 0
    assert "report due" in shell.out


@pytest.mark.parametrize("wrong", [("--for", "at"), ("--at", "25:00")])
def test_what_is_no_scheduler_and_no_hour_is_told(shell: Shell, wrong: tuple[str, str]) -> None:
    assert shell.run("cron", *wrong) == 2
    assert wrong[1] in shell.err
