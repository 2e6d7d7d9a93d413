"""The process that reads: it lives on for many files, and what would bring it down brings down nothing else."""

import io
import sys
import zipfile
from collections.abc import Iterator
from contextlib import chdir
from dataclasses import replace
from pathlib import Path

import psutil
import pytest
import xlsxwriter

from infodesk.workbooks.child import serve
from infodesk.workbooks.envelope import Envelope
from infodesk.workbooks.limits import LIMITS, MIB, Limits
from infodesk.workbooks.read import read_book
from infodesk.workbooks.reader import Reader, answer
from infodesk.workbooks.unreadable import UnreadableError
from infodesk.workbooks.wire import line
from tests.workbooks.made import WRITERS, xlsx
from tests.workbooks.tables import TABLE, packed

GOOD = xlsx(TABLE)


def large(rows: int) -> bytes:
    """An extract of a hospital system: no formulas, few texts, many rows."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"constant_memory": True})
    sheet = book.add_worksheet()
    for row in range(rows):
        sheet.write_row(row, 0, [f"{row % 60:04}", "内科", *range(row, row + 13)])
    book.close()
    return out.getvalue()


@pytest.fixture(scope="module")
def extract() -> bytes:
    return large(20_000)


@pytest.fixture
def limited(request: pytest.FixtureRequest) -> Iterator[Reader]:
    """A reader with limits of its own."""
    with Reader(limits=request.param) as made:
        yield made


@pytest.mark.parametrize("kind", sorted(WRITERS))
def test_a_book_comes_over_as_it_was_read(kind: str, reader: Reader) -> None:
    content = WRITERS[kind](TABLE)
    assert reader.read(content, "a.x") == read_book(content, "a.x")


@pytest.mark.parametrize("kind", sorted(WRITERS))
def test_the_process_answers_line_by_line(kind: str) -> None:
    """The same without a process: what it is asked, what it says."""
    content = WRITERS[kind](TABLE)
    asked = {"open": True, "name": "a.x", "size": len(content), "passwords": [], "limits": {}}
    given = io.BytesIO()
    assert serve(io.BytesIO(line(asked) + content + line(asked) + content), given) == 0
    given.seek(0)
    assert answer(given) == answer(given) == read_book(content, "a.x")
    with pytest.raises(EOFError):
        answer(given)


def test_the_process_answers_for_archives_and_what_it_refuses() -> None:
    given = io.BytesIO()
    asked = b""
    for content in (packed({"a.xlsx": GOOD, "/b": GOOD}), b"%PDF"):
        told = {"open": True, "name": "", "size": len(content), "passwords": [], "limits": {}}
        asked += line(told) + content
    serve(io.BytesIO(asked), given)
    given.seek(0)
    found = answer(given)
    assert isinstance(found, Envelope)
    assert [piece.refused is None for piece in found.pieces] == [True, False]
    with pytest.raises(UnreadableError, match="a PDF file"):
        answer(given)


@pytest.mark.parametrize(
    "wrong", [b"[1]\n", b"{cut", b'{"book": 1}\n', b'{"piece": {"path": "a", "size": 9}}\n']
)
def test_half_an_answer_is_none(wrong: bytes) -> None:
    with pytest.raises((ValueError, TypeError, EOFError)):
        answer(io.BytesIO(wrong))


def test_days_and_times_come_over_too(reader: Reader) -> None:
    from datetime import date, datetime, time, timedelta

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet()
    for column, (shape, value) in enumerate(
        [("yyyy-mm-dd", 46295), ("yyyy-mm-dd hh:mm", 46295.5), ("hh:mm", 0.25), ("[h]:mm", 1.5)]
    ):
        sheet.write_number(0, column, value, book.add_format({"num_format": shape}))
    sheet.write_boolean(0, 4, True)  # by place only
    book.close()
    row = reader.read(out.getvalue()).sheets[0].rows[0]
    assert row[0] == date(2026, 9, 30)
    assert row[1] == datetime(2026, 9, 30, 12)  # noqa: DTZ001  # a cell has no zone
    assert row[2] == time(6)
    assert row[3] == timedelta(days=1, hours=12)
    assert row[4] is True


def test_one_process_serves_many_files() -> None:
    with Reader() as reader:
        reader.read(GOOD)
        first = reader.pid
        with pytest.raises(UnreadableError):
            reader.read(b"PK\x03\x04")
        reader.read(GOOD)
        assert reader.pid == first
    assert first is not None
    assert not psutil.pid_exists(first)


@pytest.mark.parametrize("limited", [replace(LIMITS, seconds=0.3)], indirect=True)
def test_a_file_that_takes_too_long_is_refused_and_the_next_one_read(
    limited: Reader, extract: bytes
) -> None:
    with pytest.raises(UnreadableError, match=r"longer than 0\.3 s"):
        limited.read(extract)
    assert limited.pid is None
    limited._limits = LIMITS  # on a busy machine starting alone may take 0.3 s
    assert limited.read(GOOD) == read_book(GOOD)


@pytest.mark.parametrize("limited", [replace(LIMITS, memory=50 * MIB)], indirect=True)
def test_a_file_that_takes_too_much_memory_is_refused_and_the_next_one_read(
    limited: Reader, extract: bytes
) -> None:
    with pytest.raises(UnreadableError, match=r"50 MB of memory|reader of workbooks ends"):
        limited.read(extract)
    assert limited.read(GOOD) == read_book(GOOD)


@pytest.mark.parametrize("limited", [replace(LIMITS, memory=1 * MIB)], indirect=True)
def test_memory_is_watched_where_the_system_does_not_refuse_it(limited: Reader) -> None:
    """No Python runs in 1 MB: the watch sees it, whatever `resource` did."""
    with pytest.raises(UnreadableError):
        limited.read(GOOD)


def test_whatever_ends_the_process_is_told_as_such(reader: Reader, extract: bytes) -> None:
    """As calamine does it at some files: the process is gone in the middle of one."""
    import threading
    import time

    reader.read(GOOD)
    pid = reader.pid
    assert pid is not None

    def end() -> None:
        time.sleep(0.02)
        psutil.Process(pid).kill()

    ending = threading.Thread(target=end)
    ending.start()
    with pytest.raises(UnreadableError, match="reader of workbooks ends"):
        reader.read(extract)
    ending.join()
    assert reader.read(GOOD) == read_book(GOOD)


@pytest.mark.parametrize(
    ("limits", "wanted"),
    [
        (Limits(file=1000), "larger than 0 MB"),
        (Limits(unpacked=2000), "unpacks to more"),
        (Limits(unpacked_freely=100, ratio=2), "unpacks to more"),
        (Limits(parts=3), "11 parts"),
        (Limits(cells=11), "reaches to row 6, column 2"),
    ],
)
def test_every_limit_refuses(limits: Limits, wanted: str) -> None:
    with Reader(limits=limits) as reader, pytest.raises(UnreadableError, match=wanted):
        reader.read(GOOD)


@pytest.mark.parametrize("kind", ["xls", "xlsb", "ods", "html", "csv"])
def test_too_many_cells_are_refused_in_every_format(kind: str) -> None:
    with pytest.raises(UnreadableError, match="reaches to row"):
        read_book(WRITERS[kind](TABLE), limits=Limits(cells=5))


def test_a_cell_at_the_far_end_would_end_the_process_and_is_refused_before(reader: Reader) -> None:
    cells = f'<x:row r="1"><x:c r="A1"><x:v>1</x:v></x:c></x:row>{" " * 5_000_000}<x:row r="1048576"><x:c r="XFD1048576"><x:v>2</x:v></x:c></x:row>'
    sheet = f'<x:worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><x:sheetData>{cells}</x:sheetData></x:worksheet>'
    with zipfile.ZipFile(io.BytesIO(GOOD)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with pytest.raises(UnreadableError):
        reader.read(packed({**parts, "xl/worksheets/sheet1.xml": sheet.encode()}))
    assert reader.read(GOOD) == read_book(GOOD)


def test_an_archive_comes_over_piece_by_piece(reader: Reader) -> None:
    found = reader.open(packed({"a/甲.xlsx": GOOD, "../b.xlsx": GOOD}), "x.zip")
    assert isinstance(found, Envelope)
    assert [(p.path, p.content == GOOD, p.refused is None) for p in found.pieces] == [
        ("a/甲.xlsx", True, True),
        ("../b.xlsx", False, False),
    ]


def test_nothing_in_the_folder_is_run(tmp_path: Path) -> None:
    """A workspace may hold a json.py: the process must not import it."""
    (tmp_path / "json.py").write_text("raise SystemExit(3)", encoding="utf-8")
    with chdir(tmp_path), Reader() as fresh:
        assert fresh.read(GOOD) == read_book(GOOD)


@pytest.mark.skipif(sys.platform == "win32", reason="there is no such limit")
def test_the_system_refuses_memory_where_it_can() -> None:
    import resource

    with Reader(limits=replace(LIMITS, memory=600 * MIB)) as reader:
        reader.read(GOOD)
        assert reader.pid is not None
        assert resource.prlimit(reader.pid, resource.RLIMIT_AS)[0] == 600 * MIB
