"""September 2026 in the demo hospital: every department's numbers, and three of its mistakes.

All names and numbers are invented.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from importlib import resources
from pathlib import Path

from infodesk.demo.filling import filled, opens, write_filled
from infodesk.demo.numbers import Month
from infodesk.model.definitions import Definitions
from infodesk.model.period import Frequency, Period
from infodesk.stats.desk import Desk
from infodesk.text.language import Language
from infodesk.workbooks.blank.plan import Answer, Answers, Correction

PERIOD = Period(date(2026, 9, 1), Frequency.MONTH)
LATE = "0401"  # paediatrics sends a day late


@dataclass(frozen=True)
class Mistake:
    """Wrong answers in one department's numbers, and who corrects them."""

    form: str
    unit: str
    sender: str
    wrong: Mapping[str, int]


# M2: digits swapped; M4: the opening census does not continue August; M10: a digit typed twice
MISTAKES = (
    Mistake("ward_activity", "0202", "0808", {"disch_improved": 53}),
    Mistake("ward_activity", "0102", "0102", {"pts_begin": 36, "pts_end": 37}),
    Mistake("outpatient_activity", "0711", "0711", {"visits_appointment": 16100}),
)
CORRECTED = tuple(mistake.sender for mistake in MISTAKES)


@cache
def _data() -> dict[str, Month]:
    text = resources.files("infodesk.demo").joinpath("september.json").read_text(encoding="utf-8")
    data: dict[str, Month] = json.loads(text)
    return data


def rows() -> Month:
    """The month's right numbers."""
    return _data()["forms"]


def previous_rows() -> Month:
    """The same of August, as far as September looks back to it."""
    return _data()["previous"]


def answers(
    definitions: Definitions, language: Language, mistakes: tuple[Mistake, ...] = ()
) -> Answers:
    """All answers of the month, with these mistakes in them."""
    right = filled(definitions, PERIOD, rows())
    values, corrections = dict(right.values), dict(right.corrections)
    for answer, value in _wrong(mistakes):
        if opens(definitions, answer):
            corrections[answer] = Correction(value, language("counted again at the bedside"))
        else:
            values[answer] = value
    return replace(right, values=values, corrections=corrections)


def _wrong(mistakes: tuple[Mistake, ...]) -> Iterator[tuple[Answer, int]]:
    for mistake in mistakes:
        for name, value in mistake.wrong.items():
            yield (mistake.form, mistake.unit, name), value


def fill_inbox(
    desk: Desk,
    folder: Path,
    language: Language,
    senders: tuple[str, ...] = (),
    mistakes: tuple[Mistake, ...] = (),
) -> list[Path]:
    """Write the filled workbooks of these senders (all if none is named) into a folder."""
    given = answers(desk.definitions, language, mistakes)
    return write_filled(desk, PERIOD, folder, language, given, senders)
