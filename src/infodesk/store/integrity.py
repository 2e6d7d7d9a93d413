"""Whether anything in the book of record was altered by other hands."""

from infodesk.store.audit import first_break
from infodesk.store.entries import first_changed
from infodesk.store.store import Store
from infodesk.text.message import Message


def first_altered(store: Store) -> Message | None:
    """What was altered or taken out, the first of it; nothing if all is as it was written. Every row is looked at."""
    broken = first_break(store)
    if broken is not None:
        return Message("the chain of changes is broken at number {n}", n=broken.id)
    changed = first_changed(store)
    if changed is not None:
        return Message("entry {id} is no longer what was written", id=changed)
    return None
