"""A totals row in a workbook: compared with what the rows add up to, and never stored."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from infodesk.model.form import Form
from infodesk.model.item import Item
from infodesk.model.rule import Severity
from infodesk.model.submission import Stored
from infodesk.workbooks.answer import read_answer
from infodesk.workbooks.extraction import Extraction
from infodesk.workbooks.grid import Sheet, address, as_text


@dataclass
class Totals:
    """What the rows of one table add up to, item by item."""

    form: Form
    sums: dict[str, Decimal] = field(default_factory=dict)

    def add(self, values: Mapping[str, Stored]) -> None:
        """Add the answers of one row."""
        for name, stored in values.items():
            item = self.form.by_id[name]
            if item.adds_up and isinstance(stored, int | float):
                self.sums[name] = self.sums.get(name, Decimal(0)) + _number(item, stored)

    def compare(
        self, sheet: Sheet, row: int, columns: Mapping[str, int], extraction: Extraction
    ) -> None:
        """Remark every item whose total in the workbook differs (GEN-012)."""
        for item in self.form.items():
            if item.id not in columns or not item.is_numeric or not item.adds_up:
                continue
            place = (row, columns[item.id])
            read = read_answer(item, sheet, place)
            computed = self.sums.get(item.id, Decimal(0))
            if not isinstance(read.value, int | float):
                continue
            if round(_number(item, read.value) - computed, item.decimals) != 0:
                extraction.remark(
                    "GEN-012",
                    Severity.WARNING,
                    form=self.form.id,
                    item=item.id,
                    cell=address(sheet.name, *place),
                    raw=as_text(sheet.at(*place)),
                    detail=f"computed:{computed:f}",
                )


def _number(item: Item, stored: int | float) -> Decimal:
    return Decimal(str(stored)).scaleb(-item.scale)
