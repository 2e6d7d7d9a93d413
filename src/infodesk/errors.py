"""The one root exception, with a hint, and the exit codes it can lead to."""

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
