import subprocess
import sys
from pathlib import Path

import pytest

from infodesk.errors import RefusedError
from infodesk.store.lock import alone

HOLD = """
import sys
from pathlib import Path
from infodesk.store.lock import alone
with alone(Path(sys.argv[1])) as is_alone:
    print(is_alone, flush=True)
    sys.stdin.read()
"""


def test_only_one_is_inside_and_the_others_do_not_wait(tmp_path: Path) -> None:
    with alone(tmp_path / "lock") as first:
        assert first
        with alone(tmp_path / "lock") as second:
            assert not second
    with alone(tmp_path / "lock") as later:
        assert later


def test_who_was_killed_holds_nothing(tmp_path: Path) -> None:
    path = tmp_path / "中文 lock"
    other = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with other:
        assert other.stdout is not None
        assert other.stdout.readline() == "True\n"
        with alone(path) as meanwhile:
            assert not meanwhile
        other.kill()
        other.wait()
        with alone(path) as afterwards:
            assert afterwards


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(RefusedError, match="cannot be opened"), alone(tmp_path / "no" / "lock"):
        pass
