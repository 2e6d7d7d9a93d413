"""What was read before: the entries that a new one of a logbook is held against, about the same."""

from datetime import datetime

from infodesk.duty.judge import Draft, judge
from infodesk.duty.room import DutyRoom
from infodesk.model.entry import Answers, Entry, Key
from infodesk.store.entries import earlier

REMEMBERED = 60  # entries before, for last readings and trends


def remembered(room: DutyRoom, draft: Draft) -> tuple[Entry, ...]:
    """The last entries about the same as a draft and before it, the latest first.

    Those of its own schedule are among them even where others fill the book: what is read once a quarter was last
    read a quarter ago.
    """
    book, store = draft.book, room.store
    answers = judge(room, draft).answers
    same = {name: answers[Key(name)] for name in book.about if Key(name) in answers}
    found = list(earlier(store, book.id, same, draft.occurred_at, REMEMBERED))
    if len(found) == REMEMBERED and draft.schedule:
        at = draft.occurred_at
        found += earlier(store, book.id, same, at, REMEMBERED, schedule=draft.schedule)
    unique = {each.id: each for each in found}
    return tuple(sorted(unique.values(), key=lambda e: e.first.occurred_at, reverse=True))


def last_readings(room: DutyRoom, draft: Draft) -> dict[Key, tuple[datetime, str]]:
    """The latest answer to each question, and when that was."""
    found: dict[Key, tuple[datetime, str]] = {}
    for each in remembered(room, draft):
        for key, text in each.answers.items():
            found.setdefault(key, (each.first.occurred_at, text))
    return found


def last_answers(room: DutyRoom, draft: Draft) -> Answers:
    """The latest answer to each question."""
    return {key: text for key, (_, text) in last_readings(room, draft).items()}
