"""Several periods added up: first over time, item by item, then over units, and divided last.

Per item and unit the periods are joined by the item's `over_time`: flows are summed, a stock at the start
is the first period's, one at the end the last period's. A unit counts if every part it owed in any of
the periods is accepted; then `figures` and `totals` read the result as they read one period.
"""

from collections.abc import Iterator, Sequence

from infodesk.model.form import Form
from infodesk.model.item import Item, OverTime
from infodesk.model.period import Frequency, Period
from infodesk.model.submission import Part, Submission
from infodesk.stats.accepted import Accepted
from infodesk.stats.check import Checked
from infodesk.store.sums import UnitSums

Number = int | float | None


def parts_of(period: Period) -> Iterator[Period]:
    """The periods whose forms make up a longer one: its months, quarters, halves and years."""
    for frequency in Frequency:
        tiles = tuple(period.parts(frequency))
        if tiles[-1].end == period.end:
            yield from tiles


def added_up(period: Period, parts: Sequence[Accepted]) -> Accepted:
    """What is accepted of a longer period, from what is accepted of its parts (one at least)."""
    forms = parts[0].desk.definitions.form_by_id
    owing = {form: [each for each in parts if _is_due(each, form)] for form in forms}
    keys = dict.fromkeys(key for found in parts for key in found.sums)
    sums = {key: _joined(forms[key[0]], key[1], owing[key[0]]) for key in keys}
    return Accepted(parts[-1].desk, period, _checked(period, parts), sums)


def _is_due(found: Accepted, form: str) -> bool:
    return any(each.part.form == form for each in found.checked.obligations)


def _checked(period: Period, parts: Sequence[Accepted]) -> Checked:
    """A part counts as come if it came in every period in which it was owed."""
    obligations = {each.part: each for found in parts for each in found.checked.obligations}
    submissions: dict[Part, Submission] = {}
    missing: set[Part] = set()
    for found in parts:
        submissions |= found.checked.submissions
        missing |= {each.part for each in found.checked.missing}
    return Checked(
        period,
        tuple(finding for found in parts for finding in found.checked.findings),
        (),
        {part: last for part, last in submissions.items() if part not in missing},
        tuple(obligations.values()),
    )


def _joined(form: Form, unit: str, parts: Sequence[Accepted]) -> UnitSums:
    found = [each.sums.get((form.id, unit)) for each in parts]
    sums = {
        item.id: _over_time(
            item, [None if each is None else each.sums.get(item.id) for each in found]
        )
        for item in form.items()
        if item.is_numeric
    }
    return UnitSums(unit, sums, {})


def _over_time(item: Item, values: Sequence[Number]) -> Number:
    """One unit's value of the longer period; a blank stays one, and is no zero."""
    match item.over_time:
        case OverTime.FIRST:
            return values[0]
        case OverTime.LAST:
            return values[-1]
        case OverTime.SUM:
            known = [value for value in values if value is not None]
            return sum(known) if known else None
        case OverTime.NONE:
            return values[0] if len(values) == 1 else None
