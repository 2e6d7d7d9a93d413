"""Items that moved: where the ids that our blanks carry and the labels that people see say different things."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from infodesk.model.form import Form
from infodesk.model.rule import Severity
from infodesk.model.submission import Remark
from infodesk.workbooks.extraction import Extraction

RULE = "GEN-021"


@dataclass(frozen=True)
class Settled:
    """Item → the line (or column) that holds it, from 0; those that moved, and those that are not clear."""

    places: dict[str, int] = field(default_factory=dict)
    moved: dict[str, tuple[int, int]] = field(default_factory=dict)  # from, to
    unclear: dict[str, tuple[int, ...]] = field(default_factory=dict)  # where it may be


def settle(ids: Mapping[str, int], labels: Mapping[int, str]) -> Settled:
    """Where each item stands. `ids` says where its id stands, `labels` which item the label of a place names.

    The id decides while the label agrees, or is no item's. Where it names another item (or is gone) and the
    item's own label stands in exactly one other place, that place is taken; in several, or in none although
    another item's name stands there, nothing is.
    """
    found = Settled()
    for item, place in ids.items():
        said = labels.get(place, "")
        elsewhere = [other for other, name in labels.items() if name == item and other != place]
        if said == item or (not said and not elsewhere):
            found.places[item] = place
        elif len(elsewhere) == 1:
            found.places[item] = elsewhere[0]
            found.moved[item] = (place, elsewhere[0])
        else:
            found.unclear[item] = (place, *elsewhere)
    return found


def moved_remarks(
    extraction: Extraction, form: Form, unit: str, found: Settled, cells: Mapping[str, str]
) -> dict[str, Remark]:
    """What moved (GEN-021), by item: to be confirmed, unless it was for this sender, form and place.

    `unit` is empty for the columns of a table; `cells` is where each item stands now.
    """
    word = "line" if unit else "column"
    remarks = {}
    for item, (before, after) in found.moved.items():
        place = f"{word}:{before + 1}:{after + 1}"
        known = extraction.confirmed.get((form.id, item)) == place
        severity = Severity.INFO if known else Severity.WARNING
        section = form.section_of(item).id if unit else ""
        remarks[item] = Remark(
            RULE, severity, form.id, section, unit,
            item=item, cell=cells.get(item, ""), detail=f"moved:{place}",
        )  # fmt: skip
    return remarks
