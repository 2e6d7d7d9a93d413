"""What is to be remarked about how a workbook was read: its kind, hidden rows, merges in the data."""

from collections.abc import Iterable, Iterator, Mapping

from infodesk.model.rule import Severity
from infodesk.model.submission import Given, Part, Remark
from infodesk.workbooks.extraction import Extraction
from infodesk.workbooks.formats.xlsx import address_of
from infodesk.workbooks.grid import Address, Area, Book, Sheet, address, place

Answers = Mapping[Address, tuple[Part, str, str]]  # cell → part, row of the key, item


def reading_remarks(book: Book, extraction: Extraction) -> Iterator[Remark]:
    """All of it (GEN-023 to GEN-025)."""
    yield from _origin_remarks(book, extraction.sender.id)
    answers = _answers_by_sheet(extraction.parts())
    for sheet in book.sheets:
        found = answers.get(sheet.name, {})
        yield from _hidden_remarks(sheet, found)
        yield from _merge_remarks(sheet, found)


def _origin_remarks(book: Book, sender: str) -> Iterator[Remark]:
    """What the file is, unless it is what everybody sends (GEN-025)."""
    origin = book.origin
    if not origin.is_named_so or origin.kind not in ("xlsx", "xlsm") or origin.was_locked:
        named = "" if origin.is_named_so else "otherwise"
        words = f"{origin.kind}:{origin.encoding}:{named}:{origin.program}"
        yield Remark("GEN-025", Severity.INFO, unit=sender, detail=f"origin:{words}")
    for doubt in origin.doubts:
        sheet = book.sheets[0]
        cell = address(sheet.name, len(sheet.rows) - 1, 0)
        yield Remark("GEN-025", Severity.WARNING, unit=sender, cell=cell, detail=doubt)


def _answers_by_sheet(parts: Iterable[Given]) -> dict[str, dict[Address, tuple[Part, str, str]]]:
    """The cells that answers were taken from."""
    found: dict[str, dict[Address, tuple[Part, str, str]]] = {}
    for given in parts:
        for row in given.rows:
            for item, cell in row.cells.items():
                sheet, _, reference = cell.rpartition("!")
                where = address_of(reference)
                if where is not None:
                    found.setdefault(sheet, {})[where] = (given.part, row.row, item)
    return found


def _hidden_remarks(sheet: Sheet, answers: Answers) -> Iterator[Remark]:
    """Rows that are hidden and hold answers, once a part (GEN-024)."""
    hidden: dict[Part, set[int]] = {}
    for (row, _), (part, _, _) in answers.items():
        if row in sheet.hidden_rows:
            hidden.setdefault(part, set()).add(row)
    for part, rows in hidden.items():
        cells = address(sheet.name, min(rows), 0)
        numbers = ",".join(str(row + 1) for row in sorted(rows)[:20])
        yield Remark(
            "GEN-024", Severity.INFO, *part, cell=cells, detail=f"hidden:{sheet.name}:{numbers}"
        )


def _merge_remarks(sheet: Sheet, answers: Answers) -> Iterator[Remark]:
    """Merged areas that cover more than one answer, or an answer outside their first cell (GEN-023)."""
    by_row: dict[int, list[Address]] = {}
    for where in answers:
        by_row.setdefault(where[0], []).append(where)
    for area in sheet.merges:
        rows = range(area[0], min(area[2], len(sheet.rows)) + 1)
        covered = [each for row in rows for each in by_row.get(row, ()) if _covers(area, each)]
        first = min(covered, default=None)
        if first is None or (len(covered) == 1 and first == area[:2]):
            continue
        part, row, item = answers[first]
        top, left, bottom, right = area
        shown = f"{place(top, left)}-{place(bottom, right)}"
        yield Remark(
            "GEN-023", Severity.WARNING, *part, row=row, item=item,
            cell=address(sheet.name, top, left), detail=f"merged:{sheet.name} {shown}",
        )  # fmt: skip


def _covers(area: Area, where: Address) -> bool:
    return area[0] <= where[0] <= area[2] and area[1] <= where[1] <= area[3]
