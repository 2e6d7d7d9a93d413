"""The same numbers in every format, and what is done where a format cannot be written."""

import re
import zipfile
from html import unescape
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from markdown_it import MarkdownIt

from infodesk.errors import InfodeskError
from infodesk.render.document import Document
from infodesk.render.gallery import Gallery
from infodesk.render.place import place
from infodesk.render.typst_source import table as typst_table
from infodesk.render.write import FORMATS, Stationery, write_document
from infodesk.render.write_docx import docx_of
from infodesk.render.write_html import html_of
from infodesk.render.write_md import markdown_of
from infodesk.render.write_pdf import pdf_of
from infodesk.text.message import Message
from tests.render.conftest import TRICKY, office_only, sample_table

NUMBERS = ("31,200", "87.00", "88.75", "※ 0.00", "1:0.53", "870", "842", "+3.33 %", "—")


def words_of_docx(content: bytes) -> str:
    """All text of a Word document's body, paragraphs on lines."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        root = ET.fromstring(archive.read("word/document.xml"))
    space = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    paragraphs = root.iter(f"{space}p")
    return "\n".join("".join(t.text or "" for t in p.iter(f"{space}t")) for p in paragraphs)


def words_of_html(html: str) -> str:
    """All text of a page, without styles and pictures."""
    html = re.sub(r"<(style|svg).*?</\1>", "", html, flags=re.DOTALL)
    return unescape(re.sub(r"<[^>]+>", "\n", html))


def test_markdown_and_html_show_the_same_numbers(document: Document) -> None:
    rendered = MarkdownIt("commonmark").enable("table").render(markdown_of(document))
    pages = (words_of_html(html_of(document, "", None)), words_of_html(rendered))
    for page in pages:
        lines = page.split("\n")
        for shown in (*NUMBERS, *TRICKY):
            assert any(shown in line for line in lines), shown


@office_only
def test_word_shows_the_same_numbers(document: Document, stationery: Stationery) -> None:
    words = words_of_docx(docx_of(document, stationery.docx, Gallery()))
    for shown in (*NUMBERS, *TRICKY, "表1", "应报 63 份"):
        assert shown.replace("表1", "Table 1") in words


def test_typst_is_given_the_same_cells_as_strings(document: Document) -> None:
    source = typst_table(document, sample_table())
    for shown in ("31,200", "87.00", "※ 0.00", "1:0.53", '\\"hi\\"', "<b>x</b> & \\\\"):
        assert shown in source
    assert "`" not in source  # it would end pandoc's raw block


@office_only
def test_pdf_is_made_of_the_same_document(document: Document, stationery: Stationery) -> None:
    made = pdf_of(document, stationery.typst, Gallery())
    assert made.startswith(b"%PDF-")
    assert pdf_of(document, stationery.typst, Gallery()) == made


def test_a_chart_without_pictures_is_its_table(document: Document) -> None:
    page = words_of_html(html_of(document, "", None))
    assert "Figure 1  各病区病床使用率 (%)" in page
    assert "102.92" in page


@office_only
def test_a_chart_is_drawn_into_the_page_itself(document: Document) -> None:
    page = html_of(document, "", Gallery())
    assert page.count("<svg ") == 1
    assert "神经内科</text>" in page
    assert 'role="img"' in page
    assert not re.search(r'(src|href)="(?!#)', page)  # nothing to load


def test_without_office_docx_and_pdf_are_skipped_and_named(
    document: Document, stationery: Stationery, tmp_path: Path
) -> None:
    written = write_document(document, tmp_path / "out" / "r", FORMATS, stationery, office=False)
    assert [path.name for path in written.paths] == ["r.html", "r.xlsx", "r.md"]
    assert [(each.format, str(each.why)) for each in written.skipped] == [
        ("docx", "needs infodesk[office]"),
        ("pdf", "needs infodesk[office]"),
        ("html", "charts are tables without infodesk[office]"),
    ]
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        "r.html",
        "r.md",
        "r.xlsx",
    ]


def test_nothing_is_skipped_that_is_not_missed(
    plain: Document, stationery: Stationery, tmp_path: Path
) -> None:
    written = write_document(plain, tmp_path / "r", ("html", "md"), stationery, office=False)
    assert written.skipped == ()


@office_only
def test_the_same_document_gives_the_same_bytes(
    document: Document, stationery: Stationery, tmp_path: Path
) -> None:
    first = write_document(document, tmp_path / "1", FORMATS, stationery)
    second = write_document(document, tmp_path / "2", FORMATS, stationery)
    assert len(first.paths) == len(FORMATS)
    for one, other in zip(first.paths, second.paths, strict=True):
        assert one.read_bytes() == other.read_bytes(), one.suffix


def test_the_page_prints_class_and_page_numbers_in_its_margins(document: Document) -> None:
    page = html_of(document, "", None)
    assert '@top-right { content: "内部"; }' in page
    assert '"Page " counter(page) " of " counter(pages) ""' in page


def test_a_file_is_replaced_whole_or_not_at_all(tmp_path: Path) -> None:
    place(tmp_path / "a" / "report.md", b"old")
    place(tmp_path / "a" / "report.md", b"new")
    assert (tmp_path / "a" / "report.md").read_bytes() == b"new"
    assert [path.name for path in (tmp_path / "a").iterdir()] == ["report.md"]


@office_only
def test_a_mistake_in_the_letterhead_is_told_with_its_place(
    plain: Document, tmp_path: Path
) -> None:
    letterhead = tmp_path / "letterhead.typ"
    letterhead.write_text("#let report(body) = {\n  body +\n}\n", encoding="utf-8")
    with pytest.raises(InfodeskError) as caught:
        pdf_of(plain, letterhead, Gallery())
    assert caught.value.message == Message(
        "{place}: {message}", place="letterhead.typ:2:8", message=caught.value.__cause__
    )


@office_only
def test_a_reference_that_is_no_document_is_refused(plain: Document, tmp_path: Path) -> None:
    reference = tmp_path / "reference.docx"
    reference.write_bytes(b"not a document")
    with pytest.raises(InfodeskError, match="no document can be made on"):
        docx_of(plain, reference, Gallery())
