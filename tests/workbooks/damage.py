"""Ways to damage a good .xlsx, each by itself: what happens on disks, in mails, in other programs, and by malice.

After any of them, and any two or three together, reading gives the right numbers or refuses the file.
"""

import io
import random
import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping

from tests.workbooks.made import SHEET, STRICT

Damage = Callable[[bytes, random.Random], bytes]

_NUMBER = re.compile(rb'<c r="([A-Z]+\d+)"([^>t]*)><v>([0-9.]+)</v></c>')


def parts_of(content: bytes) -> dict[str, bytes]:
    """The parts of a package; nothing if it is none any more, or holds one twice."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = archive.namelist()
            return (
                {name: archive.read(name) for name in names} if len({*names}) == len(names) else {}
            )
    except (zipfile.BadZipFile, zlib.error, OSError, ValueError, EOFError, RuntimeError):
        return {}


def repacked(parts: Mapping[str, bytes]) -> bytes:
    """A package of these parts, with right checksums."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


def cut(content: bytes, chance: random.Random) -> bytes:
    """The connection broke."""
    return content[: chance.randrange(len(content))] if content else content


def cut_a_little(content: bytes, chance: random.Random) -> bytes:
    """The last bytes are missing."""
    return content[: -chance.randrange(1, 40)]


def flipped(content: bytes, chance: random.Random) -> bytes:
    """One bit changed on the way."""
    if not content:
        return content
    changed = bytearray(content)
    changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
    return bytes(changed)


def zeroed(content: bytes, chance: random.Random) -> bytes:
    """A sector of the disk was lost."""
    start = chance.randrange(max(len(content), 1))
    gone = len(content[start : start + 512])
    return content[:start] + bytes(gone) + content[start + gone :]


def appended(content: bytes, chance: random.Random) -> bytes:
    """Something stands behind the file."""
    return content + chance.randbytes(chance.randrange(1, 300))


def prepended(content: bytes, chance: random.Random) -> bytes:
    """Something stands before the file."""
    return chance.randbytes(chance.randrange(1, 30)) + content


def part_missing(content: bytes, chance: random.Random) -> bytes:
    """A part of the package is not there."""
    parts = parts_of(content)
    if parts:
        parts.pop(chance.choice(sorted(parts)))
    return repacked(parts) if parts else content


def part_emptied(content: bytes, chance: random.Random) -> bytes:
    """A part holds nothing."""
    parts = parts_of(content)
    if parts:
        parts[chance.choice(sorted(parts))] = b""
    return repacked(parts) if parts else content


def part_cut(content: bytes, chance: random.Random) -> bytes:
    """A part ends too soon."""
    parts = parts_of(content)
    if parts:
        name = chance.choice(sorted(parts))
        parts[name] = cut(parts[name], chance)
    return repacked(parts) if parts else content


def part_twice(content: bytes, _: random.Random) -> bytes:
    """The sheet stands in the package a second time, with other numbers."""
    parts = parts_of(content)
    if SHEET not in parts:
        return content
    other = _NUMBER.sub(rb'<c r="\1"\2><v>777</v></c>', parts[SHEET])
    name = SHEET.replace("sheet1", "sheetX")
    doubled = repacked({**parts, name: other})
    return doubled.replace(name.encode(), SHEET.encode())


def said_locked(content: bytes, _: random.Random) -> bytes:
    """The directory says that parts are under a password."""
    return re.sub(rb"(PK\x01\x02.{4}).", lambda found: found[1] + b"\x01", content, flags=re.DOTALL)


def said_smaller(content: bytes, chance: random.Random) -> bytes:
    """The directory lies about a part's size."""
    place = content.find(b"PK\x01\x02")
    if place < 0 or place + 28 > len(content):
        return content
    size = struct.pack("<I", chance.randrange(2**31))
    return content[: place + 24] + size + content[place + 28 :]


def _in_sheet(wrong: bytes, right: bytes) -> Damage:
    def damage(content: bytes, _: random.Random) -> bytes:
        parts = parts_of(content)
        if SHEET not in parts:
            return content
        return repacked({**parts, SHEET: parts[SHEET].replace(wrong, right)})

    return damage


