"""Sending workbooks back: which findings each sender is asked about, on which of its own workbooks."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from pathlib import Path, PurePath

from infodesk.model.finding import Finding, State
from infodesk.model.period import Period
from infodesk.model.rule import Severity
from infodesk.model.submission import Submission
from infodesk.stats.check import Checked, check, numbered, numbers_of
from infodesk.stats.desk import Desk
from infodesk.stats.slips import kept_lines, own_cells, slip_finding
from infodesk.store.returns import Return, add_return, returns
from infodesk.store.submissions import original
from infodesk.text.language import Language
from infodesk.workbooks.blank.book import write_workbook
from infodesk.workbooks.marking.mark import marked_workbook
from infodesk.workbooks.marking.slip import Slip
from infodesk.workbooks.reader import Reader

WORKDAYS = 2  # to answer a return (domain: a returned submission opens a new due date)
LONGEST = 70  # characters of a name: systems take 255 bytes, of which a Chinese one needs three
NOT_ASKED = frozenset({"GEN-008", "GEN-021"})  # nothing came; the statistician confirms


@dataclass(frozen=True)
class Returned:
    """One workbook to send back, or that was. `is_new` is false where the very same was sent back before."""

    sender: str
    file: str
    path: Path
    due: datetime
    findings: tuple[Finding, ...]
    number: int | None = None
    is_new: bool = True


@dataclass
class _Pile:
    """The findings about one workbook of one sender."""

    sender: str
    sha256: str
    submissions: list[Submission]
    findings: list[Finding] = field(default_factory=list)


def send_back(
    desk: Desk,
    period: Period,
    folder: Path,
    language: Language,
    sender: str | None = None,
    *,
    dry_run: bool = False,
) -> list[Returned]:
    """Mark the workbooks of every sender with open findings and write them into a folder.

    The same findings are asked about once: a second run writes the same files and keeps nothing new.
    """
    checked = check(desk, period)
    checked = checked if dry_run else numbered(desk, checked)
    found = []
    with Reader() as reader:  # its process begins with the first workbook
        for pile in _piles(desk, checked):
            if sender not in (None, pile.sender):
                continue
            plan = _plan(desk, period, folder / str(period), pile)
            if not dry_run:
                plan = _act(desk, checked, pile, plan, language, reader)
            found.append(plan)
    return found


def _piles(desk: Desk, checked: Checked) -> list[_Pile]:
    piles: dict[tuple[str, str], _Pile] = {}
    for submission in checked.submissions.values():
        key = (submission.sender, submission.sha256)
        piles.setdefault(key, _Pile(*key, [])).submissions.append(submission)
    for finding in filter(partial(_is_asked, desk), checked.findings):
        for key in _owners(checked, finding):
            piles[key].findings.append(finding)
    units = desk.definitions.units.by_id
    asked = [pile for pile in piles.values() if pile.findings]
    return sorted(asked, key=lambda pile: units[pile.sender].order)


def _is_asked(desk: Desk, finding: Finding) -> bool:
    """Open, no mere hint, and about records: a total of the whole hospital is the statistician's own."""
    rule = desk.definitions.rule_by_id.get(finding.identity.rule)
    return (
        finding.state is State.OPEN
        and finding.severity is not Severity.INFO
        and finding.identity.rule not in NOT_ASKED
        and (rule is None or rule.is_about_records)
    )


def _owners(checked: Checked, finding: Finding) -> Iterator[tuple[str, str]]:
    """Each sender that is asked, with the one workbook of it: the last that gave a number of the finding."""
    senders = dict.fromkeys(cell.sender for cell in finding.cells if cell.sender)
    for sender in senders:
        given = list(_given(checked, finding, sender))
        if given:
            last = max(given, key=lambda submission: submission.id)
            yield sender, last.sha256
    if not finding.cells:
        identity = finding.identity
        for submission in checked.submissions.values():
            if submission.part[::2] == (identity.form, identity.unit):
                yield submission.sender, submission.sha256
                return


