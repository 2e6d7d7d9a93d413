"""Opening balances: what `prev()` needs of the month before the first one."""

from typing import NamedTuple

from infodesk.model.submission import Stored


class Opening(NamedTuple):
    """One opening balance, as it is stored."""

    form: str
    unit: str
    row: str
    item: str
    value: Stored
