"""The parts of an .xlsx file: read, changed and added one by one, written again with the others as they were."""

import io
import posixpath
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field

from infodesk.text.message import Message
from infodesk.workbooks.marking.xml import (
    Splice,
    UnmarkableError,
    appended,
    element,
    elements,
    quoteattr,
    spliced,
)

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
SHEETS = "application/vnd.openxmlformats-officedocument.spreadsheetml"
RELATIONS = "application/vnd.openxmlformats-package.relationships+xml"
WORKBOOK = "xl/workbook.xml"
_TYPES = "[Content_Types].xml"
_NO_RELATIONS = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Relationships '
    b'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>'
)
_FIRST_DAY = (1980, 1, 1, 0, 0, 0)


@dataclass
class Parts:
    """The parts of a package by their names, in their order."""

    contents: dict[str, bytes]
    infos: dict[str, zipfile.ZipInfo] = field(default_factory=dict)

    @classmethod
    def of(cls, content: bytes) -> "Parts":
        """The parts of a file. Raises UnmarkableError if it is no .xlsx that we can change."""
        try:
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                infos = {info.filename: info for info in archive.infolist()}
                parts = cls({name: archive.read(name) for name in infos}, infos)
        except (zipfile.BadZipFile, EOFError) as error:
            raise UnmarkableError(Message("not an .xlsx workbook")) from error
        if WORKBOOK not in parts.contents or _TYPES not in parts.contents:
            raise UnmarkableError(Message("not an .xlsx workbook"))
        if b"purl.oclc.org" in parts.contents[WORKBOOK]:
            raise UnmarkableError(Message("saved as strict OOXML"))
        if b"macroEnabled" in parts.contents[_TYPES]:
            raise UnmarkableError(Message("a workbook with macros"))
        if any(name.startswith("_xmlsignatures/") for name in parts.contents):
            raise UnmarkableError(Message("a workbook with a digital signature"))
        element(parts.contents[WORKBOOK], "workbook")  # written without a prefix
        return parts

    def packed(self) -> bytes:
        """The file again."""
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in self.contents.items():
                info = zipfile.ZipInfo(name, _FIRST_DAY)
                if name in self.infos:
                    info.date_time = self.infos[name].date_time
                info.compress_type = zipfile.ZIP_DEFLATED
                archive.writestr(info, content)
        return out.getvalue()

    def change(self, name: str, splices: list[Splice]) -> None:
        """Replace stretches of a part."""
        self.contents[name] = spliced(self.contents[name], splices)

    def add(self, name: str, content: str, content_type: str) -> None:
        """Add a part, or put another in its place."""
        is_new = name not in self.contents
        self.contents[name] = content.encode()
        if is_new:
            self._declare(f"<Override PartName={quoteattr('/' + name)} ", content_type)

    def add_default(self, extension: str, content_type: str) -> None:
        """Say what parts of an extension are, unless the package says it."""
        found = elements(self.contents[_TYPES], "Default")
        if all(each.attributes.get("Extension", "").lower() != extension for each in found):
            self._declare(f"<Default Extension={quoteattr(extension)} ", content_type)

    def _declare(self, start: str, content_type: str) -> None:
        types = self.contents[_TYPES]
        declared = f"{start}ContentType={quoteattr(content_type)}/>"
        self.change(_TYPES, [appended(types, element(types, "Types"), declared)])

    def free_name(self, pattern: str) -> str:
        """The first name with a number that no part has."""
        numbers = iter(range(1, 10_000))
        taken = {name.lower() for name in self.contents}
        return next(name for n in numbers if (name := pattern.format(n=n)).lower() not in taken)

    def related(self, source: str, kind: str) -> dict[str, str]:
        """Id of the relation → part, for the relations of a part that are of a kind (`worksheet`)."""
        return {
            each.attributes.get("Id", ""): resolved(source, each.attributes.get("Target", ""))
            for each in elements(self._relations(source), "Relationship")
            if each.attributes.get("Type", "").rpartition("/")[2] == kind
        }

    def relate(self, source: str, kind: str, target: str) -> str:
        """Relate a part to another; the id of the relation."""
        content = self._relations(source)
        taken = {each.attributes.get("Id", "") for each in elements(content, "Relationship")}
        name = next(f"rId{n}" for n in range(1, len(taken) + 2) if f"rId{n}" not in taken)
        path = posixpath.relpath(target, posixpath.dirname(source))
        relation = f'<Relationship Id="{name}" Type="{OFFICE}/{kind}" Target={quoteattr(path)}/>'
        splice = appended(content, element(content, "Relationships"), relation)
        self.contents[relations_of(source)] = spliced(content, [splice])
        return name

    def _relations(self, source: str) -> bytes:
        return self.contents.get(relations_of(source), _NO_RELATIONS)

    def sheets(self) -> Iterator[tuple[str, str]]:
        """Name and part of every sheet, in their order; of charts that are sheets too."""
        kinds = ("worksheet", "chartsheet", "dialogsheet")
        targets = {k: v for kind in kinds for k, v in self.related(WORKBOOK, kind).items()}
        for each in elements(self.contents[WORKBOOK], "sheet"):
            relation = next((v for k, v in each.attributes.items() if k.endswith(":id")), "")
            yield each.attributes.get("name", ""), targets.get(relation, "")


def relations_of(source: str) -> str:
    """The part that holds the relations of a part."""
    folder, name = posixpath.split(source)
    return f"{folder}/_rels/{name}.rels"


def resolved(source: str, target: str) -> str:
    """The part that a relation points at."""
    if target.startswith("/"):
        return target[1:]
    return posixpath.normpath(posixpath.join(posixpath.dirname(source), target))
