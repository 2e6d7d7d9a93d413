"""A round from its beginning to its entry: which duty it does, what is answered, how it is written."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from infodesk.duty.alarms import again_draft, prove
from infodesk.duty.duties import duties_of
from infodesk.duty.judge import Draft
from infodesk.duty.names import find_key
from infodesk.duty.probes import read_probes
from infodesk.duty.room import DutyRoom
from infodesk.duty.steps import all_well, is_judged
from infodesk.duty.write import How, Written, add, find_entry, slot_text
from infodesk.model.entry import NO_ANSWER, SKIPPED, Answers, Breach, Duty, Entry, Key
from infodesk.model.limit import Level
from infodesk.model.logbook import Logbook
from infodesk.model.round import Place, Round
from infodesk.store.entries import earlier
from infodesk.store.rounds import check_holder, drop_round, save_round, take_round
from infodesk.text.folding import key as folded

NEAR, FAR = timedelta(days=10), timedelta(days=400)
REMEMBERED = 60  # entries before, for last readings and trends


@dataclass(frozen=True)
class Finished:
    """What became of a round: its entry, the incidents it names, and the entries whose repair it proves."""

    written: Written
    incidents: tuple[str, ...] = ()
    proven: tuple[Entry, ...] = ()


def duty_now(room: DutyRoom, book: Logbook, schedule: str, at: datetime) -> Duty | None:
    """The duty of a schedule whose time a moment lies in, done or not."""
    for around in (NEAR, FAR):
        near = duties_of(room, book, at.date() - around, at.date() + around)
        mine = [d for d in near if d.slot.schedule == schedule and not d.slot.subject]
        for duty in mine:
            if duty.opens <= at < duty.closes:
                return duty
    return None


def begin(
    room: DutyRoom,
    book: Logbook,
    schedule: str,
    holder: str,
    walked: datetime | None = None,
    again: Entry | None = None,
) -> Round:
    """Begin a round, or take up the one begun for the same duty. A duty that is done begins another one."""
    about: Mapping[str, str] = {}
    if again is None:
        slot = _slot(room, book, schedule, walked or room.now)
    else:
        slot, about = again.id, again_draft(room, again).given
    fresh = Round(
        Place(book.id, schedule, slot), room.now, room.now, room.writer, holder, walked, about
    )
    taken = replace(take_round(room.store, fresh), holder=holder)
    return replace(taken, walked_at=walked or taken.walked_at)


def _slot(room: DutyRoom, book: Logbook, schedule: str, at: datetime) -> str:
    duty = duty_now(room, book, schedule, at) if schedule else None
    if duty is None:
        return f"{at:%Y-%m-%d}"
    return slot_text(duty.slot) + (f" {duty.entry}" if duty.entry else "")


def draft_of_round(room: DutyRoom, book: Logbook, walked: Round) -> Draft:
    """A round as a draft of its entry. It happened when it was walked; that is now unless it was said."""
    again = not walked.place.schedule and walked.place.slot.startswith(f"{book.prefix}-")
    draft = Draft(book, walked.given, room.now, walked.place.schedule)
    if again:
        draft = replace(again_draft(room, find_entry(room, walked.place.slot)), given=walked.given)
    return replace(
        draft,
        occurred_at=(walked.walked_at or room.now).astimezone(room.now.tzinfo),
        measured=walked.measured,
        gaps=walked.gaps,
    )


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
    room: DutyRoom, book: Logbook, given: Mapping[str, str], keys: Iterable[Key]
) -> dict[str, str]:
    """Answers by name, each group asked together that was answered by yes spread over its questions."""
    asked, last = tuple(keys), last_answers(room, book)
    found: dict[str, str] = {}
    for group in book.groups:
        names = {folded(text) for text in (group.id, group.title.zh, group.title.en) if text}
        said = next((text for name, text in given.items() if folded(name) in names), "")
        if group.together and folded(said) in ("y", "yes", "是", "true", "正常"):
            mine = [k for k in asked if book.field_by_id[k.field].group == group.id]
            mine = [k for k in mine if is_judged(room, book, k)]
            found |= {str(k): text for k, text in all_well(room, book, mine, last).items()}
            given = {name: text for name, text in given.items() if folded(name) not in names}
    return found | dict(given)


def last_answers(room: DutyRoom, book: Logbook) -> Answers:
    """The latest answer to each question."""
    return {key: text for key, (_, text) in last_readings(room, book).items()}


def last_readings(room: DutyRoom, book: Logbook) -> dict[Key, tuple[datetime, str]]:
    """The latest answer to each question, and when that was."""
    found: dict[Key, tuple[datetime, str]] = {}
    for each in remembered(room, book):
        for key, text in each.answers.items():
            found.setdefault(key, (each.first.occurred_at, text))
    return found


def remembered(room: DutyRoom, book: Logbook, before: datetime | None = None) -> tuple[Entry, ...]:
    """The last entries, the latest first."""
    return earlier(room.store, book.id, {}, before or room.now, REMEMBERED)


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
