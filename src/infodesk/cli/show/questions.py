"""Questions of a round as one line each, in columns that line up in Chinese."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from rich.cells import cell_len, set_cell_size

from infodesk.cli.show.written import answer_text, band_text, key_name
from infodesk.cli.workspace import Office
from infodesk.duty.levels import level_of
from infodesk.duty.steps import limits_of
from infodesk.duty.words import clock
from infodesk.model.entry import Key
from infodesk.model.item import Type
from infodesk.model.limit import Level
from infodesk.model.logbook import Logbook

_LABEL, _LAST, _NORMAL, _ITEM = 28, 22, 9, 26
_TYPED = 5  # half-width characters that an answer needs beside its question


def question_line(
    found: Office, book: Logbook, key: Key, number: str, last: tuple[datetime, str] | None
) -> str:
    """` 4/13 1号UPS UPS负载率 %      上次 35.1 09-17 16:31   ≤40 > `; on two lines where the window is narrow."""
    tell = found.terminal.language
    field = book.field_by_id[key.field]
    label = f"{key_name(found, book, key)} {field.unit}".rstrip()
    if field.type is Type.YES_NO:
        label += " (y/n)"
    before = ""
    if last is not None:
        text = last[1] if field.is_numeric else answer_text(found, field, last[1])
        before = tell("last {value} {at}", value=text, at=clock(last[0], found.room.now))
    normal = limits_of(found.room, field, key.asset).normal
    band = band_text(found, field, normal) if normal and field.is_numeric else ""
    room = found.terminal.talk_width - _TYPED
    line = f"{number} {_padded(label, _LABEL)} {_padded(before, _LAST)} {_padded(band, _NORMAL)} > "
    if cell_len(line) > room:
        line = " ".join(filter(None, (number, label, before, band))) + " > "
    if cell_len(line) > room:
        line = f"{number} {label}\n      " + " ".join(filter(None, (before, band))) + " > "
    return line


def _padded(text: str, width: int) -> str:
    return text if cell_len(text) >= width else set_cell_size(text, width)


def listed_items(found: Office, book: Logbook, keys: Sequence[Key]) -> Iterator[str]:
    """The items of a group with their numbers, several on a line."""
    names = (f"{n:>4} {key_name(found, book, key)}" for n, key in enumerate(keys, 1))
    return _in_columns(names, found.terminal.talk_width - 2)


def _in_columns(items: Iterable[str], room: int) -> Iterator[str]:
    """Items in columns of equal width, as many on a line as there is room for."""
    line, used = "", 0
    for item in items:
        width = _ITEM * -(-(cell_len(item) + 1) // _ITEM)
        if used and used + width > room:
            yield line.rstrip()
            line, used = "", 0
        line += set_cell_size(item, width)
        used += width
    yield line.rstrip()


def choices(found: Office, book: Logbook, key: Key, codes: Sequence[str], number: str) -> str:
    """`     漏水检测：1 报警  2 故障 > `; many codes, or a narrow window: the codes on lines of their own."""
    field = book.field_by_id[key.field]
    named = [f"{n} {answer_text(found, field, code)}" for n, code in enumerate(codes, 1)]
    begun = f"{number:<5} {key_name(found, book, key)}: "
    line = f"{begun}{'  '.join(named)} > "
    if cell_len(line) <= found.terminal.talk_width - _TYPED:
        return line
    listed = _in_columns((f"      {name}" for name in named), found.terminal.talk_width - 2)
    return "\n".join([*listed, f"{begun}> "])


def tell_level(found: Office, book: Logbook, key: Key, answer: str) -> None:
    """Beside an answer that is not normal: its level and what would be."""
    field = book.field_by_id[key.field]
    limits = limits_of(found.room, field, key.asset)
    level = level_of(field, limits, answer)
    if level is Level.NORMAL:
        return
    tell = found.terminal.language
    name, shown = key_name(found, book, key), answer_text(found, field, answer)
    if limits.normal is None:
        found.terminal.tell(f"  ! {tell.tell(level.label)} {name} {shown}")
        return
    band = band_text(found, field, limits.normal)
    found.terminal.say(
        "  ! {level} {name} {value}, normal is {band}",
        level=level.label,
        name=name,
        value=shown,
        band=band,
    )
