"""The sheet of a query slip as XML: one landscape A4 page to read, answer, print and sign."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from infodesk.text.language import Language
from infodesk.text.message import Message
from infodesk.workbooks.blank.drawing import display_width
from infodesk.workbooks.marking.cells import cell_name
from infodesk.workbooks.marking.slip import (
    AGREE,
    ANSWER,
    FINDING,
    LABEL,
    REASON,
    REASONS,
    RIGHT,
    WAS,
    WORDS,
    Kept,
    Slip,
    SlipFinding,
    SlipLine,
    what_to_do,
)
from infodesk.workbooks.marking.styles import MARK, Look, Styles
from infodesk.workbooks.marking.xml import quoteattr, text

COLUMNS: tuple[tuple[str, Message, float], ...] = (
    (FINDING, Message("Query no."), 10),
    (LABEL, Message("Item"), 26),
    (WAS, Message("Filled in"), 10),
    (AGREE, Message("What must agree"), 42),
    (RIGHT, Message("Corrected to"), 11),
    (REASON, Message("True: reason"), 12),
    (WORDS, Message("Explanation"), 26),
)
NUMBER, ITEM, VALUE, TOGETHER, CORRECT, CAUSE, WORD, KEY = range(8)
LAST = WORD
HEADER = 4  # row, from 0; the roles stand in the next one, hidden
ONE_PAGE = 32  # lines that are still legible on one page
LINE = 15.0  # points

_HEAD = Look(bold=True, align="center", fill="DDE7F0", framed=True)
_CELL = Look(framed=True)
_MIDDLE = Look(framed=True, align="center")
_OPEN = Look(framed=True, align="center", fill="FFF9DB", locked=False)
_OPEN_WORDS = Look(framed=True, fill="FFF9DB", locked=False)
_CLOSED = Look(framed=True, align="center", fill="F2F2F2")
_VALUE = Look(framed=True, align="right", fill=MARK[2:])
_LINK = Look(framed=True, ink="0B5CAD", underlined=True)
_SMALL = Look(size=9, ink="7B8794")


@dataclass
class SlipSheet:
    """The sheet being written, row by row."""

    slip: Slip
    language: Language
    styles: Styles
    sheets: frozenset[str]
    rows: list[str] = field(default_factory=list)
    merges: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    reasons: list[str] = field(default_factory=list)
    numbers: list[str] = field(default_factory=list)

    def xml(self) -> str:
        """The whole part."""
        self._head()
        for finding in self.slip.findings:
            self._finding(finding)
        for kept in self.slip.kept:
            self._kept(kept)
        self._foot()
        return _SHEET.format(
            height=1 if self.slip.length <= ONE_PAGE else 0,
            columns="".join(_columns()),
            rows="".join(self.rows),
            merges=f'<mergeCells count="{len(self.merges)}">{"".join(self.merges)}</mergeCells>',
            validations=self._validations(),
            links=f"<hyperlinks>{''.join(self.links)}</hyperlinks>" if self.links else "",
        )

    @property
    def _row(self) -> int:
        return len(self.rows)

    def _put(
        self, cells: Mapping[int, tuple[str | None, Look]], height: float, *, hidden: bool = False
    ) -> None:
        row, written = self._row, []
        for column, (words, look) in sorted(cells.items()):
            start = f'<c r="{cell_name((row, column))}" s="{self.styles.look(look)}"'
            if words is None:
                written.append(start + "/>")
            else:
                told = f'<is><t xml:space="preserve">{text(words)}</t></is>'
                written.append(f'{start} t="inlineStr">{told}</c>')
        shown = ' hidden="1"' if hidden else ""
        self.rows.append(
            f'<row r="{row + 1}" ht="{height:g}" customHeight="1"{shown}>{"".join(written)}</row>'
        )

    def _across(self, words: str, look: Look, height: float) -> None:
        """A line over the whole width."""
        self._merge(self._row, NUMBER, self._row, LAST)
        self._put({NUMBER: (words, look)}, height)

    def _merge(self, top: int, left: int, bottom: int, right: int) -> None:
        if (top, left) != (bottom, right):
            area = f"{cell_name((top, left))}:{cell_name((bottom, right))}"
            self.merges.append(f'<mergeCell ref="{area}"/>')

    def _head(self) -> None:
        slip, tell = self.slip, self.language
        self._across(tell.tell(slip.hospital), Look(size=11, align="center", ink="7B8794"), 18)
        self._across(tell("Statistics query slip"), Look(size=18, bold=True, align="center"), 30)
        particulars = tell(
            "Unit: {unit} ({id})    Period: {period}    Returned: {day}    Please answer by: {due}",
            unit=slip.sender.title,
            id=slip.sender.id,
            period=slip.period.title,
            day=f"{slip.returned:%Y-%m-%d}",
            due=f"{slip.due:%Y-%m-%d %H:%M}",
        )
        self._across(particulars, Look(align="center"), 20)
        self._across(self._how(), Look(size=9.5), 50)
        titles = {n: (tell.tell(title), _HEAD) for n, (_, title, _) in enumerate(COLUMNS)}
        self._put(titles, 24)
        roles: dict[int, tuple[str | None, Look]] = {
            n: (role, _SMALL) for n, (role, _, _) in enumerate(COLUMNS)
        }
        self._put(roles | {KEY: (ANSWER, _SMALL)}, 12, hidden=True)

    def _how(self) -> str:
        tell = self.language
        lines = (
            tell("1. Wrong: give the right value under “Corrected to”. A click on the item goes to its red cell."),
            tell(
                "2. True: choose the reason and explain it, together {n} characters at least. What is marked “must be corrected” cannot be explained.",
                n=self.slip.least,
            ),
            tell("3. Save this file and send it back to the information department."),
        )  # fmt: skip
        return "\n".join(lines)

    def _finding(self, finding: SlipFinding) -> None:
        first, tell = self._row, self.language
        agree = self._agree(finding)
        number = f"{finding.number}\n{tell.tell(what_to_do(finding))}"
        heights = [LINE * _lines(tell.tell(ln.label), COLUMNS[ITEM][2]) + 5 for ln in finding.lines]
        needed = max(_lines(agree, COLUMNS[TOGETHER][2]), _lines(number, COLUMNS[NUMBER][2]))
        short = max(0.0, LINE * needed + 6 - sum(heights)) / len(heights)
        for line, height in zip(finding.lines, heights, strict=True):
            self._line(finding, line, (number, agree), height + short)
        last = self._row - 1
        for column in (NUMBER, TOGETHER, CAUSE, WORD):
            self._merge(first, column, last, column)
        if not finding.must_be_corrected:
            self.reasons.append(cell_name((first, CAUSE)))

    def _agree(self, finding: SlipFinding) -> str:
        tell = self.language
        title = f"[{finding.rule}] {tell.tell(finding.title)}"
        return title if finding.sides is None else f"{title}\n{tell.tell(finding.sides)}"

    def _line(
        self, finding: SlipFinding, line: SlipLine, spoken: tuple[str, str], height: float
    ) -> None:
        number, agree = spoken
        row = self._row
        open_to_words = not finding.must_be_corrected
        blank = self.language("blank")
        self._put(
            {
                NUMBER: (number, _MIDDLE),
                ITEM: (self.language.tell(line.label), _LINK if self._is_there(line) else _CELL),
                VALUE: (blank if line.value is None else line.value, _VALUE),
                TOGETHER: (agree, _CELL),
                CORRECT: (None, _OPEN if line.key else _CLOSED),
                CAUSE: (None, _OPEN if open_to_words else _CLOSED),
                WORD: (None, _OPEN_WORDS),
                KEY: (f"{finding.number}|{line.key or ''}", _SMALL),
            },
            height,
        )
        if line.cell is not None and self._is_there(line):
            self._link(row, line.cell)

    def _is_there(self, line: SlipLine) -> bool:
        """Whether the workbook has the sheet of the cell."""
        return (
            line.cell is not None
            and line.cell.rpartition("!")[0 if "!" in line.cell else 2] in self.sheets
        )

    def _link(self, row: int, cell: str) -> None:
        sheet, _, place = cell.partition("!")
        target = "'" + sheet.replace("'", "''") + "'!" + (place or "A1")
        self.links.append(
            f'<hyperlink ref="{cell_name((row, ITEM))}" location={quoteattr(target)} '
            f"display={quoteattr(cell)}/>"
        )

    def _kept(self, kept: Kept) -> None:
        """A correction of an earlier slip: shown, and read again."""
        tell = self.language
        self._put(
            {
                NUMBER: (tell("corrected before"), _MIDDLE),
                ITEM: (tell.tell(kept.label), _CELL),
                VALUE: (None, _CLOSED),
                TOGETHER: (tell("given on the last slip, nothing more to do"), _CELL),
                CORRECT: (kept.value, _CLOSED),
                CAUSE: (None, _CLOSED),
                WORD: (None, _CLOSED),
                KEY: (f"|{kept.key}", _SMALL),
            },
            20,
        )

    def _foot(self) -> None:
        tell, slip = self.language, self.slip
        self._put({}, 8)
        line = "＿" * 8
        signed = tell(
            "Prepared by: {line}    Head of department: {line}    Date: {line}", line=line
        )
        phone = tell("Information department: {telephone}", telephone=slip.telephone)
        told = f"{signed}    {phone}" if slip.telephone else signed
        self._across(told, Look(), 30)

    @property
    def printed(self) -> str:
        """The area that is printed."""
        return f"$A$1:${cell_name((0, LAST))[0]}${self._row}"

    def _validations(self) -> str:
        if not self.reasons:
            return ""
        listed = ",".join(self.language.tell(reason) for reason in REASONS)
        formula = text(f'"{listed}"')
        return (
            '<dataValidations count="1"><dataValidation type="list" allowBlank="1" '
            f'showInputMessage="1" sqref="{" ".join(self.reasons)}">'
            f"<formula1>{formula}</formula1></dataValidation></dataValidations>"
        )


def _lines(words: str, width: float) -> int:
    """How many lines a text takes in a column of so many characters."""
    return sum(max(1, -(-display_width(line) // int(width - 2))) for line in words.split("\n"))


def _columns() -> Iterator[str]:
    for number, (_, _, width) in enumerate(COLUMNS, 1):
        yield f'<col min="{number}" max="{number}" width="{width:g}" customWidth="1"/>'
    yield f'<col min="{KEY + 1}" max="{KEY + 1}" width="4" hidden="1" customWidth="1"/>'


_SHEET = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    '<sheetPr><tabColor rgb="FFC00000"/><pageSetUpPr fitToPage="1"/></sheetPr>'
    '<sheetViews><sheetView showGridLines="0" tabSelected="1" workbookViewId="0">'
    '<pane ySplit="6" topLeftCell="A7" activePane="bottomLeft" state="frozen"/>'
    '<selection pane="bottomLeft" activeCell="E7" sqref="E7"/></sheetView></sheetViews>'
    '<sheetFormatPr defaultRowHeight="15"/><cols>{columns}</cols><sheetData>{rows}</sheetData>'
    '<sheetProtection sheet="1" objects="1" scenarios="1" formatColumns="0" formatRows="0"/>'
    "{merges}{validations}{links}"
    '<printOptions horizontalCentered="1"/>'
    '<pageMargins left="0.4" right="0.4" top="0.5" bottom="0.5" header="0.3" footer="0.3"/>'
    '<pageSetup paperSize="9" orientation="landscape" fitToWidth="1" fitToHeight="{height}"/>'
    "</worksheet>"
)
