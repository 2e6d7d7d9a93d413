"""What the departments type: a month's numbers as the answers of filled workbooks."""

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

from infodesk.demo.numbers import ROOT, Month, Quarter
from infodesk.model.definitions import Definitions
from infodesk.model.item import Item
from infodesk.model.period import Period
from infodesk.model.submission import Part, Stored
from infodesk.stats.blanks import plans
from infodesk.stats.desk import Desk
from infodesk.text.language import Language
from infodesk.workbooks.blank.book import draw_workbook, file_name, write_workbook
from infodesk.workbooks.blank.lines import row_line
from infodesk.workbooks.blank.plan import Answer, Answers

NIL = ("0401", "0501")  # wards that do not operate: the records room ticks that
SIGNED = timedelta(days=4)  # after the month's end: the fifth


def filled(definitions: Definitions, period: Period, month: Month) -> Answers:
    """All right answers of a month, but for those that a blank brings along from the month before."""
    nil = frozenset(Part("ward_activity", "surgery", unit) for unit in NIL)
    values = {
        answer: value
        for answer, value in _stored_answers(definitions, month)
        if part_of(definitions, answer) not in nil and not opens(definitions, answer)
    }
    return Answers(values, nil=nil, cover={"date": (period.end + SIGNED).isoformat()})


def filled_quarter(definitions: Definitions, period: Period, quarter: Quarter) -> Answers:
    """All answers of a quarter, row by row."""
    values: dict[Answer, Stored] = {}
    for form_id, lines in quarter.items():
        items = definitions.form_by_id[form_id].by_id
        for line, row in lines.items():
            for name, value in row.items():
                values[form_id, row_line(ROOT, line), name] = stored(items[name], value)
    return Answers(values, cover={"date": (period.end + SIGNED).isoformat()})


def _stored_answers(definitions: Definitions, month: Month) -> Iterator[tuple[Answer, Stored]]:
    for form_id, units in month.items():
        items = definitions.form_by_id[form_id].by_id
        for unit, row in units.items():
            for name, value in row.items():
                yield (form_id, unit, name), stored(items[name], value)


def stored(item: Item, value: float | str) -> Stored:
    """A number as the store keeps it; words are kept as they are."""
    if isinstance(value, str) or not item.is_exact:
        return value
    return int(Decimal(str(value)).scaleb(item.scale))


def part_of(definitions: Definitions, answer: Answer) -> Part:
    """The part that an answer is in."""
    form, unit, item = answer
    return Part(form, definitions.form_by_id[form].section_of(item).id, unit)


def opens(definitions: Definitions, answer: Answer) -> bool:
    """Whether a blank brings the answer along from the month before."""
    return definitions.form_by_id[answer[0]].by_id[answer[2]].opens_with is not None


def write_filled(
    desk: Desk,
    period: Period,
    folder: Path,
    language: Language,
    answers: Answers,
    senders: tuple[str, ...] = (),
) -> list[Path]:
    """Write the filled workbooks of these senders (all if none is named) into a folder."""
    written = []
    for plan in plans(desk, period, senders, answers):
        path = folder / file_name(plan, language)
        write_workbook(path, draw_workbook(plan, language))
        written.append(path)
    return written
