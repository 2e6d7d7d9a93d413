"""A daily command in the words of cron, systemd and Windows' Task Scheduler, each with its own quoting."""

import re
import shlex
import subprocess
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from infodesk.errors import InfodeskError
from infodesk.text.message import Message

NAME = "infodesk report due"

Time = tuple[int, int]  # hour, minute


@dataclass(frozen=True)
class Schedule:
    """The lines for one system, and what a person does with them."""

    lines: Callable[[Sequence[str], Time], str]
    what_to_do: Message


def time_of_day(text: str) -> Time:
    """`07:30` as hour and minute. InfodeskError for anything else."""
    found = re.fullmatch(r"([01]?\d|2[0-3]):([0-5]\d)", text)
    if found is None:
        raise InfodeskError(
            Message("a time is expected, like 17:30, not {value}", value=repr(text))
        )
    return int(found[1]), int(found[2])


def crontab(command: Sequence[str], at: Time) -> str:
    """A line of a crontab. There % ends the command unless a backslash stands before it, even in quotes."""
    hour, minute = at
    return f"{minute} {hour} * * * {shlex.join(command).replace('%', chr(92) + '%')}"


def systemd(command: Sequence[str], at: Time) -> str:
    """A service and its timer, as two files one after the other."""
    hour, minute = at
    return "\n".join(
        [
            "# infodesk-due.service",
            "[Unit]",
            f"Description={NAME}",
            "",
            "[Service]",
            "Type=oneshot",
            f"ExecStart={' '.join(map(_unit_word, command))}",
            "",
            "# infodesk-due.timer",
            "[Unit]",
            f"Description={NAME}",
            "",
            "[Timer]",
            f"OnCalendar=*-*-* {hour:02}:{minute:02}:00",
            "Persistent=true",
            "",
            "[Install]",
            "WantedBy=timers.target",
        ]
    )


_UNIT_SIGNS = {"\\": "\\\\", '"': '\\"', "%": "%%", "$": "$$"}


def _unit_word(word: str) -> str:
    """A word of a unit file: in quotes, with what systemd would replace doubled."""
    return '"' + "".join(_UNIT_SIGNS.get(sign, sign) for sign in word) + '"'


def schtasks(command: Sequence[str], at: Time) -> str:
    """A line for cmd. The command is one word of it, quoted as Windows programs take words apart."""
    hour, minute = at
    action = subprocess.list2cmdline(command)
    time = f"{hour:02}:{minute:02}"
    words = ["schtasks", "/Create", "/F", "/SC", "DAILY", "/ST", time, "/TN", NAME, "/TR", action]
    return subprocess.list2cmdline(words)


SCHEDULES = {
    "cron": Schedule(
        crontab,
        Message(
            "Add the line with: crontab -e. What it says is mailed; exit code 1: a report waits"
        ),
    ),
    "systemd": Schedule(
        systemd,
        Message(
            "Save the two parts in ~/.config/systemd/user, then: systemctl --user enable --now "
            "infodesk-due.timer. A failed service with exit code 1 means: a report waits"
        ),
    ),
    "schtasks": Schedule(
        schtasks,
        Message(
            "Run the line in cmd. Where a path holds % or the command is longer than 261 characters, "
            "put it into a .cmd file and schedule that. Last result 1: a report waits"
        ),
    ),
}
