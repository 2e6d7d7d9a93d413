"""One cell, and what it answers to an item."""

import pytest

from infodesk.model.item import Item, Type
from infodesk.model.rule import Severity
from infodesk.text.message import Title
from infodesk.workbooks.answer import Fault, read_answer
from infodesk.workbooks.grid import Sheet


@pytest.mark.parametrize("kind", [Type.INTEGER, Type.NUMBER])
def test_a_cell_that_holds_no_finite_number_is_no_number(kind: Type) -> None:
    item = Item(id="x", label=Title("甲", "X"), type=kind)
    answer = read_answer(item, Sheet("s", ((float("nan"),),)), (0, 0))
    assert (answer.value, answer.faults) == (
        None,
        (Fault("GEN-002", Severity.ERROR, "not_a_number"),),
    )
