"""Reading a query slip that came back: what each finding was answered with."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from infodesk.text.folding import key
from infodesk.text.language import language
from infodesk.workbooks import marks
from infodesk.workbooks.grid import Address, Book, Sheet
from infodesk.workbooks.marking.slip import ANSWER, REASON, RIGHT, SLIP, WAS, WORDS, AnswerKey
from infodesk.workbooks.roles import columns_of, row_with


@dataclass(frozen=True)
class SlipAnswer:
    """What one line says. `finding` is nothing for a correction of an earlier slip; `right` is where the right
    value stands, nothing if that is blank; `was` is the value it was asked about."""

    finding: int | None
    key: AnswerKey | None
    right: Address | None
    was: str = ""


@dataclass(frozen=True)
class ReadSlip:
    """A slip as it came back: its sheet, the number of the return, its lines, and words by finding."""

    sheet: Sheet
    number: int
    lines: tuple[SlipAnswer, ...]
    reasons: Mapping[int, str]
    words: Mapping[int, str]

    def findings(self) -> tuple[int, ...]:
        """The findings on it, each once."""
        found = (line.finding for line in self.lines)
        return tuple(dict.fromkeys(number for number in found if number is not None))


def is_slip(book: Book, sheet: Sheet) -> bool:
    """Whether a sheet is a query slip: by its name of ours, else by its title and its roles."""
    titles = {key(language(code).tell(SLIP)) for code in ("zh", "en")}
    named = book.name(sheet.name, marks.RETURN) is not None or key(sheet.name) in titles
    return named and row_with(sheet, ANSWER, RIGHT) is not None


def read_slip(book: Book) -> ReadSlip | None:
    """The slip of a workbook, if it has one."""
    for sheet in book.sheets:
        if is_slip(book, sheet):
            number = book.name(sheet.name, marks.RETURN) or ""
            return _read(sheet, int(number) if number.isdigit() else 0)
    return None


def _read(sheet: Sheet, number: int) -> ReadSlip:
    header = row_with(sheet, ANSWER, RIGHT)
    assert header is not None, "only sheets that have the roles come here"
    columns = columns_of(sheet, header)
    lines: list[SlipAnswer] = []
    reasons: dict[int, str] = {}
    words: dict[int, str] = {}
    for row, (finding, answer) in _lines(sheet, header, columns[ANSWER]):
        place = (row, columns[RIGHT])
        was = sheet.text(row, columns.get(WAS, -1))
        right = place if sheet.text(*place) or place in sheet.errors else None
        lines.append(SlipAnswer(finding, answer, right, was))
        if finding is None:
            continue
        for role, found in ((REASON, reasons), (WORDS, words)):
            said = sheet.text(row, columns[role]) if role in columns else ""
            if said:
                found[finding] = f"{found[finding]} {said}" if finding in found else said
    return ReadSlip(sheet, number, tuple(lines), reasons, words)


def _lines(
    sheet: Sheet, header: int, column: int
) -> Iterator[tuple[int, tuple[int | None, AnswerKey | None]]]:
    """Row, finding and key of each line."""
    for row in range(header + 1, len(sheet.rows)):
        finding, sign, rest = sheet.text(row, column).partition("|")
        if not sign or not (finding.isdigit() or finding == ""):
            continue
        names = rest.split("|")
        answer = AnswerKey(*names) if len(names) == 4 else None
        yield row, (int(finding) if finding else None, answer)
