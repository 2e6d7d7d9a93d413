"""Workbooks under a password: told apart, and opened with the passwords somebody gave."""

import io
import struct
from collections.abc import Sequence

from infodesk.text.message import Message
from infodesk.workbooks.unreadable import UnreadableError

PASSWORD_OPTION = "--password-from"
_EVERYBODYS = "VelvetSweatshop"  # what Excel itself tries first, so nobody was ever asked for it
# What msoffcrypto-tool raises at files that are not as it expects.
_AT_ODD_FILES = (
    AssertionError,
    AttributeError,
    LookupError,
    OSError,
    struct.error,
    TypeError,
    ValueError,
)


def unlocked(content: bytes, what: Message, passwords: Sequence[str]) -> bytes:
    """The workbook without its lock. UnreadableError if no password fits."""
    for password in (_EVERYBODYS, *passwords):
        found = _opened(content, password)
        if found is not None:
            return found
    message = Message("{what}, protected with a password", what=what)
    if passwords:
        message = Message("{what}, protected with a password that none given opens", what=what)
    raise UnreadableError(
        message,
        Message("write the password into a file and name it with {option}", option=PASSWORD_OPTION),
    )


def _opened(content: bytes, password: str) -> bytes | None:
    import msoffcrypto  # noqa: PLC0415  # only locked files need it
    from msoffcrypto.exceptions import (  # noqa: PLC0415
        DecryptionError,
        FileFormatError,
        InvalidKeyError,
        ParseError,
    )

    out = io.BytesIO()
    try:
        file = msoffcrypto.OfficeFile(io.BytesIO(content))
        file.load_key(password=password)
        file.decrypt(out)
    except (InvalidKeyError, DecryptionError, FileFormatError, ParseError, *_AT_ODD_FILES):
        return None
    return out.getvalue()
