"""A document as PDF: words by pandoc, pages by typst."""

import re
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from infodesk.errors import InfodeskError
from infodesk.render import pandoc, typst_source
from infodesk.render.document import Block, Chart, Document, PageBreak, Table, Text
from infodesk.render.gallery import Gallery
from infodesk.render.office import font_folder
from infodesk.text.message import Message


def pdf_of(document: Document, letterhead: Path, gallery: Gallery) -> bytes:
    """The whole document, on the letterhead's pages. InfodeskError for a mistake in the letterhead."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        shutil.copyfile(letterhead, folder / typst_source.LETTERHEAD)
        parts = [part for b in document.blocks for part in _block(document, b, gallery, folder)]
        body = pandoc.to_typst(pandoc.source(parts))
        main = folder / "main.typ"
        main.write_text(f"{typst_source.head(document)}\n{body}", encoding="utf-8")
        return _compiled(main, int(document.made_at.timestamp()))


def _compiled(main: Path, moment: int) -> bytes:
    import typst  # noqa: PLC0415  # 80 MB, only for pdf

    fonts = [str(font_folder())]
    try:
        made: bytes = typst.compile(
            str(main), root=str(main.parent), font_paths=fonts, timestamp=moment
        )
    except typst.TypstError as error:
        place = re.search(r"\w+\.typ:\d+:\d+", error.diagnostic)
        where = place[0] if place else typst_source.LETTERHEAD
        raise InfodeskError(Message("{place}: {message}", place=where, message=error)) from error
    return made


def _block(document: Document, block: Block, gallery: Gallery, folder: Path) -> Iterator[str]:
    match block:
        case Text(markdown):
            yield markdown
        case PageBreak():
            yield pandoc.raw("typst", typst_source.PAGE_BREAK)
        case Table():
            yield pandoc.raw("typst", typst_source.table(document, block))
        case Chart():
            name = f"chart{block.number}.svg"
            (folder / name).write_text(gallery.svg(block), encoding="utf-8")
            yield pandoc.raw("typst", typst_source.chart(document, block, name))
