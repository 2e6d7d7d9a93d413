"""Evidence for an accreditation visit: clause by clause what is required, what shows it, and what is missing."""

from dataclasses import dataclass, replace
from typing import Literal

from infodesk.duty.room import DutyRoom
from infodesk.errors import InfodeskError
from infodesk.model.clause import Clause
from infodesk.model.period import Period
from infodesk.reports.proof import Proof, book_proof, form_proof, periods_of, report_proof
from infodesk.stats.desk import Desk
from infodesk.stats.status import Status, status
from infodesk.store.integrity import first_altered
from infodesk.text.folding import fold, nearest
from infodesk.text.message import Message

ClauseState = Literal["shown", "missing", "empty", "unserved", "conduct"]


@dataclass(frozen=True)
class ClauseEvidence:
    """A clause and what shows that it is kept."""

    clause: Clause
    proofs: tuple[Proof, ...]

    @property
    def state(self) -> ClauseState:
        """`shown`; `missing`: something is; `empty`: served, and nothing to show; `unserved`: nothing serves it;
        `conduct`: how people behave, which no record can show."""
        if not self.proofs:
            return "conduct" if self.clause.is_conduct else "unserved"
        if any(proof.missing for proof in self.proofs):
            return "missing"
        return "empty" if all(proof.is_empty for proof in self.proofs) else "shown"


@dataclass(frozen=True)
class Evidence:
    """All clauses, for a period."""

    period: Period
    clauses: tuple[ClauseEvidence, ...]
    altered: Message | None = None  # what other hands did to the records, if anything

    @property
    def needs_somebody(self) -> bool:
        """Whether something is missing, or was altered."""
        return self.altered is not None or any(
            each.state in ("missing", "unserved") for each in self.clauses
        )


def evidence(desk: Desk, room: DutyRoom, period: Period) -> Evidence:
    """Look at everything that names a clause, each once, and lay it out clause by clause."""
    proofs = _proofs(desk, room, period)
    return Evidence(
        period,
        tuple(
            ClauseEvidence(clause, tuple(p for named, p in proofs if clause.id in named))
            for clause in desk.definitions.clauses
        ),
        first_altered(desk.store),
    )


def of_clauses(found: Evidence, names: tuple[str, ...]) -> Evidence:
    """Only these clauses and chapters; all if none is named. InfodeskError for one that there is not."""
    chosen = set[str]()
    for name in names:
        mine = {c.clause.id for c in found.clauses if _is_in(c.clause.id, fold(name))}
        if not mine:
            near = nearest(name, [each.clause.id for each in found.clauses])
            raise InfodeskError(
                Message("there is no clause {name}", name=repr(name)),
                Message("did you mean {near}?", near=near) if near else None,
            )
        chosen |= mine
    kept = tuple(each for each in found.clauses if not names or each.clause.id in chosen)
    return replace(found, clauses=kept)


def _is_in(clause: str, name: str) -> bool:
    return clause == name or clause.startswith((f"{name}.", f"{name}("))


def _proofs(
    desk: Desk, room: DutyRoom, period: Period
) -> tuple[tuple[tuple[str, ...], Proof], ...]:
    """Each proof, with the clauses it is for."""
    definitions = desk.definitions
    statuses = _statuses(desk, period)
    return (
        *((form.clauses, form_proof(desk, form, statuses, period)) for form in definitions.forms),
        *((book.clauses, book_proof(room, book, period)) for book in definitions.logbooks),
        *((report.clauses, report_proof(desk, report, period)) for report in definitions.reports),
    )


def _statuses(desk: Desk, period: Period) -> dict[Period, Status]:
    """Where each period of some form stands; a period is looked at once for all its forms."""
    frequencies = {form.frequency for form in desk.definitions.forms}
    wanted = {each for name in frequencies for each in periods_of(desk, name, period)}
    return {each: status(desk, each) for each in sorted(wanted)}
