"""Numbers that identify a person: a workbook that holds one is not taken, and the number is repeated nowhere."""

import re
import unicodedata

from infodesk.errors import InfodeskError
from infodesk.model.form import Form
from infodesk.model.item import Item, Secrecy
from infodesk.model.masking import Mask
from infodesk.text.message import Message
from infodesk.workbooks.grid import Address, Book, CellValue, Sheet, address, as_text

# Any 17 digits with a check sign; with gaps between them only what has a day of birth in the middle.
_IDENTITY = re.compile(r"(?<!\d)\d{17}[\dX](?![\dX])")
_WITH_GAPS = re.compile(
    r"(?<!\d)[1-9]\d{5}(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dX](?![\dX])"
)
_MOBILE = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)")
_GAPS = re.compile(r"[\s\-]")
_SMALLEST_IDENTITY = (
    1e17  # an 18-digit number typed into a cell that is no text; no amount is near it
)


def refuse_identity_numbers(book: Book, forms: dict[str, Form]) -> None:
    """InfodeskError if a cell of any sheet holds an ID-card number; `forms` are those of the sheets."""
    for sheet in book.sheets:
        for row, values in enumerate(sheet.rows):
            for column, value in enumerate(values):
                if _is_identity(value):
                    form = forms.get(sheet.name)
                    cell = address(sheet.name, row, column)
                    raise _refused(Message("{cell} holds an ID-card number", cell=cell), form)


def refuse_mobile_number(form: Form, item: Item, sheet: Sheet, place: Address) -> None:
    """InfodeskError if a form about persons has a mobile number where none is asked for."""
    if form.secrecy is not Secrecy.PERSONAL or item.mask is Mask.MOBILE:
        return
    if _MOBILE.search(_plain(as_text(sheet.at(*place)))):
        cell = address(sheet.name, *place)
        raise _refused(Message("{cell} holds a mobile number", cell=cell), form)


def _is_identity(value: CellValue) -> bool:
    if isinstance(value, float):
        return value >= _SMALLEST_IDENTITY
    if not isinstance(value, str) or len(value) < 18:
        return False
    text = unicodedata.normalize("NFKC", value).upper()
    return bool(_IDENTITY.search(text) or _WITH_GAPS.search(_GAPS.sub("", text)))


def _plain(text: str) -> str:
    return _GAPS.sub("", unicodedata.normalize("NFKC", text))


def _refused(what: Message, form: Form | None) -> InfodeskError:
    rule = (form.number_rule if form else "") or "GEN-002"
    return InfodeskError(
        Message("{what}, which must not be reported ({rule})", what=what, rule=rule),
        Message("take it out and send the workbook again; nothing of it was kept"),
    )
