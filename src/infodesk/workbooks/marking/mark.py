"""A department's own workbook with the cells in question coloured and commented, and a query slip before it."""

import io
import re
from collections.abc import Iterator

from infodesk.text.language import Language
from infodesk.text.message import Message
from infodesk.workbooks import marks
from infodesk.workbooks.grid import Address
from infodesk.workbooks.marking.cells import place_of, restyled
from infodesk.workbooks.marking.comments import comment, uncomment
from infodesk.workbooks.marking.package import SHEETS, WORKBOOK, Parts
from infodesk.workbooks.marking.slip import SLIP, Slip, SlipFinding, what_to_do
from infodesk.workbooks.marking.slip_sheet import HEADER, SlipSheet
from infodesk.workbooks.marking.styles import Styles
from infodesk.workbooks.marking.xml import (
    Element,
    Splice,
    UnmarkableError,
    appended,
    element,
    elements,
    quoteattr,
    spliced,
    start_tag,
    text,
    with_attributes,
)

_LINK = re.compile(r"#?'?((?:[^'!]|'')+)'?!\$?([A-Z]+\$?\d+)")
_WORKSHEET = f"{SHEETS}.worksheet+xml"
# what may stand before and after <definedNames> (CT_Workbook, ECMA-376 part 1, 18.2.27)
_AFTER_NAMES = ("calcPr", "oleSize", "customWorkbookViews", "pivotCaches", "smartTagPr",
                "smartTagTypes", "webPublishing", "fileRecoveryPr", "webPublishObjects",
                "extLst")  # fmt: skip


def marked_workbook(content: bytes, slip: Slip, language: Language) -> bytes:
    """The workbook with marks and slip; one with the slip alone where it is no .xlsx that we can change."""
    try:
        return _marked(Parts.of(content), slip, language)
    except UnmarkableError:
        return _marked(Parts.of(_empty(language)), slip, language)


def _empty(language: Language) -> bytes:
    from xlsxwriter import Workbook  # noqa: PLC0415  # only for files of other formats

    out = io.BytesIO()
    book = Workbook(out, {"in_memory": True})
    book.add_worksheet(language.tell(SLIP))
    book.close()
    return out.getvalue()


def _marked(parts: Parts, slip: Slip, language: Language) -> bytes:
    styles = Styles.of(parts)
    sheets = dict(parts.sheets())
    _unmark(parts, sheets, styles, language)
    for name, marked in _by_sheet(slip).items():
        if name in sheets:
            _mark_sheet(parts, sheets[name], marked, styles, language)
    _add_slip(parts, slip, styles, language)
    styles.write()
    return parts.packed()


def _unmark(parts: Parts, sheets: dict[str, str], styles: Styles, language: Language) -> None:
    """Take away the marks of an earlier slip: what it asked is settled, or asked again."""
    before = slip_sheet(parts, language)
    if before is None:
        return
    old: dict[str, set[Address]] = {}
    for link in elements(parts.contents[sheets[before]], "hyperlink"):
        found = _LINK.fullmatch(link.attributes.get("location", ""))
        if found and found[1].replace("''", "'") in sheets:
            old.setdefault(found[1].replace("''", "'"), set()).add(place_of(found[2]))
    for name, places in old.items():
        content = parts.contents[sheets[name]]
        parts.change(sheets[name], restyled(content, places, styles.unmarked))
        uncomment(parts, sheets[name], places)


Marked = dict[Address, list[SlipFinding]]


def _by_sheet(slip: Slip) -> dict[str, Marked]:
    found: dict[str, Marked] = {}
    for cell, finding in slip.marks():
        sheet, _, name = cell.rpartition("!")
        findings = found.setdefault(sheet, {}).setdefault(place_of(name), [])
        if finding not in findings:
            findings.append(finding)
    return found


def _mark_sheet(
    parts: Parts, sheet: str, marked: Marked, styles: Styles, language: Language
) -> None:
    parts.change(sheet, restyled(parts.contents[sheet], set(marked), styles.marked))
    words = {
        place: "\n".join(_comment(finding, language) for finding in findings)
        for place, findings in marked.items()
    }
    comment(parts, sheet, words)


def _comment(finding: SlipFinding, language: Language) -> str:
    """`核实 3 [WA-01] …：计算 47，填报 49，差 2。必须改正`."""
    message = Message("{title}: {message}", title=finding.title, message=finding.sides)
    return language(
        "Query {n} [{rule}] {message} → {action}",
        n=finding.number,
        rule=finding.rule,
        message=finding.title if finding.sides is None else message,
        action=what_to_do(finding),
    )


