"""What leaves a logbook for others is noted: who took it, when, what, of which class, and why."""

import hashlib

from infodesk.duty.room import DutyRoom
from infodesk.duty.write import check_reason
from infodesk.model.item import Secrecy
from infodesk.model.logbook import Logbook
from infodesk.store.audit import record

Export = tuple[str, Secrecy, int, bytes]  # format, class, how many entries, the file


def note_export(room: DutyRoom, book: Logbook, export: Export, reveal: str | None) -> None:
    """Note an export in the audit chain. InfodeskError if personal answers are revealed (`reveal` is the reason)
    and the reason is too short."""
    form, secrecy, count, content = export
    detail = {
        "format": form,
        "class": secrecy.value,
        "entries": count,
        "sha256": hashlib.sha256(content).hexdigest(),
    }
    if reveal is not None:
        check_reason(room, reveal)
        detail["reason"] = reveal.strip()
    with room.store.writing():
        record(room.store, room.actor, "export", book.id, detail)
