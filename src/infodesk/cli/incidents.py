"""The incidents that the alarms of a round open or join."""

from collections.abc import Iterator
from dataclasses import dataclass

from infodesk.cli.show.written import breach_text
from infodesk.cli.workspace import Office
from infodesk.duty.alarms import alarms_of, incident_draft, open_incident
from infodesk.duty.judge import Draft, Judged, judge
from infodesk.model.entry import Entry
from infodesk.model.logbook import Logbook


@dataclass(frozen=True)
class Offer:
    """An alarm in words, the incident that is open for it already, and the draft of a new one."""

    text: str
    known: Entry | None
    new: Draft | None

    @property
    def taken(self) -> str | Draft:
        """What is taken of it: the open one, else the new one."""
        chosen = self.known.id if self.known else self.new
        assert chosen is not None, "only what can be taken is offered"
        return chosen


def offers_of(found: Office, book: Logbook, judged: Judged) -> Iterator[Offer]:
    """The incidents that the alarms can open or join."""
    for breach in alarms_of(judged.breaches):
        text = breach_text(found, book, breach)
        known = open_incident(found.room, book, breach, judged.answers)
        new = incident_draft(found.room, book, breach, judged.answers, text)
        if new is not None and not judge(found.room, new).is_sound:
            new = None
        if known is not None or new is not None:
            yield Offer(text, known, new)


def incidents_of(found: Office, book: Logbook, judged: Judged) -> list[str | Draft]:
    """All of them, taken."""
    return [offer.taken for offer in offers_of(found, book, judged)]
