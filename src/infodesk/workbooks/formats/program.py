"""Which program made a file, as it says itself."""

import zipfile

from infodesk.workbooks.formats.xls import open_compound
from infodesk.workbooks.formats.xml_parts import first_text

_LONGEST = 80  # characters of a name worth showing


def program_of_package(archive: zipfile.ZipFile) -> str:
    """`Application` of docProps/app.xml, or the generator of an OpenDocument's meta.xml."""
    parts = archive.namelist()
    for part, tag in (("docProps/app.xml", "Application"), ("meta.xml", "generator")):
        if part in parts:
            name = first_text(archive.read(part), tag)
            return name.partition("$")[0][:_LONGEST]
    return ""


def program_of_compound(content: bytes) -> str:
    """The application of the summary information of an OLE compound file."""
    with open_compound(content) as compound:
        summary = compound.get_metadata()
    name = summary.creating_application or b""
    text = name if isinstance(name, str) else name.decode(_codec(summary.codepage), "replace")
    return text.strip("\0 ")[:_LONGEST]


def _codec(page: int | None) -> str:
    return {936: "gbk", 65001: "utf-8", 54936: "gb18030"}.get((page or 0) % 65536, "cp1252")
