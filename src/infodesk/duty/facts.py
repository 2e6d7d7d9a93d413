"""The values of an entry for its expressions."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from fractions import Fraction
from functools import cached_property
from statistics import median

from infodesk.duty.pauses import Pause, pauses, within
from infodesk.duty.room import DutyRoom
from infodesk.expr.evaluate import Known, Unknown, evaluate
from infodesk.expr.of_entry import own_value
from infodesk.model.entry import Answers, Entry, Key
from infodesk.model.expression import (
    Aggregate,
    Count,
    Node,
    OfEntry,
    PeriodFact,
    Total,
    Value,
    When,
    walk,
)
from infodesk.model.item import Item, Type
from infodesk.model.logbook import Field, Logbook
from infodesk.store.entries import earlier, entry

LONGEST_MEMORY = 200  # entries looked back on for one that says the same

Past = dict[
    tuple[object, ...], tuple[Entry, ...]
]  # earlier entries as they were looked up, by what was asked


@dataclass(frozen=True)
class Facts:
    """What an entry says; `asset` is the one of which questions asked of each are meant.

    `past` remembers the earlier entries once they were looked up.
    """

    room: DutyRoom
    book: Logbook
    answers: Answers
    envelope: Mapping[str, str]
    occurred_at: datetime
    id: str = ""
    asset: str = ""
    past: Past = field(default_factory=dict, compare=False, repr=False)

    def of(self, asset: str) -> "Facts":
        """The same, of one asset."""
        return replace(self, asset=asset)

    def value(self, value: Value) -> Known | None:
        """An answer, of this entry or of the one before."""
        if value.when is When.NOW:
            return typed(value.item, self._text(self.answers, self.envelope, value.id))
        before = self._before
        if before is None:
            return None
        envelope = {
            "occurred_at": f"{before.first.occurred_at:%Y-%m-%dT%H:%M}",
            "state": before.last.state,
        }
        return typed(value.item, self._text(before.answers, envelope, value.id))

    def aggregate(self, aggregate: Aggregate) -> Known | None:
        """A total or a count over the assets of this entry."""
        if isinstance(aggregate, Count):
            where = aggregate.where
            return None if where is None else Fraction(sum(self._holding(where)))
        if not isinstance(aggregate, Total):
            return None
        sums = Fraction(0)
        for asset in self._assets(aggregate):
            facts = self.of(asset)
            if aggregate.where is None or evaluate(aggregate.where, facts) is True:
                result = evaluate(aggregate.of, facts)
                if isinstance(result, Unknown):
                    return None
                sums += Fraction(result)
        return sums

    def period_fact(self, fact: PeriodFact) -> Known:
        """Entries have no period; the language refuses to ask."""
        raise TypeError(fact)

    def unit_kind(self) -> str:
        """Entries have no unit of their own; the language refuses to ask."""
        raise TypeError

    def of_entry(self, node: OfEntry) -> Known | None:
        """A function that only entries have."""
        match node.name:
            case "median_of":
                return self._median(node)
            case "repeats":
                return self._repeats(node)
            case "working_minutes" | "waiting_minutes" | "waiting_working_minutes":
                return self._minutes(node)
            case _:
                return own_value(node, self)

    @cached_property
    def _before(self) -> Entry | None:
        """The entry before: of the same schedule, about the same."""
        found = self._earlier(self._about, 1, self.envelope.get("schedule", ""))
        return found[0] if found else None

    @cached_property
    def _about(self) -> dict[str, str | None]:
        about = {name: self.answers.get(Key(name), "") for name in self.book.about}
        return {name: value for name, value in about.items() if value}

    def _earlier(
        self, same: Mapping[str, str | None], limit: int, schedule: str | None = None
    ) -> tuple[Entry, ...]:
        asked = (self.occurred_at, *same.items(), limit, schedule)
        if asked not in self.past:
            self.past[asked] = earlier(
                self.room.store, self.book.id, same, self.occurred_at, limit, schedule=schedule
            )
        return self.past[asked]

    def _text(self, answers: Answers, envelope: Mapping[str, str], name: str) -> str | None:
        if name not in self.book.field_by_id:
            return envelope.get(name)
        return answers.get(self._key(name))

    def _key(self, name: str) -> Key:
        asked = self.book.field_by_id.get(name)
        return Key(name, self.asset if asked is not None and asked.each else "")

    def _assets(self, node: Node) -> list[str]:
        """The assets that the questions in a node were answered of."""
        names = {value.id for value in walk(node) if isinstance(value, Value)}
        return list(dict.fromkeys(k.asset for k in self.answers if k.field in names and k.asset))

    def _holding(self, where: Node) -> list[bool]:
        return [evaluate(where, self.of(asset)) is True for asset in self._assets(where)]

    def _median(self, node: OfEntry) -> Known | None:
        value, count = node.arguments
        assert isinstance(value, Value), "median_of() takes a field"
        limit = int(Fraction(str(evaluate(count, self))))
        name = str(self._key(value.id))
        same = self._earlier({**self._about, name: self._about.get(name)}, limit)
        known = [typed(value.item, self._text(each.answers, {}, value.id)) for each in same]
        numbers = [Fraction(each) for each in known if each is not None]
        return Fraction(median(numbers)) if numbers else None

    def _repeats(self, node: OfEntry) -> Known | None:
        value, days, *where = node.arguments
        assert isinstance(value, Value), "repeats() takes a field"
        text = self._text(self.answers, self.envelope, value.id)
        if not text:
            return Fraction(0)
        since = self.occurred_at - timedelta(days=int(Fraction(str(evaluate(days, self)))))
        found = self._earlier({value.id: text}, LONGEST_MEMORY)
        same = [each for each in found if each.first.occurred_at >= since]
        every: list[Facts] = [self, *(entry_facts(self.room, self.book, each) for each in same)]
        return Fraction(sum(all(evaluate(w, facts) is True for w in where) for facts in every))

    def _minutes(self, node: OfEntry) -> Known | None:
        """Minutes of working hours, or those of either kind in which the entry waited, between two moments."""
        start, end = (evaluate(argument, self) for argument in node.arguments)
        if isinstance(start, Unknown) or isinstance(end, Unknown):
            return None
        zone = self.room.definitions.settings.zone
        span = tuple(datetime.fromisoformat(str(at)).replace(tzinfo=zone) for at in (start, end))
        count = self.room.definitions.calendar.working_minutes
        if node.name == "working_minutes":
            return Fraction(count(*span))
        found = within(self._pauses, *span)
        if node.name == "waiting_working_minutes":
            return Fraction(sum(count(*pause) for pause in found))
        return Fraction(sum(int((end - start).total_seconds()) // 60 for start, end in found))

    @cached_property
    def _pauses(self) -> tuple[Pause, ...]:
        """When it waited; the entry is looked up only if its logbook has a state that waits."""
        if not self.id or not any(state.is_waiting for state in self.book.lifecycle.states):
            return ()
        found = entry(self.room.store, self.id)
        return pauses(self.book, found, self.room.now) if found else ()


def entry_facts(room: DutyRoom, book: Logbook, entry: Entry) -> Facts:
    """What an entry says as it stands."""
    first = entry.first
    envelope = {
        "occurred_at": f"{first.occurred_at:%Y-%m-%dT%H:%M}",
        "recorded_at": f"{first.recorded_at:%Y-%m-%dT%H:%M}",
        "recorder": first.person,
        "schedule": first.schedule,
        "state": entry.last.state,
    }
    return Facts(room, book, entry.answers, envelope, first.occurred_at, entry.id)


def typed(item: Item, text: str | None) -> Known | None:
    """A kept answer as a value; one that was kept when its field had another type is blank."""
    if not text:
        return None
    if item.is_numeric:
        try:
            return float(text) if item.type is Type.NUMBER else Fraction(text)
        except ValueError:
            return None
    return text == "true" if item.type is Type.YES_NO else text


def assets_of(room: DutyRoom, field: Field, at: datetime) -> tuple[str, ...]:
    """Of which assets a field is asked: one empty name if it is not asked of each."""
    if field.each is None:
        return ("",)
    return tuple(a.id for a in room.definitions.assets.of_kind(field.each, at.date()))
