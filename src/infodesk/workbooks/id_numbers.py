"""Identity-card numbers in workbooks whose forms must not hold any: such a file is refused whole."""

from infodesk.errors import InfodeskError
from infodesk.expr.evaluate import ID_NUMBER
from infodesk.model.definitions import Definitions
from infodesk.model.expression import HoldsIdNumber, walk
from infodesk.text.folding import key
from infodesk.text.message import Message
from infodesk.workbooks.grid import Book, CellValue, address
from infodesk.workbooks.identify import Identity


def refuse_id_numbers(book: Book, identity: Identity, definitions: Definitions) -> None:
    """InfodeskError if a form in the workbook has a rule against them and any cell holds one.

    The message names the cell and never the number.
    """
    forms = {sheet.form.id for sheet in identity.forms}
    rule = next(
        (
            rule
            for rule in definitions.rules
            if rule.form in forms and any(isinstance(n, HoldsIdNumber) for n in walk(rule.check))
        ),
        None,
    )
    if rule is None:
        return
    for sheet in book.sheets:
        for row, values in enumerate(sheet.rows):
            for column, value in enumerate(values):
                if _holds_one(value):
                    raise InfodeskError(
                        Message(
                            "{cell} holds an identity-card number ({rule}): nothing of the file is kept",
                            cell=address(sheet.name, row, column),
                            rule=rule.id,
                        ),
                        Message("have it taken out, and delete the file"),
                    )


def _holds_one(value: CellValue) -> bool:
    """Also one that was typed as a number, or with blanks and hyphens in it."""
    if isinstance(value, float):
        return 1e17 <= value < 1e18
    return isinstance(value, str) and bool(ID_NUMBER.search(key(value).replace("-", "")))
