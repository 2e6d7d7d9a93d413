"""Classic comments on cells: put into the comments that a sheet has, or into new ones."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from infodesk.workbooks.grid import Address
from infodesk.workbooks.marking.cells import cell_name
from infodesk.workbooks.marking.package import OFFICE, SHEETS, Parts
from infodesk.workbooks.marking.xml import (
    Splice,
    appended,
    element,
    elements,
    quoteattr,
    text,
)

AUTHOR = "infodesk query"  # nobody else's: what is by it may be taken away again
_VML = "application/vnd.openxmlformats-officedocument.vmlDrawing"
# what may follow <legacyDrawing> in a sheet (CT_Worksheet, ECMA-376 part 1, 18.3.1.99)
_AFTER = ("legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls", "webPublishItems",
          "tableParts", "extLst")  # fmt: skip


def comment(parts: Parts, sheet: str, words: Mapping[Address, str]) -> None:
    """Comment cells of a sheet; a cell that has a comment gets ours under it."""
    found = next(iter(parts.related(sheet, "comments").values()), None)
    if found is None:
        found = parts.free_name("xl/comments{n}.xml")
        parts.add(found, _NO_COMMENTS, f"{SHEETS}.comments+xml")
        parts.relate(sheet, "comments", found)
    has = {
        each.attributes.get("ref", ""): each for each in elements(parts.contents[found], "comment")
    }
    new = {place: told for place, told in words.items() if cell_name(place) not in has}
    parts.change(found, _add_comments(parts.contents[found], words, has.keys()))
    _draw(parts, sheet, sorted(new))


def _add_comments(content: bytes, words: Mapping[Address, str], has: Iterable[str]) -> list[Splice]:
    known = set(has)
    authors = element(content, "authors")
    author = sum(authors.start < each.start < authors.end for each in elements(content, "author"))
    splices = [appended(content, authors, f"<author>{AUTHOR}</author>")]
    fresh = []
    for place, told in sorted(words.items()):
        name = cell_name(place)
        if name in known:
            splices.append(_under(content, name, told))
            continue
        fresh.append(
            f'<comment ref="{name}" authorId="{author}"><text>{_run(told)}</text></comment>'
        )
    splices.append(appended(content, element(content, "commentList"), "".join(fresh)))
    return splices


def _under(content: bytes, name: str, told: str) -> Splice:
    """Our words under those of a comment that is there."""
    mine = next(e for e in elements(content, "comment") if e.attributes.get("ref") == name)
    inner = next(e for e in elements(content, "text") if mine.start < e.start < mine.end)
    return appended(content, inner, _run("\n" + told))


def _run(told: str) -> str:
    return (
        '<r><rPr><sz val="9"/><color indexed="81"/><rFont val="宋体"/><charset val="134"/></rPr>'
        f'<t xml:space="preserve">{text(told)}</t></r>'
    )


def uncomment(parts: Parts, sheet: str, places: Iterable[Address]) -> None:
    """Take our comments off cells, with their boxes; comments of others stay, with what we wrote under them."""
    found = next(iter(parts.related(sheet, "comments").values()), None)
    if found is None:
        return
    content = parts.contents[found]
    authors = element(content, "authors")
    names = [
        content[each.inside : each.close].decode()
        for each in elements(content, "author")
        if authors.start < each.start < authors.end
    ]
    wanted = {cell_name(place): place for place in places}
    mine = [
        each
        for each in elements(content, "comment")
        if each.attributes.get("ref") in wanted
        and names[int(each.attributes.get("authorId", "0"))] == AUTHOR
    ]
    parts.change(found, [(each.start, each.end, "") for each in mine])
    for drawing in parts.related(sheet, "vmlDrawing").values():
        boxes = parts.contents[drawing].decode()
        for each in mine:
            boxes = _without_box(boxes, wanted[each.attributes["ref"]])
        parts.contents[drawing] = boxes.encode()


def _without_box(boxes: str, place: Address) -> str:
    row, column = place
    here = rf"<x:Row>\s*{row}\s*</x:Row>\s*<x:Column>\s*{column}\s*</x:Column>"
    for box in re.finditer(r"<v:shape .*?</v:shape>", boxes, re.DOTALL):
        if re.search(here, box[0]):
            return boxes[: box.start()] + boxes[box.end() :]
    return boxes


@dataclass(frozen=True)
class _Drawing:
    part: str
    content: str


def _draw(parts: Parts, sheet: str, places: list[Address]) -> None:
    """The boxes the comments are shown in: one VML drawing a sheet."""
    drawing = _drawing(parts, sheet)
    taken = [int(n) for n in re.findall(r'id="_x0000_s(\d+)"', drawing.content)]
    first = max([1024, *taken]) + 1
    boxes = "".join(_box(first + n, place) for n, place in enumerate(places))
    if places and 'id="_x0000_t202"' not in drawing.content:
        boxes = _SHAPE_TYPE + boxes
    place = drawing.content.rindex("</xml>")
    changed = drawing.content[:place] + boxes + drawing.content[place:]
    parts.contents[drawing.part] = changed.encode()


def _drawing(parts: Parts, sheet: str) -> _Drawing:
    """The drawing of a sheet's comments, made if there is none."""
    linked = elements(parts.contents[sheet], "legacyDrawing")
    if linked:
        relation = next(v for k, v in linked[0].attributes.items() if k.endswith(":id"))
        part = parts.related(sheet, "vmlDrawing")[relation]
        return _Drawing(part, parts.contents[part].decode())
    part = parts.free_name("xl/drawings/vmlDrawing{n}.vml")
    parts.contents[part] = _NO_DRAWING.encode()
    parts.add_default("vml", _VML)
    relation = parts.relate(sheet, "vmlDrawing", part)
    link = f'<legacyDrawing xmlns:r="{OFFICE}" r:id={quoteattr(relation)}/>'
    content = parts.contents[sheet]
    root = element(content, "worksheet")
    following = [
        each.start for each in elements(content, *_AFTER) if _is_child(content, each.start)
    ]
    place = min([*following, root.close])
    parts.change(sheet, [(place, place, link)])
    return _Drawing(part, _NO_DRAWING)


