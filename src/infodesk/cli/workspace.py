"""The workspace a command works in: found, read, checked, its store opened."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, cast

import typer

from infodesk.cli.terminal import Terminal
from infodesk.errors import InfodeskError
from infodesk.model.actor import Actor
from infodesk.model.period import Period, parse_period
from infodesk.text.folding import key, nearest
from infodesk.text.message import Message

if TYPE_CHECKING:
    from infodesk.duty.room import DutyRoom
    from infodesk.model.definitions import Definitions
    from infodesk.model.form import Form
    from infodesk.model.unit import Unit
    from infodesk.stats.desk import Desk

CONFIG = "config.yaml"


class DefinitionsError(InfodeskError):
    """The definitions have mistakes; they were listed already."""


@dataclass(frozen=True)
class Office:
    """An open workspace: its folder, the desk in it, and the terminal before it."""

    folder: Path
    desk: "Desk"
    terminal: Terminal
    is_clock_set: bool = False  # --as-of: the time stands still

    @property
    def definitions(self) -> "Definitions":
        """What the hospital declares."""
        return self.desk.definitions

    @cached_property
    def room(self) -> "DutyRoom":
        """The duty room: where logbooks are written and read."""
        from infodesk.duty.room import DutyRoom

        desk = self.desk
        return DutyRoom(desk.definitions, desk.store, desk.actor, self.terminal.folder)

    def later(self) -> "Office":
        """The same at this moment, for what is written after a person was asked; never earlier than before."""
        if self.is_clock_set:
            return self
        now = max(self.desk.actor.now, self.terminal.clock())
        return replace(self, desk=replace(self.desk, actor=replace(self.desk.actor, now=now)))

    def moment(self, text: str | None) -> datetime:
        """The moment meant: a day, a time, both, or now."""
        from infodesk.duty.read_answer import read_day
        from infodesk.duty.read_answer import read_moment as read

        now = self.room.now
        if text is None:
            return now
        found = read(text, now.date(), now)
        day = read_day(text, now.date())
        if found is None and day is not None:
            found = datetime.combine(day, time(), now.tzinfo)
        if found is None:
            raise InfodeskError(
                Message("{text} is not a moment", text=repr(text)),
                Message("write 17:30, or 2026-09-30 17:30"),
            )
        return found

    def days(self, start: str | None, end: str | None) -> tuple[datetime | None, datetime | None]:
        """From a day on, up to a day and with it, as a half-open time."""
        first = None if start is None else self.moment(start)
        last = None if end is None else self.moment(end) + timedelta(days=1)
        if first is not None and last is not None and last <= first:
            raise InfodeskError(
                Message("the last day lies before the first: {start}, {end}", start=start, end=end)
            )
        return first, last

    def period(self, text: str | None) -> Period:
        """The period named, else the earliest open month; printed, so that nobody is in doubt."""
        today = self.desk.now.date()
        period = self.desk.open_period() if text is None else parse_period(text, today)
        self.terminal.say("Period: {period}", period=period)
        return period

    def unit(self, name: str | None) -> "Unit":
        """The unit named, else the whole hospital."""
        units = self.definitions.units
        if name is None:
            return units.root
        found = units.find(name)
        if found is None:
            near = nearest(name, [n for u in units.units for n in (u.id, u.title.zh, u.title.en)])
            raise InfodeskError(
                Message("there is no unit {name}", name=repr(name)),
                Message("did you mean {near}?", near=near) if near else None,
            )
        return found

    def form(self, name: str | None) -> "Form | None":
        """The form named, if one is."""
        return None if name is None else self.known_form(name)

    def known_form(self, name: str) -> "Form":
        """The form of that id or title."""
        for form in self.definitions.forms:
            if key(name) in (key(form.id), key(form.title.zh), key(form.title.en)):
                return form
        near = nearest(name, [n for f in self.definitions.forms for n in (f.id, f.title.zh)])
        raise InfodeskError(
            Message("there is no form {name}", name=repr(name)),
            Message("did you mean {near}?", near=near) if near else None,
        )

    def inbox(self, paths: list[Path] | None, period: Period) -> list[Path]:
        """The files to take in: those named, else those in the period's folder of the inbox."""
        from infodesk.stats.inbox import files_in

        for path in paths or ():
            if not (self.terminal.folder / path).exists():
                raise InfodeskError(
                    Message("there is no file or folder {path}", path=str(path)),
                    Message("name the folder or the files that came in"),
                )
        if paths:
            return list(files_in(self.terminal.folder / path for path in paths))
        folder = self.path(self.definitions.settings.folders.inbox) / str(period)
        if not folder.is_dir():
            raise InfodeskError(
                Message("there is no folder {folder}", folder=self.terminal.shown(folder)),
                Message("put what came in there, or name the files"),
            )
        return list(files_in([folder]))

    def lines_of(self, file: Path | None) -> tuple[str, ...]:
        """The lines of a small text file, if one is named."""
        if file is None:
            return ()
        try:
            text = (self.terminal.folder / file).read_text(encoding="utf-8-sig")
        except (OSError, UnicodeDecodeError) as error:
            raise InfodeskError(
                Message("{file} cannot be read: {reason}", file=str(file), reason=str(error)),
                Message("write it as UTF-8 text, one entry a line"),
            ) from error
        return tuple(line for line in text.splitlines() if line)

    def path(self, folder: Path) -> Path:
        """A folder of the settings, inside the workspace unless it is absolute."""
        return folder if folder.is_absolute() else self.folder / folder


