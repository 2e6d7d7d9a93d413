"""What starting costs: a command loads what it needs, and nothing else."""

import subprocess
import sys

ROOMS = ("demo", "reports", "stats", "duty", "workbooks", "store", "render", "config", "expr")
LOADED = (
    "import infodesk.cli.app, sys; print(*(n for n in sys.modules if n.startswith('infodesk.')))"
)


def test_the_command_line_itself_needs_none_of_the_rooms_beneath() -> None:
    told = subprocess.run(
        [sys.executable, "-c", LOADED], capture_output=True, text=True, check=True
    ).stdout
    rooms = {name.split(".")[1] for name in told.split()}
    assert "cli" in rooms
    assert rooms.isdisjoint(ROOMS), sorted(rooms & set(ROOMS))
