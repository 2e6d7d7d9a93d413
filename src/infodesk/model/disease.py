"""Which disease of a list a hospital stay belongs to, by its principal diagnosis, its operations and the age."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Criteria:
    """What a stay must show to count in a disease.

    `diagnoses` and the procedures are codes or ranges of codes (`B15-B19`, `36.1`), ICD-10 and ICD-9-CM-3.
    `procedures` must be there as well, `or_procedures` are enough alone, `without_procedures` must not be
    there. `age_to` is the highest age in completed years. Those with a `rank` are tried first, 1 before 2.
    """

    diagnoses: tuple[str, ...]
    procedures: tuple[str, ...] = ()
    or_procedures: tuple[str, ...] = ()
    without_procedures: tuple[str, ...] = ()
    age_to: int | None = None
    rank: int | None = None


@dataclass(frozen=True)
class Stay:
    """One stay: principal discharge diagnosis, operations, age in completed years (nothing if unknown)."""

    diagnosis: str
    procedures: tuple[str, ...] = ()
    age: int | None = None


@dataclass(frozen=True)
class Match:
    """The disease a stay counts in, at most one; `review` are those that only its unknown age keeps it from."""

    disease: str | None
    review: tuple[str, ...] = ()


def match_stay(diseases: Mapping[str, Criteria], stay: Stay) -> Match:
    """Find the disease of a stay. Diseases with a rank are tried first, then the others in their order."""
    order = sorted(diseases, key=lambda code: diseases[code].rank or len(diseases))
    review: list[str] = []
    for code in order:
        criteria = diseases[code]
        if not _is_met(criteria, stay):
            continue
        if criteria.age_to is None or (stay.age is not None and stay.age <= criteria.age_to):
            return Match(code, tuple(review))
        if stay.age is None:
            review.append(code)
    return Match(None, tuple(review))


def _is_met(criteria: Criteria, stay: Stay) -> bool:
    """Whether diagnosis and operations fit; the age is another matter."""
    operated = [_folded(code) for code in stay.procedures]
    if any(_lies_in(code, criteria.or_procedures) for code in operated):
        return True
    if not _lies_in(_folded(stay.diagnosis), criteria.diagnoses):
        return False
    if any(_lies_in(code, criteria.without_procedures) for code in operated):
        return False
    wanted = criteria.procedures
    return not wanted or any(_lies_in(code, wanted) for code in operated)


def _folded(code: str) -> str:
    """A code as it is compared: `i21.900 ` is `I21900`."""
    return code.upper().replace(".", "").replace(" ", "")


def _lies_in(code: str, ranges: Iterable[str]) -> bool:
    """Whether a folded code begins with one of the codes, or lies within one of the ranges."""
    for each in ranges:
        first, _, last = each.partition("-")
        low, high = _folded(first), _folded(last or first)
        if low <= code[: len(low)] <= high:
            return True
    return False
