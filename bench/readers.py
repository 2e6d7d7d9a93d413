"""How much faster our reader (a look into the package, then calamine) is than openpyxl: ratios of one run.

`python -m bench.readers` writes the demo hospital's workbooks and reads each with both, in turn.
"""

import io
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import openpyxl

from infodesk.cli.main import main
from infodesk.cli.terminal import Terminal
from infodesk.demo.story import DUE
from infodesk.text.language import language
from infodesk.workbooks.formats.package import open_package
from infodesk.workbooks.formats.xlsx import look_into
from infodesk.workbooks.limits import LIMITS
from infodesk.workbooks.read import read_book

ROUNDS = 5


def workbooks(folder: Path) -> list[bytes]:
    """The filled workbooks of the demo month."""
    quiet = io.StringIO()
    terminal = Terminal(quiet, quiet, language("zh"), lambda: DUE, "bench", folder)
    main(["demo", "demo"], terminal)
    return [path.read_bytes() for path in (folder / "demo" / "inbox").rglob("*.xlsx")]


def seconds(read: Callable[[bytes], object], files: list[bytes]) -> float:
    """How long a reader takes for all files."""
    start = time.perf_counter()
    for content in files:
        read(content)
    return time.perf_counter() - start


def with_openpyxl(content: bytes) -> object:
    """Values and formulas need two loads."""
    openpyxl.load_workbook(io.BytesIO(content), data_only=True)
    return openpyxl.load_workbook(io.BytesIO(content))


def only_look(content: bytes) -> object:
    """Our look into the package, without the values."""
    with open_package(content) as archive:
        return look_into(archive, LIMITS)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as temporary:
        files = workbooks(Path(temporary))
    ratios, shares = [], []
    for _ in range(ROUNDS):
        ours, theirs = seconds(read_book, files), seconds(with_openpyxl, files)
        ratios.append(theirs / ours)
        shares.append(seconds(only_look, files) / ours)
    print(f"{len(files)} workbooks, {ROUNDS} rounds, both readers in turn")
    print(
        f"openpyxl / ours: median {statistics.median(ratios):.1f} ({min(ratios):.1f}-{max(ratios):.1f})"
    )
    print(f"the look into the package is {statistics.median(shares):.0%} of ours")
