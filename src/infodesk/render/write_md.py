"""A document as Markdown: tables with pipes, charts as their tables."""

from collections.abc import Iterator

from infodesk.render.document import Block, Cell, Chart, Document, PageBreak, Row, Table, Text
from infodesk.render.markdown import escape

_RULERS = {"left": ":---", "center": ":---:", "right": "---:"}


def markdown_of(document: Document) -> str:
    """The whole document; the same document gives the same text."""
    parts = [*_head(document)]
    for block in document.blocks:
        parts += _block(document, block)
    if document.signatures:
        parts.append(" \\_\\_\\_\\_　".join((*map(escape, document.roles()), "")).rstrip())
    return "\n\n".join(parts) + "\n"


def _head(document: Document) -> Iterator[str]:
    yield f"**{escape(document.secrecy)}**"
    yield f"# {escape(document.hospital)} {escape(document.title)}"
    yield f"**{escape(document.period)}**"
    if document.particulars:
        yield " · ".join(map(escape, document.pairs()))


def _block(document: Document, block: Block) -> Iterator[str]:
    match block:
        case Text(markdown):
            yield markdown
        case Chart():
            yield _captioned(document.caption(block), block.as_table())
        case Table():
            yield _captioned(document.caption(block), block)
        case PageBreak():
            yield "---"


def _captioned(caption: str, table: Table) -> str:
    lines = [f"**{escape(caption)}**", "", *_table(table)]
    if table.note:
        lines += ["", escape(table.note)]
    return "\n".join(lines)


def _table(table: Table) -> Iterator[str]:
    yield _line(escape(column.heading) for column in table.columns)
    yield _line(_RULERS[column.align] for column in table.columns)
    for row in table.rows:
        yield _line(_cell(row, cell) for cell in table.padded(row))


def _cell(row: Row, cell: Cell) -> str:
    shown = escape(cell.shown)
    return f"**{shown}**" if row.kind and shown else shown


def _line(cells: Iterator[str]) -> str:
    return f"| {' | '.join(cells)} |"
