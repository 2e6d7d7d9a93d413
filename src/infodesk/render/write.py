"""Writing a document in the formats wanted, and saying which could not be written."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from infodesk.render.document import Document
from infodesk.render.gallery import Gallery
from infodesk.render.office import has_office
from infodesk.render.place import place
from infodesk.render.write_docx import docx_of
from infodesk.render.write_html import html_of
from infodesk.render.write_md import markdown_of
from infodesk.render.write_pdf import pdf_of
from infodesk.render.write_xlsx import xlsx_of
from infodesk.text.message import Message

FORMATS = ("docx", "pdf", "html", "xlsx", "md")


@dataclass(frozen=True)
class Stationery:
    """What decides how documents look: Word styles and letterhead, pages of PDF, CSS of HTML."""

    docx: Path
    typst: Path
    css: Path


@dataclass(frozen=True)
class Skipped:
    """A format that was not written, or was written with less in it, and why."""

    format: str
    why: Message


@dataclass(frozen=True)
class Written:
    """The files written, in the order asked for, and what had to be left out."""

    paths: tuple[Path, ...]
    skipped: tuple[Skipped, ...] = ()


def write_document(
    document: Document,
    target: Path,
    formats: Iterable[str],
    stationery: Stationery,
    *,
    office: bool | None = None,
) -> Written:
    """Write `target` with each format's suffix added, whole or not at all.

    `office` says whether the extra is there; not given, it is looked for. Without it docx and pdf are
    skipped and the charts of html are tables.
    """
    gallery = Gallery() if (has_office() if office is None else office) else None
    writers = _writers(document, stationery, gallery)
    paths: list[Path] = []
    skipped: list[Skipped] = []
    for name in formats:
        if name not in writers:
            skipped.append(Skipped(name, Message("needs infodesk[office]")))
            continue
        if name == "html" and gallery is None and document.has_charts:
            skipped.append(Skipped(name, Message("charts are tables without infodesk[office]")))
        path = target.with_name(f"{target.name}.{name}")
        place(path, writers[name]())
        paths.append(path)
    return Written(tuple(paths), tuple(skipped))


def _writers(
    document: Document, stationery: Stationery, gallery: Gallery | None
) -> dict[str, Callable[[], bytes]]:
    """What can be written here, and how."""
    css = stationery.css.read_text(encoding="utf-8-sig")
    plain: dict[str, Callable[[], bytes]] = {
        "html": lambda: html_of(document, css, gallery).encode(),
        "xlsx": lambda: xlsx_of(document),
        "md": lambda: markdown_of(document).encode(),
    }
    if gallery is None:
        return plain
    return plain | {
        "docx": lambda: docx_of(document, stationery.docx, gallery),
        "pdf": lambda: pdf_of(document, stationery.typst, gallery),
    }
