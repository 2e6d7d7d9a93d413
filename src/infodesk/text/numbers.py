"""Numbers as people type them into workbooks: `１２，３４５．６０`, ` 1 234 `, `12人`, `—`."""

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

Change = Literal["full_width", "spaces", "separators", "unit", "text_number", "dash"]

BLANKS = frozenset({"-", "--", "—", "——", "–", "/", "\\", "无", "未", "n/a", "na", "不适用"})
_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)")
_GROUPED = re.compile(r"[+-]?\d{1,3}(,\d{3})+(\.\d*)?")


@dataclass(frozen=True)
class ReadNumber:
    """A number, or nothing for a blank; how it was normalised; whether the text is no number at all."""

    value: Decimal | None
    changes: tuple[Change, ...] = ()
    unreadable: bool = False


def read_number(text: str, unit: str = "") -> ReadNumber:
    """The number a cell's text means. `unit` is the only unit that may follow it ("人")."""
    changes: list[Change] = []
    plain = unicodedata.normalize("NFKC", text).replace("−", "-").strip()
    if not plain:
        return ReadNumber(None)
    if plain.casefold() in BLANKS:
        return ReadNumber(None, ("dash",))
    if unicodedata.normalize("NFKC", text) != text:
        changes.append("full_width")
    plain = _without_unit(plain, unit, changes)
    plain = _without_spaces(plain, changes)
    if _GROUPED.fullmatch(plain):
        changes.append("separators")
        plain = plain.replace(",", "")
    if not _NUMBER.fullmatch(plain):
        return ReadNumber(None, tuple(changes), unreadable=True)
    return ReadNumber(Decimal(plain), tuple(changes) or ("text_number",))


def exact(number: float) -> Decimal:
    """A spreadsheet's binary number as its 15 significant decimal digits, which is all Excel shows.

    >>> exact(0.1 + 0.2)
    Decimal('0.3')
    """
    return Decimal(f"{number:.15g}")


def _without_unit(plain: str, unit: str, changes: list[Change]) -> str:
    folded = unicodedata.normalize("NFKC", unit)
    if folded and plain.endswith(folded):
        changes.append("unit")
        return plain[: -len(folded)].rstrip()
    return plain


def _without_spaces(plain: str, changes: list[Change]) -> str:
    together = re.sub(r"\s", "", plain)
    if together != plain:
        changes.append("spaces")
    return together
