"""Pieces of a Word document as WordprocessingML: what Markdown has no words for.

The styles named here stand in `templates/reports/reference.docx`.
"""

import re
from collections.abc import Iterable, Iterator
from xml.sax.saxutils import escape

from infodesk.render.document import Align, Cell, Document, Row, Table
from infodesk.render.look import CARD_FILL, FRAME, GROUP_FILL, HEAD_FILL, INK, SIGN_FILL, TONES
from infodesk.render.widths import ON_PAPER, column_widths

TEXT_WIDTH = 9526  # twentieths of a point: A4 less the margins of our reference.docx
CARDS_IN_A_ROW = 4
_STYLE = re.compile(r"(<w:pStyle [^>]*/>)")
_LOW = '<w:p><w:pPr><w:spacing w:before="0" w:after="0" w:line="80" w:lineRule="exact"/></w:pPr>'
GAP = f"{_LOW}</w:p>"
PAGE_BREAK = (
    f'{_LOW}<w:r><w:br w:type="page"/></w:r></w:p>'  # low: a full page is followed by no empty one
)


def text(words: str) -> str:
    """Words as XML: without control characters, and without the back quote that would end a raw block."""
    shown = "".join(c for c in words if c.isprintable() or c.isspace())
    return escape(shown, {"`": "&#96;", '"': "&quot;"})


def paragraph(style: str, words: str, align: Align | None = None, colour: str = INK) -> str:
    """A paragraph of a style; an alignment or a colour of its own if it has one."""
    side = f'<w:jc w:val="{align}"/>' if align else ""
    run = _run(words, colour) if words else ""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{side}</w:pPr>{run}</w:p>'


def _run(words: str, colour: str = INK) -> str:
    ink = f'<w:rPr><w:color w:val="{colour[1:]}"/></w:rPr>' if colour != INK else ""
    return f'<w:r>{ink}<w:t xml:space="preserve">{text(words)}</w:t></w:r>'


def title_block(document: Document) -> str:
    """Class, hospital, title, period and particulars: the head of the first page."""
    pairs = "　".join(document.pairs())
    return (
        paragraph("Secrecy", document.secrecy)
        + paragraph("Hospital", document.hospital)
        + paragraph("Title", document.title)
        + paragraph("Period", document.period)
        + paragraph("Particulars", pairs)
    )


def table(found: Table) -> str:
    """A framed table, its header repeated on every page."""
    widths = column_widths(found, ON_PAPER)
    total = sum(widths)
    columns = [TEXT_WIDTH * width // total for width in widths]
    heads = (
        _cell(width, _heading(column.title, column.unit), HEAD_FILL)
        for width, column in zip(columns, found.columns, strict=True)
    )
    rows = [_row(heads, "<w:tblHeader/>")]
    rows += [_body_row(found, row, columns) for row in found.rows]
    if found.is_short:
        rows[:-1] = [_STYLE.sub(r"\1<w:keepNext/>", row) for row in rows[:-1]]
    return _table(columns, rows, FRAME)


def cards(found: Table) -> str:
    """The rows of a table as cards, four beside each other."""
    columns = [TEXT_WIDTH // CARDS_IN_A_ROW] * CARDS_IN_A_ROW
    drawn = [_card(found, row, columns[0]) for row in found.rows]
    drawn += [_cell(columns[0], GAP)] * (-len(drawn) % CARDS_IN_A_ROW)
    rows = [
        _row(drawn[place : place + CARDS_IN_A_ROW])
        for place in range(0, len(drawn), CARDS_IN_A_ROW)
    ]
    return _table(columns, rows, FRAME)


def _card(found: Table, row: Row, width: int) -> str:
    what, unit, value, *rest = found.padded(row)
    number = (
        f'<w:p><w:pPr><w:pStyle w:val="CardValue"/></w:pPr><w:r><w:t>{text(value.shown)}</w:t></w:r>'
        f'<w:r><w:rPr><w:b w:val="0"/><w:sz w:val="18"/></w:rPr><w:t xml:space="preserve"> {text(unit.shown)}</w:t></w:r></w:p>'
    )
    pairs = zip(found.columns[3:], rest, strict=True)
    runs = "".join(
        _run(f"{column.title} {cell.shown}　", TONES[cell.tone]) for column, cell in pairs
    )
    line = f'<w:p><w:pPr><w:pStyle w:val="CardLine"/></w:pPr>{runs}</w:p>' if runs else ""
    return _cell(width, paragraph("CardLabel", what.shown) + number + line, CARD_FILL)


def _heading(title: str, unit: str) -> str:
    return paragraph("TableHead", title) + (paragraph("TableUnit", unit) if unit else "")


def _body_row(found: Table, row: Row, columns: list[int]) -> str:
    if row.kind == "group":
        words = paragraph("TableTotal", row.cells[0].shown, "left")
        return _row([_cell(sum(columns), words, GROUP_FILL, span=len(columns))])
    cells = zip(columns, found.columns, found.padded(row), strict=True)
    return _row(_body_cell(width, cell, column.align, row) for width, column, cell in cells)


def _body_cell(width: int, cell: Cell, align: Align, row: Row) -> str:
    style = "TableTotal" if row.kind == "total" else "TableText"
    fill = SIGN_FILL if cell.sign else GROUP_FILL if row.kind == "total" else ""
    return _cell(width, paragraph(style, cell.shown, align, TONES[cell.tone]), fill)


def _cell(width: int, content: str, fill: str = "", span: int = 1) -> str:
    merged = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{fill[1:]}"/>' if fill else ""
    share = round(5000 * width / TEXT_WIDTH)  # fiftieths of a percent
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{share}" w:type="pct"/>{merged}{shade}'
        f'<w:vAlign w:val="center"/></w:tcPr>{content}</w:tc>'
    )


def _row(cells: Iterable[str], more: str = "") -> str:
    return f"<w:tr><w:trPr><w:cantSplit/>{more}</w:trPr>{''.join(cells)}</w:tr>"


def _table(columns: list[int], rows: list[str], frame: str) -> str:
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in columns)
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="5000" w:type="pct"/><w:jc w:val="center"/>{_borders(frame)}'
        '<w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="60" w:type="dxa"/>'
        '<w:right w:w="60" w:type="dxa"/></w:tblCellMar></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )


def _borders(colour: str) -> str:
    return f"<w:tblBorders>{''.join(_sides(colour[1:]))}</w:tblBorders>"


def _sides(colour: str) -> Iterator[str]:
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        size = 8 if side in ("top", "bottom") else 4
        yield f'<w:{side} w:val="single" w:sz="{size}" w:space="0" w:color="{colour}"/>'