def _is_child(content: bytes, place: int) -> bool:
    """Whether what begins there stands after the cells, and so in the sheet itself."""
    return place > element(content, "sheetData").end


def _box(number: int, place: Address) -> str:
    row, column = place
    anchor = f"{column + 1}, 12, {max(0, row - 1)}, 6, {column + 4}, 30, {row + 5}, 6"
    return (
        f'<v:shape id="_x0000_s{number}" type="#_x0000_t202" style="position:absolute;'
        'margin-left:200pt;margin-top:60pt;width:230pt;height:90pt;z-index:1;visibility:hidden" '
        'fillcolor="#ffffe1" o:insetmode="auto"><v:fill color2="#ffffe1"/>'
        '<v:shadow on="t" color="black" obscured="t"/><v:path o:connecttype="none"/>'
        '<v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox>'
        '<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/>'
        f"<x:Anchor>{anchor}</x:Anchor><x:AutoFill>False</x:AutoFill>"
        f"<x:Row>{row}</x:Row><x:Column>{column}</x:Column></x:ClientData></v:shape>"
    )


_SHAPE_TYPE = (
    '<v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" '
    'path="m,l,21600r21600,l21600,xe"><v:stroke joinstyle="miter"/>'
    '<v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)
_NO_DRAWING = (
    '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:x="urn:schemas-microsoft-com:office:excel"><o:shapelayout v:ext="edit">'
    '<o:idmap v:ext="edit" data="1"/></o:shapelayout></xml>'
)
_NO_COMMENTS = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<comments xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    "<authors></authors><commentList></commentList></comments>"
)
