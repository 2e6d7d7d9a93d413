"""Writing in a logbook: entries, what is said of them later, and duties that are skipped."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from infodesk.duty.judge import Draft, Judged, Problem, facts_of, judge
from infodesk.duty.once import other_answers, recorded_already, says_nothing_new
from infodesk.duty.parts import check_here, check_may, check_other
from infodesk.duty.room import DutyRoom
from infodesk.duty.secrets import looks_like_password
from infodesk.errors import InfodeskError, RefusedError
from infodesk.expr.evaluate import evaluate
from infodesk.model.entry import GAPS, Entry, Key, Kind, Line, Slot
from infodesk.model.lifecycle import Move
from infodesk.model.limit import Level
from infodesk.model.logbook import Logbook
from infodesk.store.book_views import VOID
from infodesk.store.entries import append
from infodesk.store.entries import entry as read_entry
from infodesk.text.message import Message


@dataclass(frozen=True)
class Written:
    """What became of a draft: the line that was written, or nothing and why not; nothing too, if it was recorded
    `already`."""

    line: Line | None
    judged: Judged
    warnings: tuple[Message, ...] = ()
    already: Entry | None = None


@dataclass(frozen=True)
class How:
    """What goes with a line besides its answers."""

    reason: str = ""
    second: str = ""
    measured: frozenset[Key] = field(default_factory=frozenset)
    dry_run: bool = False


PLAIN = How()


def add(room: DutyRoom, draft: Draft, how: How = PLAIN) -> Written:
    """Write an entry, if it is sound. What the logbook takes once only and has already is not written again."""
    if draft.occurred_at > room.now:
        problem = Problem(
            Message("it has not happened yet: {at}", at=f"{draft.occurred_at:%Y-%m-%d %H:%M}")
        )
        return Written(None, replace(judge(room, draft), problems=(problem,)))
    judged = judge(room, draft)
    with room.store.writing():
        already = recorded_already(room, draft, judged)
        if already is not None and says_nothing_new(room, draft, judged, already):
            return Written(None, judged, already=already)
        if already is not None:
            judged = replace(judged, problems=(*judged.problems, other_answers(already)))
        state = _start(room, draft, judged)
        line = _line(room, draft, judged, how, Kind.ENTRY)
        return _write(room, draft, judged, replace(line, state=state, what=draft.again), how)


def amend(
    room: DutyRoom, entry: Entry, given: Mapping[str, str], how: How, raised: Level | None = None
) -> Written:
    """Correct an entry: a new line beneath it, with the reason. The old one stays."""
    _check_stands(entry)
    check_reason(room, how.reason)
    draft = draft_of(room, entry, given)
    draft = replace(draft, raised=raised or draft.raised)
    judged = judge(room, draft)
    line = _line(room, draft, judged, how, Kind.AMENDMENT)
    return _write(
        room, draft, judged, replace(line, occurred_at=entry.first.occurred_at), how, entry
    )


def void(room: DutyRoom, entry: Entry, how: How) -> Written:
    """Declare an entry void, with the reason: it was never so. It stays to be read."""
    _check_stands(entry)
    check_reason(room, how.reason)
    draft = draft_of(room, entry, {})
    judged = Judged(entry.answers, entry.last.breaches, level=entry.last.level)
    line = replace(_line(room, draft, judged, how, Kind.AMENDMENT), state=VOID, what=VOID)
    return _write(room, draft, judged, line, how, entry)


def move(room: DutyRoom, entry: Entry, name: str, given: Mapping[str, str], how: How) -> Written:
    """Take an entry to its next state. RefusedError if the step, or who takes it, is not allowed."""
    _check_stands(entry)
    book = room.book_of(entry)
    step = find_move(book, entry, name)
    check_may(room, step.by, step.title)
    warnings = check_other(room, entry, step.other_than, how.second)
    draft = replace(draft_of(room, entry, given), move=step, before=_asked_anew(entry, step))
    judged = judge(room, draft)
    if (
        step.when is not None
        and evaluate(step.when, facts_of(room, draft, judged.answers, judged.level.value))
        is not True
    ):
        gate = Message(
            "{move} is not possible yet: {condition}", move=step.title, condition=step.when_text
        )
        judged = replace(judged, problems=(*judged.problems, Problem(gate)))
    line = replace(_line(room, draft, judged, how, Kind.MOVE), state=step.to, what=step.id)
    return replace(_write(room, draft, judged, line, how, entry), warnings=warnings)


def _asked_anew(entry: Entry, step: Move) -> dict[Key, str]:
    """What an entry says, without what the move asked when it was taken before: that is asked again."""
    again = any(line.kind is Kind.MOVE and line.what == step.id for line in entry.lines)
    asked = step.asks if again else ()
    return {key: answer for key, answer in entry.answers.items() if key.field not in asked}


def sign(room: DutyRoom, entry: Entry, post: str, how: How) -> Written:
    """Sign an entry for a post."""
    _check_stands(entry)
    book = room.book_of(entry)
    wanted = next((each for each in book.signs if each.post == post), None)
    if wanted is None:
        raise InfodeskError(
            Message("logbook {book} asks no signature of {post}", book=book.title, post=post),
            Message("it asks {names}", names=[each.post for each in book.signs]),
        )
    title = room.definitions.people.post_by_id[post].title
    check_may(room, (post,), title)
    if _is_signed(entry, post):
        raise RefusedError(Message("{entry} is signed already: {post}", entry=entry.id, post=title))
    warnings = check_other(room, entry, wanted.other_than, how.second)
    draft = draft_of(room, entry, {})
    judged = Judged(entry.answers, entry.last.breaches, level=entry.last.level)
    line = replace(_line(room, draft, judged, how, Kind.SIGNATURE), what=post)
    return replace(_write(room, draft, judged, line, how, entry), warnings=warnings)


def _check_stands(entry: Entry) -> None:
    """RefusedError if an entry was declared void: it was never so, and nothing more is said of it."""
    if entry.last.state == VOID:
        raise RefusedError(
            Message("{entry} is void", entry=entry.id), Message("write a new entry instead")
        )


def _is_signed(entry: Entry, post: str) -> bool:
    """Whether it was signed for a post since it was last amended: an amendment asks for a new signature."""
    kinds = (Kind.AMENDMENT, Kind.SIGNATURE)
    said = [line for line in entry.lines if line.kind in kinds]
    last = max((n for n, line in enumerate(said) if line.kind is Kind.AMENDMENT), default=-1)
    return any(line.what == post for line in said[last + 1 :])


def skip(room: DutyRoom, book: Logbook, slot: Slot, reason: str) -> Line:
    """Record that a duty is not done, and why. It stays in sight as skipped."""
    check_reason(room, reason)
    how = How(reason=reason)
    check_here(room)
    draft = Draft(book, {}, slot.planned, slot.schedule)
    line = _line(room, draft, Judged({}), how, Kind.SKIP)
    line = replace(line, state="skipped", slot=slot_text(slot))
    text = room.definitions.texts[book.definition]
    return append(room.store, room.actor, book, line, text=text)


def slot_text(slot: Slot) -> str:
    """A duty as a skip names it."""
    return f"{slot.planned:%Y-%m-%dT%H:%M} {slot.subject}".rstrip()


def find_move(book: Logbook, entry: Entry, name: str) -> Move:
    """The move of that id, title or alias which the entry's state allows."""
    possible = book.lifecycle.moves_from(entry.last.state)
    for each in possible:
        if name.casefold() in (each.id, each.title.zh, each.title.en.casefold(), *each.aliases):
            return each
    state = book.lifecycle.state_by_id.get(entry.last.state)
    raise RefusedError(
        Message(
            "{entry} is {state}, from where there is no {name}",
            entry=entry.id,
            state=state.title if state else entry.last.state,
            name=repr(name),
        ),
        Message("possible is {names}", names=[each.id for each in possible] or ["-"]),
    )


