"""Taking workbooks in: each one whole or not at all, and one that is bad never stops the others."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Literal

from infodesk.errors import InfodeskError
from infodesk.model.period import Period, parse_period
from infodesk.model.rule import Severity
from infodesk.model.submission import Change, Given, Part, Remark, Row, Stored, Submission
from infodesk.model.unit import Unit
from infodesk.stats.desk import Desk
from infodesk.stats.general import cover_remarks, sheet_remarks
from infodesk.stats.inbox import is_in_use
from infodesk.stats.whose import TAKE_OTHER, Claim, claim
from infodesk.store.releases import is_closed
from infodesk.store.submissions import (
    Earlier,
    Reception,
    add_workbook,
    cover_of,
    current,
    keep_definition,
    notes_of,
    rows_of,
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
    """How workbooks are taken in. `take_other_period`: also those made for another period."""

    period: Period
    received: datetime | None = None
    via: str = "folder"
    sender: Unit | None = None
    take_other_period: bool = False
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
    before = _before(desk, sha256, options)
    if before is not None:
        reason = Message("the same file was taken before, as {name} (GEN-019)", name=before.name)
        return FileResult(file, "unchanged", sha256, before.sender, reason)
    book = read_book(content)
    identity = identify(book, desk.definitions)
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


def _before(desk: Desk, sha256: str, options: Options) -> Earlier | None:
    """When this file was taken for the period; one taken for another period is refused unless asked for."""
    found = taken_before(desk.store, sha256)
    for earlier in found:
        is_same_sender = options.sender is None or options.sender.id == earlier.sender
        if earlier.period == str(options.period) and is_same_sender:
            return earlier
    others = [earlier for earlier in found if earlier.period != str(options.period)]
    if others and not options.take_other_period:
        raise InfodeskError(
            Message(
                "the very file of {other}, taken as {name} (GEN-007)",
                other=parse_period(others[-1].period, options.period.last_day).title,
                name=others[-1].name,
            ),
            Message("ask for the right one; {option} takes it all the same", option=TAKE_OTHER),
        )
    return None


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
    if options.dry_run:
        return _plan(desk, file, reception, extraction)[0]
    with desk.store.writing():
        result, kept = _plan(desk, file, reception, extraction)
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
