"""The process that reads workbooks, and may die of them: `python -m infodesk.workbooks.child`.

It takes a line and the bytes of a file, answers with lines, and waits for the next file.
"""

import sys
from contextlib import suppress
from typing import BinaryIO

from infodesk.workbooks.envelope import Envelope, open_envelope
from infodesk.workbooks.limits import Limits
from infodesk.workbooks.read import read_book
from infodesk.workbooks.unreadable import UnreadableError
from infodesk.workbooks.wire import Line, book_lines, line, refusal, unline

OUT_OF_MEMORY = 77  # exit code


def serve(taken: BinaryIO, given: BinaryIO) -> int:
    """Answer until the other side closes; the exit code."""
    try:
        while asked := taken.readline():
            _serve(unline(asked), taken, given)
            given.flush()
    except MemoryError:
        return OUT_OF_MEMORY
    except BrokenPipeError:
        return 0
    return 0


def _serve(asked: Line, taken: BinaryIO, given: BinaryIO) -> None:
    limits = Limits(**asked["limits"])
    if "memory" in asked["limits"]:
        _hold_to(limits.memory)
    content = taken.read(asked["size"])
    try:
        envelope = open_envelope(content, limits) if asked["open"] else None
        if envelope is not None:
            _give(envelope, given)
            return
        book = read_book(content, asked["name"], asked["passwords"], limits)
    except UnreadableError as error:
        given.write(line(refusal(error)))
        return
    del content
    given.writelines(book_lines(book))


def _give(envelope: Envelope, given: BinaryIO) -> None:
    for piece in envelope.pieces:
        told: Line = {"path": piece.path, "size": len(piece.content)}
        given.write(line({"piece": told | (refusal(piece.refused) if piece.refused else {})}))
        given.write(piece.content)
    given.write(line({"envelope": {"kind": envelope.kind, "sent": envelope.sent}}))


def _hold_to(memory: int) -> None:
    """Let the system refuse more memory, where it can; elsewhere the other side watches."""
    with suppress(ImportError, ValueError, OSError):
        import resource  # noqa: PLC0415  # not on Windows

        _, most = resource.getrlimit(resource.RLIMIT_AS)
        soft = memory if most == resource.RLIM_INFINITY else min(memory, most)
        resource.setrlimit(resource.RLIMIT_AS, (soft, most))


if __name__ == "__main__":
    sys.exit(serve(sys.stdin.buffer, sys.stdout.buffer))
