"""How a text is encoded: strict decodings in order, and no guess where two of them make sense."""

import re
from dataclasses import dataclass

from infodesk.text.message import Message
from infodesk.workbooks.unreadable import UnreadableError

_MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig", "UTF-8 with BOM"),
    (b"\xff\xfe", "utf-16", "UTF-16"),
    (b"\xfe\xff", "utf-16", "UTF-16"),
)
_COMMON = (0xB0, 0xD7)  # first bytes of the 3,755 everyday characters of GB 2312
_CONTROLS = re.compile(r"[\0-\x08\x0e-\x1f\x7f]")


@dataclass(frozen=True)
class Decoded:
    """A text and what it was encoded in."""

    text: str
    encoding: str


def decode(content: bytes) -> Decoded:
    """The text of a file. UnreadableError if it is none, or could as well be another one."""
    for mark, codec, name in _MARKS:
        if content.startswith(mark):
            return _strict(content, codec, name)
    if b"\0" in content[:4096]:
        return _wide(content)
    text = _try(content, "utf-8")
    if text is not None:
        _refuse_ambiguous(content, text)
        return _clean(Decoded(text, "ASCII" if content.isascii() else "UTF-8"))
    for codec, name in (("gbk", "GBK"), ("gb18030", "GB18030")):
        text = _try(content, codec)
        if text is not None:
            return _clean(Decoded(text, name))
    raise _no_text()


def _try(content: bytes, codec: str) -> str | None:
    try:
        return content.decode(codec)
    except UnicodeDecodeError:
        return None


def _strict(content: bytes, codec: str, name: str) -> Decoded:
    text = _try(content, codec)
    if text is None:
        raise UnreadableError(
            Message("the text says it is {name}, and is not: it is damaged or cut", name=name),
            Message("export it again, and collect that"),
        )
    return _clean(Decoded(text, name))


def _wide(content: bytes) -> Decoded:
    """UTF-16 without a mark: the blanks and digits of a table have their zero bytes on one side."""
    even, odd = content[0:4096:2].count(0), content[1:4096:2].count(0)
    if len(content) % 2 or min(even, odd) * 20 > max(even, odd):
        raise _no_text()
    return _strict(content, "utf-16-le" if odd > even else "utf-16-be", "UTF-16 without BOM")


def _refuse_ambiguous(content: bytes, text: str) -> None:
    """Short GBK texts can be valid UTF-8: pairs of everyday Chinese that also read as Greek or Cyrillic."""
    foreign = [sign for sign in text if ord(sign) > 0x7F]
    if not foreign or any(ord(sign) > 0x7FF for sign in foreign):
        return
    if _try(content, "gb2312") is None:
        return
    high = [byte for byte in content if byte > 0x7F]
    if all(_COMMON[0] <= byte <= _COMMON[1] for byte in high[::2]):
        raise UnreadableError(
            Message("its text can be read as UTF-8 and as GBK, with different words"),
            Message("save it as .xlsx, or as CSV UTF-8 with BOM, and collect that"),
        )


def _clean(decoded: Decoded) -> Decoded:
    if _CONTROLS.search(decoded.text):
        raise _no_text()
    return decoded


def _no_text() -> UnreadableError:
    return UnreadableError(
        Message("neither a workbook nor a text that can be read"),
        Message("save it as .xlsx in Excel or WPS, and collect that"),
    )
