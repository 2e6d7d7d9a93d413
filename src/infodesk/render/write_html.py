"""A document as one HTML file: nothing to load, readable on a screen, printed on A4."""

from collections.abc import Iterator
from html import escape

from infodesk.render.document import Cell, Chart, Column, Document, Row, Table, Text
from infodesk.render.gallery import Gallery
from infodesk.render.markdown import parser


def html_of(document: Document, css: str, gallery: Gallery | None) -> str:
    """The whole document; without a gallery a chart is its table."""
    body = "\n".join([*_head(document), *_body(document, gallery), *_foot(document)])
    title = f"{document.hospital} {document.title} {document.period}"
    return f"""<!DOCTYPE html>
<html lang="{_language(document)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{escape(title)}</title>
<style>
{css.strip()}
{_margins(document)}
</style>
</head>
<body>
<main>
{body}
</main>
</body>
</html>
"""


def _language(document: Document) -> str:
    return "zh-CN" if document.language.code == "zh" else "en"


def _margins(document: Document) -> str:
    """What is printed in the margins of every page."""
    page = document.language("Page {page} of {pages}", page="\0", pages="\1")
    before, _, rest = page.partition("\0")
    between, _, after = rest.partition("\1")
    number = " ".join(
        (_string(before), "counter(page)", _string(between), "counter(pages)", _string(after))
    )
    running = _string(f"{document.hospital}  {document.title}  {document.period}")
    return f"""@page {{
  @top-left {{ content: {running}; }}
  @top-right {{ content: {_string(document.secrecy)}; }}
  @bottom-right {{ content: {number}; }}
}}"""


def _string(text: str) -> str:
    """A CSS string that cannot end its style element either."""
    escaped = "".join(f"\\{ord(c):x} " if c in '\\"<>\n' else c for c in text)
    return f'"{escaped}"'


def _head(document: Document) -> Iterator[str]:
    yield '<header class="head">'
    yield f'<p class="secrecy">{escape(document.secrecy)}</p>'
    yield f'<p class="hospital">{escape(document.hospital)}</p>'
    yield f"<h1>{escape(document.title)}</h1>"
    yield f'<p class="period">{escape(document.period)}</p>'
    if document.particulars:
        pairs = "".join(f"<span>{escape(pair)}</span>" for pair in document.pairs())
        yield f'<p class="particulars">{pairs}</p>'
    yield "</header>"


def _foot(document: Document) -> Iterator[str]:
    if document.signatures:
        roles = "".join(f"<span>{escape(role)}</span>" for role in document.roles())
        yield f'<footer class="signatures">{roles}</footer>'


def _body(document: Document, gallery: Gallery | None) -> Iterator[str]:
    words = parser()
    for block in document.blocks:
        match block:
            case Text(markdown):
                yield words.render(markdown)
            case Chart() if gallery is not None:
                yield _picture(document, block, gallery)
            case Table() | Chart():
                yield _captioned(document, block)
            case _:
                yield '<div class="page-break"></div>'


def _picture(document: Document, chart: Chart, gallery: Gallery) -> str:
    caption = escape(document.caption(chart))
    drawn = gallery.svg(chart).replace("<svg ", f'<svg role="img" aria-label="{caption}" ', 1)
    return f"<figure>\n{drawn}\n<figcaption>{caption}</figcaption>\n</figure>"


def _captioned(document: Document, block: Table | Chart) -> str:
    table = block.as_table() if isinstance(block, Chart) else block
    note = f'<p class="note">{escape(table.note)}</p>' if table.note else ""
    if table.look == "cards":
        return _cards(table) + note
    caption = escape(document.caption(block))
    kind = "table short" if table.is_short else "table"
    return f'<div class="{kind}">\n{"".join(_grid(table, caption))}{note}</div>'


def _grid(table: Table, caption: str) -> Iterator[str]:
    yield f"<table>\n<caption>{caption}</caption>\n<thead><tr>"
    yield from (_heading(column) for column in table.columns)
    yield "</tr></thead>\n<tbody>\n"
    for row in table.rows:
        yield f'<tr class="{row.kind}">{_cells(table, row)}</tr>\n'
    yield "</tbody>\n</table>\n"


def _heading(column: Column) -> str:
    unit = f"<br><small>{escape(column.unit)}</small>" if column.unit else ""
    return f'<th scope="col">{escape(column.title)}{unit}</th>'


def _cells(table: Table, row: Row) -> str:
    if row.kind == "group":
        return f'<th colspan="{len(table.columns)}">{escape(row.cells[0].shown)}</th>'
    first, *rest = zip(table.columns, table.padded(row), strict=True)
    name = f'<th scope="row" class="{first[0].align}">{escape(first[1].shown)}</th>'
    return name + "".join(_cell(column, cell) for column, cell in rest)


def _cell(column: Column, cell: Cell) -> str:
    classes = " ".join(filter(None, [column.align, cell.tone, "sign" if cell.sign else ""]))
    return f'<td class="{classes}">{escape(cell.shown)}</td>'


def _cards(table: Table) -> str:
    cards = "".join(f'<div class="card">{_card(table, row)}</div>\n' for row in table.rows)
    return f'<div class="cards">\n{cards}</div>'


def _card(table: Table, row: Row) -> str:
    what, unit, value, *rest = table.padded(row)
    pairs = zip(table.columns[3:], rest, strict=True)
    lines = " ".join(
        f'<span class="{cell.tone}">{escape(column.title)} {escape(cell.shown)}</span>'
        for column, cell in pairs
    )
    number = f"<b>{escape(value.shown)}</b> {escape(unit.shown)}"
    return f"<p>{escape(what.shown)}</p><p>{number}</p><p>{lines}</p>"
