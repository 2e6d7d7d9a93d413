"""The duty room: what every entry is written and read with."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path

from infodesk.errors import InfodeskError
from infodesk.model.actor import Actor
from infodesk.model.definitions import Definitions
from infodesk.model.entry import Entry
from infodesk.model.logbook import Logbook, find_logbook
from infodesk.model.schedule import Schedule
from infodesk.store.store import Store
from infodesk.text.folding import key, nearest
from infodesk.text.message import Message


@dataclass(frozen=True)
class DutyRoom:
    """The definitions, the book of record, who writes at what time; `folder` is where attachments are looked for."""

    definitions: Definitions
    store: Store
    actor: Actor
    folder: Path = Path()

    @cached_property
    def now(self) -> datetime:
        """The moment, in the hospital's time zone."""
        return self.actor.now.astimezone(self.definitions.settings.zone)

    @cached_property
    def writer(self) -> str:
        """Who writes: the id of a person of the department, else the name as it is."""
        name = self.actor.by or self.actor.os_user
        found = self.definitions.people.find(name)
        return name if found is None else found.id

    def book(self, name: str) -> Logbook:
        """The logbook of that id, title or alias."""
        found = find_logbook(self.definitions.logbooks, name)
        if found is not None:
            return found
        names = [each for book in self.definitions.logbooks for each in book.names()]
        near = nearest(name, names)
        raise InfodeskError(
            Message("there is no logbook {name}", name=repr(name)),
            Message("did you mean {near}?", near=near)
            if near
            else Message("list them with: infodesk log books"),
        )

    def book_of(self, entry: Entry) -> Logbook:
        """The logbook an entry was written in; InfodeskError if it is no longer in use."""
        found = self.definitions.logbook_by_id.get(entry.first.book)
        if found is None:
            raise InfodeskError(
                Message("logbook {book} of {entry} is not in use", book=entry.first.book, entry=entry.id),
                Message("what was written stays to be read: infodesk log show {entry} --json", entry=entry.id),
            )  # fmt: skip
        return found

    def schedule(self, book: Logbook, name: str) -> Schedule:
        """The schedule of a logbook by its id, title or alias."""
        for each in book.schedules:
            if key(name) in map(key, (each.id, each.title.zh, each.title.en, *each.aliases)):
                return each
        raise InfodeskError(
            Message("logbook {book} has no schedule {name}", book=book.title, name=repr(name)),
            Message("it has {names}", names=[each.id for each in book.schedules]),
        )

    def person_name(self, person: str) -> str:
        """What somebody is called."""
        found = self.definitions.people.find(person)
        return person if found is None else found.name
