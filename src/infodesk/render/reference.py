"""Making `templates/reports/reference.docx`: the letterhead and the styles a hospital starts from.

python -m infodesk.render.reference templates/reports/reference.docx

Whoever copies it may change every style, and the head and foot of its pages: `{hospital}`, `{title}`,
`{period}`, `{class}`, `{signatures}` and `{page}` there are filled in.
"""

import sys
import zipfile
from io import BytesIO
from pathlib import Path

from infodesk.render.look import FAINT, FRAME, GROUP_FILL, INK, RULE
from infodesk.render.place import place

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml"
DECLARED = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
STAMP = (1980, 1, 1, 0, 0, 0)

SONG, HEI, KAI = "宋体", "黑体", "楷体"

# Style: name, based on, paragraph properties, run properties.
Style = tuple[str, str, str, str]


def _run(
    font: str = "", size: float = 0, colour: str = "", *, bold: bool = False, spread: int = 0
) -> str:
    """Run properties: an East Asian font, a size in points, a colour, letter spacing in points."""
    parts = [f'<w:rFonts w:eastAsia="{font}"/>' if font else ""]
    parts.append("<w:b/>" if bold else "")
    parts.append(f'<w:color w:val="{colour[1:]}"/>' if colour else "")
    parts.append(f'<w:spacing w:val="{spread * 20}"/>' if spread else "")
    parts.append(
        f'<w:sz w:val="{round(size * 2)}"/><w:szCs w:val="{round(size * 2)}"/>' if size else ""
    )
    return "".join(parts)


def _space(before: float = 0, after: float = 0, line: float = 0) -> str:
    """Space before and after, and the height of a line if it is fixed, in points.

    Fixed heights keep pages alike, whatever font stands in for one that a machine does not have.
    """
    height = f' w:line="{round(line * 20)}" w:lineRule="exact"' if line else ""
    return f'<w:spacing w:before="{round(before * 20)}" w:after="{round(after * 20)}"{height}/>'


def _side(word: str) -> str:
    return f'<w:jc w:val="{word}"/>'


def _border(side: str, colour: str, eighths: int, space: int) -> str:
    return f'<w:{side} w:val="single" w:sz="{eighths}" w:space="{space}" w:color="{colour[1:]}"/>'


_RIGHT_TAB = '<w:tabs><w:tab w:val="right" w:pos="9526"/></w:tabs>'
_KEPT = "<w:keepNext/>"
_INDENT = '<w:ind w:firstLineChars="200" w:firstLine="420"/>'
_BOX = (
    f"<w:pBdr>{_border('top', FRAME, 4, 6)}{_border('left', RULE, 24, 8)}"
    f"{_border('bottom', FRAME, 4, 6)}{_border('right', FRAME, 4, 8)}</w:pBdr>"
    f'<w:shd w:val="clear" w:color="auto" w:fill="{GROUP_FILL[1:]}"/>'
)
_RED_RULE = f"<w:pBdr>{_border('bottom', RULE, 18, 8)}</w:pBdr>"
_THIN_RULE = f"<w:pBdr>{_border('bottom', FRAME, 4, 4)}</w:pBdr>"

STYLES: dict[str, Style] = {
    "Normal": ("Normal", "", "", ""),
    "BodyText": ("Body Text", "Normal", _space(2, 2, 18) + _INDENT + _side("both"), ""),
    "FirstParagraph": ("First Paragraph", "BodyText", "", ""),
    "Compact": ("Compact", "Normal", _space(1, 1, 18), ""),
    "Secrecy": ("Secrecy", "Normal", _space(0, 2, 18), _run(HEI, 12)),
    "Hospital": ("Hospital", "Normal", _space(0, 4, 22) + _side("center"), _run(SONG, 15, spread=2)),
    "Title": (
        "Title", "Normal", _space(0, 4, 36) + _side("center"), _run(SONG, 25, bold=True, spread=3),
    ),
    "Period": ("Period", "Normal", _RED_RULE + _space(0, 5, 22) + _side("center"), _run(KAI, 14)),
    "Particulars": ("Particulars", "Normal", _space(2, 4, 13) + _side("center"), _run(SONG, 9, FAINT)),
    "Heading1": ("heading 1", "Normal", _KEPT + _space(10, 6, 20) + '<w:outlineLvl w:val="0"/>', _run(HEI, 14)),
    "Heading2": ("heading 2", "Normal", _KEPT + _space(8, 4, 18) + '<w:outlineLvl w:val="1"/>', _run(HEI, 12)),
    "Heading3": ("heading 3", "Normal", _KEPT + _space(6, 3, 17) + '<w:outlineLvl w:val="2"/>', _run(KAI, 11)),
    "BlockText": (
        "Block Text", "Normal", _BOX + _space(6, 6, 18) + '<w:ind w:left="200" w:right="200"/><w:contextualSpacing/>', "",
    ),
    "TableCaption": (
        "Table Caption", "Normal", _KEPT + _space(8, 4, 14) + _side("center"), _run(HEI, 10),
    ),
    "ImageCaption": ("Image Caption", "Normal", _space(0, 8, 14) + _side("center"), _run(HEI, 10)),
    "CaptionedFigure": ("Captioned Figure", "Normal", _KEPT + _space(6) + _side("center"), ""),
    "TableHead": ("Table Head", "Normal", _space(1.5, 0, 12) + _side("center"), _run(HEI, 8.5)),
    "TableUnit": ("Table Unit", "Normal", _space(0, 1, 10) + _side("center"), _run(SONG, 7.5, FAINT)),
    "TableText": ("Table Text", "Normal", _space(1.5, 1.5, 13), _run(SONG, 8.5)),
    "TableTotal": ("Table Total", "TableText", "", _run(SONG, 8.5, bold=True)),
    "TableNote": ("Table Note", "Normal", _space(2, 2, 11), _run(SONG, 8, FAINT)),
    "CardLabel": ("Card Label", "Normal", _space(4, 0, 13) + _side("center"), _run(SONG, 9, FAINT)),
    "CardValue": (
        "Card Value", "Normal", _space(1, 3, 22) + _side("center"), _run(HEI, 17, bold=True),
    ),
    "CardLine": ("Card Line", "Normal", _space(0, 3, 11) + _side("center"), _run(SONG, 7.5)),
    "Header": ("header", "Normal", _THIN_RULE + _RIGHT_TAB, _run(SONG, 8.5, FAINT)),
    "Footer": ("footer", "Normal", _RIGHT_TAB, _run(SONG, 8.5, FAINT)),
}  # fmt: skip