def find_entry(room: DutyRoom, number: str) -> Entry:
    """The entry of a number, with all its lines."""
    found = read_entry(room.store, number.upper())
    if found is None:
        raise InfodeskError(
            Message("there is no entry {name}", name=repr(number)),
            Message("list them with: infodesk log list BOOK"),
        )
    return found


def draft_of(room: DutyRoom, entry: Entry, given: Mapping[str, str]) -> Draft:
    """An entry as it stands, with something new given."""
    return Draft(
        room.book_of(entry),
        given,
        entry.first.occurred_at,
        entry.first.schedule,
        entry.last.state,
        entry.answers,
        entry.last.measured,
        id=entry.id,
        raised=entry.last.raised,
        gaps=tuple(each for each in entry.last.breaches if each.check in GAPS),
        again=entry.first.what,
        only=frozenset(entry.first.answers) if entry.first.what else frozenset(),
    )


def _start(room: DutyRoom, draft: Draft, judged: Judged) -> str:
    facts = facts_of(room, draft, judged.answers, judged.level.value)
    for start in draft.book.lifecycle.starts:
        if start.when is None or evaluate(start.when, facts) is True:
            return start.state
    raise AssertionError("the last start has no condition")


def _line(room: DutyRoom, draft: Draft, judged: Judged, how: How, kind: Kind) -> Line:
    now: datetime = room.now
    occurred = draft.occurred_at if kind in (Kind.ENTRY, Kind.SKIP, Kind.AMENDMENT) else now
    return Line(
        id="",
        root=draft.id,
        book=draft.book.id,
        kind=kind,
        occurred_at=occurred.astimezone(now.tzinfo),
        recorded_at=now,
        os_user=room.actor.os_user,
        person=room.writer,
        state=draft.state,
        answers=judged.answers,
        schedule=draft.schedule,
        level=judged.level,
        raised=draft.raised,
        breaches=judged.breaches,
        measured=how.measured | _still(draft, judged),
        reason=how.reason,
        second=how.second,
    )


def _still(draft: Draft, judged: Judged) -> frozenset[Key]:
    """What a probe gave and nobody has changed since."""
    same = (key for key in draft.measured if judged.answers.get(key) == draft.before.get(key))
    return frozenset(same)


def _write(
    room: DutyRoom, draft: Draft, judged: Judged, line: Line, how: How, entry: Entry | None = None
) -> Written:
    if not judged.is_sound or how.dry_run:
        return Written(None, judged)
    check_here(room)
    seen = entry.last.id if entry else ""
    text = room.definitions.texts[draft.book.definition]
    return Written(append(room.store, room.actor, draft.book, line, text=text, seen=seen), judged)


def check_reason(room: DutyRoom, reason: str) -> None:
    """InfodeskError if a reason is too short, or looks like a password."""
    length = room.definitions.settings.explanation_length
    if len(reason.strip()) < length:
        raise InfodeskError(
            Message("a reason of at least {n} characters is needed", n=length),
            Message("give it with {option}", option="--reason"),
        )
    if looks_like_password(reason):
        raise InfodeskError(Message("the reason looks like a password; no logbook keeps one"))
