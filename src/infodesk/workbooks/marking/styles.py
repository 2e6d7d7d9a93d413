"""Formats added to a workbook's own: a cell's format in another colour, and those of a new sheet."""

from dataclasses import dataclass, field

from infodesk.workbooks.marking.package import SHEETS, WORKBOOK, Parts
from infodesk.workbooks.marking.xml import (
    Element,
    Splice,
    appended,
    element,
    elements,
    start_tag,
    with_attributes,
)

MARK = "FFFFC7CE"  # the red that spreadsheet programs use for "bad"


@dataclass(frozen=True)
class Look:
    """The format of a cell of ours. Sizes in points, colours as RRGGBB."""

    size: float = 10.5
    bold: bool = False
    ink: str = "1F2933"
    fill: str | None = None
    framed: bool = False
    align: str = "left"
    top: bool = False
    locked: bool = True
    underlined: bool = False


@dataclass
class Styles:
    """The formats of a workbook, with what is added to them."""

    parts: Parts
    name: str
    _added: dict[str, list[str]] = field(default_factory=dict)
    _looks: dict[Look, int] = field(default_factory=dict)
    _marked: dict[int, int] = field(default_factory=dict)

    @classmethod
    def of(cls, parts: Parts) -> "Styles":
        """The formats of a package."""
        found = parts.related(WORKBOOK, "styles")
        name = next(iter(found.values()), "")
        if name not in parts.contents:
            name = "xl/styles.xml"
            parts.add(name, _BARE, f"{SHEETS}.styles+xml")
            parts.relate(WORKBOOK, "styles", name)
        return cls(parts, name)

    @property
    def _content(self) -> bytes:
        return self.parts.contents[self.name]

    def marked(self, style: int) -> int:
        """A cell's format, in the colour of a cell in question."""
        if style not in self._marked:
            fill = self._add("fills", _fill(MARK))
            self._marked[style] = self._add("cellXfs", self._recoloured(style, fill))
        return self._marked[style]

    def unmarked(self, style: int) -> int:
        """A cell's format without that colour; the same where it has another."""
        found = self._own(style)
        fills = element(self._content, "fills")
        known = [e for e in elements(self._content, "fill") if fills.start < e.start < fills.end]
        place = int(found.attributes.get("fillId", "0"))
        if place >= len(known):
            return style
        fill = self._content[known[place].start : known[place].end]
        return self._add("cellXfs", self._recoloured(style, 0)) if MARK.encode() in fill else style

    def _own(self, style: int) -> Element:
        """The format of a number."""
        formats = element(self._content, "cellXfs")
        own = [e for e in elements(self._content, "xf") if formats.start < e.start < formats.end]
        return own[style] if style < len(own) else own[0]

    def _recoloured(self, style: int, fill: int) -> str:
        """The xml of a format with another fill."""
        found = self._own(style)
        tag = start_tag(self._content, found)
        changed = with_attributes(tag, {"fillId": str(fill), "applyFill": "1"})
        return changed + self._content[found.inside : found.end].decode()

    def look(self, look: Look) -> int:
        """The number of a format of ours."""
        if look not in self._looks:
            self._looks[look] = self._add("cellXfs", self._format(look))
        return self._looks[look]

    def _format(self, look: Look) -> str:
        font = self._add("fonts", _font(look))
        fill = 0 if look.fill is None else self._add("fills", _fill("FF" + look.fill))
        border = self._add("borders", _FRAME if look.framed else _NO_FRAME)
        vertical = "top" if look.top else "center"
        protection = "" if look.locked else '<protection locked="0"/>'
        indent = ' indent="1"' if look.framed and look.align != "center" else ""
        return (
            f'<xf numFmtId="0" fontId="{font}" fillId="{fill}" borderId="{border}" xfId="0" '
            'applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1" applyProtection="1">'
            f'<alignment horizontal="{look.align}" vertical="{vertical}" wrapText="1"{indent}/>'
            f"{protection}</xf>"
        )

    def _add(self, table: str, xml: str) -> int:
        """Put an entry at the end of a table (once), and its number."""
        added = self._added.setdefault(table, [])
        if xml not in added:
            added.append(xml)
        return self._count(table) + added.index(xml)

    def _count(self, table: str) -> int:
        parent = element(self._content, table)
        child = {"fonts": "font", "fills": "fill", "borders": "border", "cellXfs": "xf"}[table]
        found = elements(self._content, child)
        return sum(parent.start < each.start < parent.end for each in found)

    def write(self) -> None:
        """Put everything that was added into the part."""
        splices: list[Splice] = []
        for table, added in self._added.items():
            parent = element(self._content, table)
            count = self._count(table) + len(added)
            tag = with_attributes(start_tag(self._content, parent), {"count": str(count)})
            splices.append((parent.start, parent.inside, tag))
            splices.append(appended(self._content, parent, "".join(added)))
        self.parts.change(self.name, splices)


def _fill(colour: str) -> str:
    return (
        f'<fill><patternFill patternType="solid"><fgColor rgb="{colour}"/>'
        '<bgColor indexed="64"/></patternFill></fill>'
    )


def _font(look: Look) -> str:
    signs = ("<b/>" if look.bold else "") + ("<u/>" if look.underlined else "")
    return (
        f'<font>{signs}<sz val="{look.size:g}"/><color rgb="FF{look.ink}"/>'
        '<name val="宋体"/><charset val="134"/></font>'
    )


_SIDE = '<{side} style="thin"><color rgb="FF9AA5B1"/></{side}>'
_FRAME = (
    "<border>"
    + "".join(_SIDE.format(side=side) for side in ("left", "right", "top", "bottom"))
    + "<diagonal/></border>"
)
_NO_FRAME = "<border><left/><right/><top/><bottom/><diagonal/></border>"
_BARE = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    '<fonts count="1"><font><sz val="11"/><name val="宋体"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill></fills>'
    f'<borders count="1">{_NO_FRAME}</borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/></cellXfs>'
    "</styleSheet>"
)
