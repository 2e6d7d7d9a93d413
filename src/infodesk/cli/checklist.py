"""What `infodesk inspect` does: choose the checklist, take the answers, walk it or see what is left."""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import uuid4

from infodesk.cli.devices import devices
from infodesk.cli.given import with_given
from infodesk.cli.incidents import incidents_of
from infodesk.cli.show.walked import (
    command_of,
    done_json,
    finished_json,
    left_json,
    show_begun,
    show_done_already,
    show_finished,
    show_gone,
    show_held,
    show_left,
)
from infodesk.cli.typed import Pause
from infodesk.cli.walk import walk
from infodesk.cli.wish import Wish
from infodesk.cli.workspace import Office
from infodesk.duty.choose import find_checklist
from infodesk.duty.judge import Draft, Judged, judge
from infodesk.duty.places import check_happened, duty_now, place_of
from infodesk.duty.rounds import begin, draft_of_round, finish, still_asked, typed_in
from infodesk.duty.write import find_entry
from infodesk.errors import InfodeskError
from infodesk.model.entry import Entry
from infodesk.model.limit import Level
from infodesk.model.logbook import Logbook
from infodesk.model.round import Place, Round
from infodesk.store.rounds import drop_round, kept_round
from infodesk.text.message import Message


@dataclass(frozen=True)
class Outcome:
    """What became of one round: whether it needs a person, and its JSON. After a pause no other one is begun."""

    needs_somebody: bool
    json: dict[str, object]
    is_paused: bool = False


@dataclass(frozen=True)
class Errand:
    """What is to be walked: a schedule of a logbook, when (now if it is not said)."""

    book: Logbook
    schedule: str
    walked: datetime | None


def inspected(found: Office, wish: Wish) -> bool:
    """Do what is wished; whether it needs a person."""
    again = find_entry(found.room, wish.again) if wish.again else None
    walked = found.moment(wish.at) if wish.at else None
    check_happened(found.room, walked)
    at = walked or found.room.now
    if again is not None:
        errand = Errand(found.definitions.logbook_by_id[again.first.book], "", walked)
    else:
        errand = Errand(*find_checklist(found.room, wish.checklist, at), walked)
    if wish.sheet:
        from infodesk.cli.sheet import put_sheet

        named = devices(found, (errand.book, errand.schedule), at, wish.asset, asks=False)
        return put_sheet(found, errand.book, errand.schedule, wish.formats, named)
    try:
        abouts = (again,) if again else _abouts(found, wish, errand, at)
    except Pause:
        return True
    return _told(found, wish, errand, _in_turn(found, wish, errand, abouts))


def _abouts(found: Office, wish: Wish, errand: Errand, at: datetime) -> tuple[str, ...]:
    asks = _asks(found, wish) and not wish.drop
    checklist = (errand.book, errand.schedule)
    named = devices(found, checklist, at, wish.asset, asks=asks)
    if len(named) > 1 and wish.says_something and not asks:
        raise InfodeskError(
            Message("several devices are due: {names}", names=list(named)),
            Message("say which one with {option}", option="--asset"),
        )
    return named


def _asks(found: Office, wish: Wish) -> bool:
    return found.terminal.can_ask and not wish.auto


def _in_turn(
    found: Office, wish: Wish, errand: Errand, abouts: tuple[Entry | str, ...]
) -> list[Outcome]:
    outcomes: list[Outcome] = []
    for about in abouts:
        if len(abouts) > 1 and isinstance(about, str) and not wish.as_json:
            found.terminal.tell(found.definitions.assets.by_id[about].title)
        outcome = _round(found, wish, errand, about)
        if isinstance(about, str) and about:
            outcome = replace(outcome, json={"asset": about} | outcome.json)
        outcomes.append(outcome)
        if outcome.is_paused:
            break
    return outcomes


