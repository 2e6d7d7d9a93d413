"""What the cover asks: its fields, their cells, and what is known of them already."""

from infodesk.text.message import Message
from infodesk.workbooks import marks
from infodesk.workbooks.blank.drawing import cell
from infodesk.workbooks.blank.plan import Plan

LABEL, VALUE, STATE, ROLE, COUNT = range(5)
FIRST_ROW = 9

LABELS = {
    "preparer": Message("Prepared by"),
    "reviewer": Message("Reviewed by"),
    "head": Message("Head of department"),
    "phone": Message("Telephone"),
    "date": Message("Filled in on"),
    "notes": Message("Remarks"),
}
COVER = Message("Cover")


def row_of(field: str) -> int:
    """The row of a field."""
    return FIRST_ROW + [name for name, _ in marks.COVER_FIELDS].index(field)


def cell_of(field: str, cover: str) -> str:
    """The cell of a field, for formulas of other sheets."""
    return cell(row_of(field), VALUE, cover)


def known_fields(plan: Plan) -> dict[str, str]:
    """What the cover says already: what was given, else the names of the contacts."""
    contact = plan.sender.contact
    known = {
        "preparer": contact.name,
        "reviewer": contact.reviewer,
        "head": contact.head,
        "phone": contact.phone,
    }
    return {field: text for field, text in (known | dict(plan.answers.cover)).items() if text}
