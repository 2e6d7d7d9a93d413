"""A round from its beginning to its entry: what is answered, and how it is written."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from infodesk.duty.alarms import again_draft, prove
from infodesk.duty.duties import about_asset
from infodesk.duty.facts import assets_of
from infodesk.duty.history import last_answers
from infodesk.duty.judge import Draft
from infodesk.duty.names import find_key
from infodesk.duty.places import check_happened, place_of
from infodesk.duty.probes import read_probes
from infodesk.duty.read_answer import Reader
from infodesk.duty.room import DutyRoom
from infodesk.duty.steps import all_well, is_judged
from infodesk.duty.write import How, Written, add, find_entry
from infodesk.errors import InfodeskError
from infodesk.model.entry import NO_ANSWER, SKIPPED, Breach, Entry, Key
from infodesk.model.limit import Level
from infodesk.model.logbook import Logbook
from infodesk.model.round import Round
from infodesk.store.rounds import check_holder, drop_round, save_round, take_round
from infodesk.text.folding import key as folded
from infodesk.text.message import Message


@dataclass(frozen=True)
class Finished:
    """What became of a round: its entry, the incidents it names, and the entries whose repair it proves."""

    written: Written
    incidents: tuple[str, ...] = ()
    proven: tuple[Entry, ...] = ()


def begin(
    room: DutyRoom,
    book: Logbook,
    schedule: str,
    holder: str,
    walked: datetime | None = None,
    about: Entry | str = "",
) -> Round:
    """Begin a round, or take up the one begun for the same duty. A duty that is done begins another one.

    `about` is the device that a round is about, or the entry that is inspected again. InfodeskError if the room is
    said to be `walked` in the future.
    """
    check_happened(room, walked)
    place = place_of(room, book, schedule, walked or room.now, about)
    given = _given_of(room, book, about)
    fresh = Round(place, room.now, room.now, room.writer, holder, walked, given)
    taken = replace(take_round(room.store, fresh), holder=holder)
    at = walked or taken.walked_at
    return replace(taken, walked_at=at and at.astimezone(room.now.tzinfo))


def _given_of(room: DutyRoom, book: Logbook, about: Entry | str) -> Mapping[str, str]:
    if isinstance(about, Entry):
        return again_draft(room, about).given
    name = about_asset(book) if about else None
    return {} if name is None else {name: about}


def is_again(book: Logbook, walked: Round) -> bool:
    """Whether a round is the re-inspection of an entry."""
    return not walked.place.schedule and walked.place.slot.startswith(f"{book.prefix}-")


def typed_in(book: Logbook, walked: Round) -> frozenset[str]:
    """What a person answered or skipped of a round, by name."""
    given = {name for name in walked.given if name not in map(str, walked.measured)}
    skipped_ones = {str(gap.key) for gap in walked.gaps if gap.check == SKIPPED}
    return frozenset((given - set(book.about)) | skipped_ones)


def draft_of_round(room: DutyRoom, book: Logbook, walked: Round) -> Draft:
    """A round as a draft of its entry. It happened when it was walked; that is now unless it was said."""
    draft = Draft(book, walked.given, room.now, walked.place.schedule)
    if is_again(book, walked):
        draft = replace(again_draft(room, find_entry(room, walked.place.slot)), given=walked.given)
    return replace(
        draft,
        occurred_at=walked.walked_at or room.now,
        measured=walked.measured,
        gaps=walked.gaps,
    )


def still_asked(room: DutyRoom, book: Logbook, walked: Round) -> tuple[Round, tuple[Message, ...]]:
    """The round without what no longer fits the definitions, which may have changed since: and what that was."""
    draft, gone = draft_of_round(room, book, walked), {}
    reader = Reader(room, draft.occurred_at.date())
    for name, text in walked.given.items():
        key = find_key(room, book, name)
        answer = key if isinstance(key, Message) else _read(room, draft, reader, key, text)
        if isinstance(answer, Message):
            gone[name] = Message("{name} {value}: {why}", name=name, value=repr(text), why=answer)
    gaps = [gap for gap in walked.gaps if _is_there(room, draft, gap.key)]
    given = {name: text for name, text in walked.given.items() if name not in gone}
    return replace(walked, given=given, gaps=tuple(gaps)), tuple(gone.values())


def _read(room: DutyRoom, draft: Draft, reader: Reader, key: Key, text: str) -> str | Message:
    if not _is_there(room, draft, key):
        return Message("it is no longer asked")
    return reader.read(draft.book.field_by_id[key.field], text)


def _is_there(room: DutyRoom, draft: Draft, key: Key) -> bool:
    field = draft.book.field_by_id.get(key.field)
    return field is not None and key.asset in assets_of(room, field, draft.occurred_at)


def measured(room: DutyRoom, book: Logbook, walked: Round) -> Round:
    """The round with what the probes read now. What a person typed stays; what they read before does not."""
    typed = {
        name: text
        for name, text in walked.given.items()
        if find_key(room, book, name) not in walked.measured
    }
    bare = replace(
        walked,
        given=typed,
        measured=frozenset(),
        gaps=tuple(gap for gap in walked.gaps if gap.check != NO_ANSWER),
    )
    readings = read_probes(room, draft_of_round(room, book, bare))
    own = {find_key(room, book, name) for name in typed}
    taken = {key: text for key, text in readings.answers.items() if key not in own}
    silent = tuple(gap for gap in readings.silent if gap.key not in own)
    return replace(
        bare,
        given=typed | {str(key): text for key, text in taken.items()},
        measured=frozenset(taken),
        gaps=bare.gaps + silent,
    )


def answered(walked: Round, answers: Mapping[Key, str]) -> Round:
    """The round with answers a person gave."""
    given = {**walked.given, **{str(key): text for key, text in answers.items()}}
    gaps = tuple(gap for gap in walked.gaps if gap.key not in answers)
    return replace(walked, given=given, gaps=gaps, measured=walked.measured - answers.keys())


def skipped(walked: Round, keys: Iterable[Key], reason: str) -> Round:
    """The round with questions skipped, and why."""
    left = withdrawn(walked, keys)
    gaps = tuple(Breach(Level.WARN, key, reason, SKIPPED) for key in keys)
    return replace(left, gaps=left.gaps + gaps)


def withdrawn(walked: Round, keys: Iterable[Key]) -> Round:
    """The round without the answers to some questions."""
    gone = frozenset(keys)
    names = {str(key) for key in gone}
    return replace(
        walked,
        given={name: text for name, text in walked.given.items() if name not in names},
        gaps=tuple(gap for gap in walked.gaps if gap.key not in gone),
    )


def spread(
    room: DutyRoom, draft: Draft, given: Mapping[str, str], keys: Iterable[Key]
) -> dict[str, str]:
    """Answers by name, each group asked together that was answered by yes spread over its questions.

    InfodeskError if a group was answered by anything else.
    """
    book, asked, last = draft.book, tuple(keys), last_answers(room, draft)
    found: dict[str, str] = {}
    for group in book.groups:
        names = {folded(text) for text in (group.id, group.title.zh, group.title.en) if text}
        said = next((name for name in given if folded(name) in names), None)
        if not group.together or said is None or isinstance(find_key(room, book, said), Key):
            continue
        if folded(given[said]) not in ("y", "yes", "是", "true", "正常"):
            raise InfodeskError(
                Message(
                    "{group}: only y, for all of it, not {value}",
                    group=said,
                    value=repr(given[said]),
                ),
                Message("give each answer by itself: {example}", example="water_leak=ALARM"),
            )
        mine = [k for k in asked if book.field_by_id[k.field].group == group.id]
        mine = [k for k in mine if is_judged(room, book, k)]
        found |= {str(k): text for k, text in all_well(room, book, mine, last).items()}
        given = {name: text for name, text in given.items() if name != said}
    return found | dict(given)


def save(room: DutyRoom, walked: Round) -> Round:
    """Keep the round as it is now. RefusedError if another terminal has it."""
    kept = replace(walked, saved_at=room.now)
    save_round(room.store, kept)
    return kept


def finish(
    room: DutyRoom, book: Logbook, walked: Round, incidents: Iterable[str | Draft] = ()
) -> Finished:
    """Write the entry with the incidents it names (opened first, if they are drafts), all of it or nothing.

    The round is forgotten then. If the entry is not sound nothing is written, and the round stays.
    """
    draft = draft_of_round(room, book, walked)
    with room.store.writing():
        check_holder(room.store, walked)
        named = tuple(dict.fromkeys(_number(room, each) for each in incidents))
        if named and book.on_alarm is not None:
            draft = replace(draft, given={**draft.given, book.on_alarm.link: "\n".join(named)})
        written = add(room, draft, How(measured=walked.measured))
        if written.line is None:
            return Finished(written)
        drop_round(room.store, walked.place)
        return Finished(written, named, prove(room, book, find_entry(room, written.line.id)))


def _number(room: DutyRoom, incident: str | Draft) -> str:
    if isinstance(incident, str):
        return incident
    line = add(room, incident).line
    assert line is not None, "the draft of an incident is judged before it is offered"
    return line.id
