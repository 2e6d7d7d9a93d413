"""A checklist at the terminal: question after question, each answer kept as soon as it is typed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import cached_property

from infodesk.cli.show.questions import (
    choices,
    listed_items,
    question_line,
    tell_level,
)
from infodesk.cli.workspace import Office
from infodesk.duty.doubts import Doubt, Past, doubt, trend
from infodesk.duty.judge import Judged, judge
from infodesk.duty.read_answer import Reader
from infodesk.duty.rounds import (
    answered,
    draft_of_round,
    last_readings,
    remembered,
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

_YES = ("y", "yes", "是", "正常")


class Pause(Exception):  # noqa: N818  # no mistake: the person goes away
    """The person pauses; all answers are kept."""


class Back(Exception):  # noqa: N818
    """The person wants the question before."""


class Skip(Exception):  # noqa: N818
    """The person skips a question, with a reason."""


def walk(found: Office, book: Logbook, begun: Round) -> Round:
    """Ask until nothing is left. Pause if the person goes away; RefusedError if another terminal took over."""
    return Walk(found, book).through(begun)


@dataclass
class Walk:
    """One walk: the workspace, the logbook, and what was read before."""

    found: Office
    book: Logbook

    @cached_property
    def before(self) -> tuple[Entry, ...]:
        """The entries before, the latest first."""
        return remembered(self.found.room, self.book)

    @cached_property
    def last(self) -> dict[Key, tuple[datetime, str]]:
        """The last reading of each question, and when."""
        return last_readings(self.found.room, self.book)

    @cached_property
    def last_texts(self) -> Answers:
        """The last reading of each question."""
        return {key: text for key, (_, text) in self.last.items()}

    def through(self, begun: Round) -> Round:
        """All questions that are left, and those that are gone back to."""
        at: Step | None = None
        group = ""
        while True:
            judged = judge(self.found.room, draft_of_round(self.found.room, self.book, begun))
            plan = self._plan(begun, judged)
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
        try:
            if step.together:
                given = self._together(number, step)
            else:
                given = {step.keys[0]: self._one(number, step.keys[0])}
        except Skip as reason:
            return skipped(begun, step.keys, str(reason))
        return answered(withdrawn(begun, step.keys), given)

    def _together(self, number: str, step: Step) -> dict[Key, str]:
        """The answers of a group: all as it should be, but for those whose numbers are typed."""
        terminal = self.found.terminal
        for line in listed_items(self.found, self.book, step.keys):
            terminal.tell(line)
        while True:
            said = self._typed(
                terminal.language(
                    "{number} All as it should be? Enter: yes, or the numbers that are not > ",
                    number=number,
                )
            )
            numbers = [] if said.casefold() in ("", *_YES) else _numbers(said)
            if numbers is not None and all(1 <= n <= len(step.keys) for n in numbers):
                break
            terminal.say("Type the numbers of what is not as it should be, like 3 5")
        given = all_well(self.found.room, self.book, step.keys, self.last_texts)
        for n in numbers:
            given[step.keys[n - 1]] = self._not_well(step.keys[n - 1])
        return given

    def _not_well(self, key: Key) -> str:
        """How something is not as it should be: the one way there is, else the one chosen."""
        ways = others(self.found.room, self.book, key)
        if len(ways) == 1:
            tell_level(self.found, self.book, key, ways[0])
            return ways[0]
        return self._read(key, choices(self.found, self.book, key, ways), ways)

    def _one(self, number: str, key: Key) -> str:
        field = self.book.field_by_id[key.field]
        line = question_line(self.found, self.book, key, number, self.last.get(key))
        if field.type is Type.CODE:
            codes = tuple(code.id for code in field.codes)
            return self._read(key, choices(self.found, self.book, key, codes), codes)
        return self._read(key, line, ())

    def _read(self, key: Key, line: str, codes: tuple[str, ...]) -> str:
        """What is typed, read; asked again while it cannot be read, is needed and blank, or is in doubt."""
        field = self.book.field_by_id[key.field]
        reader = Reader(self.found.room, self.found.room.now.date())
        while True:
            text = self._typed(line)
            if codes and text.isdecimal() and 1 <= int(text) <= len(codes):
                text = codes[int(text) - 1]
            if not text:
                text = self._blank(key)
                if not text and not field.required:
                    return ""
            answer = reader.read(field, text)
            if isinstance(answer, Message):
                self.found.terminal.tell(answer)
            elif not answer:
                self.found.terminal.say("Enter keeps no number: type what it shows, or s REASON")
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
            again = self._typed(self._doubt_line(odd))
            if odd.meant is not None and again.casefold() in _YES:
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

    def _typed(self, question: str) -> str:
        """A line, unless it is a word to the walk itself."""
        text = self.found.terminal.line(question)
        if text is None or text.casefold() in ("p", "ｐ", "暂停"):
            raise Pause
        if text.casefold() in ("b", "ｂ", "返回"):
            raise Back
        word, _, reason = text.partition(" ")
        if word.casefold() in ("s", "ｓ", "跳过"):
            if len(reason.strip()) >= 2:
                raise Skip(reason.strip())
            self.found.terminal.say("Say why: s REASON")
            return self._typed(question)
        return text


def _numbers(text: str) -> list[int] | None:
    parts = text.replace("，", " ").replace("、", " ").replace(",", " ").split()
    return [int(part) for part in parts] if all(p.isdecimal() for p in parts) else None


def _is_done(begun: Round, judged: Judged, step: Step) -> bool:
    gone = {gap.key for gap in begun.gaps}
    return all(key in judged.answers or str(key) in begun.given or key in gone for key in step.keys)


def _before(plan: Sequence[Step], step: Step) -> Step:
    place = plan.index(step) if step in plan else 0
    return plan[max(0, place - 1)]
