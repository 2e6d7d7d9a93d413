"""Word documents: the letterhead, its head and foot, and tables as they should look."""

import zipfile
from io import BytesIO
from xml.etree import ElementTree as ET

import pytest

from infodesk.render.document import Document
from infodesk.render.gallery import Gallery
from infodesk.render.reference import reference_docx
from infodesk.render.write import Stationery
from infodesk.render.write_docx import docx_of
from tests.render.conftest import office_only


@pytest.fixture
def parts(document: Document, stationery: Stationery) -> dict[str, str]:
    """The XML parts of the document."""
    made = docx_of(document, stationery.docx, Gallery())
    with zipfile.ZipFile(BytesIO(made)) as archive:
        names = [name for name in archive.namelist() if name.endswith((".xml", ".rels"))]
        return {name: archive.read(name).decode() for name in names}


def test_the_committed_reference_is_what_the_program_makes(stationery: Stationery) -> None:
    assert stationery.docx.read_bytes() == reference_docx()


@office_only
def test_every_part_is_well_formed(parts: dict[str, str]) -> None:
    for content in parts.values():
        ET.fromstring(content)


@office_only
def test_head_and_foot_say_what_it_is_and_who_signs(parts: dict[str, str]) -> None:
    heads = [content for name, content in parts.items() if "/header" in name]
    feet = [content for name, content in parts.items() if "/footer" in name]
    assert any("示范医院  医院统计月报  2026年9月" in head and "内部" in head for head in heads)
    assert len(feet) == 2  # the first page has one, too
    for foot in feet:
        assert "Compiled by:" in foot
        assert 'w:instr=" PAGE "' in foot
        assert 'w:instr=" NUMPAGES "' in foot
        assert "{" not in foot


@office_only
def test_the_class_and_the_moment_stand_in_the_files_properties(parts: dict[str, str]) -> None:
    properties = parts["docProps/core.xml"]
    assert "<cp:keywords>内部</cp:keywords>" in properties
    assert "2026-10-08T02:00:00Z" in properties


@office_only
def test_tables_are_framed_shaded_and_repeat_their_header(parts: dict[str, str]) -> None:
    body = parts["word/document.xml"]
    assert body.count("<w:tbl>") == 2
    assert "<w:tblHeader/>" in body.replace(" />", "/>")
    assert 'w:fill="DCE6F1"' in body
    assert 'w:val="right"' in body
    assert '<w:br w:type="page"' in body
