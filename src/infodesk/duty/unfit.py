"""Answers that are read and yet cannot be: not handed over, not happened yet, a password."""

from collections.abc import Iterator

from infodesk.duty.room import DutyRoom
from infodesk.duty.secrets import looks_like_password
from infodesk.model.entry import Answers, Key
from infodesk.model.item import Type
from infodesk.model.logbook import Logbook
from infodesk.text.message import Message

_FREE_TEXT = (Type.TEXT, Type.PERSON, Type.FILE, Type.ASSET)


def unfit(
    room: DutyRoom, book: Logbook, answers: Answers, before: Answers
) -> Iterator[tuple[Key, Message]]:
    """Which answers, and why; `before` is what the entry said already."""
    yield from _not_among(book, answers)
    yield from _ahead(room, book, answers, before)
    secret = Message(
        "this looks like a password, and no logbook keeps one: write that it was changed, when and by whom"
    )
    yield from ((key, secret) for key in _secrets(book, answers))


def _not_among(book: Logbook, answers: Answers) -> Iterator[tuple[Key, Message]]:
    """What is taken over though nobody handed it over."""
    for each in book.fields:
        if each.among is None:
            continue
        offered = answers.get(Key(each.among), "").split("\n")
        for part in filter(None, answers.get(Key(each.id), "").split("\n")):
            if part not in offered:
                field = book.field_by_id[each.among].label
                yield Key(each.id), Message("{value} is not among {field}", value=part, field=field)


def _ahead(
    room: DutyRoom, book: Logbook, answers: Answers, before: Answers
) -> Iterator[tuple[Key, Message]]:
    """What is said to have happened though its time has not come; what was written before is not asked again."""
    now = f"{room.now:%Y-%m-%dT%H:%M}"
    for key, answer in answers.items():
        each = book.field_by_id.get(key.field)
        if each is None or not each.past or answer == before.get(key):
            continue
        if answer > now[: len(answer)]:
            yield key, Message("it has not happened yet: {at}", at=answer.replace("T", " "))


def _secrets(book: Logbook, answers: Answers) -> Iterator[Key]:
    for key, answer in answers.items():
        each = book.field_by_id.get(key.field)
        if each is not None and each.type in _FREE_TEXT and looks_like_password(answer):
            yield key
