"""What `infodesk inspect` does: choose the checklist, take the answers, walk it or see what is left."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from uuid import uuid4

from infodesk.cli.answers import pairs, text_of
from infodesk.cli.show.walked import (
    show_begun,
    show_done_already,
    show_finished,
    show_left,
    tell_incidents,
)
from infodesk.cli.walk import Pause, walk
from infodesk.cli.workspace import Office
from infodesk.duty.choose import find_checklist
from infodesk.duty.judge import Judged, judge
from infodesk.duty.rounds import (
    begin,
    draft_of_round,
    duty_now,
    finish,
    measured,
    save,
    spread,
)
from infodesk.duty.steps import steps
from infodesk.duty.write import find_entry
from infodesk.errors import InfodeskError
from infodesk.model.limit import Level
from infodesk.model.logbook import Logbook
from infodesk.model.round import Round
from infodesk.store.rounds import drop_round
from infodesk.text.message import Message


@dataclass(frozen=True)
class Wish:
    """What was asked on the command line."""

    checklist: str | None
    given: tuple[str, ...]
    file: str | None
    at: str | None
    again: str
    auto: bool = False
    sheet: bool = False
    formats: tuple[str, ...] = ()
    incident: bool | None = None
    drop: bool = False
    as_json: bool = False


def inspected(found: Office, wish: Wish) -> bool:
    """Do what is wished; whether it needs a person."""
    again = find_entry(found.room, wish.again) if wish.again else None
    walked = found.moment(wish.at) if wish.at else None
    if again is not None:
        book, schedule = found.definitions.logbook_by_id[again.first.book], ""
    else:
        book, schedule = find_checklist(found.room, wish.checklist, walked or found.room.now)
    if wish.sheet:
        from infodesk.cli.sheet import put_sheet

        return put_sheet(found, book, schedule, wish.formats)
    if wish.auto:
        duty = duty_now(found.room, book, schedule, walked or found.room.now)
        if duty is not None and duty.entry:
            show_done_already(found, duty.entry, as_json=wish.as_json)
            return False
    begun = begin(found.room, book, schedule, uuid4().hex, walked, again)
    if wish.drop:
        drop_round(found.room.store, begun.place)
        found.terminal.say("The round was given up")
        return False
    return _walked(found, wish, book, _with_given(found, wish, book, begun))


def _with_given(found: Office, wish: Wish, book: Logbook, begun: Round) -> Round:
    """The round with what probes, options and files say; kept, unless some of it cannot be read."""
    read = measured(found.room, book, begun)
    draft = draft_of_round(found.room, book, read)
    given = {**_from_file(found, wish.file), **pairs(list(wish.given))}
    keys = [
        k for step in steps(found.room, draft, judge(found.room, draft).answers) for k in step.keys
    ]
    given = spread(found.room, book, given, keys)
    told = replace(read, given={**read.given, **given})
    told = _without_given_gaps(found, book, told, given)
    judged = judge(found.room, draft_of_round(found.room, book, told))
    _refuse_unread(found, judged, given)
    return save(found.room, told)


def _without_given_gaps(
    found: Office, book: Logbook, told: Round, given: Mapping[str, str]
) -> Round:
    from infodesk.duty.names import find_key

    keys = {find_key(found.room, book, name) for name in given}
    gaps = tuple(gap for gap in told.gaps if gap.key not in keys)
    return replace(told, gaps=gaps, measured=frozenset(k for k in told.measured if k not in keys))


def _refuse_unread(found: Office, judged: Judged, given: Mapping[str, str]) -> None:
    problems = [each.message for each in judged.problems]
    if given and problems:
        for each in problems:
            found.terminal.tell(each)
        raise InfodeskError(
            Message("nothing of it was kept"), Message("mend the answers and give them again")
        )


def _from_file(found: Office, name: str | None) -> dict[str, str]:
    from infodesk.config.answers_file import read_answers_yaml, read_csv, read_json

    if name is None:
        return {}
    text = text_of(found, name)
    match Path(name).suffix.casefold():
        case ".csv":
            entries = read_csv(text)
        case ".yaml" | ".yml":
            entries = read_answers_yaml(name, text)
        case _:
            entries = read_json(name, text)
    if len(entries) != 1:
        raise InfodeskError(
            Message("{file} holds {n} entries", file=name, n=len(entries)),
            Message("a round takes one; write several with: infodesk log add BOOK --from-json"),
        )
    return entries[0]


def _walked(found: Office, wish: Wish, book: Logbook, begun: Round) -> bool:
    """Ask what is left, if somebody is there; write the entry, if nothing is left."""
    asks = found.terminal.can_ask and not wish.auto
    if asks:
        show_begun(found, book, begun)
        try:
            begun = walk(found, book, begun)
        except Pause:
            found.terminal.say("Paused; what was answered is kept")
            found.terminal.next_step(_command(book, begun))
            return True
    judged = judge(found.room, draft_of_round(found.room, book, begun))
    if not judged.is_sound:
        show_left(found, book, judged, _command(book, begun), as_json=wish.as_json)
        return True
    incidents = tell_incidents(found, book, judged, ask=asks, wanted=wish.incident)
    done = finish(found.room, book, begun, incidents)
    judged = done.written.judged
    if done.written.line is None:
        show_left(found, book, judged, _command(book, begun), as_json=wish.as_json)
        return True
    show_finished(found, book, done, as_json=wish.as_json)
    return judged.level is not Level.NORMAL


def _command(book: Logbook, begun: Round) -> str:
    if not begun.place.schedule and begun.place.slot.startswith(f"{book.prefix}-"):
        return f"infodesk inspect --again {begun.place.slot}"
    name = f"{book.id}:{begun.place.schedule}" if begun.place.schedule else book.id
    at = f' --at "{begun.walked_at:%Y-%m-%d %H:%M}"' if begun.walked_at else ""
    return f"infodesk inspect {name}{at}"
