"""Reading files in a process of its own, which lives on for many files and may die of one."""

import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from dataclasses import asdict
from types import TracebackType
from typing import IO, Literal, Self

import psutil

from infodesk.text.message import Message
from infodesk.workbooks.child import OUT_OF_MEMORY
from infodesk.workbooks.envelope import Envelope, Piece
from infodesk.workbooks.grid import Book
from infodesk.workbooks.limits import LIMITS, MIB, Limits
from infodesk.workbooks.unreadable import SAVE_AS_XLSX, UnreadableError
from infodesk.workbooks.wire import BookIn, Line, line, refused, unline

LOOKED_EVERY = 0.05  # seconds between two looks at the child
Ended = Literal["time", "memory"]


class Reader:
    """Reads files, one after the other, without ever being brought down by one.

    `passwords` are tried on locked workbooks.
    """

    def __init__(self, passwords: Sequence[str] = (), limits: Limits = LIMITS) -> None:
        self._passwords, self._limits = tuple(passwords), limits
        self._child: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @property
    def pid(self) -> int | None:
        """The process id of the child, if there is one."""
        return None if self._child is None else self._child.pid

    def close(self) -> None:
        """End the child."""
        if self._child is not None:
            _end(self._child)
            self._child = None

    def read(self, content: bytes, name: str = "") -> Book:
        """Read a workbook. Raises UnreadableError."""
        found = self._ask(content, name, may_open=False)
        assert isinstance(found, Book), "only a book is asked for"
        return found

    def open(self, content: bytes, name: str = "") -> Book | Envelope:
        """Read a workbook, or take an archive or a mail apart. Raises UnreadableError."""
        return self._ask(content, name, may_open=True)

    def _ask(self, content: bytes, name: str, *, may_open: bool) -> Book | Envelope:
        if len(content) > self._limits.file:
            raise too_large(self._limits)
        child = self._living()
        watch = _Watch(child, self._limits)
        try:
            _send(child, self._request(content, name, may_open=may_open), content)
            return answer(child.stdout)
        except UnreadableError:
            raise
        except (OSError, ValueError, EOFError, KeyError, IndexError, TypeError):
            self.close()
            raise _died(watch, child, self._limits) from None
        except BaseException:  # whoever goes on after this must not get half an answer
            self.close()
            raise
        finally:
            watch.stop()

    def _living(self) -> subprocess.Popen[bytes]:
        if self._child is None or self._child.poll() is not None:
            self.close()
            self._child = subprocess.Popen(
                [sys.executable, "-P", "-m", "infodesk.workbooks.child"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )
        return self._child

    def _request(self, content: bytes, name: str, *, may_open: bool) -> Line:
        return {
            "open": may_open,
            "name": name,
            "size": len(content),
            "passwords": self._passwords,
            "limits": asdict(self._limits),
        }


def too_large(limits: Limits) -> UnreadableError:
    """A file larger than any workbook."""
    return UnreadableError(
        Message("the file is larger than {n} MB", n=limits.file // MIB),
        Message("take pictures and old sheets out of it, and collect it again"),
    )


def _send(child: subprocess.Popen[bytes], request: Line, content: bytes) -> None:
    assert child.stdin is not None, "it was started with a pipe"
    child.stdin.write(line(request))
    child.stdin.write(content)
    child.stdin.flush()


def answer(given: IO[bytes] | None) -> Book | Envelope:
    """What the child says: take lines until the answer is whole. EOFError if the child ended before."""
    assert given is not None, "it was started with a pipe"
    book, pieces = BookIn(), list[Piece]()
    while raw := given.readline():
        found = unline(raw)
        if "refused" in found:
            raise refused(found)
        if "piece" in found:
            pieces.append(_piece(found["piece"], given))
        elif "envelope" in found:
            told = found["envelope"]
            return Envelope(told["kind"], tuple(pieces), told["sent"])
        elif (whole := book.take(found)) is not None:
            return whole
    raise EOFError


def _piece(told: Line, given: IO[bytes]) -> Piece:
    content = given.read(told["size"])
    if len(content) < told["size"]:
        raise EOFError
    return Piece(told["path"], content, refused(told) if "refused" in told else None)


class _Watch:
    """A thread that ends the child when it takes too long or too much."""

    def __init__(self, child: subprocess.Popen[bytes], limits: Limits) -> None:
        self.ended: Ended | None = None
        self._child, self._limits = child, limits
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Look no more."""
        self._done.set()
        self._thread.join()

    def _look(self) -> None:
        until = time.monotonic() + self._limits.seconds
        while not self._done.wait(min(LOOKED_EVERY, self._limits.seconds)):
            if time.monotonic() > until:
                self.ended = "time"
            elif _memory(self._child.pid) > self._limits.memory:
                self.ended = "memory"
            if self.ended:
                self._child.kill()
                return


def _memory(pid: int) -> int:
    try:
        return int(psutil.Process(pid).memory_info().rss)
    except psutil.Error:
        return 0


def _end(child: subprocess.Popen[bytes]) -> None:
    for pipe in (child.stdin, child.stdout):
        try:
            if pipe is not None:
                pipe.close()
        except OSError:
            pass  # what was still to be sent has nobody left to read it
    try:
        child.wait(timeout=1)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()


def _died(watch: _Watch, child: subprocess.Popen[bytes], limits: Limits) -> UnreadableError:
    if watch.ended == "time":
        reason = Message("reading it takes longer than {n} s", n=f"{limits.seconds:g}")
    elif watch.ended == "memory" or child.returncode == OUT_OF_MEMORY:
        reason = Message("reading it takes more than {n} MB of memory", n=limits.memory // MIB)
    else:
        reason = Message("the file is such that the reader of workbooks ends at it")
    return UnreadableError(reason, SAVE_AS_XLSX)
