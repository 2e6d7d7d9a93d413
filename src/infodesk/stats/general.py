"""The general rules that are checked when a workbook is taken in, and not cell by cell."""

from collections.abc import Iterator

from infodesk.model.period import Period
from infodesk.model.rule import Severity
from infodesk.model.submission import Remark
from infodesk.workbooks.answer import as_day
from infodesk.workbooks.identify import Identity

SIGNATURES = ("preparer", "reviewer", "head")


def cover_remarks(identity: Identity, period: Period, sender: str) -> Iterator[Remark]:
    """A cover that is not signed (GEN-011), or was filled in before the period ended (GEN-020)."""
    if identity.cover_sheet is None:
        return
    missing = [name for name in SIGNATURES if not identity.cover.get(name)]
    if missing:
        yield Remark(
            "GEN-011",
            Severity.FLAGGED,
            unit=sender,
            cell=identity.cover_sheet,
            detail=",".join(missing),
        )
    day = as_day(identity.cover.get("date", ""))
    if day is not None and day < period.last_day:
        text = day.isoformat()
        yield Remark("GEN-020", Severity.WARNING, unit=sender, cell=identity.cover_sheet, raw=text)


def sheet_remarks(identity: Identity) -> Iterator[Remark]:
    """Sheets that were passed over (GEN-009), and blanks of another definition (GEN-007)."""
    for name in identity.strange:
        yield Remark("GEN-009", Severity.INFO, cell=name, detail=f"sheet:{name}")
    for sheet in identity.forms:
        if sheet.definition is not None and sheet.definition != sheet.form.definition:
            yield Remark(
                "GEN-007",
                Severity.INFO,
                form=sheet.form.id,
                cell=sheet.sheet.name,
                detail="definition",
            )
