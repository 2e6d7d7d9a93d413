"""What a report can speak of: one period's figures, findings and senders, looked up when asked for."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from infodesk.errors import InfodeskError
from infodesk.model.definitions import Definitions
from infodesk.model.figure import Figure
from infodesk.model.finding import Finding, State
from infodesk.model.item import Secrecy, highest
from infodesk.model.period import Period
from infodesk.model.rule import Severity
from infodesk.model.unit import Unit
from infodesk.reports.small_cells import is_guarded
from infodesk.stats.accepted import Accepted, Past
from infodesk.stats.check import Checked, numbered
from infodesk.stats.compare import Against, Comparer, trend_periods
from infodesk.stats.desk import Desk
from infodesk.stats.measure import Measure
from infodesk.stats.pick import find_figure
from infodesk.stats.status import Status, status
from infodesk.store.releases import Release, is_closed, releases
from infodesk.text.folding import nearest
from infodesk.text.language import Language
from infodesk.text.message import Message, Title

MISSING = "GEN-008"
NAMELESS = Title("有的内容", "something")


@dataclass(frozen=True)
class Context:
    """A period at the statistician's desk, in the language of the report."""

    desk: Desk
    period: Period
    language: Language
    outgoing: bool = (
        False  # whether it leaves the house, and small counts of persons are not printed
    )
    _figures: dict[tuple[str, str, Period, str | None], Figure] = field(
        default_factory=dict, repr=False
    )
    _classes: set[Secrecy] = field(default_factory=set, repr=False)

    @property
    def definitions(self) -> Definitions:
        """What the hospital declares."""
        return self.desk.definitions

    @property
    def root(self) -> Unit:
        """The whole hospital."""
        return self.definitions.units.root

    @cached_property
    def found(self) -> Accepted:
        """What is accepted of the period."""
        return self.past.of(self.period)

    @cached_property
    def checked(self) -> Checked:
        """What the rules say of it, and what was said of their findings."""
        return numbered(self.desk, self.found.checked)

    @cached_property
    def status(self) -> Status:
        """Who has sent what."""
        return status(self.desk, self.period)

    @cached_property
    def past(self) -> Past:
        """This period and all others, each looked up once."""
        return Past(self.desk)

    @cached_property
    def comparer(self) -> Comparer:
        """The hospital's figures beside earlier ones."""
        return Comparer(self.past, self.period, self.root)

    def is_known(self, against: Against) -> bool:
        """Whether the store holds anything of the period that is compared with."""
        earlier = (
            self.period.previous() if against is Against.PREVIOUS else self.period.year_before()
        )
        return self.past.is_known(earlier)

    @cached_property
    def release(self) -> Release | None:
        """The release of a closed period."""
        is_frozen = is_closed(self.desk.store, self.period)
        return releases(self.desk.store, self.period)[-1] if is_frozen else None

    @cached_property
    def history(self) -> tuple[Accepted, ...]:
        """The periods the store holds of the last thirteen, oldest first, this one last."""
        *before, now = trend_periods(self.period)
        return tuple(self.past.of(each) for each in (*filter(self.past.is_known, before), now))

    def measure(self, name: str) -> Measure:
        """The indicator or item of that id or label. InfodeskError if there is none."""
        return Measure(find_figure(self.desk, name))

    def measures(self, names: str | Iterable[str]) -> list[Measure]:
        """The same for several names, or for one."""
        return [self.measure(name) for name in ([names] if isinstance(names, str) else names)]

    def figure(self, measure: Measure, scope: Unit, of: Accepted | None = None) -> Figure:
        """A measure's figure for a unit or the hospital, in this period or another.

        InfodeskError for what may be a small count of persons, in a report that leaves the house.
        """
        if self.outgoing and is_guarded(self.definitions, measure):
            raise InfodeskError(
                Message("{measure} may be small counts of persons", measure=measure.title),
                Message("in a report that leaves the house place them in a table of units or rows"),
            )
        self.shows(measure.secrecy, measure.title)
        return self.unguarded(measure, scope, of=of)

    def unguarded(
        self, measure: Measure, scope: Unit, row: str | None = None, of: Accepted | None = None
    ) -> Figure:
        """The same for a table that guards small counts itself; of one row of a form, if it is named."""
        found = of or self.found
        key = (measure.name, scope.id, found.period, row)
        if key not in self._figures:
            self._figures[key] = measure.figure(found, scope, row)
        return self._figures[key]

    @property
    def secrecy(self) -> Secrecy:
        """The highest class of all that was shown so far."""
        return highest(self._classes)

    def shows(self, secrecy: Secrecy, what: Title = NAMELESS) -> None:
        """Something of that class stands in the report now. InfodeskError if it must not leave the house."""
        if self.outgoing and secrecy.is_hidden:
            raise InfodeskError(
                Message(
                    "{what} is {secrecy} and must not leave the house",
                    what=what,
                    secrecy=secrecy.label,
                ),
                Message("leave it out of a report with outgoing: true"),
            )
        self._classes.add(secrecy)

    def units(self, kind: str) -> tuple[Unit, ...]:
        """The units of a kind, in the hospital's order. InfodeskError if there is no such kind."""
        known = [each.id for each in self.definitions.units.kinds]
        if kind not in known:
            near = nearest(kind, known)
            hint = Message("did you mean {near}?", near=near) if near else None
            raise InfodeskError(Message("there is no kind of unit {name}", name=repr(kind)), hint)
        return self.definitions.units.of_kind(kind, self.period)

    def unit(self, name: str) -> Unit:
        """The unit of that id or title; the hospital for an empty name."""
        found = self.definitions.units.find(name) if name else self.root
        if found is None:
            raise InfodeskError(Message("there is no unit {name}", name=repr(name)))
        return found

    def name_of(self, unit: str) -> str:
        """What a unit is called in a report; the hospital for itself, and for what is no unit's."""
        found = self.definitions.units.by_id.get(unit, self.root)
        return (
            self.language("Whole hospital")
            if found == self.root
            else self.language.tell(found.title)
        )

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """What the rules found, but for what may be ignored, and what is merely missing: the status tells that."""
        return tuple(
            finding
            for finding in self.checked.findings
            if finding.severity is not Severity.INFO and finding.identity.rule != MISSING
        )

    def open_findings(self) -> tuple[Finding, ...]:
        """The findings nobody has settled yet."""
        return tuple(finding for finding in self.findings if finding.state is State.OPEN)
