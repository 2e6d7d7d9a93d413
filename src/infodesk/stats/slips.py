"""What stands on a query slip: a finding's own cells of one sender, by their labels."""

from collections.abc import Iterator

from infodesk.model.definitions import Definitions
from infodesk.model.finding import Cell, Finding
from infodesk.model.item import Secrecy
from infodesk.model.submission import Part, Submission
from infodesk.stats.check import Checked
from infodesk.stats.desk import Desk
from infodesk.stats.written import shown_answer
from infodesk.store.submissions import original, rows_of
from infodesk.text.message import Message, Title
from infodesk.workbooks.marking.slip import AnswerKey, Kept, SlipFinding, SlipLine
from infodesk.workbooks.reader import Reader
from infodesk.workbooks.slip_reader import read_slip
from infodesk.workbooks.unreadable import UnreadableError


def own_cells(
    finding: Finding, sender: str, checked: Checked
) -> list[tuple[Cell, Submission | None]]:
    """A finding's cells that one sender gave this period, with the submission each came in (nothing for a
    cell that is no answer, such as a totals row)."""
    return [
        (cell, _submission(cell, finding, checked))
        for cell in dict.fromkeys(finding.cells)
        if cell.sender == sender and cell.period in (None, checked.period)
    ]


def _submission(cell: Cell, finding: Finding, checked: Checked) -> Submission | None:
    for submission in checked.submissions.values():
        is_part = submission.part[::2] == (cell.form, finding.identity.unit)
        if is_part and any(cell.item in cells for cells in submission.cells.values()):
            return submission
    return None


def slip_finding(
    definitions: Definitions, checked: Checked, finding: Finding, sender: str
) -> SlipFinding:
    """A finding as its sender sees it: its own cells, and both sides of the rule."""
    rule = finding.identity.rule
    title = definitions.rule_title(rule)
    own = own_cells(finding, sender, checked)
    lines = tuple(_line(definitions, finding, cell, found) for cell, found in own)
    secret = _tells_a_secret(definitions, finding, {cell for cell, _ in own})
    sides = None if secret else finding.message
    none = SlipLine(_about(definitions, finding), None)
    return SlipFinding(finding.number or 0, rule, finding.severity, title, sides, lines or (none,))


def _tells_a_secret(definitions: Definitions, finding: Finding, own: set[Cell]) -> bool:
    """Whether the sides would tell a sender a confidential number of somebody else."""
    for cell in finding.cells:
        form = definitions.form_by_id.get(cell.form)
        item = form.by_id.get(cell.item) if form else None
        secret = item is not None and item.secrecy in (Secrecy.CONFIDENTIAL, Secrecy.PERSONAL)
        if secret and cell not in own:
            return True
    return False


def _line(
    definitions: Definitions, finding: Finding, cell: Cell, found: Submission | None
) -> SlipLine:
    form = definitions.form_by_id.get(cell.form)
    item = form.by_id.get(cell.item) if form else None
    if form is None or item is None:
        return SlipLine(_about(definitions, finding), cell.value, cell.cell)
    label: Message | Title = item.label
    unit = definitions.units.by_id.get(finding.identity.unit)
    if unit is not None and unit.id != cell.sender:
        label = Message("{unit} · {item}", unit=unit.title, item=item.label)
    key = None
    if found is not None:
        row = finding.identity.row if form.has_rows else ""
        key = AnswerKey(form.id, found.part.unit, row, item.id)
    return SlipLine(label, cell.value, cell.cell, key)


def _about(definitions: Definitions, finding: Finding) -> Message | Title:
    """What a finding without an answer's cell is about."""
    form = definitions.form_by_id.get(finding.identity.form)
    unit = definitions.units.by_id.get(finding.identity.unit)
    if form is None:
        return Title() if unit is None else unit.title
    if unit is None or unit.parent is None:
        return form.title
    return Message("{unit} · {item}", unit=unit.title, item=form.title)


def kept_lines(
    desk: Desk, reader: Reader, sha256: str, submissions: list[Submission]
) -> Iterator[Kept]:
    """The corrections that an earlier slip in the same workbook gave: they must go on holding."""
    try:
        slip = read_slip(reader.read(original(desk.store, sha256)))
    except UnreadableError:  # another format: it is sent without marks
        return
    if slip is None:
        return
    forms = desk.definitions.form_by_id
    by_part = {submission.part: submission for submission in submissions}
    keys = dict.fromkeys(line.key for line in slip.lines if line.key and line.right)
    for key in keys:
        form = forms[key.form]
        submission = by_part.get(Part(form.id, form.section_of(key.item).id, key.unit))
        rows = () if submission is None else rows_of(desk.store, submission, form)
        for row in rows:
            item = form.by_id[key.item]
            value = shown_answer(item, row.values.get(key.item))
            if row.row == key.row and value is not None:
                yield Kept(item.label, value, key)
