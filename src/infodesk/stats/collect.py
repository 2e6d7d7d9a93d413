"""Taking workbooks in: each one whole or not at all, and one that is bad never stops the others."""

import hashlib
from collections.abc import Iterable, Iterator
from contextlib import nullcontext
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from infodesk.errors import InfodeskError
from infodesk.model.period import Period
from infodesk.model.submission import Change, Given, Part, Remark, Submission
from infodesk.model.unit import Unit
from infodesk.stats.desk import Desk
from infodesk.stats.file_result import FileResult, Taken
from infodesk.stats.general import cover_remarks, sheet_remarks
from infodesk.stats.incoming import Came
from infodesk.stats.reading import reading_remarks
from infodesk.stats.refusals import nothing_to_take, refuse_closed, refuse_other_periods_file
from infodesk.stats.slip_answers import (
    SlipAnswers,
    settle_answers,
    slip_answers,
    with_corrections,
)
from infodesk.stats.versions import changes_since, is_same
from infodesk.stats.whose import Claim, claim
from infodesk.store.places import places_of
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
from infodesk.workbooks.grid import Book
from infodesk.workbooks.identify import Identity, identify
from infodesk.workbooks.limits import LIMITS, Limits
from infodesk.workbooks.personal_numbers import refuse_identity_numbers
from infodesk.workbooks.reader import Reader


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
    passwords: tuple[str, ...] = ()
    limits: Limits = LIMITS


def collect(
    desk: Desk, files: Iterable[Path], options: Options, reader: Reader | None = None
) -> Iterator[FileResult]:
    """Take the files in, one after the other; each workbook, also one in an archive, is one transaction.

    A `reader` that is given is used, and left open.
    """
    own = Reader(options.passwords, options.limits) if reader is None else nullcontext(reader)
    with own as opened:
        for file in files:
            came = Came(file, "", None, options.received, options.via)
            yield from _results(desk, opened, came, options)


def _results(desk: Desk, reader: Reader, came: Came, options: Options) -> Iterator[FileResult]:
    """What became of a file, or of each workbook in an archive or a mail."""
    try:
        content = came.bytes(options.limits.file)
        before = taken_before(desk.store, hashlib.sha256(content).hexdigest())
        same = next((each for each in before if _is_for(each, options)), None)
        if same is not None and not options.again:
            yield _taken_before(came, content, same)
            return
        found = reader.open(content, came.name)
        if isinstance(found, Book):
            result = _collect_book(desk, came, content, (found, before), options)
            yield replace(result, inside=came.inside)
            return
        pieces = list(came.pieces(found))
    except InfodeskError as error:
        if error.exit_code > 2:  # the store itself: going on would only repeat it
            raise
        yield FileResult(came.file, "refused", "", None, error.message, error.hint, came.inside)
        return
    for piece in pieces:
        yield from _results(desk, reader, piece, options)


def _is_for(earlier: Earlier, options: Options) -> bool:
    """Whether the file was taken for this period, and for this sender if one is named."""
    is_same_sender = options.sender is None or options.sender.id == earlier.sender
    return earlier.period == str(options.period) and is_same_sender


def _taken_before(came: Came, content: bytes, same: Earlier) -> FileResult:
    reason = Message("the same file was taken before, as {name} (GEN-019)", name=same.name)
    sha256 = hashlib.sha256(content).hexdigest()
    return FileResult(
        came.file, "unchanged", sha256, same.sender, reason=reason, inside=came.inside
    )


def _collect_book(
    desk: Desk,
    came: Came,
    content: bytes,
    read: tuple[Book, list[Earlier]],
    options: Options,
) -> FileResult:
    book, before = read
    sha256 = hashlib.sha256(content).hexdigest()
    identity = identify(book, desk.definitions)
    refuse_other_periods_file(
        before, identity, options.period, take_other=options.take_other_period
    )
    if not identity.is_ours:
        reason = Message("no sheet of it is one of our forms")
        return FileResult(came.file, "unknown", sha256, reason=reason)
    refuse_identity_numbers(book, {each.sheet.name: each.form for each in identity.forms})
    claimed = claim(
        desk.definitions,
        identity,
        options.period,
        options.sender,
        take_other=options.take_other_period,
    )
    refuse_closed(desk.store, options.period)
    extraction = _extract(desk, identity, claimed, options)
    extraction.remarks += reading_remarks(book, extraction)
    result = _take(desk, came, content, (identity, claimed, extraction), options)
    return replace(result, sha256=sha256, sender=claimed.sender.id)


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
    came: Came,
    content: bytes,
    read: tuple[Identity, Claim, Extraction],
    options: Options,
) -> FileResult:
    identity, claimed, extraction = read
    reception = Reception(
        options.period,
        came.name,
        content,
        claimed.sender.id,
        came.via,
        came.received or desk.actor.now,
        identity.cover,
    )
    slip = _slip(desk, identity, reception)
    if options.dry_run:
        return _plan(desk, came.file, reception, extraction, slip)[0]
    with desk.store.writing():
        result, kept = _plan(desk, came.file, reception, extraction, slip)
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
        return FileResult(file, "refused", reason=nothing_to_take(remarks), remarks=remarks), []
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
