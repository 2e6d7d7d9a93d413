"""A document for Word: words by pandoc, tables as we draw them, in the hospital's own styles."""

import re
import tempfile
import zipfile
from collections.abc import Iterator
from datetime import UTC
from io import BytesIO
from pathlib import Path

from infodesk.render import ooxml, pandoc
from infodesk.render.document import Block, Chart, Document, PageBreak, Table, Text
from infodesk.render.gallery import Gallery
from infodesk.render.markdown import escape

RUNNING = re.compile(r"word/(header|footer)\d*\.xml")
STAMP = (1980, 1, 1, 0, 0, 0)


def docx_of(document: Document, reference: Path, gallery: Gallery) -> bytes:
    """The whole document, on the reference's letterhead."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        parts = [pandoc.raw("openxml", ooxml.title_block(document))]
        for block in document.blocks:
            parts += _block(document, block, gallery, folder)
        made = pandoc.to_docx(pandoc.source(parts), reference, folder)
    return _finished(made, document)


def _block(document: Document, block: Block, gallery: Gallery, folder: Path) -> Iterator[str]:
    match block:
        case Text(markdown):
            yield markdown
        case PageBreak():
            yield pandoc.raw("openxml", ooxml.PAGE_BREAK)
        case Table():
            yield pandoc.raw("openxml", _table(document, block))
        case Chart():
            name = f"chart{block.number}.png"
            (folder / name).write_bytes(gallery.png(block))
            caption = document.caption(block)
            yield f'::: {{custom-style="Captioned Figure"}}\n![{escape(caption)}]({name}){{width=100%}}\n:::'
            yield pandoc.raw("openxml", ooxml.paragraph("ImageCaption", caption))


def _table(document: Document, table: Table) -> str:
    if table.look == "cards":
        return ooxml.cards(table) + _note(table)
    caption = ooxml.paragraph("TableCaption", document.caption(table))
    return caption + ooxml.table(table) + _note(table)


def _note(table: Table) -> str:
    return ooxml.paragraph("TableNote", table.note) if table.note else ooxml.GAP


def _finished(made: bytes, document: Document) -> bytes:
    """Head and foot filled in, and no other time in the file than the document's own."""
    finished = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(made)) as source,
        zipfile.ZipFile(finished, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            content = _part(name, source.read(name), document)
            target.writestr(zipfile.ZipInfo(name, STAMP), content, zipfile.ZIP_DEFLATED)
    return finished.getvalue()


def _part(name: str, content: bytes, document: Document) -> bytes:
    if RUNNING.fullmatch(name):
        return _filled(content.decode(), document).encode()
    if name == "word/document.xml":  # LibreOffice keeps a distance from pictures that name none
        return content.replace(
            b"<wp:inline>", b'<wp:inline distT="0" distB="0" distL="0" distR="0">'
        )
    return _properties(document).encode() if name == "docProps/core.xml" else content


def _filled(xml: str, document: Document) -> str:
    """The marks of head and foot, each typed in one go, replaced by what they stand for."""
    values = {
        "hospital": document.hospital,
        "title": document.title,
        "period": document.period,
        "class": document.secrecy,
        "signatures": "".join(role + " " * 20 for role in document.roles()),
    }
    for name, value in values.items():
        xml = xml.replace(f"{{{name}}}", ooxml.text(value))
    return xml.replace("{page}", _page_of_pages(document))


def _page_of_pages(document: Document) -> str:
    """Page n of m, as fields within a run of text."""
    words = ooxml.text(document.language("Page {page} of {pages}", page="\n1", pages="\n2"))
    fields = {"1": "PAGE", "2": "NUMPAGES"}
    first, *rest = words.split("\n")
    return first + "".join(_field(fields[part[0]]) + part[1:] for part in rest)


def _field(name: str) -> str:
    """A field that ends the run it stands in and begins another."""
    return (
        f'</w:t></w:r><w:fldSimple w:instr=" {name} "><w:r><w:t>1</w:t></w:r></w:fldSimple>'
        '<w:r><w:t xml:space="preserve">'
    )


def _properties(document: Document) -> str:
    moment = document.made_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    times = "".join(
        f'<dcterms:{what} xsi:type="dcterms:W3CDTF">{moment}</dcterms:{what}>'
        for what in ("created", "modified")
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?><cp:coreProperties '
        'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{ooxml.text(f'{document.title} {document.period}')}</dc:title>"
        f"<dc:creator>{ooxml.text(document.hospital)}</dc:creator>"
        f"<cp:keywords>{ooxml.text(document.secrecy)}</cp:keywords>{times}</cp:coreProperties>"
    )
