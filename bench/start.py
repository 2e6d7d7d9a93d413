"""What a command costs before it does anything, as multiples of Python with typer and rich.

`python -m bench.start` makes an empty workspace and runs each command seven times, one after the other in turn.
Measured: processor time of the child; shown: the least.
"""

import os
import subprocess
import sys
import tempfile
from datetime import date
from pathlib import Path

from infodesk.config.new_workspace import make_workspace
from infodesk.model.period import Frequency, period_of

INFODESK = (sys.executable, "-m", "infodesk")
COMMANDS = {
    "python with typer and rich": (sys.executable, "-c", "import typer, rich.table"),
    "infodesk --help": (*INFODESK, "--help"),
    "infodesk log books": (*INFODESK, "log", "books"),
    "infodesk stats status": (*INFODESK, "stats", "status"),
    "infodesk today": (*INFODESK, "today"),
    "infodesk check": (*INFODESK, "check"),
}
TURNS = 7


def cost(command: tuple[str, ...], folder: Path) -> float:
    """Seconds of processor time of one run."""
    before = os.times()
    subprocess.run(command, cwd=folder, capture_output=True, check=False)
    after = os.times()
    return (after.children_user - before.children_user) + (
        after.children_system - before.children_system
    )


def main() -> None:
    """Print a line for each command."""
    with tempfile.TemporaryDirectory() as folder:
        workspace = Path(folder) / "workspace"
        make_workspace(workspace, "en", period_of(date(2026, 9, 1), Frequency.MONTH))
        least = dict.fromkeys(COMMANDS, float("inf"))
        for _ in range(TURNS):
            for name, command in COMMANDS.items():
                least[name] = min(least[name], cost(command, workspace))
    first = next(iter(least.values()))
    for name, seconds in least.items():
        print(f"{name:28} {seconds:6.2f} s  {seconds / first:5.1f} times")


if __name__ == "__main__":
    main()
