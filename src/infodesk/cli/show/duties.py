"""Duties, and entries that stand open."""

from infodesk.cli.show.written import state_title
from infodesk.cli.terminal import new_table
from infodesk.cli.workspace import Office
from infodesk.duty.overview import DueList
from infodesk.duty.standing import Standing
from infodesk.duty.troubles import command, words
from infodesk.duty.words import clock
from infodesk.model.entry import Duty
from infodesk.text.message import Message

STATES = {
    "due": Message("due"),
    "done": Message("done"),
    "late": Message("late"),
    "skipped": Message("skipped"),
    "missed": Message("missed"),
}


def show_due(found: Office, listed: DueList) -> None:
    """A table of the duties, and one of the entries that stand open."""
    tell, terminal = found.terminal.language, found.terminal
    if listed.duties:
        table = new_table(
            tell("Due"),
            tell("In time until"),
            tell("Logbook"),
            tell("Schedule"),
            tell("State"),
            tell("Entry"),
        )
        for duty in listed.duties:
            table.add_row(*_duty(found, duty))
        terminal.table(table)
    if listed.standing:
        table = new_table(tell("Entry"), tell("Logbook"), tell("State"), tell("Until"), "")
        for each in listed.standing:
            table.add_row(*_standing(found, each))
        terminal.table(table)
    if listed.troubles:
        table = new_table(tell("Level"), tell("What"), tell("Command"))
        for trouble in listed.troubles:
            told = tell.tell(words(found.room, trouble))
            table.add_row(tell.tell(trouble.level.label), told, command(found.room, trouble))
        terminal.table(table)
    if not (listed.duties or listed.standing or listed.troubles):
        terminal.result(tell("Nothing is due"))


def _duty(found: Office, duty: Duty) -> list[str]:
    tell = found.terminal.language
    book = found.definitions.logbook_by_id[duty.book]
    schedule = book.schedule_by_id[duty.slot.schedule]
    state = tell.tell(STATES[duty.state.value])
    if duty.is_waived:
        state = tell("waived: the week is off")
    return [
        clock(duty.slot.planned, found.room.now),
        clock(duty.until, found.room.now),
        tell.tell(book.title),
        " ".join(filter(None, (tell.tell(schedule.title), duty.slot.subject))),
        state,
        duty.entry or "",
    ]


def _standing(found: Office, each: Standing) -> list[str]:
    tell = found.terminal.language
    book = found.definitions.logbook_by_id[each.book]
    return [
        each.entry.id,
        tell.tell(book.title),
        tell.tell(state_title(book, each.entry.last.state)),
        clock(each.until, found.room.now) if each.until else "",
        tell("overdue") if each.is_overdue else "",
    ]


def due_json(found: Office, listed: DueList) -> dict[str, object]:
    """The documented shape of `log due --json`; entries that stand open and what was found beside it."""
    return {
        "as_of": found.room.now.isoformat(timespec="seconds"),
        "duties": [
            {
                "logbook": duty.book,
                "schedule": duty.slot.schedule,
                "subject": duty.slot.subject or None,
                "due": duty.slot.planned.isoformat(timespec="minutes"),
                "opens": duty.opens.isoformat(timespec="minutes"),
                "until": duty.until.isoformat(timespec="minutes"),
                "state": duty.state.value,
                "waived": duty.is_waived,
                "entry": duty.entry,
            }
            for duty in listed.duties
        ],
        "open": [
            {
                "logbook": each.book,
                "entry": each.entry.id,
                "state": each.entry.last.state,
                "until": each.until.isoformat(timespec="minutes") if each.until else None,
                "overdue": each.is_overdue,
            }
            for each in listed.standing
        ],
        "findings": [
            {
                "logbook": trouble.book,
                "level": trouble.level.value,
                "view": None if trouble.view is None else trouble.view.id,
                "entry": None if trouble.entry is None else trouble.entry.id,
                "what": found.terminal.language.tell(words(found.room, trouble)),
            }
            for trouble in listed.troubles
        ],
    }