def _given(checked: Checked, finding: Finding, sender: str) -> Iterator[Submission]:
    """The submissions that a sender's cells came in; for a cell that is no answer, those of its file."""
    for cell, found in own_cells(finding, sender, checked):
        if found is not None:
            yield found
            continue
        for submission in checked.submissions.values():
            if (submission.sender, submission.file) == (sender, cell.file):
                yield submission


def _plan(desk: Desk, period: Period, folder: Path, pile: _Pile) -> Returned:
    file = pile.submissions[0].file
    path = folder / PurePath(file).name  # of a workbook in an archive, its own name alone
    before = _same_before(desk, period, pile)
    due = before.due if before else _due(desk, pile)
    due = due.astimezone(desk.definitions.settings.zone)
    number = None if before is None else before.id
    return Returned(pile.sender, file, path, due, tuple(pile.findings), number, before is None)


def _same_before(desk: Desk, period: Period, pile: _Pile) -> Return | None:
    """An unanswered return of the same workbook with the same questions."""
    asked = {finding.number: numbers_of(finding) for finding in pile.findings}
    for made in returns(desk.store, period):
        if made.original == pile.sha256 and not made.is_answered and made.findings == asked:
            return made
    return None


def _due(desk: Desk, pile: _Pile) -> datetime:
    """Two working days from now, at the hour the form is due."""
    settings, calendar = desk.definitions.settings, desk.definitions.calendar
    form = desk.definitions.form_by_id[pile.submissions[0].part.form]
    day = calendar.add_workdays(desk.now.date(), WORKDAYS)
    return datetime.combine(day, form.due.at, settings.zone)


def _act(
    desk: Desk, checked: Checked, pile: _Pile, plan: Returned, language: Language, reader: Reader
) -> Returned:
    number = plan.number or add_return(desk.store, desk.actor, _made(checked, pile, plan))
    path = plan.path.with_name(_file_name(plan.path, number, language))
    slip = _slip(desk, checked, pile, replace(plan, number=number), reader)
    content = original(desk.store, pile.sha256)
    write_workbook(path, marked_workbook(content, slip, language))
    return replace(plan, number=number, path=path)


def _file_name(path: Path, number: int, language: Language) -> str:
    """`ward_核实7.xlsx`; a name out of a mail may have signs that names of files may not."""
    word = language("query")
    stem = re.sub(rf"_{re.escape(word)}\d+$", "", path.stem)
    stem = re.sub(r'[\x00-\x1f\\/:*?"<>|]+', "_", stem)[:LONGEST]
    return f"{stem}_{word}{number}.xlsx"


def _made(checked: Checked, pile: _Pile, plan: Returned) -> Return:
    findings = {f.number: numbers_of(f) for f in pile.findings if f.number is not None}
    touched = {
        submission.id
        for finding in pile.findings
        for submission in (
            *_given(checked, finding, pile.sender),
            *_blocked(checked, finding, pile),
        )
    }
    return Return(
        checked.period, pile.sender, pile.sha256, plan.due, findings, tuple(sorted(touched))
    )


def _blocked(checked: Checked, finding: Finding, pile: _Pile) -> Iterator[Submission]:
    """The sender's parts that a finding keeps from counting, or that it is about as a whole."""
    for submission in checked.submissions.values():
        is_whole = not finding.cells and submission.part.unit == finding.identity.unit
        is_blocked = tuple(submission.part) in finding.blocks
        if submission.sender == pile.sender and (is_blocked or is_whole):
            yield submission


def _slip(desk: Desk, checked: Checked, pile: _Pile, plan: Returned, reader: Reader) -> Slip:
    definitions = desk.definitions
    made = next(each for each in returns(desk.store, checked.period) if each.id == plan.number)
    zone = definitions.settings.zone
    return Slip(
        number=made.id,
        hospital=definitions.units.root.title,
        sender=definitions.units.by_id[pile.sender],
        period=checked.period,
        returned=(made.returned_at or desk.now).astimezone(zone),
        due=plan.due,
        telephone=definitions.settings.telephone,
        least=definitions.settings.explanation_length,
        findings=tuple(
            slip_finding(definitions, checked, finding, pile.sender) for finding in pile.findings
        ),
        kept=tuple(kept_lines(desk, reader, pile.sha256, pile.submissions)),
    )
