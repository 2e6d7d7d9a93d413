"""A checklist at the terminal: question after question, each answer kept as soon as it is typed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import cached_property

from infodesk.cli.incidents import Offer, offers_of
from infodesk.cli.show.questions import (
    choices,
    listed_items,
    question_line,
    tell_level,
)
from infodesk.cli.typed import SHORTEST, Back, Skip, all_in, coded, numbers_first, numbers_in, typed
from infodesk.cli.workspace import Office
from infodesk.duty.doubts import Doubt, Past, doubt, trend
from infodesk.duty.history import last_readings, remembered
from infodesk.duty.judge import Draft, Judged, judge
from infodesk.duty.read_answer import Reader
from infodesk.duty.rounds import (
    answered,
    draft_of_round,
    save,
    skipped,
    withdrawn,
)
from infodesk.duty.steps import Step, all_well, is_judged, limits_of, others, steps
from infodesk.model.entry import Answers, Entry, Key
from infodesk.model.item import Type
from infodesk.model.limit import Level
from infodesk.model.logbook import Field, Logbook
from infodesk.model.round import Round
from infodesk.text.message import Message

_YES = ("", "y", "yes", "是", "正常")
_NO = ("n", "no", "否", "不")
_NO_NUMBER = Message("Enter keeps no number: type what it shows, or s REASON")
_NO_ANSWER = Message("An answer is needed: type it, or s REASON")


def walk(
    found: Office, book: Logbook, begun: Round, wanted: bool | None
) -> tuple[Round, list[str | Draft]]:
    """Ask until nothing is left; and the incidents that its alarms open or join (`wanted`: said beforehand).

    Pause if the person goes away; RefusedError if another terminal took over.
    """
    walking = Walk(found, book, draft_of_round(found.room, book, begun))
    begun = walking.through(begun)
    while True:
        judged = judge(found.room, draft_of_round(found.room, book, begun))
        try:
            return begun, walking.incidents(judged, wanted) if judged.is_sound else []
        except Back:
            begun = walking.through(begun, from_end=True)


@dataclass
class Walk:
    """One walk: the workspace, the logbook, and what was read before."""

    found: Office
    book: Logbook
    first: Draft  # as it was begun: what it is about, and when
    missing: frozenset[Key] = frozenset()  # what is needed and has no answer now

    @cached_property
    def before(self) -> tuple[Entry, ...]:
        """The entries before, the latest first."""
        return remembered(self.found.room, self.first)

    @cached_property
    def last(self) -> dict[Key, tuple[datetime, str]]:
        """The last reading of each question, and when."""
        return last_readings(self.found.room, self.first)

    @cached_property
    def last_texts(self) -> Answers:
        """The last reading of each question."""
        return {key: text for key, (_, text) in self.last.items()}

    def through(self, begun: Round, *, from_end: bool = False) -> Round:
        """All questions that are left, and those that are gone back to; `from_end`: the last one first."""
        at: Step | None = None
        group = ""
        while True:
            judged = judge(self.found.room, draft_of_round(self.found.room, self.book, begun))
            self.missing = frozenset(judged.missing)
            plan = self._plan(begun, judged)
            if from_end and plan:
                at, from_end = plan[-1], False
            step = at or next((s for s in plan if not _is_done(begun, judged, s)), None)
            if step is None:
                return begun
            group = self._head(step, group)
            try:
                begun, at = self._step(begun, plan, step), None
            except Back:
                at = _before(plan, step)
                continue
            begun = save(self.found.room, begun)

    def incidents(self, judged: Judged, wanted: bool | None) -> list[str | Draft]:
        """Those that are taken of what the alarms offer. Back if the last question is wanted again."""
        offers = offers_of(self.found, self.book, judged)
        if wanted is not None:
            return [offer.taken for offer in offers if wanted]
        return [offer.taken for offer in offers if self._takes(offer)]

    def _takes(self, offer: Offer) -> bool:
        terminal = self.found.terminal
        terminal.tell(offer.text)
        question = terminal.language("  Open an incident for it? Enter: yes · n: no > ")
        if offer.known is not None:
            question = terminal.language(
                "  Join {entry}, open already? Enter: yes · n: no > ", entry=offer.known.id
            )
        while True:
            try:
                said = typed(self.found.terminal, question).casefold()
            except Skip:
                return False
            if said in _YES or said in _NO:
                return said in _YES

    def _plan(self, begun: Round, judged: Judged) -> tuple[Step, ...]:
        draft = draft_of_round(self.found.room, self.book, begun)
        return steps(self.found.room, draft, judged.answers)

    def _head(self, step: Step, group: str) -> str:
        if step.group is None or step.group.id == group:
            return group
        self.found.terminal.tell(f"── {self.found.terminal.language.tell(step.group.title)}")
        return step.group.id

    def _step(self, begun: Round, plan: Sequence[Step], step: Step) -> Round:
        number = f"{plan.index(step) + 1:>2}/{len(plan)}" if step in plan else "  "
        skips: dict[Key, str] = {}
        try:
            if step.together:
                given, skips = self._together(number, step)
            else:
                given = {step.keys[0]: self._one(number, step.keys[0])}
        except Skip as reason:
            return skipped(begun, step.keys, str(reason))
        begun = answered(withdrawn(begun, step.keys), given)
        for key, why in skips.items():
            begun = skipped(begun, [key], why)
        return begun

    def _together(self, number: str, step: Step) -> tuple[dict[Key, str], dict[Key, str]]:
        """The answers of a group, all as it should be but for those whose numbers are typed; and what is skipped."""
        for line in listed_items(self.found, self.book, step.keys):
            self.found.terminal.tell(line)
        skips: dict[Key, str] = {}
        while True:
            try:
                chosen = self._off(number, step, skips)
                well = all_well(self.found.room, self.book, step.keys, self.last_texts)
                well |= self._each_off(chosen, skips)
            except Back as back:
                if back.args:  # out of one item only: the group is asked again
                    continue
                raise
            return {key: text for key, text in well.items() if key not in skips}, skips

    def _off(self, number: str, step: Step, skips: dict[Key, str]) -> list[Key]:
        """Which of a group are not as they should be; `s 3 REASON` puts one among the skips."""
        terminal = self.found.terminal
        question = terminal.language(
            "{number} All as it should be? Enter: yes, or the numbers that are not > ",
            number=number,
        )
        while True:
            try:
                said = typed(terminal, question)
            except Skip as skip:
                numbers, reason = numbers_first(str(skip))
                if not numbers or len(reason) < SHORTEST or not all_in(numbers, step.keys):
                    raise
                skips |= {step.keys[n - 1]: reason for n in numbers}
                continue
            found = [] if said.casefold() in _YES else numbers_in(said)
            if found is not None and all_in(found, step.keys):
                return [step.keys[n - 1] for n in dict.fromkeys(found)]
            terminal.say("Type the numbers of what is not as it should be, like 3 5")

    def _each_off(self, keys: Sequence[Key], skips: dict[Key, str]) -> dict[Key, str]:
        given = {}
        for key in keys:
            skips.pop(key, None)
            try:
                given[key] = self._not_well(key)
            except Skip as skip:
                skips[key] = str(skip)
            except Back:
                raise Back(key) from None
        return given

    def _not_well(self, key: Key) -> str:
        """How something is not as it should be: the one way there is, else the one chosen."""
        ways = others(self.found.room, self.book, key)
        if len(ways) == 1:
            tell_level(self.found, self.book, key, ways[0])
            return ways[0]
        return self._read(key, choices(self.found, self.book, key, ways, ""), ways)

    def _one(self, number: str, key: Key) -> str:
        field = self.book.field_by_id[key.field]
        if field.type is Type.CODE:
            codes = tuple(code.id for code in field.codes)
            return self._read(key, choices(self.found, self.book, key, codes, number), codes)
        line = question_line(self.found, self.book, key, number, self.last.get(key))
        return self._read(key, line, ())

    def _read(self, key: Key, line: str, codes: tuple[str, ...]) -> str:
        """What is typed, read; asked again while it cannot be read, is needed and blank, or is in doubt."""
        field = self.book.field_by_id[key.field]
        reader = Reader(self.found.room, self.found.room.now.date())
        while True:
            text = coded(field, typed(self.found.terminal, line), codes)
            if not text:
                text = self._blank(key)
                if not text and not field.required and key not in self.missing:
                    return ""
            answer = reader.read(field, text)
            if isinstance(answer, Message):
                self.found.terminal.tell(answer)
            elif not answer:
                self.found.terminal.tell(_NO_NUMBER if field.is_numeric else _NO_ANSWER)
            else:
                answer = self._sure(field, key, answer)
                tell_level(self.found, self.book, key, answer)
                return answer

    def _blank(self, key: Key) -> str:
        """What Enter alone means: yes, where that is as it should be; never a number."""
        if not is_judged(self.found.room, self.book, key):
            return ""
        return all_well(self.found.room, self.book, (key,), self.last_texts)[key]

    def _sure(self, field: Field, key: Key, answer: str) -> str:
        """A number that is not in doubt: the doubt is told, the same number again confirms it."""
        if not field.is_numeric:
            return answer
        past = self._past(key)
        limits = limits_of(self.found.room, field, key.asset)
        reader = Reader(self.found.room, self.found.room.now.date())
        while (odd := doubt(field, limits, Decimal(answer), past)) is not None:
            self.found.terminal.forget_typed()
            again = typed(self.found.terminal, self._doubt_line(odd))
            if odd.meant is not None and again and again.casefold() in _YES:
                again = f"{odd.meant:f}"
            read = reader.read(field, again)
            if isinstance(read, Message) or not read:
                continue
            if read == answer:
                break
            answer = read
        ahead = trend(limits, Past(self.found.room.now, Decimal(answer)), past)
        if ahead is not None and limits.level(Decimal(answer)) is Level.NORMAL:
            self.found.terminal.say("  · {note}", note=ahead)
        return answer

    def _doubt_line(self, odd: Doubt) -> str:
        tell = self.found.terminal.language
        how = tell("y, or the number again") if odd.meant is not None else tell("the number again")
        return tell("  ? {message} ({how}) > ", message=odd.message, how=how)

    def _past(self, key: Key) -> list[Past]:
        return [
            Past(each.first.occurred_at, Decimal(each.answers[key]))
            for each in self.before
            if key in each.answers
        ]


def _is_done(begun: Round, judged: Judged, step: Step) -> bool:
    gone = {gap.key for gap in begun.gaps}
    left_blank = {key for key in step.keys if str(key) in begun.given and key not in judged.missing}
    return all(key in judged.answers or key in left_blank or key in gone for key in step.keys)


def _before(plan: Sequence[Step], step: Step) -> Step:
    place = plan.index(step) if step in plan else 0
    return plan[max(0, place - 1)]
