"""A draft of an entry: its answers read, filled in, computed, held against limits and checks."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from fractions import Fraction

from infodesk.duty.facts import Facts, Past, assets_of
from infodesk.duty.levels import beyond_limits
from infodesk.duty.names import find_key
from infodesk.duty.read_answer import Reader
from infodesk.duty.room import DutyRoom
from infodesk.duty.standing import under_way
from infodesk.duty.unfit import unfit
from infodesk.expr.evaluate import Known, Unknown, evaluate, round_half_up
from infodesk.model.entry import Answers, Breach, Key
from infodesk.model.expression import Node
from infodesk.model.item import Type
from infodesk.model.lifecycle import Move
from infodesk.model.limit import Level, worst
from infodesk.model.logbook import Check, Field, Logbook
from infodesk.store.entries import earlier
from infodesk.text.message import Message

_LEVELS = {"alarm": Level.ALARM, "warn": Level.WARN, "info": Level.NORMAL}


@dataclass(frozen=True)
class Draft:
    """An entry before it is written: what was given by name, and what it said `before` if there is an `id`.

    `past` remembers the earlier entries it is compared with.
    """

    book: Logbook
    given: Mapping[str, str]
    occurred_at: datetime
    schedule: str = ""
    state: str = ""
    before: Answers = field(default_factory=dict)
    measured: frozenset[Key] = frozenset()  # what of it a probe gave
    move: Move | None = None
    id: str = ""
    raised: Level = Level.NORMAL
    gaps: tuple[Breach, ...] = ()  # questions that were skipped, probes that gave no answer
    again: str = ""  # the entry of which this one proves the repair,
    only: frozenset[Key] = frozenset()  # and the questions it is therefore about
    past: Past = field(default_factory=dict, compare=False, repr=False)


@dataclass(frozen=True)
class Problem:
    """Why an entry cannot be taken as it is, and at which question (none: the whole)."""

    message: Message
    key: Key | None = None


@dataclass(frozen=True)
class Judged:
    """A draft read: what it would say, what is not as it should be, and what stands in the way."""

    answers: Answers
    breaches: tuple[Breach, ...] = ()
    problems: tuple[Problem, ...] = ()
    missing: tuple[Key, ...] = ()
    level: Level = Level.NORMAL

    @property
    def is_sound(self) -> bool:
        """Whether it can be written."""
        return not self.problems and not self.missing


def judge(room: DutyRoom, draft: Draft) -> Judged:
    """Read a draft. Nothing is written, and everything that is wrong is told at once."""
    read, problems = read_given(room, draft)
    answers = _filled(room, draft, read)
    answers = _computed(room, draft, answers)
    gaps = tuple(gap for gap in draft.gaps if gap.key not in answers)
    without = {gap.key for gap in gaps}
    left = tuple(key for key in missing(room, draft, answers) if key not in without)
    beyond = beyond_limits(room, draft.book, answers)
    breaches = (*beyond, *_failed(room, draft, answers), *gaps)
    problems += _refusals(room, draft, answers)
    level = worst(draft.raised, *(breach.level for breach in breaches))
    return Judged(answers, breaches, tuple(problems), left, level)


def facts_of(room: DutyRoom, draft: Draft, answers: Answers, level: str = "") -> Facts:
    """What the expressions of the logbook see of a draft; its level only once it is judged."""
    envelope = {
        "occurred_at": f"{draft.occurred_at:%Y-%m-%dT%H:%M}",
        "recorded_at": f"{room.now:%Y-%m-%dT%H:%M}",
        "recorder": room.writer,
        "schedule": draft.schedule,
        "state": draft.state,
        "level": level,
    }
    return Facts(room, draft.book, answers, envelope, draft.occurred_at, draft.id, past=draft.past)


def asked(draft: Draft) -> tuple[Field, ...]:
    """The fields that belong to a draft now: those of its schedule, or those that its move asks."""
    book = draft.book
    if draft.move is not None:
        return tuple(book.field_by_id[name] for name in draft.move.asks)
    later = book.lifecycle.asked_by_moves
    now = tuple(f for f in book.asked_in(draft.schedule) if f.computed is None)
    if draft.only:
        named = {key.field for key in draft.only} | set(book.about)
        return tuple(f for f in now if f.id in named)
    return tuple(f for f in now if f.id not in later)


def read_given(room: DutyRoom, draft: Draft) -> tuple[dict[Key, str], list[Problem]]:
    """What was given of a draft, read, over what it said before; and what cannot be read."""
    answers, problems = dict(draft.before), []
    reader = Reader(room, draft.occurred_at.date())
    for name, text in draft.given.items():
        found = find_key(room, draft.book, name)
        if isinstance(found, Message):
            problems.append(Problem(found))
            continue
        answer = reader.read(draft.book.field_by_id[found.field], text)
        if isinstance(answer, Message):
            problems.append(Problem(answer, found))
        elif answer:
            answers[found] = answer
        else:
            answers.pop(found, None)
    return answers, problems


def _filled(room: DutyRoom, draft: Draft, read: Answers) -> dict[Key, str]:
    """With the defaults of what is asked now, and of what the answers make necessary."""
    answers = dict(read)
    if draft.before and draft.move is None:
        return answers
    now = {each.id for each in asked(draft)}
    gives = _gives(draft)
    for each in draft.book.fields:
        if not (each.default or each.open_in or each.id in gives):
            continue
        for asset in assets_of(room, each, draft.occurred_at):
            key = Key(each.id, asset)
            if key not in answers and (
                each.id in now or is_needed(room, draft, answers, each, asset)
            ):
                answers[key] = _default(room, draft, gives.get(each.id, each), key)
    return {key: answer for key, answer in answers.items() if answer}


def _gives(draft: Draft) -> dict[str, Field]:
    """The fields that the schedule of a draft fills, with what it gives as their default."""
    schedule = draft.book.schedule_by_id.get(draft.schedule)
    given = schedule.gives if schedule else ()
    return {name: replace(draft.book.field_by_id[name], default=text) for name, text in given}


def _default(room: DutyRoom, draft: Draft, each: Field, key: Key) -> str:
    if each.open_in:
        return "\n".join(under_way(room, each.open_in))
    match each.default:
        case "me":
            return room.writer
        case "now" if each.type is Type.MOMENT:
            moment = room.now if draft.move is not None else draft.occurred_at
            return f"{moment:%Y-%m-%dT%H:%M}"
        case "last":
            before = earlier(room.store, draft.book.id, {}, draft.occurred_at, 1)
            return before[0].answers.get(key, "") if before else ""
        case text:
            answer = Reader(room, draft.occurred_at.date()).read(each, text)
            return "" if isinstance(answer, Message) else answer


def _computed(room: DutyRoom, draft: Draft, answers: dict[Key, str]) -> dict[Key, str]:
    """With the computed fields, in their order; what cannot be computed is blank."""
    for each in draft.book.fields:
        if each.computed is None:
            continue
        for asset in assets_of(room, each, draft.occurred_at):
            result = evaluate(each.computed, facts_of(room, draft, answers).of(asset))
            key = Key(each.id, asset)
            answers.pop(key, None)
            if not isinstance(result, Unknown):
                answers[key] = _written(each, result)
    return answers


def _written(each: Field, value: Known) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, Fraction | float):
        return f"{round_half_up(value, each.decimals):f}"
    return value


def missing(room: DutyRoom, draft: Draft, answers: Answers) -> Iterator[Key]:
    """What an entry needs and has no answer to."""
    now = {each.id for each in asked(draft)}
    for each in draft.book.fields:
        if each.computed is not None:
            continue
        for asset in assets_of(room, each, draft.occurred_at):
            key = Key(each.id, asset)
            if draft.only and asset and key not in draft.only:
                continue
            if key not in answers and (
                (each.required and each.id in now) or is_needed(room, draft, answers, each, asset)
            ):
                yield key


def is_needed(room: DutyRoom, draft: Draft, answers: Answers, each: Field, asset: str) -> bool:
    """Whether its own condition makes a field necessary, in the part of the book that is being filled."""
    if each.required_if is None or each not in draft.book.asked_in(draft.schedule):
        return False
    if draft.only and Key(each.id, asset) not in draft.only:
        return False
    return holds(each.required_if, facts_of(room, draft, answers).of(asset))


def holds(node: Node, facts: Facts) -> bool:
    """Whether a condition is true; unknown is not."""
    return evaluate(node, facts) is True


def _failed(room: DutyRoom, draft: Draft, answers: Answers) -> Iterator[Breach]:
    for check in draft.book.checks:
        if check.severity != "error":
            for asset in _broken_by(room, draft, answers, check):
                yield Breach(_LEVELS[check.severity], Key("", asset), check=check.id)


def _refusals(room: DutyRoom, draft: Draft, answers: Answers) -> list[Problem]:
    found = [
        Problem(Message("{rule}: {text}", rule=check.id, text=check.message))
        for check in draft.book.checks
        if check.severity == "error" and _broken_by(room, draft, answers, check)
    ]
    wrong = unfit(room, draft.book, answers, draft.before)
    return [*found, *(Problem(text, key) for key, text in wrong)]


def _broken_by(room: DutyRoom, draft: Draft, answers: Answers, check: Check) -> tuple[str, ...]:
    """The assets of which a check does not hold; one without a name if it is asked of the whole entry."""
    facts = facts_of(room, draft, answers)
    assets = room.definitions.assets.of_kind(check.each or "", draft.occurred_at.date())
    asked_of = tuple(asset.id for asset in assets) if check.each else ("",)
    return tuple(name for name in asked_of if evaluate(check.check, facts.of(name)) is False)
