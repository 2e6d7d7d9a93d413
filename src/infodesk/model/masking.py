"""What is shown of personal answers to whoever has no reason to see them whole."""

from datetime import date
from enum import StrEnum

HIDDEN = "***"


class Mask(StrEnum):
    """How much of a personal answer may be shown."""

    ALL = "all"  # nothing: ***
    NAME = "name"  # 张伟 → 张*
    MOBILE = "mobile"  # 13812345678 → 138****5678
    AGE = "age"  # 1980-05 → 40-49, of a month or a day of birth


def masked(mask: Mask, text: str, on: date | None = None) -> str:
    """A text with its mask on. `on` is the day an age is taken at; without it the age is hidden."""
    match mask:
        case Mask.NAME:
            return text[:1] + "*" * (len(text) - 1)
        case Mask.MOBILE if len(text) == 11 and text.isdigit():
            return f"{text[:3]}****{text[7:]}"
        case Mask.AGE if on is not None:
            return _age_band(text, on)
        case _:
            return HIDDEN


def _age_band(born: str, on: date) -> str:
    """The ten years an age lies in; below 30 and from 60 on the bands are open."""
    year, month = born[:4], born[5:7]
    if not (year.isdigit() and month.isdigit()):
        return HIDDEN
    age = on.year - int(year) - (on.month < int(month))
    if age < 30:
        return "<30"
    return "60+" if age >= 60 else f"{age // 10 * 10}-{age // 10 * 10 + 9}"