def terminal_of(ctx: typer.Context) -> Terminal:
    """The terminal of a command."""
    return cast(Terminal, ctx.obj)


def find_workspace(start: Path) -> Path:
    """The nearest folder, from here upwards, that holds a config.yaml."""
    for folder in (start, *start.parents):
        if (folder / CONFIG).is_file():
            return folder
    raise InfodeskError(
        Message(
            "no workspace here: there is no {file} in {folder} or above it",
            file=CONFIG,
            folder=str(start),
        ),
        Message("go into the workspace, or make one: infodesk init DIR"),
    )


def read_definitions(terminal: Terminal, folder: Path) -> "Definitions":
    """The definitions of a workspace; every mistake is listed, then DefinitionsError."""
    from infodesk.cli.show.problems import show_problems
    from infodesk.config.load import load_definitions

    loaded = load_definitions(folder)
    if loaded.definitions is None:
        show_problems(terminal, loaded.problems)
        raise _wrong(len(loaded.problems))
    return loaded.definitions


def _wrong(count: int) -> DefinitionsError:
    return DefinitionsError(
        Message("{n} mistakes in the definitions", n=count),
        Message("mend them and check with: infodesk check"),
    )


@contextmanager
def office(
    ctx: typer.Context, by: str = "", as_of: str | None = None, *, rehearsal: bool = False
) -> Iterator[Office]:
    """Open the workspace: definitions, store, opening balances; closed again at the end.

    A `rehearsal` works on a copy of the store in memory: the file stays as it is.
    """
    from infodesk.stats.desk import Desk
    from infodesk.store.store import open_copy, open_store
    from infodesk.store.tables import follow_definitions

    terminal = terminal_of(ctx)
    folder = find_workspace(terminal.folder)
    definitions = read_definitions(terminal, folder)
    settings = definitions.settings
    now = moment(terminal, definitions, as_of)
    actor = Actor(terminal.user, by, now)
    path = settings.store if settings.store.is_absolute() else folder / settings.store
    opened = open_copy(path) if rehearsal else open_store(path, settings.network_share)
    with opened as store:
        follow_definitions(store, definitions, actor)
        desk = Desk(definitions, store, actor)
        found = Office(folder, desk, terminal, is_clock_set=as_of is not None)
        _follow_openings(found, rehearsal=rehearsal)
        yield found


def _follow_openings(found: Office, *, rehearsal: bool) -> None:
    from infodesk.cli.show.problems import show_problems
    from infodesk.config.openings import load_openings
    from infodesk.store.openings import replace_openings

    openings, problems = load_openings(found.folder, found.definitions)
    if problems:
        show_problems(found.terminal, problems)
        raise _wrong(len(problems))
    for period, balances in openings.items():
        changed = replace_openings(found.desk.store, found.desk.actor, period, balances)
        if changed and not rehearsal:
            found.terminal.say("Opening balances of {period} read", period=period)


def moment(terminal: Terminal, definitions: "Definitions", text: str | None) -> datetime:
    """The moment a command takes for now: `--as-of`, else the clock's."""
    now = terminal.clock()
    if text is None:
        return now
    return read_moment(text, definitions)


def read_moment(text: str, definitions: "Definitions", hour: time = time(23, 59, 59)) -> datetime:
    """A moment in the hospital's time zone; of a day alone, that hour: its end, unless said otherwise."""
    zone = definitions.settings.zone
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise InfodeskError(
            Message("{text} is not a day", text=repr(text)),
            Message("write 2026-10-08, or 2026-10-08T09:30 with the hour"),
        ) from None
    if len(text) <= len("2026-10-08"):
        found = datetime.combine(date.fromisoformat(text), hour)
    return found if found.tzinfo else found.replace(tzinfo=zone)
