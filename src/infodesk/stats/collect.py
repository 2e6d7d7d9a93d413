"""Taking workbooks in: each one whole or not at all, and one that is bad never stops the others."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Literal

from infodesk.errors import InfodeskError
from infodesk.model.period import Period, parse_period
from infodesk.model.rule import Severity
from infodesk.model.submission import Change, Given, Part, Remark, Submission
from infodesk.model.unit import Unit
from infodesk.stats.desk import Desk
from infodesk.stats.general import cover_remarks, sheet_remarks
from infodesk.stats.inbox import is_in_use
from infodesk.stats.slip_answers import (
    Answered,
    SlipAnswers,
    settle_answers,
    slip_answers,
    with_corrections,
)
from infodesk.stats.versions import changes_since, is_same
from infodesk.stats.whose import TAKE_OTHER, Claim, claim
from infodesk.store.places import places_of
from infodesk.store.releases import is_closed
from infodesk.store.returns import answer_return
from infodesk.store.submissions import (
    Earlier,
    Reception,
    add_workbook,
    current,
    keep_definition,
    taken_before,
)
from infodesk.text.message import Message
from infodesk.workbooks.extract import extract
from infodesk.workbooks.extraction import Extraction
from infodesk.workbooks.identify import Identity, identify
from infodesk.workbooks.personal_numbers import refuse_identity_numbers
from infodesk.workbooks.read import read_book

Result = Literal["new", "updated", "unchanged", "refused", "unknown"]


@dataclass(frozen=True)
class Options:
    """How workbooks are taken in. `take_other_period`: also those made for another period;
    `again`: also those taken before, now that a name or a place in them is settled."""

    period: Period
    received: datetime | None = None
    via: str = "folder"
    sender: Unit | None = None
    take_other_period: bool = False
    again: bool = False
    dry_run: bool = False


@dataclass(frozen=True)
class Taken:
    """One part that was taken: its version, and how many records it has."""

    part: Part
    version: int
    records: int


@dataclass(frozen=True)
class FileResult:
    """What became of one file."""

    file: Path
    result: Result
    sha256: str = ""
    sender: str | None = None
    reason: Message | None = None
    hint: Message | None = None
    taken: tuple[Taken, ...] = ()
    changes: tuple[Change, ...] = ()
    answers: tuple[Answered, ...] = ()
    remarks: tuple[Remark, ...] = field(default=(), repr=False)


def collect(desk: Desk, files: Iterable[Path], options: Options) -> Iterator[FileResult]:
    """Take the files in, one after the other; each is one transaction."""
    for file in files:
        try:
            yield _collect_file(desk, file, options)
        except InfodeskError as error:
            if error.exit_code > 2:  # the store itself: going on would only repeat it
                raise
            yield FileResult(file, "refused", reason=error.message, hint=error.hint)


def _collect_file(desk: Desk, file: Path, options: Options) -> FileResult:
    content = _read(file)
    sha256 = hashlib.sha256(content).hexdigest()
    before = taken_before(desk.store, sha256)
    same = next((each for each in before if _is_for(each, options)), None)
    if same is not None and not options.again:
        reason = Message("the same file was taken before, as {name} (GEN-019)", name=same.name)
        return FileResult(file, "unchanged", sha256, same.sender, reason)
    book = read_book(content)
    identity = identify(book, desk.definitions)
    _refuse_other_periods_file(before, identity, options)
    if not identity.is_ours:
        reason = Message("no sheet of it is one of our forms")
        return FileResult(file, "unknown", sha256, reason=reason)
    refuse_identity_numbers(book, {each.sheet.name: each.form for each in identity.forms})
    claimed = claim(
        desk.definitions,
        identity,
        options.period,
        options.sender,
        take_other=options.take_other_period,
    )
    if is_closed(desk.store, options.period):
        raise InfodeskError(
            Message("{period} is closed (GEN-014)", period=options.period),
            Message(
                "have it opened again: {command}", command=f"infodesk stats reopen {options.period}"
            ),
        )
    extraction = _extract(desk, identity, claimed, options)
    result = _take(desk, file, content, (identity, claimed, extraction), options)
    return replace(result, sha256=sha256, sender=claimed.sender.id)


def _is_for(earlier: Earlier, options: Options) -> bool:
    """Whether the file was taken for this period, and for this sender if one is named."""
    is_same_sender = options.sender is None or options.sender.id == earlier.sender
    return earlier.period == str(options.period) and is_same_sender


def _refuse_other_periods_file(
    before: Iterable[Earlier], identity: Identity, options: Options
) -> None:
    """The very file of another period is refused, unless it is asked for or its tables hold several periods."""
    others = [each for each in before if each.period != str(options.period)]
    has_several = any(
        sheet.form.layout and sheet.form.layout.has_periods for sheet in identity.forms
    )
    if not others or options.take_other_period or has_several:
        return
    raise InfodeskError(
        Message(
            "the very file of {other}, taken as {name} (GEN-007)",
            other=parse_period(others[-1].period, options.period.last_day).title,
            name=others[-1].name,
        ),
        Message("ask for the right one; {option} takes it all the same", option=TAKE_OTHER),
    )


def _read(file: Path) -> bytes:
    in_use = InfodeskError(
        Message("the file is in use"),
        Message("close it in the spreadsheet program and collect again"),
    )
    if is_in_use(file):
        raise in_use
    try:
        return file.read_bytes()
    except PermissionError:
        raise in_use from None
    except OSError as error:
        raise InfodeskError(
            Message("the file cannot be read: {reason}", reason=error.strerror)
        ) from error


def _extract(desk: Desk, identity: Identity, claimed: Claim, options: Options) -> Extraction:
    sender = claimed.sender
    allowed = frozenset(o.part for o in desk.obligations(options.period) if o.sender == sender.id)
    confirmed = places_of(desk.store, sender.id)
    extraction = Extraction(desk.definitions, options.period, sender, allowed, confirmed=confirmed)
    extract(identity.forms, extraction)
    extraction.remarks += [
        *claimed.remarks,
        *sheet_remarks(identity),
        *cover_remarks(identity, options.period, sender.id),
    ]
    return extraction


def _take(
    desk: Desk,
    file: Path,
    content: bytes,
    read: tuple[Identity, Claim, Extraction],
    options: Options,
) -> FileResult:
    identity, claimed, extraction = read
    reception = Reception(
        options.period,
        file.name,
        content,
        claimed.sender.id,
        options.via,
        options.received or desk.actor.now,
        identity.cover,
    )
    slip = _slip(desk, identity, reception)
    if options.dry_run:
        return _plan(desk, file, reception, extraction, slip)[0]
    with desk.store.writing():
        result, kept = _plan(desk, file, reception, extraction, slip)
        if kept:
            _keep(desk, reception, kept, result.remarks)
        if slip is not None and not slip.is_empty:
            result = _answer(desk, reception, slip, result)
    return result


def _keep(
    desk: Desk,
    reception: Reception,
    kept: Iterable[tuple[Given, int]],
    remarks: Iterable[Remark] = (),
) -> None:
    forms = desk.definitions.form_by_id
    versions = [(given, forms[given.part.form], version) for given, version in kept]
    for _, form, _ in versions:
        keep_definition(desk.store, form, desk.definitions.texts[form.definition])
    add_workbook(desk.store, desk.actor, reception, versions, remarks)


def _answer(desk: Desk, reception: Reception, slip: SlipAnswers, result: FileResult) -> FileResult:
    """What the slip in a workbook is answered with; a workbook that brings nothing else is kept for it."""
    answers = settle_answers(desk, reception.period, slip)
    is_answer = any(each.result != "refused" for each in answers)
    if not result.taken and not is_answer:
        reason = Message("nothing on its query slip can be taken")
        return replace(result, result="refused", reason=reason, answers=answers)
    if not result.taken:
        _keep(desk, reception, ())
    if is_answer:
        answer_return(desk.store, desk.actor, slip.made.id, reception.sha256)
    return replace(result, result="updated", reason=None, answers=answers)


def _slip(desk: Desk, identity: Identity, reception: Reception) -> SlipAnswers | None:
    """What the query slip in it says, if it has one on which anything is written."""
    if identity.slip is None:
        return None
    known = current(desk.store, reception.period)
    answers = slip_answers(desk, identity.slip, reception.period, reception.sender, known)
    return None if answers.is_empty and not answers.right else answers


def _plan(
    desk: Desk,
    file: Path,
    reception: Reception,
    extraction: Extraction,
    slip: SlipAnswers | None = None,
) -> tuple[FileResult, list[tuple[Given, int]]]:
    """What taking the workbook in would do: which parts are new versions, and what changed in them."""
    known = current(desk.store, reception.period)
    remarks = tuple(_whose(remark, known) for remark in extraction.remarks)
    given = extraction.parts()
    if slip is not None:
        given = with_corrections(desk, slip, given, known)
    if not given:
        return FileResult(file, "refused", reason=_nothing(remarks), remarks=remarks), []
    kept: list[tuple[Given, int]] = []
    changes: list[Change] = []
    for each in given:
        before = known.get(each.part)
        if before is not None and is_same(desk, each, before, reception):
            continue
        kept.append((each, before.version + 1 if before else 1))
        changes += changes_since(desk, each, before)
    if not kept:
        reason = Message("the same numbers as before, nothing to take")
        return FileResult(file, "unchanged", reason=reason), []
    taken = tuple(Taken(each.part, version, len(each.rows)) for each, version in kept)
    is_new = all(version == 1 for _, version in kept)
    result = FileResult(
        file, "new" if is_new else "updated", taken=taken, changes=tuple(changes), remarks=remarks
    )
    return result, kept


def _whose(remark: Remark, known: dict[Part, Submission]) -> Remark:
    """A record that its rightful sender gave already is a second one (GEN-006), no mere stranger."""
    before = known.get(Part(remark.form, remark.section, remark.unit))
    if remark.rule != "GEN-007" or remark.detail != "reporter" or before is None:
        return remark
    return replace(remark, rule="GEN-006", detail=f"sender:{before.sender}:{before.file}")


def _nothing(remarks: Iterable[Remark]) -> Message:
    """Why a workbook of ours gave nothing that can be taken."""
    found = list(remarks)
    first = next((r for r in found if r.severity is Severity.ERROR and r.detail != "section"), None)
    if first is None:
        return Message("nothing is filled in yet")
    if first.rule == "GEN-006":
        sender = first.detail.split(":")[1] if first.detail.startswith("sender:") else ""
        return Message("the records in it were already sent by {sender} (GEN-006)", sender=sender)
    if first.rule == "GEN-007":
        return Message("its sender does not report what is in it (GEN-007)")
    return Message("nothing in it can be taken ({rule})", rule=first.rule)
