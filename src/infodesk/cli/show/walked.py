"""What a round says before and after its questions."""

from infodesk.cli.show.written import breach_text, key_name, line_json
from infodesk.cli.workspace import Office
from infodesk.duty.alarms import alarms_of, incident_draft, open_incident
from infodesk.duty.judge import Draft, Judged, judge
from infodesk.duty.rounds import Finished, duty_now
from infodesk.duty.words import clock
from infodesk.model.entry import NO_ANSWER, Breach, Entry
from infodesk.model.logbook import Logbook
from infodesk.model.round import Round
from infodesk.store.rounds import begun_rounds


def show_begun(found: Office, book: Logbook, begun: Round) -> None:
    """Which round, by when it is in time, what the probes read, and what can be typed besides answers."""
    tell, terminal = found.terminal.language, found.terminal
    schedule = book.schedule_by_id.get(begun.place.schedule)
    at = begun.walked_at or found.room.now
    title = tell.tell(schedule.title) if schedule else begun.place.slot
    head = f"{tell.tell(book.title)} · {title}  {at:%Y-%m-%d %H:%M}  {found.room.person_name(found.room.writer)}"
    duty = duty_now(found.room, book, begun.place.schedule, at) if schedule else None
    if duty is not None:
        head += "  " + tell("in time until {until}", until=clock(duty.until, found.room.now))
    terminal.tell(head)
    _tell_others(found, book, begun)
    if begun.measured or begun.gaps:
        _tell_measured(found, book, begun)
    terminal.say("b back · s REASON skip · p pause · Enter keeps a yes, never a number")


def _tell_others(found: Office, book: Logbook, begun: Round) -> None:
    for other in begun_rounds(found.room.store, book.id):
        if other.place != begun.place:
            found.terminal.say(
                "Begun and not finished: {schedule} {slot}, {who}",
                schedule=other.place.schedule,
                slot=other.place.slot,
                who=found.room.person_name(other.person),
            )
        elif other.begun_at != other.saved_at or other.person != found.room.writer:
            found.terminal.say(
                "Going on with what {who} began at {at}",
                who=found.room.person_name(other.person),
                at=f"{other.begun_at.astimezone(found.room.now.tzinfo):%H:%M}",
            )


def _tell_measured(found: Office, book: Logbook, begun: Round) -> None:
    found.terminal.say("{n} readings taken by probes", n=len(begun.measured))
    for gap in begun.gaps:
        if gap.check == NO_ANSWER:
            found.terminal.tell(breach_text(found, book, gap))


def show_done_already(found: Office, entry: str, *, as_json: bool) -> None:
    """That nothing is to be done: the duty has its entry."""
    if as_json:
        found.terminal.json({"entry": entry, "written": False, "left": []})
    else:
        found.terminal.say("Done already: {entry}", entry=entry)


def show_left(found: Office, book: Logbook, judged: Judged, command: str, *, as_json: bool) -> None:
    """What a person still has to answer."""
    if as_json:
        left = [str(key) for key in judged.missing]
        found.terminal.json({"entry": None, "written": False, "left": left})
        return
    for problem in judged.problems:
        found.terminal.tell(problem.message)
    names = [f"{key_name(found, book, key)} ({key})" for key in judged.missing]
    found.terminal.say("What was answered is kept; a person still has to answer {n}:", n=len(names))
    for name in names:
        found.terminal.tell(f"  {name}")
    found.terminal.next_step(command)


def tell_incidents(
    found: Office, book: Logbook, judged: Judged, *, ask: bool, wanted: bool | None
) -> list[str | Draft]:
    """The incidents that the alarms open or join: as wanted, else as the person at the terminal says."""
    chosen: list[str | Draft] = []
    for breach in alarms_of(judged.breaches):
        text = breach_text(found, book, breach)
        known = open_incident(found.room, book, breach, judged.answers)
        new = incident_draft(found.room, book, breach, judged.answers, text)
        new = new if new is not None and judge(found.room, new).is_sound else None
        takes = wanted
        if takes is None and ask and (known or new):
            takes = _asked(found, text, known)
        if takes and known:
            chosen.append(known.id)
        elif takes and new:
            chosen.append(new)
    return chosen


def _asked(found: Office, text: str, known: Entry | None) -> bool:
    terminal = found.terminal
    terminal.tell(text)
    question = terminal.language("  Open an incident for it? Enter: yes · n: no > ")
    if known is not None:
        question = terminal.language(
            "  Join {entry}, open already? Enter: yes · n: no > ", entry=known.id
        )
    while True:
        said = terminal.line(question)
        if said is None or said.casefold() in ("n", "no", "否", "不"):
            return False
        if said.casefold() in ("", "y", "yes", "是"):
            return True


def show_finished(found: Office, book: Logbook, done: Finished, *, as_json: bool) -> None:
    """The entry, its level and what leads on from it."""
    line, terminal = done.written.line, found.terminal
    assert line is not None, "a round is finished when its entry is sound"
    if as_json:
        proven = [each.id for each in done.proven]
        terminal.json(line_json(line) | {"written": True, "left": [], "proves": proven})
        return
    for breach in _gravest_first(line.breaches):
        terminal.result(breach_text(found, book, breach))
    level = line.level.label
    terminal.result(terminal.language("{id}: {level}", id=line.id, level=level))
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
