"""A list as a spreadsheet: one sheet, a heading line that stays, a filter, numbers as numbers."""

from collections.abc import Sequence
from decimal import Decimal
from io import BytesIO

from xlsxwriter import Workbook

from infodesk.render.widths import display_width

WIDEST = 40  # characters of a column
LONGEST_NAME = 31  # of a sheet


def list_xlsx(title: str, headings: Sequence[str], rows: Sequence[Sequence[object]]) -> bytes:
    """The bytes of a workbook with one sheet; nothing in it is a formula."""
    packed = BytesIO()
    book = Workbook(
        packed, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    sheet = book.add_worksheet("".join(c for c in title if c not in "[]:*?/\\'")[:LONGEST_NAME])
    head = book.add_format(
        {"bold": True, "bg_color": "#DDE6F0", "border": 1, "text_wrap": True, "valign": "vcenter"}
    )
    body = book.add_format({"border": 1, "text_wrap": True, "valign": "top"})
    for place, heading in enumerate(headings):
        sheet.write_string(0, place, heading, head)
        texts = [heading, *(str(row[place]) for row in rows)]
        widest = max(display_width(line) for text in texts for line in text.split("\n"))
        sheet.set_column(place, place, min(WIDEST, widest + 2))
    for down, row in enumerate(rows, 1):
        for place, value in enumerate(row):
            if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
                sheet.write_number(down, place, float(value), body)
            else:
                sheet.write_string(down, place, "" if value is None else str(value), body)
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, max(1, len(rows)), len(headings) - 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    book.close()
    return packed.getvalue()
