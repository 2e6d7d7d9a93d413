"""Taking workbooks in: each one whole or not at all, and one that is bad never stops the others."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import nullcontext
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Literal

from infodesk.errors import InfodeskError
from infodesk.model.period import Period
from infodesk.model.rule import Severity
from infodesk.model.submission import Change, Given, Part, Remark, Row, Stored, Submission
from infodesk.model.unit import Unit
from infodesk.stats.desk import Desk
from infodesk.stats.general import cover_remarks, sheet_remarks
from infodesk.stats.incoming import Came, name_of
from infodesk.stats.reading import reading_remarks
from infodesk.stats.whose import Claim, claim
from infodesk.store.releases import is_closed
from infodesk.store.submissions import (
    Reception,
    add_workbook,
    cover_of,
    current,
    file_name_of,
    keep_definition,
    notes_of,
    rows_of,
)
from infodesk.text.message import Message
from infodesk.workbooks.extract import extract
from infodesk.workbooks.extraction import Extraction
from infodesk.workbooks.grid import Book
from infodesk.workbooks.identify import Identity, identify
from infodesk.workbooks.limits import LIMITS, Limits
from infodesk.workbooks.reader import Reader

Result = Literal["new", "updated", "unchanged", "refused", "unknown"]


@dataclass(frozen=True)
class Options:
    """How workbooks are taken in. `take_other_period`: also those made for another period."""

    period: Period
    received: datetime | None = None
    via: str = "folder"
    sender: Unit | None = None
    take_other_period: bool = False
    dry_run: bool = False
    passwords: tuple[str, ...] = ()
    limits: Limits = LIMITS


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
    inside: str = ""  # where it lay in an archive or a mail
    taken: tuple[Taken, ...] = ()
    changes: tuple[Change, ...] = ()
    remarks: tuple[Remark, ...] = field(default=(), repr=False)

    @property
    def name(self) -> str:
        """What the file is called: `archive.zip/ward.xlsx` in an archive."""
        return name_of(self.file, self.inside)


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
        before = file_name_of(desk.store, hashlib.sha256(content).hexdigest())
        if before is not None:
            yield replace(_taken_before(came, content, before), inside=came.inside)
            return
        found = reader.open(content, came.name)
        if isinstance(found, Book):
            yield replace(_collect_book(desk, came, content, found, options), inside=came.inside)
            return
        pieces = list(came.pieces(found))
    except InfodeskError as error:
        if error.exit_code > 2:  # the store itself: going on would only repeat it
            raise
        yield FileResult(came.file, "refused", "", None, error.message, error.hint, came.inside)
        return
    for piece in pieces:
        yield from _results(desk, reader, piece, options)


def _taken_before(came: Came, content: bytes, before: str) -> FileResult:
    reason = Message("the same file was taken before, as {name} (GEN-019)", name=before)
    sha256 = hashlib.sha256(content).hexdigest()
    return FileResult(came.file, "unchanged", sha256, reason=reason)


def _collect_book(
    desk: Desk, came: Came, content: bytes, book: Book, options: Options
) -> FileResult:
    sha256 = hashlib.sha256(content).hexdigest()
    identity = identify(book, desk.definitions)
    if not identity.is_ours:
        reason = Message("no sheet of it is one of our forms")
        return FileResult(came.file, "unknown", sha256, reason=reason)
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
    extraction.remarks += reading_remarks(book, extraction)
    result = _take(desk, came, content, (identity, claimed, extraction), options)
    return replace(result, sha256=sha256, sender=claimed.sender.id)


def _extract(desk: Desk, identity: Identity, claimed: Claim, options: Options) -> Extraction:
    sender = claimed.sender
    allowed = frozenset(o.part for o in desk.obligations(options.period) if o.sender == sender.id)
    extraction = Extraction(desk.definitions, options.period, sender, allowed)
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
    if options.dry_run:
        return _plan(desk, came.file, reception, extraction)[0]
    with desk.store.writing():
        result, kept = _plan(desk, came.file, reception, extraction)
        if kept:
            for given, _ in kept:
                form = desk.definitions.form_by_id[given.part.form]
                keep_definition(desk.store, form, desk.definitions.texts[form.definition])
            add_workbook(
                desk.store,
                desk.actor,
                reception,
                [
                    (given, desk.definitions.form_by_id[given.part.form], version)
                    for given, version in kept
                ],
                result.remarks,
            )
    return result


def _plan(
    desk: Desk, file: Path, reception: Reception, extraction: Extraction
) -> tuple[FileResult, list[tuple[Given, int]]]:
    """What taking the workbook in would do: which parts are new versions, and what changed in them."""
    known = current(desk.store, reception.period)
    remarks = tuple(_whose(remark, known) for remark in extraction.remarks)
    given = extraction.parts()
    if not given:
        return FileResult(file, "refused", reason=_nothing(remarks), remarks=remarks), []
    kept: list[tuple[Given, int]] = []
    changes: list[Change] = []
    for each in given:
        before = known.get(each.part)
        if before is not None and _is_same(desk, each, before, reception):
            continue
        kept.append((each, before.version + 1 if before else 1))
        changes += _changes(desk, each, before)
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


def _is_same(desk: Desk, given: Given, before: Submission, reception: Reception) -> bool:
    """Whether a resubmission says what the version before said, to the last remark and signature."""
    form = desk.definitions.form_by_id[given.part.form]
    old = {row.row: dict(row.values) for row in rows_of(desk.store, before, form)}
    new = {row.row: _all_items(row, old.get(row.row, {})) for row in given.rows}
    return (
        old == new
        and before.nil == given.nil
        and before.sender == reception.sender
        and notes_of(desk.store, before) == dict(given.notes)
        and cover_of(desk.store, before) == dict(reception.cover)
    )


def _all_items(row: Row, old: Mapping[str, Stored]) -> dict[str, Stored]:
    """A row's answers, with a blank for every item that it does not speak of."""
    blank: dict[str, Stored] = dict.fromkeys(old)
    return blank | dict(row.values)


def _changes(desk: Desk, given: Given, before: Submission | None) -> Iterator[Change]:
    """Cell by cell, what differs from the version before."""
    if before is None:
        return
    form = desk.definitions.form_by_id[given.part.form]
    old = {row.row: row.values for row in rows_of(desk.store, before, form)}
    new = {row.row: row.values for row in given.rows}
    for row in sorted(old.keys() | new.keys()):
        for item in form.section(given.part.section).items:
            was, now = old.get(row, {}).get(item.id), new.get(row, {}).get(item.id)
            if was != now:
                yield Change(given.part, row, item.id, was, now)
