"""One small table in every format: the values, an error, formulas, a hidden row, a merge, a hidden sheet."""

import io
import zipfile
from collections.abc import Callable, Mapping

import openpyxl
import xlsxwriter
import xlwt

from infodesk.workbooks.grid import Address
from tests.workbooks.made_xlsb import xlsb
from tests.workbooks.tables import Table, packed, places


def xlsx(table: Table) -> bytes:
    """By XlsxWriter; errors and missing values are put in afterwards."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet("甲")
    for place, value in table.cells.items():
        sheet.write(*place, value)
    for place, stored in table.formulas.items():
        sheet.write_formula(*place, "=1+1", None, "" if stored is None else stored)
    for place, error in table.errors.items():
        sheet.write_formula(*place, "=A1", None, error)
    for row in table.hidden_rows:
        sheet.set_row(row, None, None, {"hidden": True})
    for area in table.merges:
        sheet.merge_range(*area, "")
    book.add_worksheet("乙").hide()
    book.define_name("'甲'!infodesk_form", f'="{table.name}"')
    book.close()
    return with_part(out.getvalue(), SHEET, {b' t="str"><f>1+1</f><v></v>': b"><f>1+1</f>"})


SHEET = "xl/worksheets/sheet1.xml"


def with_part(content: bytes, name: str, change: Mapping[bytes, bytes]) -> bytes:
    """A package with some text of a part replaced, where it stands there."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", 8) as new:
        for info in old.infolist():
            data = old.read(info)
            if info.filename == name:
                for wrong, right in change.items():
                    data = data.replace(wrong, right)
            new.writestr(info.filename, data)
    return out.getvalue()


def xlsm(table: Table) -> bytes:
    """The same, said to have macros."""
    ordinary = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    macros = b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"
    return with_part(xlsx(table), "[Content_Types].xml", {ordinary: macros})


STRICT = {
    b"http://schemas.openxmlformats.org/spreadsheetml/2006/main": b"http://purl.oclc.org/ooxml/spreadsheetml/main",
    b"http://schemas.openxmlformats.org/officeDocument/2006/relationships": b"http://purl.oclc.org/ooxml/officeDocument/relationships",
    b"http://schemas.openxmlformats.org/package/2006/relationships/metadata": b"http://purl.oclc.org/ooxml/package/relationships/metadata",
}


def strict(table: Table) -> bytes:
    """The same in the names of ISO/IEC 29500 strict."""
    content = xlsx(table)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = archive.namelist()
    for name in names:
        content = with_part(content, name, STRICT)
    return content


def openpyxl_xlsx(table: Table) -> bytes:
    """By openpyxl, which stores no formula's value."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "甲"
    for (row, column), value in table.cells.items():
        sheet.cell(row + 1, column + 1, value)
    for row, column in table.formulas:
        sheet.cell(row + 1, column + 1, "=1+1")
    book.create_sheet("乙").sheet_state = "hidden"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def xls(table: Table) -> bytes:
    """By xlwt. A formula gets the value 0, which is all xlwt can store."""
    book = xlwt.Workbook()
    sheet = book.add_sheet("甲")
    for place, value in table.cells.items():
        sheet.write(*place, value)
    for place in table.formulas:
        sheet.write(*place, xlwt.Formula("1+1"))
    for (row, column), error in table.errors.items():
        sheet.row(row).set_cell_error(column, error)
    for row in table.hidden_rows:
        sheet.row(row).hidden = True
    for top, left, bottom, right in table.merges:
        sheet.merge(top, bottom, left, right)
    hidden = book.add_sheet("乙")
    hidden.visibility = 1
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def ods(table: Table) -> bytes:
    """By hand: what LibreOffice writes, in short."""
    rows = sorted({place[0] for place in places(table)})
    body = "".join(_ods_row(table, row) for row in range(rows[-1] + 1))
    content = f"""<?xml version="1.0" encoding="UTF-8"?><office:document-content {ODS_NAMES}
><office:automatic-styles><style:style style:name="ta2" style:family="table"><style:table-properties table:display="false"/>
</style:style></office:automatic-styles><office:body><office:spreadsheet><table:table table:name="甲">{body}<table:named-expressions>
<table:named-expression table:name="infodesk_form" table:expression="&quot;{table.name}&quot;"/></table:named-expressions></table:table>
<table:table table:name="乙" table:style-name="ta2"/></office:spreadsheet></office:body></office:document-content>"""
    return packed(
        {
            "mimetype": b"application/vnd.oasis.opendocument.spreadsheet",
            "content.xml": content.encode(),
            "meta.xml": b"<meta><generator>LibreOffice/7.4$Linux</generator></meta>",
            "META-INF/manifest.xml": b"<manifest/>",
        }
    )


ODS_NAMES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for name in ("office", "table", "text", "style")
)


def _ods_row(table: Table, row: int) -> str:
    hidden = ' table:visibility="collapse"' if row in table.hidden_rows else ""
    cells = "".join(_ods_cell(table, (row, column)) for column in range(4))
    return f"<table:table-row{hidden}>{cells}</table:table-row>"


def _ods_cell(table: Table, place: Address) -> str:
    span = next((a for a in table.merges if a[:2] == place), None)
    told = "" if span is None else f' table:number-columns-spanned="{span[3] - span[1] + 1}"'
    value = table.cells.get(place, "")
    if place in table.errors:
        told += ' table:formula="of:=[.A1]" office:value-type="string" office:string-value=""'
        return f"<table:table-cell{told}><text:p>{table.errors[place]}</text:p></table:table-cell>"
    if place in table.formulas:
        told += ' table:formula="of:=1+1"'
        value = "" if table.formulas[place] is None else float(table.formulas[place] or 0)
    if isinstance(value, float):
        told += f' office:value-type="float" office:value="{value}"'
    elif value:
        told += ' office:value-type="string"'
    return (
        f"<table:table-cell{told}><text:p>{value}</text:p></table:table-cell>"
        if value or told
        else "<table:table-cell/>"
    )


def text(table: Table, delimiter: str = ",") -> str:
    """As a text of rows."""
    rows = [
        delimiter.join(_shown(table, (row, column)) for column in range(2))
        for row in range(max(place[0] for place in places(table)) + 1)
    ]
    return "\r\n".join(rows) + "\r\n"


def _shown(table: Table, place: Address) -> str:
    if place in table.errors:
        return table.errors[place]
    value = table.formulas.get(place) if place in table.formulas else table.cells.get(place, "")
    return f"{value:g}" if isinstance(value, float) else str(value or "")


def html(table: Table) -> bytes:
    """As systems export it."""
    rows = ""
    for row in range(max(place[0] for place in places(table)) + 1):
        hidden = " style='display:none'" if row in table.hidden_rows else ""
        cells = "".join(f"<td>{_shown(table, (row, column))}</td>" for column in range(2))
        spans = [a for a in table.merges if a[0] == row]
        cells += "".join(f"<td colspan={a[3] - a[1] + 1}></td>" for a in spans)
        rows += f"<tr{hidden}>{cells}</tr>"
    page = f'<html><head><meta charset=gb2312><meta name=Generator content="HIS"></head><body><table>{rows}</table></body></html>'
    return page.encode("gbk")


WRITERS: dict[str, Callable[[Table], bytes]] = {
    "xlsx": xlsx,
    "xlsm": xlsm,
    "strict": strict,
    "xlsb": xlsb,
    "xls": xls,
    "ods": ods,
    "html": html,
    "csv": lambda table: text(table).encode("gbk"),
    "tsv": lambda table: text(table, "\t").encode("utf-16"),
}
