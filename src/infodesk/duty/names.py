"""Questions by the names people give them: `ups_load@UPS-1`, `UPS负载率@1号UPS`."""

from collections.abc import Mapping

from infodesk.duty.room import DutyRoom
from infodesk.model.entry import Key
from infodesk.model.logbook import Field, Logbook
from infodesk.text.folding import key, nearest
from infodesk.text.message import Message


def find_key(room: DutyRoom, book: Logbook, name: str) -> Key | Message:
    """The question that a name means, or what is wrong with it."""
    label, _, asset = name.partition("@")
    field = find_field(book, label)
    if isinstance(field, Message):
        return field
    if field.computed is not None:
        return Message("{field} is computed, not given", field=field.label)
    if field.each is None:
        return (
            Key(field.id)
            if not asset
            else Message("{field} is not asked of each device", field=field.label)
        )
    found = room.definitions.assets.find(asset)
    if found is None or found.kind != field.each:
        known = [a.id for a in room.definitions.assets.of_kind(field.each, room.now.date())]
        return Message(
            "say of which device: {field}@NAME, with one of {names}", field=field.id, names=known
        )
    return Key(field.id, found.id)


def by_key(room: DutyRoom, book: Logbook, given: Mapping[str, str]) -> dict[str, str]:
    """Answers by the one name of each question, however people called it; a name that means none stays."""
    found = ((find_key(room, book, name), name) for name in given)
    return {str(k) if isinstance(k, Key) else name: given[name] for k, name in found}


def find_field(book: Logbook, name: str) -> Field | Message:
    """The field of that id or label."""
    if name in book.field_by_id:
        return book.field_by_id[name]
    wanted = key(name)
    found = [f for f in book.fields if wanted in (key(f.label.zh), key(f.label.en))]
    found = found or [f for f in book.fields if wanted == key(f.code)]
    if len(found) == 1:
        return found[0]
    if found:
        return Message(
            "{name} is the label of several items; write the id: {ids}",
            name=repr(name),
            ids=[field.id for field in found],
        )
    near = nearest(name, [n for f in book.fields for n in (f.id, f.label.zh)])
    message = Message("logbook {book} has no field {name}", book=book.title, name=repr(name))
    return (
        Message("{problem}; did you mean {near}?", problem=message, near=near) if near else message
    )
