"""Units: departments, wards and clinics, in the tree of their hospital."""

import difflib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from infodesk.model.period import Period
from infodesk.text.folding import key
from infodesk.text.message import Title


@dataclass(frozen=True)
class Contact:
    """Whom to ask and whom to chase; empty where nobody is named yet."""

    name: str = ""
    phone: str = ""
    reviewer: str = ""
    head: str = ""


@dataclass(frozen=True)
class Kind:
    """A kind of unit; `within` is the wider kind it belongs to (OB is a ward)."""

    id: str
    title: Title
    within: str | None = None


@dataclass(frozen=True)
class Unit:
    """A department, a ward or the whole hospital. `opened` is its first day, `closed` the day after its last.

    `every_day`: it works on weekends and holidays too, so its means of a day are of calendar days in every form.
    """

    id: str
    title: Title
    kind: str
    parent: str | None = None
    order: int = 0
    aliases: tuple[str, ...] = ()
    opened: date | None = None
    closed: date | None = None
    successors: tuple[str, ...] = ()
    contact: Contact = field(default_factory=Contact)
    every_day: bool = False

    def is_open_in(self, period: Period) -> bool:
        """Whether it existed on at least one day of the period."""
        return (self.opened is None or self.opened < period.end) and (
            self.closed is None or self.closed > period.start
        )


@dataclass(frozen=True)
class UnitTree:
    """All units in the hospital's own order; exactly one of them, the root, has no parent."""

    units: tuple[Unit, ...]
    kinds: tuple[Kind, ...] = ()

    @cached_property
    def by_id(self) -> dict[str, Unit]:
        """Units by their id."""
        return {unit.id: unit for unit in self.units}

    @cached_property
    def root(self) -> Unit:
        """The whole hospital."""
        return next(unit for unit in self.units if unit.parent is None)

    @cached_property
    def _by_name(self) -> dict[str, set[str]]:
        names: dict[str, set[str]] = {}
        for unit in self.units:
            for name in (unit.id, unit.title.zh, unit.title.en, *unit.aliases):
                if name:
                    names.setdefault(key(name), set()).add(unit.id)
        return names

    def find(self, name: str) -> Unit | None:
        """The unit of that id, title or alias; an id wins over a name. Nothing if none, or several."""
        if name in self.by_id:
            return self.by_id[name]
        found = self._by_name.get(key(name), set())
        return self.by_id[next(iter(found))] if len(found) == 1 else None

    def nearest(self, name: str) -> tuple[Unit, ...]:
        """The units that a name may mean, the likeliest first; three at most. Those whose name it is come first."""
        alike = difflib.get_close_matches(key(name), list(self._by_name), n=3, cutoff=0.5)
        inside = [known for known in self._by_name if key(name) and key(name) in known]
        several = self._by_name.get(key(name), set())
        found = [
            *sorted(several),
            *(i for n in (*inside, *alike) for i in sorted(self._by_name[n])),
        ]
        return tuple(self.by_id[unit] for unit in dict.fromkeys(found))[:3]

    def kinds_above(self, kind: str) -> Iterator[str]:
        """`kind` itself and every wider kind."""
        within = {each.id: each.within for each in self.kinds}
        current: str | None = kind
        while current is not None:
            yield current
            current = within.get(current)

    def is_kind(self, unit: Unit, kinds: tuple[str, ...]) -> bool:
        """Whether the unit is of one of these kinds, or of a kind within one."""
        return any(kind in kinds for kind in self.kinds_above(unit.kind))

    def of_kind(self, kind: str, period: Period) -> tuple[Unit, ...]:
        """The units of that kind open in the period, in the hospital's order."""
        return tuple(u for u in self.units if self.is_kind(u, (kind,)) and u.is_open_in(period))

    def heirs(self, unit_id: str, period: Period) -> frozenset[str]:
        """The units open in the period that carry a unit on: itself, else its successors and theirs."""
        found: set[str] = set()
        seen: set[str] = set()
        waiting = [unit_id]
        while waiting:
            unit = self.by_id[waiting.pop()]
            if unit.id in seen:
                continue
            seen.add(unit.id)
            if unit.is_open_in(period):
                found.add(unit.id)
            else:
                waiting += unit.successors
        return frozenset(found)

    def with_ancestors(self, unit_id: str) -> Iterator[str]:
        """The unit's id and the ids of all units it is part of, up to the root."""
        current: str | None = unit_id
        while current is not None:
            yield current
            current = self.by_id[current].parent