def _told(found: Office, wish: Wish, errand: Errand, outcomes: list[Outcome]) -> bool:
    """The JSON of the round, or of those of each device; whether any of it needs a person."""
    schedule = errand.book.schedule_by_id.get(errand.schedule)
    of_each = schedule is not None and schedule.each is not None
    if wish.as_json:
        listed = [each.json for each in outcomes]
        found.terminal.json({"rounds": listed} if of_each else listed[0])
    elif not outcomes:
        found.terminal.say("Nothing is due")
    return any(each.needs_somebody for each in outcomes)


def _round(found: Office, wish: Wish, errand: Errand, about: Entry | str) -> Outcome:
    """One round: given up, done already, left to who walks it, or walked."""
    book, schedule = errand.book, errand.schedule
    at = errand.walked or found.room.now
    place = place_of(found.room, book, schedule, at, about)
    kept = kept_round(found.room.store, place)
    if wish.drop:
        return _dropped(found, place, kept)
    duty = duty_now(found.room, book, schedule, at, str(about) if schedule else "")
    if wish.auto and duty is not None and duty.entry:
        if not wish.as_json:
            show_done_already(found, duty.entry)
        return Outcome(needs_somebody=False, json=done_json(duty.entry))
    if kept and not (_asks(found, wish) or wish.says_something) and typed_in(book, kept):
        judged = judge(found.room, draft_of_round(found.room, book, kept))
        show_held(found, kept, command_of(found, book, kept))
        return Outcome(needs_somebody=True, json=left_json(judged))
    begun = begin(found.room, book, schedule, uuid4().hex, errand.walked, about)
    begun, gone = still_asked(found.room, book, begun)
    show_gone(found, gone)
    return _walked(found, wish, book, with_given(found, wish, book, begun))


def _dropped(found: Office, place: Place, kept: Round | None) -> Outcome:
    if kept is None:
        found.terminal.say("No round is begun")
    else:
        drop_round(found.room.store, place)
        found.terminal.say("The round was given up")
    return Outcome(needs_somebody=False, json={"dropped": kept is not None})


def _walked(found: Office, wish: Wish, book: Logbook, begun: Round) -> Outcome:
    """Ask what is left, if somebody is there; write the entry, if nothing is left."""
    incidents: list[str | Draft] | None = None
    try:
        if _asks(found, wish):
            show_begun(found, book, begun)
            begun, incidents = walk(found, book, begun, wish.incident)
    except (Pause, KeyboardInterrupt) as stopped:
        return _paused(found, book, begun.place, stopped)
    judged = judge(found.room, draft_of_round(found.room, book, begun))
    if not judged.is_sound:
        return _left(found, wish, book, begun, judged)
    if incidents is None:
        incidents = incidents_of(found, book, judged) if wish.incident else []
    begun = replace(begun, walked_at=begun.walked_at or found.room.now)
    done = finish(found.later().room, book, begun, incidents)  # a person may have taken long
    if done.written.line is None:
        return _left(found, wish, book, begun, done.written.judged)
    if not wish.as_json:
        show_finished(found, book, done)
    needs = done.written.judged.level is not Level.NORMAL
    return Outcome(needs_somebody=needs, json=finished_json(done))


def _paused(found: Office, book: Logbook, place: Place, stopped: BaseException) -> Outcome:
    """Say how it goes on. Ctrl-C stays Ctrl-C to the shell."""
    found.terminal.say("Paused; what was answered is kept")
    kept = kept_round(found.room.store, place)
    if kept is None:
        raise stopped
    found.terminal.next_step(command_of(found, book, kept))
    if isinstance(stopped, KeyboardInterrupt):
        raise stopped
    judged = judge(found.room, draft_of_round(found.room, book, kept))
    return Outcome(needs_somebody=True, json=left_json(judged), is_paused=True)


def _left(found: Office, wish: Wish, book: Logbook, begun: Round, judged: Judged) -> Outcome:
    if not wish.as_json:
        show_left(found, book, judged, command_of(found, book, begun))
    return Outcome(needs_somebody=True, json=left_json(judged))
