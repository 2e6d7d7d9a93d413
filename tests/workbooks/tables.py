"""What a small test workbook holds, and packing parts into a zip."""

import io
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field

from infodesk.workbooks.grid import Address, Area

Plain = str | float


@dataclass(frozen=True)
class Table:
    """What a test workbook holds, on a sheet `甲`; `乙` is hidden."""

    cells: Mapping[Address, Plain] = field(default_factory=dict)
    errors: Mapping[Address, str] = field(default_factory=dict)
    formulas: Mapping[Address, float | None] = field(default_factory=dict)  # None: never computed
    hidden_rows: tuple[int, ...] = ()
    merges: tuple[Area, ...] = ()
    name: str = "ward"


TABLE = Table(
    {(0, 0): "科室", (0, 1): "人数", (1, 0): "内科", (1, 1): 12.0, (2, 0): "儿科", (2, 1): 3.5,
     (3, 0): "外科", (3, 1): "00123", (5, 0): "合计"},
    {(4, 1): "#REF!"},
    {(5, 1): 15.5},
    (2,),
    ((0, 2, 0, 3),),
)  # fmt: skip
UNSAVED = Table({(0, 0): "科室"}, formulas={(0, 1): None})


def packed(parts: Mapping[str, bytes]) -> bytes:
    """A zip of these parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


def places(table: Table) -> set[Address]:
    return {*table.cells, *table.errors, *table.formulas}
