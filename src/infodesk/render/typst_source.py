"""Pieces of a typst document: what Markdown has no words for, as calls of our letterhead's functions.

`templates/reports/letterhead.typ` defines them; everything that comes from data goes in as a string.
"""

from collections.abc import Iterable

from infodesk.render.document import Chart, Document, Row, Table
from infodesk.render.widths import ON_PAPER, column_widths

PAGE_BREAK = "#pagebreak(weak: true)"
LETTERHEAD = "letterhead.typ"


def text(words: str) -> str:
    """Words as a typst string, without the back quote that would end a raw block of pandoc's."""
    shown = "".join(c for c in words if c.isprintable() or c.isspace())
    escaped = shown.replace("\\", "\\\\").replace('"', '\\"').replace("`", "\\u{60}")
    return f'"{escaped}"'


def array(parts: Iterable[str]) -> str:
    """A typst array of expressions."""
    return f"({''.join(f'{part}, ' for part in parts)})"


def head(document: Document) -> str:
    """The letterhead, given what stands on it."""
    page, of, after = _page_of_pages(document)
    given = {
        "hospital": text(document.hospital),
        "title": text(document.title),
        "period": text(document.period),
        "secrecy": text(document.secrecy),
        "particulars": array(map(text, document.pairs())),
        "signatures": array(map(text, document.roles())),
        "page-words": array(map(text, (page, of, after))),
        "language": text(document.language.code),
    }
    arguments = ", ".join(f"{name}: {value}" for name, value in given.items())
    return f'#import "{LETTERHEAD}": *\n#show: report.with({arguments})'


def _page_of_pages(document: Document) -> tuple[str, str, str]:
    words = document.language("Page {page} of {pages}", page="\n", pages="\n")
    first, between, after = words.split("\n")
    return first, between, after


def table(document: Document, found: Table) -> str:
    """A table with its caption and its note, or the cards of one."""
    if found.look == "cards":
        return f"#cards({array(_card(found, row) for row in found.rows)}, {text(found.note)})"
    widths = column_widths(found, ON_PAPER)
    heads = (array((text(column.title), text(column.unit))) for column in found.columns)
    return (
        f"#data-table(caption: {text(document.caption(found))}, "
        f"widths: {array(f'{width}fr' for width in widths)}, "
        f"sides: {array(column.align for column in found.columns)}, "
        f"heads: {array(heads)}, note: {text(found.note)}, short: {str(found.is_short).lower()}, "
        f"rows: {array(_row(found, row) for row in found.rows)})"
    )


def _row(found: Table, row: Row) -> str:
    cells = found.padded(row) if row.kind != "group" else row.cells[:1]
    shown = (
        f"(text: {text(cell.shown)}, sign: {str(bool(cell.sign)).lower()}, tone: {text(cell.tone)})"
        for cell in cells
    )
    return f"(kind: {text(row.kind)}, cells: {array(shown)})"


def _card(found: Table, row: Row) -> str:
    what, unit, value, *rest = found.padded(row)
    lines = (
        array((text(f"{column.title} {cell.shown}"), text(cell.tone)))
        for column, cell in zip(found.columns[3:], rest, strict=True)
    )
    return (
        f"(what: {text(what.shown)}, value: {text(value.shown)}, unit: {text(unit.shown)}, "
        f"lines: {array(lines)})"
    )


def chart(document: Document, found: Chart, file: str) -> str:
    """A picture with its caption."""
    return f"#picture({text(file)}, {text(document.caption(found))})"
