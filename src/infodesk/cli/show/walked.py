"""What a round says before and after its questions."""

from collections.abc import Iterable

from rich.cells import cell_len

from infodesk.cli.given import tell_problem
from infodesk.cli.show.written import breach_text, key_name, line_json
from infodesk.cli.workspace import Office
from infodesk.duty.duties import about_asset
from infodesk.duty.judge import Judged
from infodesk.duty.places import duty_now, place_of
from infodesk.duty.rounds import Finished, is_again, typed_in
from infodesk.duty.words import clock
from infodesk.model.entry import NO_ANSWER, Breach
from infodesk.model.logbook import Logbook
from infodesk.model.round import Round
from infodesk.store.rounds import begun_rounds
from infodesk.text.message import Message


def show_begun(found: Office, book: Logbook, begun: Round) -> None:
    """Which round, by when it is in time, what the probes read, and what can be typed besides answers."""
    tell, terminal = found.terminal.language, found.terminal
    schedule = book.schedule_by_id.get(begun.place.schedule)
    at = begun.walked_at or found.room.now
    title = tell.tell(schedule.title) if schedule else begun.place.slot
    subject = subject_of(book, begun)
    asset = found.definitions.assets.by_id.get(subject)
    title = f"{title} · {tell.tell(asset.title)}" if asset else title
    head = f"{tell.tell(book.title)} · {title}  {at:%Y-%m-%d %H:%M}  {found.room.person_name(found.room.writer)}"
    duty = duty_now(found.room, book, begun.place.schedule, at, subject) if schedule else None
    if duty is not None:
        until = tell("in time until {until}", until=clock(duty.until, found.room.now))
        is_narrow = cell_len(f"{head}  {until}") > terminal.talk_width
        head += f"\n{until}" if is_narrow else f"  {until}"
    terminal.tell(head)
    if duty is not None and duty.entry:
        terminal.say("Done already: {entry}; this is another round", entry=duty.entry)
    _tell_others(found, book, begun)
    if begun.measured or begun.gaps:
        _tell_measured(found, book, begun)
    terminal.say("b back · s REASON skip · p pause · Enter keeps a yes, never a number")


def _tell_others(found: Office, book: Logbook, begun: Round) -> None:
    for other in begun_rounds(found.room.store, book.id):
        named = {"who": found.room.person_name(other.person), "at": _began(found, other)}
        if other.place == begun.place:
            was_here = other.begun_at != other.saved_at or other.person != found.room.writer
            if typed_in(book, other) and was_here:
                found.terminal.say("Going on with what {who} began at {at}", **named)
        elif typed_in(book, other):
            found.terminal.say("Not finished, begun by {who} at {at}:", **named)
            found.terminal.tell(f"  {command_of(found, book, other)}")


def _began(found: Office, begun: Round) -> str:
    return clock(begun.begun_at.astimezone(found.room.now.tzinfo), found.room.now)


def subject_of(book: Logbook, begun: Round) -> str:
    """The device that a round of each device is about; nothing for another round."""
    schedule = book.schedule_by_id.get(begun.place.schedule)
    if schedule is None or schedule.each is None:
        return ""
    return begun.given.get(about_asset(book) or "", "")


def command_of(found: Office, book: Logbook, begun: Round) -> str:
    """The command by which a round goes on; with its time, where that is another duty's by now."""
    if is_again(book, begun):
        return f"infodesk inspect --again {begun.place.slot}"
    name, room = book.id, found.room
    subject = subject_of(book, begun)
    if begun.place.schedule:
        name = f"{book.id}:{begun.place.schedule}"
    at = begun.walked_at
    if at is None and place_of(room, book, begun.place.schedule, room.now, subject) != begun.place:
        at = begun.begun_at
    when = f' --at "{at.astimezone(room.now.tzinfo):%Y-%m-%d %H:%M}"' if at else ""
    return f"infodesk inspect {name}{f' --asset {subject}' if subject else ''}{when}"


def _tell_measured(found: Office, book: Logbook, begun: Round) -> None:
    found.terminal.say("{n} readings taken by probes", n=len(begun.measured))
    for gap in begun.gaps:
        if gap.check == NO_ANSWER:
            found.terminal.tell(breach_text(found, book, gap))


def show_done_already(found: Office, entry: str) -> None:
    """That nothing is to be done: the duty has its entry."""
    found.terminal.say("Done already: {entry}", entry=entry)


def show_held(found: Office, kept: Round, command: str) -> None:
    """That somebody is walking a round, which is therefore left alone."""
    who, at = found.room.person_name(kept.person), _began(found, kept)
    found.terminal.say("{who} began it at {at}; it is left alone", who=who, at=at)
    found.terminal.next_step(command)


def show_gone(found: Office, gone: Iterable[Message]) -> None:
    """Which answers of a round no longer fit the definitions."""
    for each in gone:
        found.terminal.say("The definitions have changed; left out: {what}", what=each)


def show_left(found: Office, book: Logbook, judged: Judged, command: str) -> None:
    """What a person still has to answer."""
    for problem in judged.problems:
        tell_problem(found, book, problem)
    names = [f"{key_name(found, book, key)} ({key})" for key in judged.missing]
    if names:
        found.terminal.say(
            "What was answered is kept; a person still has to answer {n}:", n=len(names)
        )
    for name in names:
        found.terminal.tell(f"  {name}")
    found.terminal.next_step(command)


def left_json(judged: Judged) -> dict[str, object]:
    """A round that is not finished, as JSON."""
    return {"entry": None, "written": False, "left": [str(key) for key in judged.missing]}


def done_json(entry: str) -> dict[str, object]:
    """A duty that is done already, as JSON."""
    return {"entry": entry, "written": False, "left": []}


def finished_json(done: Finished) -> dict[str, object]:
    """The entry of a round, and the entries whose repair it proves, as JSON."""
    assert done.written.line is not None, "a round is finished when its entry is sound"
    proven = [each.id for each in done.proven]
    return line_json(done.written.line) | {"written": True, "left": [], "proves": proven}


def show_finished(found: Office, book: Logbook, done: Finished) -> None:
    """The entry, its level and what leads on from it."""
    line, terminal = done.written.line, found.terminal
    assert line is not None, "a round is finished when its entry is sound"
    for breach in _gravest_first(line.breaches):
        terminal.result(breach_text(found, book, breach))
    tell, level = terminal.language, line.level.label
    late = tell(", recorded late") if line.is_late else ""
    terminal.result(tell("{id}: {level}", id=line.id, level=level) + late)
    for incident in done.incidents:
        terminal.say("Incident: {entry}", entry=incident)
    for each in done.proven:
        terminal.say("Proves the repair: {entry}", entry=each.id)
    move = book.on_alarm.proof if book.on_alarm else ""
    if move and any(step.id == move for step in book.lifecycle.moves_from(line.state)):
        terminal.say("It stays open until it is inspected again")
        terminal.next_step(f"infodesk inspect --again {line.root}")


def _gravest_first(breaches: tuple[Breach, ...]) -> list[Breach]:
    return sorted(breaches, key=lambda each: -each.level.rank)
