"""What a person is asked of a draft: what is needed, and what is wanted though it may stay blank."""

from infodesk.duty.duties import about_asset
from infodesk.duty.facts import Facts, assets_of
from infodesk.duty.judge import Draft, asked, facts_of, holds, is_needed, missing, read_given
from infodesk.duty.room import DutyRoom
from infodesk.model.entry import Answers, Key
from infodesk.model.logbook import Field


def to_ask(room: DutyRoom, draft: Draft, answers: Answers) -> tuple[Key, ...]:
    """What the terminal should still ask, in the order of the book: what is needed, and what is wanted."""
    needed = set(missing(room, draft, answers))
    facts = facts_of(room, draft, answers)
    wanted = {
        Key(each.id, asset)
        for each in asked(draft)
        for asset in assets_of(room, each, draft.occurred_at)
        if draft.move is not None
        or (each.ask_if is not None and holds(each.ask_if, facts.of(asset)))
    }
    return tuple(
        key
        for each in draft.book.fields
        for asset in assets_of(room, each, draft.occurred_at)
        if (key := Key(each.id, asset)) in needed | wanted and key not in answers
    )


def wanted(room: DutyRoom, draft: Draft, answers: Answers) -> tuple[Key, ...]:
    """What is asked of somebody who walks a checklist, answered or not, in the order of the book.

    Nobody is asked what a default has filled, nor of which device a round of each device is.
    """
    given = read_given(room, draft)[0]
    filled = answers.keys() - given.keys()
    facts = facts_of(room, draft, answers)
    now = set(asked(draft))
    schedule = draft.book.schedule_by_id.get(draft.schedule)
    if (
        schedule is not None and schedule.each is not None
    ):  # the round is about a device: which one is known
        filled |= {Key(about_asset(draft.book) or "")}

    def is_wanted(each: Field, key: Key) -> bool:
        if each.computed is not None or key in filled or (draft.only and key not in draft.only):
            return False
        if each in now and (each.required or _is_asked(each, facts.of(key.asset))):
            return True
        return is_needed(room, draft, answers, each, key.asset)

    return tuple(
        key
        for each in draft.book.fields
        for asset in assets_of(room, each, draft.occurred_at)
        if is_wanted(each, key := Key(each.id, asset))
    )


def _is_asked(each: Field, facts: Facts) -> bool:
    return each.ask_if is not None and holds(each.ask_if, facts)
