"""September 2026 in the demo hospital: every department's numbers, and three of its mistakes.

All names and numbers are invented.
"""

import json
from functools import cache
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from importlib import resources
from pathlib import Path

from infodesk.model.definitions import Definitions
from infodesk.model.item import Item
from infodesk.model.period import Frequency, Period
from infodesk.model.submission import Part, Stored
from infodesk.stats.blanks import plans
from infodesk.stats.desk import Desk
from infodesk.text.language import Language
from infodesk.workbooks.blank.book import draw_workbook, file_name, write_workbook
from infodesk.workbooks.blank.plan import Answer, Answers, Correction

PERIOD = Period(date(2026, 9, 1), Frequency.MONTH)
LATE = "0401"  # paediatrics sends a day late
NIL = ("0401", "0501")  # wards that do not operate: the records room ticks that
Row = dict[str, int | float]
FormRows = dict[str, Row]  # unit → item → value
Month = dict[str, FormRows]


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
    """The month's right numbers: form → unit → item → value; the hospital's own records are its root's."""
    return _data()["forms"]


def previous_rows() -> Month:
    """The same of August, as far as September looks back to it."""
    return _data()["previous"]


def row_total(rows: FormRows, item: str) -> int:
    """An item added up over the units."""
    return int(sum(row[item] for row in rows.values()))


def answers(
    definitions: Definitions, language: Language, mistakes: tuple[Mistake, ...] = ()
) -> Answers:
    """All answers of the month, with these mistakes in them."""
    nil = frozenset(Part("ward_activity", "surgery", unit) for unit in NIL)
    values = {
        answer: v
        for answer, v in _right(definitions).items()
        if _part(definitions, answer) not in nil
    }
    corrections: dict[Answer, Correction] = {}
    for answer, value in _wrong(mistakes):
        if _opens(definitions, answer):
            corrections[answer] = Correction(value, language("counted again at the bedside"))
        else:
            values[answer] = value
    return Answers(values, corrections, nil, {"date": "2026-10-05"})


def _right(definitions: Definitions) -> dict[Answer, Stored]:
    """The right answers, but for those that a blank brings along from the period before."""
    found: dict[Answer, Stored] = {}
    for form_id, units in rows().items():
        items = definitions.form_by_id[form_id].by_id
        for row in units:
            unit = str(row.get("dept_code", definitions.units.root.id))
            own = {name: v for name, v in row.items() if items[name].opens_with is None}
            found |= {(form_id, unit, name): _stored(items[name], v) for name, v in own.items()}
    return {answer: value for answer, value in found.items() if answer[2] != "dept_code"}


def _wrong(mistakes: tuple[Mistake, ...]) -> Iterator[tuple[Answer, int]]:
    for mistake in mistakes:
        for name, value in mistake.wrong.items():
            yield (mistake.form, mistake.unit, name), value


def _part(definitions: Definitions, answer: Answer) -> Part:
    form, unit, item = answer
    return Part(form, definitions.form_by_id[form].section_of(item).id, unit)


def _opens(definitions: Definitions, answer: Answer) -> bool:
    return definitions.form_by_id[answer[0]].by_id[answer[2]].opens_with is not None


def _stored(item: Item, value: str | float) -> Stored:
    if isinstance(value, str) or not item.is_exact:
        return value
    return int(Decimal(str(value)).scaleb(item.scale))


def fill_inbox(
    desk: Desk,
    folder: Path,
    language: Language,
    senders: tuple[str, ...] = (),
    mistakes: tuple[Mistake, ...] = (),
) -> list[Path]:
    """Write the filled workbooks of these senders (all if none is named) into a folder."""
    given = answers(desk.definitions, language, mistakes)
    written = []
    for plan in plans(desk, PERIOD, senders, given):
        path = folder / file_name(plan, language)
        write_workbook(path, draw_workbook(plan, language))
        written.append(path)
    return written