def reference_docx() -> bytes:
    """The file's bytes, the same every time."""
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in _parts().items():
            archive.writestr(zipfile.ZipInfo(name, STAMP), DECLARED + content, zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def _parts() -> dict[str, str]:
    kinds = {"document": "document.main", "styles": "styles", "settings": "settings"}
    kinds |= {"header1": "header", "footer1": "footer", "footer2": "footer"}
    overrides = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{MAIN}.{kind}+xml"/>'
        for name, kind in kinds.items()
    )
    relations = "".join(
        f'<Relationship Id="rId{n}" Type="{OFFICE}/{name.rstrip("12")}" Target="{name}.xml"/>'
        for n, name in enumerate(("styles", "settings", "header1", "footer1", "footer2"), 1)
    )
    return {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" '
        f'Type="{OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">{relations}</Relationships>',
        "word/document.xml": _document(),
        "word/styles.xml": _styles(),
        "word/settings.xml": f'<w:settings xmlns:w="{WORD}"><w:zoom w:percent="100"/>'
        '<w:characterSpacingControl w:val="compressPunctuation"/>'
        '<w:compat><w:compatSetting w:name="compatibilityMode" '
        'w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>'
        '<w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/></w:settings>',
        "word/header1.xml": _running("hdr", "Header", "{hospital}  {title}  {period}", "{class}"),
        "word/footer1.xml": _running("ftr", "Footer", "{signatures}", "{page}"),
        "word/footer2.xml": _running("ftr", "Footer", "{signatures}", "{page}"),
    }


def _document() -> str:
    return (
        f'<w:document xmlns:w="{WORD}" xmlns:r="{OFFICE}"><w:body><w:p/><w:sectPr>'
        '<w:headerReference w:type="default" r:id="rId3"/>'
        '<w:footerReference w:type="default" r:id="rId4"/>'
        '<w:footerReference w:type="first" r:id="rId5"/>'
        '<w:pgSz w:w="11906" w:h="16838"/>'
        '<w:pgMar w:top="1134" w:right="1190" w:bottom="1134" w:left="1190" w:header="624" w:footer="567" w:gutter="0"/>'
        "<w:titlePg/></w:sectPr></w:body></w:document>"
    )


def _running(tag: str, style: str, left: str, right: str) -> str:
    return (
        f'<w:{tag} xmlns:w="{WORD}"><w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>'
        f'<w:r><w:t xml:space="preserve">{left}</w:t></w:r><w:r><w:tab/></w:r>'
        f'<w:r><w:t xml:space="preserve">{right}</w:t></w:r></w:p></w:{tag}>'
    )


def _styles() -> str:
    defaults = (
        '<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Times New Roman" '
        f'w:hAnsi="Times New Roman" w:cs="Times New Roman" w:eastAsia="{SONG}"/>'
        f'<w:color w:val="{INK[1:]}"/><w:sz w:val="21"/><w:szCs w:val="21"/>'
        '<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
        "<w:pPrDefault/></w:docDefaults>"
    )
    return f'<w:styles xmlns:w="{WORD}">{defaults}{"".join(map(_style, STYLES))}{_TABLE}</w:styles>'


def _style(style_id: str) -> str:
    name, base, paragraph, run = STYLES[style_id]
    default = ' w:default="1"' if style_id == "Normal" else ""
    custom = "" if name.islower() or style_id == "Normal" else ' w:customStyle="1"'
    based = f'<w:basedOn w:val="{base}"/>' if base else ""
    return (
        f'<w:style w:type="paragraph"{default}{custom} w:styleId="{style_id}"><w:name w:val="{name}"/>'
        f"{based}<w:qFormat/><w:pPr>{paragraph}</w:pPr><w:rPr>{run}</w:rPr></w:style>"
    )


_TABLE = (
    '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
    '<w:tblPr><w:tblInd w:w="0" w:type="dxa"/></w:tblPr></w:style>'
    '<w:style w:type="table" w:customStyle="1" w:styleId="Table"><w:name w:val="Table"/>'
    '<w:basedOn w:val="TableNormal"/><w:tblPr><w:tblBorders>'
    + "".join(
        _border(side, FRAME, 4, 0)
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    + "</w:tblBorders></w:tblPr></w:style>"
)


if __name__ == "__main__":
    place(Path(sys.argv[1]), reference_docx())