def _add_slip(parts: Parts, slip: Slip, styles: Styles, language: Language) -> None:
    """Put the slip behind the other sheets and open the workbook on it; an earlier slip gives way."""
    before = slip_sheet(parts, language)
    name = before or _free_title(parts, language.tell(SLIP))
    sheets = dict(parts.sheets())
    drawn = SlipSheet(slip, language, styles, frozenset(sheets))
    content = drawn.xml()
    if before is None:
        part = parts.free_name("xl/worksheets/sheet{n}.xml")
        relation = parts.relate(WORKBOOK, "worksheet", part)
        _enter(parts, name, relation)
    else:
        part = sheets[before]
        parts.contents.pop(f"xl/worksheets/_rels/{part.rpartition('/')[2]}.rels", None)
    parts.add(part, content, _WORKSHEET)
    place = [sheet for sheet, _ in parts.sheets()].index(name)
    _open_on(parts, place, [sheet for sheet in sheets.values() if sheet != part])
    _name(parts, place, _names(name, slip, drawn.printed))


def slip_sheet(parts: Parts, language: Language) -> str | None:
    """The sheet of an earlier slip."""
    named = re.escape(marks.RETURN)
    found = re.search(rf'<definedName[^>]*name="{named}"[^>]*>', parts.contents[WORKBOOK].decode())
    names = [name for name, _ in parts.sheets()]
    place = None if found is None else re.search(r'localSheetId="(\d+)"', found[0])
    if place is not None and int(place[1]) < len(names):
        return names[int(place[1])]
    return names[0] if names == [language.tell(SLIP)] else None


def _free_title(parts: Parts, title: str) -> str:
    taken = {name for name, _ in parts.sheets()}
    return next(
        name for name in (title, *(f"{title}{n}" for n in range(2, 100))) if name not in taken
    )


def _enter(parts: Parts, name: str, relation: str) -> None:
    """The slip among the sheets of the workbook."""
    content = parts.contents[WORKBOOK]
    known = elements(content, "sheet")
    number = max(int(each.attributes.get("sheetId", "0")) for each in known) + 1
    prefix = next(key for key in known[0].attributes if key.endswith(":id"))
    entry = f'<sheet name={quoteattr(name)} sheetId="{number}" {prefix}="{relation}"/>'
    parts.change(WORKBOOK, [appended(content, element(content, "sheets"), entry)])


def _open_on(parts: Parts, place: int, others: list[str]) -> None:
    """One sheet is selected: with two of them, what is typed would go into both."""
    content = parts.contents[WORKBOOK]
    views = elements(content, "workbookView")
    parts.change(WORKBOOK, [_tag(content, view, {"activeTab": str(place)}) for view in views[:1]])
    for sheet in others:
        content = parts.contents[sheet]
        selected = [
            _tag(content, view, {"tabSelected": None})
            for view in elements(content, "sheetView")
            if view.attributes.get("tabSelected", "0") not in ("0", "false")
        ]
        parts.contents[sheet] = spliced(content, selected)


def _tag(content: bytes, found: Element, attributes: dict[str, str | None]) -> Splice:
    return found.start, found.inside, with_attributes(start_tag(content, found), attributes)


def _names(sheet: str, slip: Slip, printed: str) -> Iterator[tuple[str, str]]:
    quoted = "'" + sheet.replace("'", "''") + "'"
    yield marks.RETURN, f'"{slip.number}"'
    yield marks.SENDER, f'"{slip.sender.id}"'
    yield marks.PERIOD, f'"{slip.period}"'
    yield "_xlnm.Print_Area", f"{quoted}!{printed}"
    yield "_xlnm.Print_Titles", f"{quoted}!${HEADER + 1}:${HEADER + 1}"


def _name(parts: Parts, place: int, names: Iterator[tuple[str, str]]) -> None:
    """Names of the slip's sheet alone; those of an earlier slip give way."""
    content = parts.contents[WORKBOOK]
    old = [
        each
        for each in elements(content, "definedName")
        if each.attributes.get("localSheetId") == str(place)
    ]
    parts.change(WORKBOOK, [(each.start, each.end, "") for each in old])
    content = parts.contents[WORKBOOK]
    inner = "".join(
        f'<definedName name="{name}" localSheetId="{place}">{text(formula)}</definedName>'
        for name, formula in names
    )
    known = elements(content, "definedNames")
    if known:
        parts.change(WORKBOOK, [appended(content, known[0], inner)])
        return
    following = [each.start for each in elements(content, *_AFTER_NAMES)]
    start = min([*following, element(content, "workbook").close])
    parts.change(WORKBOOK, [(start, start, f"<definedNames>{inner}</definedNames>")])
