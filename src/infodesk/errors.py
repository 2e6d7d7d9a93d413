"""The one root exception, with a hint, and the exit codes it can lead to."""

import errno
from enum import IntEnum

from infodesk.text.message import Message


class Exit(IntEnum):
    """What `infodesk` tells the shell."""

    DONE = 0
    ATTENTION = 1  # done, and something needs a person
    WRONG = 2  # usage, definition or input
    REFUSED = 3  # a closed period, no permission
    STORE = 4  # the store is damaged, locked or too new
    BUG = 70
    INTERRUPTED = 130


class InfodeskError(Exception):
    """Something the user can mend: what is wrong, and what to do about it."""

    exit_code = Exit.WRONG

    def __init__(self, message: Message, hint: Message | None = None) -> None:
        super().__init__(str(message))
        self.message = message
        self.hint = hint


class RefusedError(InfodeskError):
    """The rules of the house forbid it: a closed period, a missing permission."""

    exit_code = Exit.REFUSED


class StoreError(InfodeskError):
    """The store is damaged, locked, on an unsafe file system, or newer than the program."""

    exit_code = Exit.STORE


def system_error(error: OSError) -> InfodeskError | None:
    """What the system refuses, where the user can do something about it; nothing: it is a bug of ours."""
    if error.errno == errno.ENOSPC:
        return StoreError(
            Message("the disk has no room left"),
            Message("make room and run the command again; what was not finished was undone"),
        )
    if error.errno not in _REFUSALS or error.filename is None:
        return None
    return RefusedError(
        Message(_REFUSALS[error.errno].template, file=str(error.filename)),
        Message("choose another folder, or have this one put right, and run the command again"),
    )


_NO_RIGHT = Message("{file}: no right to write there, or another program has it open", file="")
_IN_THE_WAY = Message(
    "{file}: a file stands where a folder is needed, or the other way round", file=""
)
_REFUSALS = {
    errno.EACCES: _NO_RIGHT,
    errno.EPERM: _NO_RIGHT,
    errno.EROFS: _NO_RIGHT,
    errno.EEXIST: _IN_THE_WAY,
    errno.ENOTDIR: _IN_THE_WAY,
    errno.EISDIR: _IN_THE_WAY,
    errno.ENAMETOOLONG: Message("{file}: the name is too long for this disk", file=""),
}
