"""Why a file cannot be read: one error, and the reasons that several formats share."""

from infodesk.errors import InfodeskError
from infodesk.text.message import Message

SAVE_AGAIN = Message("open it in Excel or WPS, save it again, and collect it once more")
SAVE_AS_XLSX = Message("save it as .xlsx in Excel or WPS, and collect that")


class UnreadableError(InfodeskError):
    """The file is no workbook that can be read, and why."""


def damaged(reason: Message | None = None) -> UnreadableError:
    """The file is not whole. What a parser says of it helps nobody who has only Excel: `reason` is ours."""
    if reason is None:
        return UnreadableError(Message("the file is damaged or was only half written"), SAVE_AGAIN)
    return UnreadableError(
        Message("the file is damaged or was only half written: {reason}", reason=reason), SAVE_AGAIN
    )


def too_far(rows: int, columns: int) -> UnreadableError:
    """A sheet whose rectangle of cells is larger than any table."""
    return UnreadableError(
        Message("a sheet reaches to row {row}, column {column}", row=rows, column=columns),
        Message("delete the cells far outside the table and save the file again"),
    )


def no_workbook(kind: Message) -> UnreadableError:
    """Something that holds no table we can read."""
    return UnreadableError(Message("not a workbook but {kind}", kind=kind), SAVE_AS_XLSX)
