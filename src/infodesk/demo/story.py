"""The month as a story: what happens, the command that is typed, and when."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from infodesk.demo.september import CORRECTED, LATE, MISTAKES, fill_inbox
from infodesk.stats.desk import Desk
from infodesk.text.language import Language
from infodesk.text.message import Message

ZONE = ZoneInfo("Asia/Shanghai")
FIRST = datetime(2026, 9, 28, 9, 0, tzinfo=ZONE)  # the blanks go out
DUE = datetime(2026, 10, 8, 10, 0, tzinfo=ZONE)  # the day the forms are due
ROUND = datetime(2026, 9, 30, 8, 20, tzinfo=ZONE)  # before the morning round
LATER = datetime(2026, 10, 9, 15, 0, tzinfo=ZONE)  # the late and the corrected ones have come


@dataclass(frozen=True)
class Step:
    """One step: what happens, then either a command or something that others do."""

    told: Message
    at: datetime
    command: tuple[str, ...] = ()
    happens: Callable[[Desk, Path, Language], None] | None = None


def _arrive(desk: Desk, inbox: Path, language: Language) -> None:
    senders = tuple(
        dict.fromkeys(o.sender for o in desk.obligations(desk.open_period()) if o.sender != LATE)
    )
    fill_inbox(desk, inbox, language, senders, MISTAKES)


def _correct(desk: Desk, inbox: Path, language: Language) -> None:
    fill_inbox(desk, inbox, language, (LATE, *CORRECTED))


STORY = (
    Step(Message("The definitions of the hospital are sound."), FIRST, ("check",)),
    Step(
        Message("At the end of September every sender gets a blank workbook."),
        FIRST,
        ("stats", "blank"),
    ),
    Step(
        Message(
            "By 8 October the filled workbooks lie in the inbox; paediatrics is late, three have a mistake."
        ),
        DUE,
        happens=_arrive,
    ),
    Step(Message("They are taken in."), DUE, ("stats", "collect")),
    Step(Message("Who is still missing?"), DUE, ("stats", "status")),
    Step(
        Message("What do the rules say? The rules of the whole hospital wait for paediatrics."),
        DUE,
        ("stats", "validate"),
    ),
    Step(
        Message("The next day the late workbook and the three corrected ones have come."),
        LATER,
        happens=_correct,
    ),
    Step(Message("Only what is new is taken in."), LATER, ("stats", "collect")),
    Step(Message("Now everything balances."), LATER, ("stats", "validate")),
    Step(Message("The official figures."), LATER, ("stats", "figures")),
    Step(
        Message("Where does a figure come from? Down to the cell and the sender."),
        LATER,
        ("stats", "trace", "bed_occupancy"),
    ),
    Step(Message("The bulletin for the leaders."), LATER, ("report", "build")),
)

DUTY_STORY = (
    Step(
        Message("A morning in the machine room: what needs somebody, the gravest first."),
        ROUND,
        ("today",),
    ),
    Step(
        Message("A medium was taken out and has not come back."),
        ROUND,
        ("log", "view", "media_register", "out"),
    ),
    Step(
        Message("Backups that were not in order: one failed, the last one is far too small."),
        ROUND,
        ("log", "view", "backup_log", "not_in_order"),
    ),
    Step(
        Message(
            "What the records show of each clause of the regulation, for those who come to see."
        ),
        ROUND,
        ("evidence", "2026-09"),
    ),
)
