"""A totals row in a workbook: compared with what the rows add up to, and never stored."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from infodesk.model.form import Form
from infodesk.model.item import Item
from infodesk.model.rule import Severity
from infodesk.model.submission import Stored
from infodesk.workbooks import marks
from infodesk.workbooks.answer import read_answer
from infodesk.workbooks.extraction import Extraction
from infodesk.workbooks.grid import Address, Sheet, address, as_text
from infodesk.workbooks.roles import row_with


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
        """Remark every total that differs or shows no number (GEN-012), or was typed over (GEN-022).

        In our blanks every total is a formula; elsewhere one is typed over where others of its row are not. Of formulas
        that were never computed the first is remarked: the whole file was saved by a program that computes nothing.
        """
        places = {
            item.id: (row, columns[item.id])
            for item in self.form.items()
            if item.id in columns and item.is_numeric and item.adds_up
        }
        formulas = sheet.formulas or frozenset()
        is_ours = bool(formulas) and row_with(sheet, marks.UNIT) is not None
        has_formulas = is_ours or any(place in formulas for place in places.values())
        uncomputed = [name for name, place in places.items() if place in sheet.unsaved]
        for name, place in places.items():
            if name in uncomputed[1:]:
                continue
            self._compare(self.form.by_id[name], sheet, place, extraction)
            if has_formulas and place not in formulas and isinstance(sheet.at(*place), float):
                _remark(self.form, name, sheet, place, extraction, ("GEN-022", "typed_over"))

    def _compare(self, item: Item, sheet: Sheet, place: Address, extraction: Extraction) -> None:
        read = read_answer(item, sheet, place)
        computed = self.sums.get(item.id, Decimal(0))
        if place in sheet.errors or place in sheet.unsaved:
            detail = read.faults[0].detail
            _remark(self.form, item.id, sheet, place, extraction, ("GEN-012", detail))
        elif self._differs(item, read.value, computed):
            told = ("GEN-012", f"computed:{computed:f}")
            _remark(self.form, item.id, sheet, place, extraction, told)

    @staticmethod
    def _differs(item: Item, written: Stored, computed: Decimal) -> bool:
        if not isinstance(written, int | float):
            return False
        return round(_number(item, written) - computed, item.decimals) != 0


def _remark(
    form: Form,
    item: str,
    sheet: Sheet,
    place: Address,
    extraction: Extraction,
    told: tuple[str, str],
) -> None:
    rule, detail = told
    extraction.remark(
        rule,
        Severity.WARNING,
        form=form.id,
        item=item,
        cell=address(sheet.name, *place),
        raw=as_text(sheet.at(*place)),
        detail=detail,
    )


def _number(item: Item, stored: int | float) -> Decimal:
    return Decimal(str(stored)).scaleb(-item.scale)