def _on_number(change: Callable[[bytes, bytes, bytes], bytes]) -> Damage:
    """Change one number of the sheet; the change says what stands there instead."""

    def damage(content: bytes, chance: random.Random) -> bytes:
        parts = parts_of(content)
        found = list(_NUMBER.finditer(parts.get(SHEET, b"")))
        if not found:
            return content
        one = chance.choice(found)
        sheet = parts[SHEET]
        instead = change(*one.groups())
        parts[SHEET] = sheet[: one.start()] + instead + sheet[one.end() :]
        return repacked(parts)

    return damage


def _cell(place: bytes, rest: bytes, inner: bytes) -> bytes:
    return b'<c r="' + place + b'"' + rest + b">" + inner + b"</c>"


def strict(content: bytes, _: random.Random) -> bytes:
    """Saved as strict Open XML."""
    parts = parts_of(content)
    for name, data in parts.items():
        for wrong, right in STRICT.items():
            data = data.replace(wrong, right)  # noqa: PLW2901  # all of them, one after the other
        parts[name] = data
    return repacked(parts) if parts else content


def bomb(content: bytes, _: random.Random) -> bytes:
    """A part of nothing but zeros, a thousand times its size."""
    parts = parts_of(content)
    return repacked({**parts, "xl/media/image1.png": bytes(24 * 2**20)}) if parts else content


LAUGHS = b"".join(b'<!ENTITY a%d "%s">' % (n, b"&a%d;" % (n - 1) * 10) for n in range(1, 10))
BILLION = b'<!DOCTYPE worksheet [<!ENTITY a0 "ha">' + LAUGHS + b"]><worksheet"

DAMAGES: dict[str, Damage] = {
    "cut": cut,
    "cut a little": cut_a_little,
    "a bit flipped": flipped,
    "a sector zeroed": zeroed,
    "appended to": appended,
    "prepended to": prepended,
    "a part missing": part_missing,
    "a part emptied": part_emptied,
    "a part cut": part_cut,
    "a part twice": part_twice,
    "said to be locked": said_locked,
    "said to be smaller": said_smaller,
    "strict": strict,
    "a zip bomb": bomb,
    "a wrong dimension": _in_sheet(b'<dimension ref="', b'<dimension ref="A1" was="'),
    "a cell at the far end": _in_sheet(
        b"</sheetData>", b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    ),
    "entities": _in_sheet(b"<worksheet", BILLION),
    "a file of another machine": _in_sheet(
        b"<worksheet", b'<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/hostname">]><worksheet'
    ),
    "nested deeply": _in_sheet(b"</sheetData>", b"</sheetData>" + b"<x>" * 50_000 + b"</x>" * 50_000),
    "a sheet twice": _in_sheet(
        b"</sheetData>", b'</sheetData><sheetData><row r="2"><c r="B2"><v>5</v></c></row></sheetData>'
    ),
    "an error": _on_number(lambda place, rest, _: _cell(place, rest + b' t="e"', b"<v>#REF!</v>")),
    "a formula without a value": _on_number(
        lambda place, rest, _: _cell(place, rest, b"<f>1+1</f>")
    ),
    "a comment in a number": _on_number(
        lambda place, rest, number: _cell(place, rest, b"<v>" + number[:1] + b"<!-- -->" + number[1:] + b"</v>")
    ),
    "a number in a section": _on_number(
        lambda place, rest, number: _cell(place, rest, b"<v><![CDATA[" + number + b"]]></v>")
    ),
    "a number by its codes": _on_number(
        lambda place, rest, number: _cell(place, rest, b"<v>&#%d;" % number[0] + number[1:] + b"</v>")
    ),
    "a number twice": _on_number(
        lambda place, rest, number: _cell(place, rest, b"<v>" + number + b"</v><v>9</v>")
    ),
    "a cell twice": _on_number(
        lambda place, rest, number: _cell(place, rest, b"<v>" + number + b"</v>") + _cell(place, rest, b"<v>9</v>")
    ),
    "no number": _on_number(lambda place, rest, _: _cell(place, rest, b"<v>NaN</v>")),
    "more than any number": _on_number(lambda place, rest, _: _cell(place, rest, b"<v>1e999</v>")),
    "a text that is not there": _on_number(
        lambda place, rest, _: _cell(place, rest + b' t="s"', b"<v>99999</v>")
    ),
}  # fmt: skip
