"""What a person does in a spreadsheet program: typing into cells, every formula's stored value and every part kept."""

from infodesk.workbooks.marking.cells import place_of, restyled
from infodesk.workbooks.marking.package import Parts
from infodesk.workbooks.marking.xml import elements, spliced, text


def typed_into(content: bytes, sheet: str, cells: dict[str, str | int | float]) -> bytes:
    """A workbook after somebody typed into cells of a sheet (C12 → value)."""
    parts = Parts.of(content)
    part = dict(parts.sheets())[sheet]
    xml = parts.contents[part]
    xml = spliced(xml, restyled(xml, {place_of(cell) for cell in cells}, lambda style: style))
    splices = []
    for found in elements(xml, "c"):
        cell = found.attributes["r"]
        if cell in cells:
            value, style = cells[cell], found.attributes.get("s", "0")
            inner = f"<v>{value}</v>"
            kind = ""
            if isinstance(value, str):
                kind, inner = ' t="inlineStr"', f"<is><t>{text(value)}</t></is>"
            splices.append((found.start, found.end, f'<c r="{cell}" s="{style}"{kind}>{inner}</c>'))
    assert len(splices) == len(cells)
    parts.change(part, splices)
    return parts.packed()
